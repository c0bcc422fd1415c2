"""A mission small enough to plan by hand, and its plan: it keeps every rule.

Two programmes, two convoys (Tuesday 5 and Wednesday 6 May) and one flight (Saturday
9 May), five families with 14 persons. Three families (8 persons) travel:

    F1  3 persons  AVRR  convoy, a night at the transit centre, convoy
    F2  1 person   RQA   flight, with nurse N1
    F3  4 persons  AVRR  starts at the transit centre: second convoy
    F4  4 persons  AVRR  stays: the second convoy is full
    F5  2 persons  RQA   stays: medical hold until 20 June

Costs in cents of USD: bus of the second convoy 90000 and F1's night 3 x 500 = 1500 on
WB; F2's fare 20000 EUR x 1.25 = 25000 on KFW, with 7 % overhead 1400 EUR = 1750; nurse
two days at 2500 = 5000 and her fare 25000 on WB (121500 in all). Total 90000 + 1500 +
25000 + 1750 + 5000 + 25000 = 148250, of which 51750 (34.9 %) rest on estimates.
"""

from datetime import date, datetime, timedelta, timezone

from movplan.domain.budgets import BudgetLine
from movplan.domain.escorts import Escort, EscortTravel
from movplan.domain.money import Rate
from movplan.domain.people import Family
from movplan.domain.plan import (
    Certificate,
    Charge,
    CheckResult,
    Deadline,
    EscortMission,
    LeftOut,
    Leg,
    LevelResult,
    MissionRide,
    Plan,
    PlannedDeparture,
    VehicleLoad,
)
from movplan.domain.programmes import Programme
from movplan.domain.rules import default_rules
from movplan.domain.scenario import Horizon, Level, Scenario
from movplan.domain.transport import (
    Departure,
    DepartureVehicle,
    Fare,
    Place,
    VehicleType,
)
from movplan.domain.words import (
    CostCategory,
    DepartureKind,
    EscortRole,
    EscortShare,
    LegKind,
    Measure,
    Outcome,
    PlaceKind,
    PriceBasis,
    Reason,
    StopReason,
    SubjectKind,
    VehicleKind,
)
from tests.rows import departure_paid, escort_paid

TEHRAN = timezone(timedelta(hours=3, minutes=30))
KABUL = timezone(timedelta(hours=4, minutes=30))
AS_OF = datetime(2026, 4, 20, 9, 0, tzinfo=TEHRAN)


def at(day: int, hour: int, zone: timezone = TEHRAN) -> datetime:
    """A time in May 2026."""
    return datetime(2026, 5, day, hour, 0, tzinfo=zone)


def place(place_id: str, kind: PlaceKind, *, country: str = "IR") -> Place:
    zone = "Asia/Tehran" if country == "IR" else "Asia/Kabul"
    return Place(
        place_id=place_id,
        name=place_id.title(),
        kind=kind,
        country=country,
        latitude=35.0,
        longitude=60.0,
        timezone=zone,
        night_price_cents=500 if kind is PlaceKind.TRANSIT_CENTRE else None,
        night_basis=PriceBasis.CONTRACT,
        currency="USD",
    )


def family(
    family_id: str, programme: str, persons: int, *, starts_at: str = "tehran"
) -> Family:
    return Family(
        family_id=family_id,
        case_ids=(f"C-{family_id}",),
        programme=programme,
        persons=persons,
        origin="tehran",
        current_place=starts_at,
        destination="herat",
        ready_from=date(2026, 5, 1),
        consent_signed=date(2026, 4, 1),
    )


# Staff and an ambulance go with every convoy, in its price.
STAFF = (EscortRole.OPERATIONAL, EscortRole.NURSE)
# The convoy to Mashhad arrives at 20:00.
LONG_DAYS = default_rules()["drive_until_hour"].model_copy(update={"value": 20})
SCENARIO = Scenario(
    scenario_id="by-hand",
    title="Five families",
    as_of=AS_OF,
    horizon=Horizon(first=date(2026, 5, 4), last=date(2026, 5, 17)),
    levels=(
        Level(name="moved", measure=Measure.WEIGHTED_PERSONS),
        Level(name="cost", measure=Measure.COST),
    ),
    programmes=(Programme(programme_id="AVRR"), Programme(programme_id="RQA")),
    families=(
        family("F1", "AVRR", 3),
        family("F2", "RQA", 1),
        family("F3", "AVRR", 4, starts_at="mashhad"),
        family("F4", "AVRR", 4),
        family("F5", "RQA", 2),
    ),
    places=(
        place("tehran", PlaceKind.TOWN),
        place("mashhad", PlaceKind.TRANSIT_CENTRE),
        place("herat", PlaceKind.TOWN, country="AF"),
    ),
    departures=(
        Departure(
            departure_id="CV-0505",
            kind=DepartureKind.CONVOY,
            from_place="tehran",
            to_place="mashhad",
            departs=at(5, 8),
            arrives=at(5, 20),
            currency="USD",
            standing_staff=STAFF,
            standing_ambulances=1,
        ),
        Departure(
            departure_id="CV-0506",
            kind=DepartureKind.CONVOY,
            from_place="mashhad",
            to_place="herat",
            departs=at(6, 7),
            arrives=at(6, 17, KABUL),
            currency="USD",
            standing_staff=STAFF,
            standing_ambulances=1,
        ),
        Departure(
            departure_id="FL-0509",
            kind=DepartureKind.FLIGHT,
            from_place="tehran",
            to_place="herat",
            departs=at(9, 10),
            arrives=at(9, 13, KABUL),
            seats=4,
            currency="EUR",
        ),
        Departure(
            departure_id="CV-0513",
            kind=DepartureKind.CONVOY,
            from_place="mashhad",
            to_place="herat",
            departs=at(13, 7),
            arrives=at(13, 17, KABUL),
            currency="USD",
            standing_staff=STAFF,
            standing_ambulances=1,
        ),
    ),
    vehicle_types=(
        VehicleType(vehicle_type_id="minibus", kind=VehicleKind.MINIBUS, seats=8),
    ),
    departure_vehicles=(
        DepartureVehicle(
            departure_id="CV-0505",
            vehicle_type_id="minibus",
            max_vehicles=1,
            currency="USD",
        ),
        DepartureVehicle(
            departure_id="CV-0506",
            vehicle_type_id="minibus",
            max_vehicles=1,
            price_cents=90000,
            currency="USD",
            basis=PriceBasis.CONTRACT,
        ),
        DepartureVehicle(
            departure_id="CV-0513",
            vehicle_type_id="minibus",
            max_vehicles=1,
            currency="USD",
        ),
    ),
    fares=(Fare(departure_id="FL-0509", amount_cents=20000, currency="EUR"),),
    payers=(
        departure_paid("CV-0506", "WB"),
        escort_paid("N1", "WB"),
    ),
    escorts=(
        Escort(
            escort_id="N1",
            role=EscortRole.NURSE,
            base="tehran",
            day_rate_cents=2500,
            currency="USD",
            basis=PriceBasis.CONTRACT,
        ),
    ),
    escort_travel=(
        EscortTravel(
            from_place="herat", to_place="tehran", minutes=26 * 60, currency="USD"
        ),
    ),
    budget_lines=(
        BudgetLine(
            budget_line_id="WB", donor="Bank", currency="USD", ceiling_cents=243000
        ),
        BudgetLine(
            budget_line_id="KFW",
            donor="KfW",
            parent="EU",
            currency="EUR",
            ceiling_cents=42800,
            overhead_percent=7,
        ),
        BudgetLine(budget_line_id="EU", donor="EU", currency="USD"),
    ),
    rules=(LONG_DAYS,),
    rates=(Rate(currency="EUR", date=date(2026, 1, 1), value="1.25"),),
)


def leg(family_id: str, sequence: int, kind: LegKind, **fields: object) -> Leg:
    persons = {f.family_id: f.persons for f in SCENARIO.families}[family_id]
    return Leg.model_validate(
        {
            "family_id": family_id,
            "case_ids": (f"C-{family_id}",),
            "sequence": sequence,
            "kind": kind,
            "persons": persons,
            **fields,
        }
    )


CONVOY_RIDE = {
    "departure_id": "CV-0506",
    "from_place": "mashhad",
    "to_place": "herat",
    "departs": at(6, 7),
    "arrives": at(6, 17, KABUL),
    "vehicle": "minibus#1",
}
SCHEDULE = (
    leg(
        "F1",
        1,
        LegKind.RIDE,
        departure_id="CV-0505",
        from_place="tehran",
        to_place="mashhad",
        departs=at(5, 8),
        arrives=at(5, 20),
        seats=3,
        vehicle="minibus#1",
    ),
    leg(
        "F1",
        2,
        LegKind.NIGHT,
        from_place="mashhad",
        to_place="mashhad",
        departs=at(5, 20),
        arrives=at(6, 7),
    ),
    leg("F1", 3, LegKind.RIDE, seats=3, **CONVOY_RIDE),
    leg(
        "F2",
        1,
        LegKind.RIDE,
        departure_id="FL-0509",
        from_place="tehran",
        to_place="herat",
        departs=at(9, 10),
        arrives=at(9, 13, KABUL),
        seats=1,
        escort_ids=("N1",),
    ),
    leg("F3", 1, LegKind.RIDE, seats=4, **CONVOY_RIDE),
)


def charge(
    subject: tuple[SubjectKind, str],
    what: tuple[CostCategory, str],
    line: str,
    on: int,
    tariff: str,
) -> Charge:
    """A charge on a day of May by its item; amounts as in the module's docstring."""
    in_eur = {"KFW": (20000, 20000, 25000), "WB": (20000, 25000, 25000)}
    currency, cents = {
        "minibus#1": ("USD", (90000, 90000, 90000)),
        "outbound/mashhad/2026-05-05": ("USD", (1500, 1500, 1500)),
        "M1/days": ("USD", (5000, 5000, 5000)),
        "fare/outbound/1/FL-0509": ("EUR", (1400, 1400, 1750)),
    }.get(what[1], ("EUR", in_eur[line]))
    return Charge(
        subject_kind=subject[0],
        subject_id=subject[1],
        category=what[0],
        item=what[1],
        on=date(2026, 5, on),
        budget_line_id=line,
        currency=currency,
        amount_cents=cents[0],
        line_cents=cents[1],
        reporting_cents=cents[2],
        tariff=tariff,
        basis=PriceBasis.ESTIMATE if currency == "EUR" else PriceBasis.CONTRACT,
    )


F1, F2 = (SubjectKind.FAMILY, "F1"), (SubjectKind.FAMILY, "F2")
NURSE = (SubjectKind.ESCORT, "N1")
LEDGER = (
    charge(
        (SubjectKind.DEPARTURE, "CV-0506"),
        (CostCategory.VEHICLE, "minibus#1"),
        "WB",
        6,
        "departure_vehicles/CV-0506/minibus",
    ),
    charge(NURSE, (CostCategory.ESCORT, "M1/days"), "WB", 9, "escorts/N1"),
    charge(
        NURSE,
        (CostCategory.ESCORT, "M1/fare/FL-0509"),
        "WB",
        9,
        "fares/FL-0509/adult//",
    ),
    charge(
        F1,
        (CostCategory.ACCOMMODATION, "outbound/mashhad/2026-05-05"),
        "WB",
        5,
        "places/mashhad",
    ),
    charge(
        F2,
        (CostCategory.FARE, "outbound/1/FL-0509"),
        "KFW",
        9,
        "fares/FL-0509/adult//",
    ),
    charge(
        F2,
        (CostCategory.OVERHEAD, "fare/outbound/1/FL-0509"),
        "KFW",
        9,
        "budget_lines/KFW",
    ),
)

PLAN = Plan(
    scenario_id="by-hand",
    as_of=AS_OF,
    reporting_currency="USD",
    outcome=Outcome.FEASIBLE,
    stop_reason=StopReason.TIME_LIMIT,
    repeatable=False,
    schedule=SCHEDULE,
    departures=(
        PlannedDeparture(
            departure_id="CV-0505",
            runs=True,
            persons=3,
            peak_seats=3,
            family_ids=("F1",),
            vehicles=(
                VehicleLoad(
                    vehicle="minibus#1",
                    vehicle_type_id="minibus",
                    family_ids=("F1",),
                    peak_seats=3,
                    seats=8,
                    spare_seats=0,
                ),
            ),
        ),
        PlannedDeparture(
            departure_id="CV-0506",
            runs=True,
            persons=7,
            peak_seats=7,
            family_ids=("F1", "F3"),
            vehicles=(
                VehicleLoad(
                    vehicle="minibus#1",
                    vehicle_type_id="minibus",
                    family_ids=("F1", "F3"),
                    peak_seats=7,
                    seats=8,
                    spare_seats=0,
                ),
            ),
        ),
        PlannedDeparture(
            departure_id="FL-0509",
            runs=True,
            persons=1,
            peak_seats=2,
            seats=4,
            family_ids=("F2",),
            mission_ids=("M1",),
        ),
        PlannedDeparture(departure_id="CV-0513", runs=False),
    ),
    missions=(
        EscortMission(
            mission_id="M1",
            escort_id="N1",
            role=EscortRole.NURSE,
            share=EscortShare.SHARED,
            rides=(
                MissionRide(
                    departure_id="FL-0509", from_place="tehran", to_place="herat"
                ),
            ),
            family_ids=("F2",),
            leaves_base=at(9, 7),
            starts=at(9, 10),
            ends=at(9, 13, KABUL),
            back_at_base=at(10, 14),
            free_from=at(11, 14),
        ),
    ),
    ledger=LEDGER,
    left_out=(
        LeftOut(
            family_id="F4",
            persons=4,
            reason=Reason.VEHICLES_FULL,
            fact="1 of 8 seats is left on CV-0506, the family needs 4",
            deferred=True,
        ),
        LeftOut(
            family_id="F5",
            persons=2,
            reason=Reason.MEDICAL_HOLD,
            fact="hold of member M9 until 2026-06-20",
            lapses_on=date(2026, 6, 30),
        ),
    ),
    deadlines=(
        Deadline(
            on=date(2026, 5, 2),
            what="names due",
            subject_kind=SubjectKind.DEPARTURE,
            subject_id="FL-0509",
        ),
    ),
    certificate=Certificate(
        scenario_digest="0" * 64,
        levels=(
            LevelResult(
                name="moved",
                measure=Measure.WEIGHTED_PERSONS,
                maximise=True,
                value=800,
                bound=1400,
                gap="3/7",
                absolute_gap=600,
                held_at=800,
                proved=False,
            ),
            LevelResult(
                name="cost",
                measure=Measure.COST,
                maximise=False,
                value=148250,
                bound=148250,
                gap="0",
                absolute_gap=0,
                held_at=148250,
                proved=True,
            ),
        ),
        checks=(CheckResult(rule="seats", checked=2, violations=0),),
        ledger_balanced=True,
        ledger_total_reporting_cents=148250,
        estimated_share_percent=35,
        seed=0,
        effort=None,
        versions={"movplan": "0.1.0"},
    ),
)
