"""Plans made by hand: written up as the table says, judged by the checks."""

from movplan.checks import run_checks
from movplan.costing.recost import recost
from movplan.domain.assignments import Assignment
from movplan.domain.plan import Leg, Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import AssignmentState, LegKind, Part, Reason
from movplan.planning import plan_from_assignments
from tests.checks.mission import PLAN as MISSION_PLAN
from tests.checks.world import SCENARIO as MISSION

CONVOY, FLIGHT = "MH-0414", "W5-0415"
BEST = {"F2": CONVOY, "F3": CONVOY, "F4": CONVOY, "F6": FLIGHT, "F7": FLIGHT}


def table(rides: dict[str, str]) -> list[Assignment]:
    return [Assignment(family_id=f, departure_id=d) for f, d in rides.items()]


def facts(scenario: Scenario, plan: Plan) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for violation in run_checks(scenario, plan).violations:
        found.setdefault(violation.rule, []).append(violation.fact)
    return found


def test_the_optimum_made_by_hand_keeps_every_rule(first_convoy: Scenario) -> None:
    plan = plan_from_assignments(first_convoy, table(BEST))
    assert facts(first_convoy, plan) == {}
    assert recost(first_convoy, plan) == ()
    assert sum(c.line_cents for c in plan.ledger) == 485800
    assert plan.certificate.levels == ()


def test_transfers_follow_from_the_rides(first_convoy: Scenario) -> None:
    plan = plan_from_assignments(first_convoy, table({"F6": FLIGHT}))
    kinds = [leg.kind for leg in plan.schedule]
    assert kinds == [LegKind.TRANSFER, LegKind.RIDE, LegKind.TRANSFER]


def test_too_many_for_the_minibus_are_named(first_convoy: Scenario) -> None:
    # 5 + 5 + 3 + 7 = 20 of 18 usable seats, and 6 grants of 100.00 too many
    plan = plan_from_assignments(first_convoy, table({**BEST, "F1": CONVOY}))
    found = facts(first_convoy, plan)
    assert set(found) == {"vehicle_load", "budget_ceiling"}
    assert "20 seats taken, 18 usable" in found["vehicle_load"][0]


def test_expired_passports_are_named_and_nothing_else(first_convoy: Scenario) -> None:
    plan = plan_from_assignments(first_convoy, table({"F8": FLIGHT}))
    assert set(facts(first_convoy, plan)) == {"document_validity"}


def test_a_journey_that_does_not_join_is_named(first_convoy: Scenario) -> None:
    plan = plan_from_assignments(first_convoy, table({"F5": FLIGHT}))
    assert "no transfer" in facts(first_convoy, plan)["journey_chain"][0]


def test_a_stretch_nobody_serves_is_named(first_convoy: Scenario) -> None:
    row = Assignment(family_id="F6", departure_id=FLIGHT, to_place="mashhad")
    found = facts(first_convoy, plan_from_assignments(first_convoy, [row]))
    assert "does not go from" in found["journey_chain"][0]


def test_a_vehicle_that_is_not_there_is_named(first_convoy: Scenario) -> None:
    row = Assignment(family_id="F2", departure_id=CONVOY, vehicle="minibus#2")
    other = Assignment(family_id="F4", departure_id=CONVOY, vehicle="minibus#1")
    plan = plan_from_assignments(first_convoy, [row, other])
    assert "2 minibus hired, at most 1" in facts(first_convoy, plan)["vehicle_load"][0]


def test_families_not_in_the_table_are_left_out(first_convoy: Scenario) -> None:
    plan = plan_from_assignments(first_convoy, table(BEST))
    left = {row.family_id: row for row in plan.left_out}
    assert set(left) == {"F1", "F5", "F8"}
    assert left["F1"].reason is Reason.OUTRANKED
    assert "not in the table" in left["F1"].fact
    assert left["F8"].reason is Reason.DOCUMENT_EXPIRED


def test_rows_that_keep_off_are_no_rides(first_convoy: Scenario) -> None:
    states = (
        AssignmentState.FORBIDDEN,
        AssignmentState.NO_SHOW,
        AssignmentState.WITHDRAWN,
    )
    for state in states:
        row = Assignment(family_id="F2", departure_id=CONVOY, state=state)
        assert plan_from_assignments(first_convoy, [row]).schedule == ()


def rows_of(plan: Plan) -> list[Leg]:
    """The schedule; the mission of the checks counts no seats of transfers."""
    return [
        leg.model_copy(update={"seats": 0}) if leg.kind is LegKind.TRANSFER else leg
        for leg in plan.schedule
    ]


def sent(plan: Plan) -> set[tuple[object, ...]]:
    """Missions, whatever they are called."""
    return {(m.escort_id, m.rides, m.family_ids, m.leaves_base) for m in plan.missions}


def mission_rows(**blank: object) -> list[Assignment]:
    """The rides of the mission of the checks, sessions on the first of each part."""
    rows: list[Assignment] = []
    legs: dict[tuple[str, Part], int] = {}
    sessions: dict[str, list[str]] = {}
    for leg in MISSION_PLAN.schedule:
        if leg.kind is LegKind.APPOINTMENT and leg.session_id:
            sessions.setdefault(leg.family_id, []).append(leg.session_id)
    for leg in MISSION_PLAN.schedule:
        if leg.kind is not LegKind.RIDE:
            continue
        number = legs[leg.family_id, leg.part] = (
            legs.get((leg.family_id, leg.part), 0) + 1
        )
        first = number == 1 and leg.part is Part.OUTBOUND
        row = Assignment(
            family_id=leg.family_id,
            part=leg.part,
            leg=number,
            departure_id=leg.departure_id or "",
            from_place=leg.from_place,
            to_place=leg.to_place,
            vehicle=leg.vehicle,
            escort_id=leg.escort_ids[0] if leg.escort_ids else None,
            session_ids=tuple(sessions.get(leg.family_id, ())) if first else (),
        )
        rows.append(row.model_copy(update=blank))
    return rows


def test_a_table_of_a_plan_is_that_plan_again() -> None:
    # nights, sessions, an ambulance, shared and own escorts, a round trip
    plan = plan_from_assignments(MISSION, mission_rows())
    assert facts(MISSION, plan) == {}
    assert rows_of(plan) == rows_of(MISSION_PLAN)
    assert sent(plan) == sent(MISSION_PLAN)


def test_what_a_table_leaves_open_is_filled_in() -> None:
    rows = mission_rows(vehicle=None, escort_id=None, session_ids=())
    plan = plan_from_assignments(MISSION, rows)
    assert facts(MISSION, plan) == {}
    assert recost(MISSION, plan) == ()


def test_a_session_nobody_needs_is_written_down() -> None:
    session = next(s for s in MISSION.sessions if s.kind.value == "PEC")
    rows = [row for row in mission_rows() if row.family_id == "RA3"]
    rows = [r.model_copy(update={"session_ids": (session.session_id,)}) for r in rows]
    found = facts(MISSION, plan_from_assignments(MISSION, rows))
    assert "which it does not need" in found["appointments"][0]


def test_rows_without_leg_numbers_go_by_time() -> None:
    rows = [r.model_copy(update={"leg": 1}) for r in reversed(mission_rows())]
    plan = plan_from_assignments(MISSION, rows)
    assert rows_of(plan) == rows_of(MISSION_PLAN)
