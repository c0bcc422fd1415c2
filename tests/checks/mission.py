"""The plan of the small mission, row by row, with the times worked out by hand."""

from collections.abc import Mapping

from movplan.checks import level_values
from movplan.costing.ledger import price, required_charges
from movplan.domain.levels import MAXIMISED, effective_levels
from movplan.domain.plan import (
    EscortMission,
    LeftOut,
    Leg,
    LevelResult,
    MissionRide,
    Plan,
    PlannedDeparture,
    VehicleLoad,
)
from movplan.domain.scenario import Scenario
from movplan.domain.words import (
    EscortRole,
    EscortShare,
    LegKind,
    Outcome,
    Part,
    Reason,
    StopReason,
    SubjectKind,
)
from tests.checks.world import SCENARIO, at
from tests.rows import UNJUDGED

RIDE, TRANSFER, NIGHT, APPOINTMENT = (
    LegKind.RIDE,
    LegKind.TRANSFER,
    LegKind.NIGHT,
    LegKind.APPOINTMENT,
)
LINE_OF = {"VOLREP": "RET", "RESETTLE": "EU", "WORKSHOP": "WSL"}


def leg(
    name: str,
    sequence: int,
    kind: LegKind,
    ends: tuple[str, str],
    times: tuple[str, str],
    **more: object,
) -> Leg:
    """``name`` is the family, with ``/return`` for the way back."""
    family_id, _, part = name.partition("/")
    return Leg.model_validate(
        {
            "family_id": family_id,
            "case_ids": (f"{family_id}-A",),
            "part": part or Part.OUTBOUND,
            "sequence": sequence,
            "kind": kind,
            "from_place": ends[0],
            "to_place": ends[1],
            "departs": at(times[0]),
            "arrives": at(times[1]),
            **more,
        }
    )


def convoy_legs(
    name: str, persons: int, seats: int, escorts: tuple[str, ...]
) -> tuple[Leg, ...]:
    """Mashhad - Herat, the night of 14 May there, Herat - Kabul."""
    boarded = {"persons": persons, "seats": seats, "vehicle": "MINI#1"}
    first = ("05-14 06:00+03:30", "05-14 16:00+04:30")
    night = ("05-14 16:00+04:30", "05-15 08:00+04:30")
    second = ("05-15 08:00+04:30", "05-15 20:00+04:30")
    return (
        leg(
            name,
            1,
            RIDE,
            ("MASHHAD", "HERAT"),
            first,
            departure_id="C1",
            escort_ids=escorts,
            **boarded,
        ),
        leg(name, 2, NIGHT, ("HERAT", "HERAT"), night, persons=persons),
        leg(
            name,
            3,
            RIDE,
            ("HERAT", "KABUL"),
            second,
            departure_id="C2",
            escort_ids=escorts,
            **boarded,
        ),
    )


AMBULANCE = (
    leg(
        "RA3",
        1,
        RIDE,
        ("MASHHAD", "HERAT"),
        ("05-14 06:00+03:30", "05-14 16:00+04:30"),
        departure_id="C1",
        vehicle="AMB#1",
        persons=2,
        seats=1,
        escort_ids=("N2",),
    ),
)

# Check-in 3 h before 05:00 is 02:00, an hour's road from the clinic: it leaves at 01:00
# on 20 May and sleeps there on 18 and 19 May. In Istanbul it has 6.5 h, a wheelchair
# takes 2 x 3 h. RS1-4 sits on a lap: 3 seats.
RESETTLED = (
    leg(
        "RS1",
        1,
        TRANSFER,
        ("TEHRAN", "CLINIC"),
        ("05-12 08:30+03:30", "05-12 09:00+03:30"),
        session_id="CO-PS",
        persons=1,
        seats=1,
    ),
    leg(
        "RS1",
        2,
        APPOINTMENT,
        ("TEHRAN", "TEHRAN"),
        ("05-12 09:00+03:30", "05-12 16:00+03:30"),
        session_id="CO-FA",
        persons=2,
    ),
    leg(
        "RS1",
        3,
        APPOINTMENT,
        ("CLINIC", "CLINIC"),
        ("05-12 09:00+03:30", "05-13 16:00+03:30"),
        session_id="CO-PS",
        persons=1,
    ),
    leg(
        "RS1",
        4,
        NIGHT,
        ("CLINIC", "CLINIC"),
        ("05-12 09:00+03:30", "05-13 16:00+03:30"),
        session_id="CO-PS",
        persons=1,
    ),
    leg(
        "RS1",
        5,
        TRANSFER,
        ("CLINIC", "TEHRAN"),
        ("05-13 16:00+03:30", "05-13 16:30+03:30"),
        session_id="CO-PS",
        persons=1,
        seats=1,
    ),
    leg(
        "RS1",
        6,
        TRANSFER,
        ("TEHRAN", "CLINIC"),
        ("05-18 08:30+03:30", "05-18 09:00+03:30"),
        session_id="PEC1",
        persons=4,
    ),
    leg(
        "RS1",
        7,
        APPOINTMENT,
        ("CLINIC", "CLINIC"),
        ("05-18 09:00+03:30", "05-18 11:00+03:30"),
        session_id="PEC1",
        persons=4,
    ),
    leg(
        "RS1",
        8,
        NIGHT,
        ("CLINIC", "CLINIC"),
        ("05-18 09:00+03:30", "05-19 00:00+03:30"),
        session_id="PEC1",
        persons=4,
    ),
    leg(
        "RS1",
        9,
        NIGHT,
        ("CLINIC", "CLINIC"),
        ("05-19 00:00+03:30", "05-20 01:00+03:30"),
        session_id="PEC1",
        persons=4,
    ),
    leg(
        "RS1",
        10,
        TRANSFER,
        ("CLINIC", "IKA"),
        ("05-20 01:00+03:30", "05-20 02:00+03:30"),
        session_id="PEC1",
        persons=4,
    ),
    leg(
        "RS1",
        11,
        RIDE,
        ("IKA", "IST"),
        ("05-20 05:00+03:30", "05-20 07:30+03:00"),
        departure_id="F1",
        persons=4,
        seats=3,
        escort_ids=("D1",),
    ),
    leg(
        "RS1",
        12,
        RIDE,
        ("IST", "BER"),
        ("05-20 14:00+03:00", "05-20 16:00+02:00"),
        departure_id="F2",
        persons=4,
        seats=3,
        escort_ids=("D1",),
    ),
    leg(
        "RS1",
        13,
        TRANSFER,
        ("BER", "BERLIN"),
        ("05-20 16:00+02:00", "05-20 16:45+02:00"),
        persons=4,
    ),
)
WORKSHOP = (
    leg(
        "WS1",
        1,
        TRANSFER,
        ("TEHRAN", "IKA"),
        ("05-11 06:00+03:30", "05-11 07:00+03:30"),
        persons=1,
    ),
    leg(
        "WS1",
        2,
        RIDE,
        ("IKA", "IST"),
        ("05-11 10:00+03:30", "05-11 12:30+03:00"),
        departure_id="W1",
        persons=1,
        seats=1,
    ),
    leg(
        "WS1",
        3,
        TRANSFER,
        ("IST", "ISTANBUL"),
        ("05-11 12:30+03:00", "05-11 13:30+03:00"),
        persons=1,
    ),
    leg(
        "WS1/return",
        1,
        TRANSFER,
        ("ISTANBUL", "IST"),
        ("05-16 06:00+03:00", "05-16 07:00+03:00"),
        persons=1,
    ),
    leg(
        "WS1/return",
        2,
        RIDE,
        ("IST", "IKA"),
        ("05-16 10:00+03:00", "05-16 14:30+03:30"),
        departure_id="W2",
        persons=1,
        seats=1,
    ),
    leg(
        "WS1/return",
        3,
        TRANSFER,
        ("IKA", "TEHRAN"),
        ("05-16 14:30+03:30", "05-16 15:30+03:30"),
        persons=1,
    ),
)
SCHEDULE = (
    *convoy_legs("RA1", 3, 3, ("N1",)),
    *convoy_legs("RA2", 2, 1, ()),
    *AMBULANCE,
    *RESETTLED,
    *WORKSHOP,
)


def ride(departure_id: str, from_place: str, to_place: str) -> MissionRide:
    return MissionRide(
        departure_id=departure_id, from_place=from_place, to_place=to_place
    )


# N1: an hour before 06:00, 5 h home from Kabul, a day of rest. N2: 4 h home from Herat.
# D1: 3 h check-in and an hour's road before 05:00; 8 h home from Berlin at 16:00+02:00.
MISSIONS = (
    EscortMission(
        mission_id="M1",
        escort_id="N1",
        role=EscortRole.NURSE,
        share=EscortShare.SHARED,
        rides=(ride("C1", "MASHHAD", "HERAT"), ride("C2", "HERAT", "KABUL")),
        family_ids=("RA1",),
        leaves_base=at("05-14 05:00+03:30"),
        starts=at("05-14 06:00+03:30"),
        ends=at("05-15 20:00+04:30"),
        back_at_base=at("05-16 00:00+03:30"),
        free_from=at("05-17 00:00+03:30"),
    ),
    EscortMission(
        mission_id="M2",
        escort_id="N2",
        role=EscortRole.NURSE,
        share=EscortShare.OWN,
        rides=(ride("C1", "MASHHAD", "HERAT"),),
        family_ids=("RA3",),
        leaves_base=at("05-14 05:00+03:30"),
        starts=at("05-14 06:00+03:30"),
        ends=at("05-14 16:00+04:30"),
        back_at_base=at("05-14 19:00+03:30"),
        free_from=at("05-15 19:00+03:30"),
    ),
    EscortMission(
        mission_id="M3",
        escort_id="D1",
        role=EscortRole.DOCTOR,
        share=EscortShare.SHARED,
        rides=(ride("F1", "IKA", "IST"), ride("F2", "IST", "BER")),
        family_ids=("RS1",),
        leaves_base=at("05-20 01:00+03:30"),
        starts=at("05-20 05:00+03:30"),
        ends=at("05-20 16:00+02:00"),
        back_at_base=at("05-21 01:30+03:30"),
        free_from=at("05-23 01:30+03:30"),
    ),
)


def vehicle(
    name: str, families: tuple[str, ...], mission: str, peak: int, seats: int
) -> VehicleLoad:
    return VehicleLoad(
        vehicle=name,
        vehicle_type_id=name.partition("#")[0],
        family_ids=families,
        mission_ids=(mission,),
        peak_seats=peak,
        seats=seats,
        spare_seats=seats - peak,
    )


# RA1 3 + RA2 1 (an infant on the lap) + N1 = 5 seats; RA3 1 (a stretcher) + N2 = 2.
DEPARTURES = (
    PlannedDeparture(
        departure_id="C1",
        runs=True,
        persons=7,
        peak_seats=7,
        family_ids=("RA1", "RA2", "RA3"),
        mission_ids=("M1", "M2"),
        vehicles=(
            vehicle("MINI#1", ("RA1", "RA2"), "M1", 5, 6),
            vehicle("AMB#1", ("RA3",), "M2", 2, 3),
        ),
    ),
    PlannedDeparture(
        departure_id="C2",
        runs=True,
        persons=5,
        peak_seats=5,
        family_ids=("RA1", "RA2"),
        mission_ids=("M1",),
        vehicles=(vehicle("MINI#1", ("RA1", "RA2"), "M1", 5, 6),),
    ),
    PlannedDeparture(departure_id="C9", runs=False),
    *(
        PlannedDeparture(
            departure_id=flight,
            runs=True,
            persons=4,
            peak_seats=4,
            seats=4,
            family_ids=("RS1",),
            mission_ids=("M3",),
        )
        for flight in ("F1", "F2")
    ),
    PlannedDeparture(departure_id="F3", runs=False, seats=50),
    *(
        PlannedDeparture(
            departure_id=flight,
            runs=True,
            persons=1,
            peak_seats=1,
            seats=9,
            family_ids=("WS1",),
        )
        for flight in ("W1", "W2")
    ),
)
LEFT_OUT = (
    LeftOut(
        family_id="RS2",
        case_ids=("RS2-A",),
        persons=1,
        reason=Reason.MEDICAL_MISSING,
        fact="RS2-1 has no medical clearance",
    ),
)
UNPRICED = Plan(
    scenario_id="checks",
    as_of=SCENARIO.as_of,
    reporting_currency="USD",
    outcome=Outcome.FEASIBLE,
    stop_reason=StopReason.NO_IMPROVEMENT,
    repeatable=True,
    schedule=SCHEDULE,
    departures=DEPARTURES,
    missions=MISSIONS,
    ledger=(),
    left_out=LEFT_OUT,
    certificate=UNJUDGED,
)


def costed(scenario: Scenario, plan: Plan, lines: Mapping[str, str] = LINE_OF) -> Plan:
    """The plan with its ledger, families' charges on the line of their programme."""
    programme = {f.family_id: f.programme for f in scenario.families}
    required = required_charges(scenario, plan.schedule, plan.departures, plan.missions)
    funding = {
        charge.key: lines[programme[charge.subject_id]]
        for charge in required
        if charge.subject_kind is SubjectKind.FAMILY
    }
    ledger = price(scenario, plan.schedule, plan.departures, plan.missions, funding)
    return plan.model_copy(update={"ledger": ledger})


def certified(scenario: Scenario, plan: Plan) -> Plan:
    """The plan with the value of every level, each equal to its bound."""
    values = level_values(scenario, plan)
    levels = tuple(
        LevelResult(
            name=level.name,
            measure=level.measure,
            maximise=level.measure in MAXIMISED,
            value=values[level.name],
            bound=values[level.name],
            gap="0",
            absolute_gap=0,
            held_at=values[level.name],
            proved=True,
        )
        for level in effective_levels(scenario)
    )
    certificate = plan.certificate.model_copy(update={"levels": levels})
    return plan.model_copy(update={"certificate": certificate})


PLAN = certified(SCENARIO, costed(SCENARIO, UNPRICED))
