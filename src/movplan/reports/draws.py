"""What a plan draws on every budget line, descendants included."""

from collections import defaultdict
from dataclasses import dataclass

from movplan.domain.budgets import BudgetLine
from movplan.domain.money import RateTable
from movplan.domain.plan import Charge, Plan
from movplan.domain.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Draw:
    """A budget line and what the plan draws on it, in the line's currency."""

    line: BudgetLine
    drawn_cents: int

    @property
    def available_cents(self) -> int | None:
        """What there is to draw; ``None`` is unlimited."""
        return self.line.available_cents


def draws(scenario: Scenario, plan: Plan) -> tuple[Draw, ...]:
    """Draws by budget line in draw order; nested lines draw on their parents too."""
    lines = {line.budget_line_id: line for line in scenario.budget_lines}
    rates = RateTable(scenario.rates, scenario.reporting_currency)
    drawn: dict[str, int] = defaultdict(int)
    for charge in plan.ledger:
        line = lines.get(charge.budget_line_id)
        if line is None:
            continue
        drawn[line.budget_line_id] += charge.line_cents
        parent = lines.get(line.parent or "")
        while parent is not None:
            drawn[parent.budget_line_id] += _converted(rates, charge, parent.currency)
            parent = lines.get(parent.parent or "")
    ordered = sorted(lines.values(), key=lambda r: (r.draw_order, r.budget_line_id))
    return tuple(Draw(line, drawn[line.budget_line_id]) for line in ordered)


def _converted(rates: RateTable, charge: Charge, currency: str) -> int:
    return rates.convert(charge.amount_cents, charge.currency, currency, charge.on)
