"""Places of a clinic and day, shared by the sessions it holds: ``session_places``.

C12 leaves TOWN on 12 May at 02:30 UTC: checks end from 9 May 02:30 to 11 May 02:30. Two
families of two; on the 10th checks are in the morning and in the afternoon, ten places
each, and the clinic takes so many persons that day.
"""

import pytest

from movplan.checks import run_checks
from movplan.domain.assignments import Assignment
from movplan.domain.budgets import BudgetLine
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Capacity
from movplan.domain.words import CapacityKind, Reason
from movplan.planning import Limits, draft_plan, plan_from_assignments
from tests.screening.mission import BASE, FAMILY, changed, with_programme
from tests.screening.rules import ruled
from tests.screening.test_appointments import PEC, session

RULE = "session_places"
LIMITS = Limits(effort=5, seed=1)


def mission(limit: int, *, rest_of_day: str = "10 12:00") -> Scenario:
    """Only C12, without staff; families given as counts."""
    end = f"{rest_of_day[:3]}{int(rest_of_day[3:5]) + 1}:00"
    base = changed(
        departures=BASE.departures[1:2],
        departure_vehicles=BASE.departure_vehicles[1:2],
        families=tuple(
            FAMILY.model_copy(update={"family_id": name}) for name in ("F1", "F2")
        ),
        members=(),
        sessions=(
            session(PEC, "10 06:00", "10 07:00", session_id="AM"),
            session(PEC, rest_of_day, end, session_id="PM"),
        ),
        capacities=(
            Capacity(
                capacity_id="clinic",
                place_id="TOWN",
                kind=CapacityKind.APPOINTMENT,
                limit=limit,
            ),
        ),
        budget_lines=(BudgetLine(budget_line_id="L", donor="D", currency="USD"),),
    )
    return ruled(
        with_programme(base, required_steps=(PEC,)),
        persons_per_operational_escort=0,
        nurse_up_to_persons=0,
        persons_per_ambulance=0,
    )


def attending(plan: Plan) -> dict[str, str]:
    return {leg.family_id: leg.session_id for leg in plan.schedule if leg.session_id}


def broken(scenario: Scenario, plan: Plan) -> list[str]:
    return [v.fact for v in run_checks(scenario, plan).violations if v.rule == RULE]


@pytest.mark.parametrize(("limit", "travel"), [(4, 2), (3, 1), (2, 1)])
def test_both_sessions_together_keep_the_days_places(limit: int, travel: int) -> None:
    scenario = mission(limit)
    plan = draft_plan(scenario, LIMITS)

    assert len(attending(plan)) == travel
    assert run_checks(scenario, plan).broken_rules == frozenset()


def test_who_is_left_out_is_told_the_place_and_the_day() -> None:
    (left,) = draft_plan(mission(3), LIMITS).left_out

    assert (left.reason, left.rule) == (Reason.APPOINTMENTS_FULL, RULE)
    assert left.fact.startswith(
        "TOWN has room for 1 persons attending sessions on 2026-05-10, the family "
        "takes 2; 1 more would do"
    )


def test_without_the_rule_the_checks_name_the_place_and_the_day() -> None:
    scenario = mission(3)
    plan = draft_plan(scenario, LIMITS, without=frozenset({RULE}))

    assert len(attending(plan)) == 2
    assert broken(scenario, plan) == [
        "TOWN appointment on 2026-05-10: 4 persons, at most 3"
    ]


def test_another_day_has_places_of_its_own() -> None:
    """A second session on the 9th instead: each family has a day."""
    scenario = mission(2, rest_of_day="09 12:00")
    plan = draft_plan(scenario, LIMITS)

    assert set(attending(plan).values()) == {"AM", "PM"}
    assert broken(scenario, plan) == []


def test_a_table_made_by_hand_goes_where_there_is_room() -> None:
    rows = [Assignment(family_id=name, departure_id="C12") for name in ("F1", "F2")]
    scenario = mission(2, rest_of_day="09 12:00")
    plan = plan_from_assignments(scenario, rows)

    assert set(attending(plan).values()) == {"AM", "PM"}
    assert broken(scenario, plan) == []
    full = mission(3)
    assert len(broken(full, plan_from_assignments(full, rows))) == 1
