"""Why families are left out, and what somebody must do by when."""

from datetime import date

from movplan.costing.tariffs import Tariffs
from movplan.domain.plan import LeftOut
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Capacity
from movplan.domain.words import (
    CapacityKind,
    DepartureStatus,
    Reason,
    SubjectKind,
)
from movplan.formulation.build import build_model
from movplan.optimiser.columns import Pool
from movplan.optimiser.solution import nobody
from movplan.planning import Limits, plan_from_assignments, plan_scenario
from movplan.planning.deadlines import find_deadlines
from movplan.planning.left_out import Reasons
from movplan.screening import screen
from tests.checks.mission import PLAN
from tests.checks.world import SCENARIO as MISSION
from tests.reports.by_hand import SCENARIO as FIVE

QUICK = Limits(effort=1, seed=1)


def left_out(scenario: Scenario) -> dict[str, LeftOut]:
    plan = plan_scenario(scenario, QUICK).plan
    return {row.family_id: row for row in plan.left_out}


def departures(scenario: Scenario, **values: object) -> Scenario:
    rows = tuple(row.model_copy(update=values) for row in scenario.departures)
    return scenario.model_copy(update={"departures": rows})


def test_a_full_flight(first_convoy: Scenario) -> None:
    # F6 needs 4 of 3 seats left when F7's infant sits on a lap: 6 - 2 = 4; with 5
    # seats in all F6 4 + F7 2 = 6 do not fit, and F7 (6) counts more than F6 (4).
    scenario = departures(first_convoy, seats=5)
    found = left_out(scenario)
    assert found["F6"].reason in (Reason.SEATS_FULL, Reason.BUDGET_EXHAUSTED)
    assert "F7" not in found


def test_a_place_that_takes_few(first_convoy: Scenario) -> None:
    # Kabul takes 4 persons a day: F6 with 4 or F7 with 3
    limit = Capacity(
        capacity_id="few", place_id="kbl", kind=CapacityKind.ARRIVAL, limit=4
    )
    (line,) = first_convoy.budget_lines
    rich = line.model_copy(update={"spent_cents": 0, "ceiling_cents": 10_000_000})
    changed = {"capacities": (limit,), "budget_lines": (rich,)}
    found = left_out(first_convoy.model_copy(update=changed))
    assert found["F6"].reason is Reason.PLACE_FULL
    assert "kbl" in found["F6"].fact


def test_whoever_could_travel_in_an_empty_plan_was_outranked() -> None:
    model = build_model(FIVE, screen(FIVE), Tariffs(FIVE)).model
    reasons = Reasons(FIVE, model, Pool(model), nobody(model))
    rows = list(reasons.left_out())
    assert [row.family_id for row in rows] == ["F1", "F2", "F3", "F4", "F5"]
    assert {row.reason for row in rows} == {Reason.OUTRANKED}


def test_lapsing_and_deferring(first_convoy: Scenario) -> None:
    found = left_out(first_convoy)
    # F8's passports end on 10 April: it lapses. F1's papers are still to be obtained
    assert found["F8"].lapses_on == date(2026, 4, 10)
    assert not found["F8"].deferred
    assert found["F1"].lapses_on is None
    assert found["F1"].deferred


def test_papers_to_apply_for_are_deadlines(first_convoy: Scenario) -> None:
    # laissez-passer: 7 days to obtain, needed on 14 April: apply on 7 April
    plan = plan_scenario(first_convoy, QUICK).plan
    apply = [d for d in plan.deadlines if d.subject_kind is SubjectKind.FAMILY]
    assert {d.on for d in apply} == {date(2026, 4, 7)}
    assert {d.subject_id for d in apply} == {"F2", "F3", "F4"}


def test_options_names_and_tickets_are_deadlines(first_convoy: Scenario) -> None:
    scenario = departures(
        first_convoy,
        status=DepartureStatus.OPTION,
        option_until=date(2026, 4, 8),
        names_due=date(2026, 4, 9),
        ticket_by=date(2026, 4, 10),
    )
    plan = plan_from_assignments(scenario, ())
    assert plan.deadlines == ()
    found = find_deadlines(scenario, plan_scenario(scenario, QUICK).plan.schedule)
    convoy = [(d.on.day, d.what) for d in found if d.subject_id == "MH-0414"]
    assert convoy == [(8, "confirm option"), (9, "send names"), (10, "issue tickets")]
    assert [d.on for d in found] == sorted(d.on for d in found)


def test_deadlines_of_a_round_trip_are_of_both_parts() -> None:
    found = find_deadlines(MISSION, PLAN.schedule)
    assert list(found) == sorted(
        found, key=lambda d: (d.on, d.subject_kind, d.subject_id, d.what, d.detail)
    )
