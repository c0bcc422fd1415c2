"""Larger changes of the small mission, each broken or kept by several rules' tests."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from movplan.domain.escorts import Escort
from movplan.domain.plan import EscortMission, LeftOut, Leg, Plan, VehicleLoad
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Capacity
from movplan.domain.words import (
    CapacityKind,
    CostCategory,
    DepartureStatus,
    EscortRole,
    EscortShare,
    LegKind,
    Part,
    Reason,
    SessionKind,
)
from tests.checks.broken.tools import (
    World,
    both,
    leg,
    mission,
    planned,
    row,
    rule_value,
    updated,
)
from tests.checks.mission import MISSIONS, PLAN, certified, ride
from tests.checks.mission import leg as new_leg
from tests.checks.world import at, may, session
from tests.rows import escort_paid


def stays(family_id: str) -> Callable[[Scenario, Plan], World]:
    """The family leaves the schedule and is left out."""

    def change(scenario: Scenario, plan: Plan) -> World:
        gone = next(f for f in scenario.families if f.family_id == family_id)
        left = LeftOut(
            family_id=family_id,
            persons=gone.persons,
            reason=Reason.OUTRANKED,
            fact="stays",
        )
        schedule = tuple(x for x in plan.schedule if x.family_id != family_id)
        return scenario, updated(
            plan, schedule=schedule, left_out=(*plan.left_out, left)
        )

    return change


def without_return(scenario: Scenario, plan: Plan) -> World:
    """WS1 goes, but does not come back; W2 does not run."""
    schedule = tuple(x for x in plan.schedule if x.part is Part.OUTBOUND)
    idle = planned("W2", runs=False, persons=0, peak_seats=0, family_ids=())
    return idle(scenario, updated(plan, schedule=schedule))


def vehicles(departure_id: str, *loads: Mapping[str, object]) -> Any:
    """Change the vehicles of a convoy, in order."""
    found = next(d for d in PLAN.departures if d.departure_id == departure_id)
    changed = tuple(
        updated(load, **values)
        for load, values in zip(found.vehicles, loads, strict=True)
    )
    return planned(departure_id, vehicles=changed)


def both_with_n1(scenario: Scenario, plan: Plan) -> World:
    """N1 does the mission of N2 as well, at the same time."""
    return both(mission("M2", escort_id="N1"), leg("RA3", 1, escort_ids=("N1",)))(
        scenario, plan
    )


def without_doctor(scenario: Scenario, plan: Plan) -> World:
    """Nobody goes with RS1."""
    return both(
        mission("M3", gone=True),
        leg("RS1", 11, escort_ids=()),
        leg("RS1", 12, escort_ids=()),
        planned("F1", mission_ids=(), peak_seats=3),
        planned("F2", mission_ids=(), peak_seats=3),
    )(scenario, plan)


def without_ra2(scenario: Scenario, plan: Plan) -> World:
    """RA2 stays although RA1 goes; nothing else changes."""
    mini = {"family_ids": ("RA1",), "peak_seats": 4}
    return both(
        row("departures", "C1", min_persons=5),
        stays("RA2"),
        vehicles("C1", mini, {}),
        vehicles("C2", mini),
        planned("C1", family_ids=("RA1", "RA3"), persons=5, peak_seats=6),
        planned("C2", family_ids=("RA1",), persons=3, peak_seats=4),
    )(scenario, plan)


def also_left_out(scenario: Scenario, plan: Plan) -> World:
    """RA3 is scheduled and left out."""
    left = updated(plan.left_out[0], family_id="RA3", persons=2)
    return scenario, updated(plan, left_out=(*plan.left_out, left))


def served_nobody(scenario: Scenario, plan: Plan) -> World:
    """A mission serves a family that does not exist, beside RA1."""
    return mission("M1", family_ids=("RA1", "NOBODY"))(scenario, plan)


def second_patient(scenario: Scenario, plan: Plan) -> World:
    """RA1-2 needs a nurse too, N1 looks after one patient at a time."""
    first = next(m for m in scenario.medical if m.member_id == "RA1-1")
    second = updated(first, member_id="RA1-2")
    return updated(scenario, medical=(*scenario.medical, second)), plan


def cut_overhead(scenario: Scenario, plan: Plan) -> World:
    """RA3's grant is charged without its 7 % overhead."""
    ledger = tuple(
        each
        for each in plan.ledger
        if (each.subject_id, each.category) != ("RA3", CostCategory.OVERHEAD)
    )
    return scenario, certified(scenario, updated(plan, ledger=ledger))


DOC, CO, PEC = (
    SessionKind.DOCUMENT_STEP,
    SessionKind.CULTURAL_ORIENTATION,
    SessionKind.PRE_EMBARKATION_CHECK,
)
# RA1-1 needs a nurse on the road, but RA1-2 stands in for one.
STANDS_IN = row("medical", "RA1-1", family_companion_allowed=True, escort_language="ps")


def alone(scenario: Scenario, plan: Plan) -> World:
    """WS1 is one minor of sixteen, with nobody else."""
    return row("members", "WS1-1", birth_date=may(1).replace(year=2010))(scenario, plan)


def two_days(scenario: Scenario, plan: Plan) -> World:
    """C1 leaves on Wednesday 13 May and stays overnight at the border: 7 beds."""
    early = at("05-13 06:00+03:30")
    escorts = {"leaves_base": at("05-13 05:00+03:30"), "starts": early}
    return both(
        row("departures", "C1", departs=early),
        row("departure_stops", "C1/1", arrives=at("05-13 10:00+03:30"), beds=7),
        row("escorts", "N2", lead_days=11),
        row("budget_lines", "TOP", ceiling_cents=None),
        rule_value("convoy_days", "35"),
        # From 10:00 on the 13th to 12:00 on the 14th.
        rule_value("driver_rest_hours", 26),
        *(leg(name, 1, departs=early) for name in ("RA1", "RA2", "RA3")),
        mission("M1", **escorts),
        mission("M2", **escorts),
    )(scenario, plan)


def staff(mission_id: str, escort_id: str, role: EscortRole) -> EscortMission:
    """Somebody from Mashhad with C1, home as the nurse of RA3 is."""
    found: EscortMission = updated(
        MISSIONS[1],
        mission_id=mission_id,
        escort_id=escort_id,
        role=role,
        share=EscortShare.CONVOY,
        rides=(ride("C1", "MASHHAD", "HERAT"),),
        family_ids=(),
    )
    return found


def staffed(scenario: Scenario, plan: Plan) -> World:
    """C1 brings no staff: an operational escort and a nurse are sent with it.

    They sit in the minibus, which has 9 seats (8 usable) and takes 5 + 2.
    """
    sent = (("O1", EscortRole.OPERATIONAL), ("N4", EscortRole.NURSE))
    escorts = tuple(
        Escort(escort_id=name, role=role, base="MASHHAD", currency="USD")
        for name, role in sent
    )
    payers = tuple(escort_paid(name, "RET") for name, _ in sent)
    missions = tuple(
        staff(f"M{k}", name, role) for k, (name, role) in enumerate(sent, start=5)
    )
    aboard = ("M1", "M2", "M5", "M6")
    scenario = updated(
        scenario,
        escorts=(*scenario.escorts, *escorts),
        payers=(*scenario.payers, *payers),
    )
    plan = updated(plan, missions=(*plan.missions, *missions))
    return both(
        row("departures", "C1", standing_staff=()),
        row("vehicle_types", "MINI", seats=9),
        row("budget_lines", "TOP", ceiling_cents=None),
        vehicles("C1", {"mission_ids": ("M1", "M5", "M6"), "peak_seats": 7}, {}),
        planned("C1", mission_ids=aboard, peak_seats=9),
    )(scenario, plan)


def second_ambulance(scenario: Scenario, plan: Plan) -> World:
    """A second ambulance goes with C1, empty."""
    c1 = PLAN.departures[0]
    empty = VehicleLoad(
        vehicle="AMB#2",
        vehicle_type_id="AMB",
        family_ids=(),
        peak_seats=0,
        seats=3,
        spare_seats=3,
    )
    return both(
        row("departure_vehicles", "C1/AMB", max_vehicles=2),
        row("budget_lines", "TOP", ceiling_cents=None),
        planned("C1", vehicles=(*c1.vehicles, empty)),
    )(scenario, plan)


def document_step(scenario: Scenario, plan: Plan) -> World:
    """RS1 has its documents seen to in Tehran on 5 May, before orientation."""
    return documents_seen_to(scenario, plan, ("05-05 09:00+03:30", "05-05 12:00+03:30"))


def documents_until(end: str) -> Callable[[Scenario, Plan], World]:
    """The same on 12 May from 06:00; the way to orientation leaves at 08:30."""
    times = ("05-12 06:00+03:30", f"05-12 {end}+03:30")
    return both(
        lambda scenario, plan: documents_seen_to(scenario, plan, times),
        rule_value("doc_hours_min", 0),
    )


def clinic_road(minutes: int) -> Callable[[Scenario, Plan], World]:
    """The road to the clinic takes longer: for orientation, home, and for the check."""
    way = timedelta(minutes=minutes)
    return both(
        row("transfers", "TEHRAN/CLINIC", minutes=minutes),
        leg("RS1", 1, departs=at("05-12 09:00+03:30") - way),
        leg("RS1", 5, arrives=at("05-13 16:00+03:30") + way),
        leg("RS1", 6, departs=at("05-18 09:00+03:30") - way),
    )


def clinic(limit: int, **columns: object) -> Callable[[Scenario, Plan], World]:
    """The clinic takes so many persons a day, all sessions together."""
    limited = Capacity.model_validate(
        {
            "capacity_id": "CLINIC-DAY",
            "place_id": "CLINIC",
            "kind": CapacityKind.APPOINTMENT,
            "limit": limit,
            **columns,
        }
    )
    return lambda scenario, plan: (
        updated(scenario, capacities=(*scenario.capacities, limited)),
        plan,
    )


def documents_seen_to(scenario: Scenario, plan: Plan, times: tuple[str, str]) -> World:
    """RS1 attends a document step, the first of its steps."""
    step = session("DOC1", SessionKind.DOCUMENT_STEP, "TEHRAN", times, places=4)
    attends = new_leg(
        "RS1",
        1,
        LegKind.APPOINTMENT,
        ("TEHRAN", "TEHRAN"),
        times,
        session_id="DOC1",
        persons=4,
    )
    later = tuple(_later(each) for each in plan.schedule)
    scenario = updated(scenario, sessions=(*scenario.sessions, step))
    plan = updated(plan, schedule=(*later, attends))
    return both(
        row("programmes", "RESETTLE", required_steps=(DOC, CO, PEC)),
        row("budget_lines", "TOP", ceiling_cents=None),
    )(scenario, plan)


def _later(each: Leg) -> Leg:
    return (
        updated(each, sequence=each.sequence + 1) if each.family_id == "RS1" else each
    )


def without_m6(scenario: Scenario, plan: Plan) -> World:
    """The nurse sent with C1 stays."""
    return both(
        vehicles("C1", {"mission_ids": ("M1", "M5"), "peak_seats": 6}, {}),
        planned_again("C1", ("M1", "M2", "M5"), 8),
    )(scenario, plan)


def planned_again(
    departure_id: str, missions: tuple[str, ...], peak: int
) -> Callable[[Scenario, Plan], World]:
    """A departure's missions and seats, as they are after a change."""
    return planned(departure_id, mission_ids=missions, peak_seats=peak)


def without_document(key: str) -> Callable[[Scenario, Plan], World]:
    """A member's document is not there."""

    def change(scenario: Scenario, plan: Plan) -> World:
        rows = tuple(each for each in scenario.documents if each.key != key)
        assert len(rows) < len(scenario.documents), key
        return updated(scenario, documents=rows), plan

    return change


DAY = timedelta(days=1)
OPTION_OF_TODAY = row(
    "departures", "F2", status=DepartureStatus.OPTION, option_until=may(1)
)
