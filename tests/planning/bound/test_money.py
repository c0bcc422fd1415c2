"""Whom money may keep off: those a charge of whom only lines running short may pay.

In the mission made by hand any line pays for anybody. The bank's line has USD 2,430.00,
KfW's EUR 428.00, and the line of the EU, the parent of KfW's, has no ceiling.
"""

import pytest

from movplan.domain.scenario import Scenario
from movplan.planning.bound import families_bound, find_bound
from tests.reports.by_hand import SCENARIO

ALL = {"F1", "F2", "F3", "F4", "F5"}


def ceilings(**cents: int | None) -> Scenario:
    """The mission with other ceilings, the other lines as they are."""
    rows = tuple(
        row.model_copy(update={"ceiling_cents": cents[row.budget_line_id]})
        if row.budget_line_id in cents
        else row
        for row in SCENARIO.budget_lines
    )
    return SCENARIO.model_copy(update={"budget_lines": rows})


def bound(scenario: Scenario) -> set[str]:
    return set(families_bound(scenario).get("budget_ceiling", ()))


@pytest.mark.parametrize("cents", [0, 1, 243_000])
def test_a_line_without_ceiling_pays_where_others_run_short(cents: int) -> None:
    assert bound(ceilings(WB=cents, KFW=0)) == set()


def test_all_lines_short_bind_everybody_they_alone_may_pay() -> None:
    short = ceilings(WB=1, KFW=1, EU=1)
    assert bound(short) == ALL
    assert set(find_bound(short).in_want["budget_ceiling"]) == ALL
    assert "budget_ceiling" not in find_bound(short).alone


def test_a_parent_that_runs_short_holds_its_child() -> None:
    """KfW's own money is enough, the EU above it has one cent."""
    assert bound(ceilings(WB=0, KFW=None, EU=1)) == ALL
    assert bound(ceilings(WB=None, KFW=None, EU=1)) == set()
