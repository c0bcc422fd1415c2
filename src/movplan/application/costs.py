"""What a plan costs, broken down, as rows for other systems."""

from typing import Any

from movplan.costing.breakdown import breakdown
from movplan.costing.groups import By, View
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario

__all__ = ["By", "View", "cost_rows"]


def cost_rows(
    scenario: Scenario, plan: Plan, by: By, view: View
) -> list[dict[str, Any]]:
    """One row per group and currency of the lines that pay; amounts in minor units.

    ``reporting_cents`` sums to the ledger's total, whatever the breakdown.
    """
    frame = breakdown(scenario, plan, by, view).rename(columns={by.value: "group"})
    return [
        {str(name): _plain(value) for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _plain(value: object) -> object:
    """Text or a whole number of Python's own."""
    return value if isinstance(value, str) else int(value)  # type: ignore[call-overload]
