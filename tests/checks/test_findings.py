"""What is reported and refuses nothing: quota places that lapse, targets missed."""

from datetime import date

import pytest

from movplan.checks import findings, run_checks
from tests.checks.broken.tools import both, override, row
from tests.checks.mission import PLAN
from tests.checks.world import SCENARIO


def found(*changes: object) -> list[tuple[str, str, str]]:
    scenario, plan = both(*changes)(SCENARIO, PLAN)  # type: ignore[arg-type]
    assert "place_capacity" not in run_checks(scenario, plan).broken_rules
    return [
        (each.rule, each.subject, each.fact)
        for each in findings(scenario, plan)
        if each.rule != "minimums"
    ]


def test_places_of_a_quota_year_lapse() -> None:
    # 12 places, 6 used before, RS1 is 4: 2 lapse on 31 May.
    fact = "10 of 12 places at BERLIN are used by 2026-05-31: 2 lapse"
    ends = row("capacities", "K3", limit=12, date_to=date(2026, 5, 31))

    assert found(ends) == [("quota_unused", "K3", fact)]


def test_a_family_set_aside_uses_no_place() -> None:
    ends = row("capacities", "K3", date_to=date(2026, 5, 31))

    assert found(ends) == []
    ((_, _, fact),) = found(ends, override("place_capacity", "RS1"))
    assert fact.endswith("6 of 10 places at BERLIN are used by 2026-05-31: 4 lapse")


@pytest.mark.parametrize(("ends", "lapse"), [(27, True), (28, False)])
def test_a_quota_year_that_ends_later_may_still_be_used(ends: int, lapse: bool) -> None:
    # 28 days after 31 May is 28 June.
    row_ends = row("capacities", "K3", limit=12, date_to=date(2026, 6, ends))

    assert bool(found(row_ends)) == lapse


def test_a_target_missed() -> None:
    aims = row("budget_lines", "RET", target_families=3, target_persons=8)

    # RA1, RA2 and RA3 are 3 + 2 + 2 persons.
    fact = "RET supports 7 persons, its target is 8"
    assert found(aims) == [("target_missed", "RET", fact)]
