"""A small story every costing test starts from.

Two families leave Mashhad. The Aria file (two adults, a child of 5, an infant of 1)
rides convoy C1 to Tehran, sleeps there and flies on F1 to Istanbul; the Bahar file
(counts: two adults) rides F1 only, under a programme no payer of F1 serves. Nurse N1
goes along on F1.

Rates: 1 EUR = 1.10 USD, from 1 June 1.20 USD; 1 IRR = 0.000002 USD, so 100 USD cents
are 50,000,000 rial cents.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from movplan.domain.budgets import BudgetLine
from movplan.domain.escorts import Escort, EscortTravel, Session
from movplan.domain.money import Rate
from movplan.domain.people import Family, Member
from movplan.domain.plan import (
    Charge,
    EscortMission,
    Leg,
    MissionRide,
    Plan,
    PlannedDeparture,
)
from movplan.domain.programmes import Programme
from movplan.domain.scenario import Horizon, Scenario
from movplan.domain.transport import (
    Departure,
    DepartureVehicle,
    Fare,
    Place,
    Transfer,
    VehicleType,
)
from movplan.domain.words import (
    AgeClass,
    DepartureKind,
    DepartureStatus,
    EscortRole,
    EscortShare,
    LegKind,
    Outcome,
    PriceBasis,
    SessionKind,
    StopReason,
)
from tests.rows import UNJUDGED, departure_paid, escort_paid

TEHRAN = timezone(timedelta(hours=3, minutes=30))
ISTANBUL = timezone(timedelta(hours=3))
MAY_12, MAY_13, MAY_14 = date(2026, 5, 12), date(2026, 5, 13), date(2026, 5, 14)


def at(day: date, hour: int, minute: int = 0, zone: timezone = TEHRAN) -> datetime:
    """A local time."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)


PLACES = (
    Place(
        place_id="MHD",
        country="IR",
        latitude=36.3,
        longitude=59.6,
        timezone="Asia/Tehran",
    ),
    Place(
        place_id="THR",
        country="IR",
        latitude=35.7,
        longitude=51.4,
        timezone="Asia/Tehran",
        night_price_cents=20_000_000,
        currency="IRR",
        night_basis=PriceBasis.CONTRACT,
    ),
    Place(
        place_id="IKA",
        country="IR",
        latitude=35.4,
        longitude=51.2,
        timezone="Asia/Tehran",
    ),
    Place(
        place_id="IST",
        country="TR",
        latitude=41.3,
        longitude=28.7,
        timezone="Europe/Istanbul",
    ),
)
DEPARTURES = (
    Departure(
        departure_id="C1",
        kind=DepartureKind.CONVOY,
        from_place="MHD",
        to_place="THR",
        departs=at(MAY_12, 6),
        arrives=at(MAY_12, 18),
        fixed_price_cents=10_000,
        distance_km=900.5,
        currency="USD",
        basis=PriceBasis.QUOTE,
    ),
    Departure(
        departure_id="F1",
        kind=DepartureKind.FLIGHT,
        from_place="IKA",
        to_place="IST",
        departs=at(MAY_13, 23, 30),
        arrives=at(MAY_14, 2, 30, ISTANBUL),
        seats=100,
        fixed_price_cents=1_000_001,
        seat_rate_cents=15_000,
        cancellation_fee_cents=5_000,
        currency="EUR",
        basis=PriceBasis.CONTRACT,
    ),
)
LINES = (
    BudgetLine(
        budget_line_id="L1-POOL", donor="pool", currency="USD", ceiling_cents=5_000_000
    ),
    BudgetLine(
        budget_line_id="L2-EUR",
        donor="north",
        parent="L1-POOL",
        currency="EUR",
        ceiling_cents=2_000_000,
        programmes=("returns",),
        overhead_percent=7,
    ),
    BudgetLine(
        budget_line_id="L3-IRR",
        donor="south",
        parent="L1-POOL",
        currency="IRR",
        programmes=("returns",),
        draw_order=1,
    ),
    BudgetLine(
        budget_line_id="L4-SELF", donor="self", currency="USD", programmes=("self",)
    ),
)

SCENARIO = Scenario(
    scenario_id="story",
    as_of=datetime(2026, 5, 1, tzinfo=UTC),
    horizon=Horizon(first=date(2026, 5, 2), last=date(2026, 6, 30)),
    reporting_currency="USD",
    programmes=(
        Programme(
            programme_id="returns", grant_per_person_cents=30_000, grant_currency="USD"
        ),
        Programme(programme_id="self"),
    ),
    families=(
        Family(
            family_id="aria",
            programme="returns",
            persons=4,
            origin="MHD",
            destination="IST",
            ready_from=date(2026, 5, 1),
        ),
        Family(
            family_id="bahar",
            programme="self",
            persons=2,
            adults=2,
            origin="IKA",
            destination="IST",
            ready_from=date(2026, 5, 1),
        ),
    ),
    members=(
        Member(member_id="a1", family_id="aria", birth_date=date(1990, 1, 1)),
        Member(member_id="a2", family_id="aria", birth_date=date(1992, 1, 1)),
        Member(member_id="a3", family_id="aria", birth_date=date(2021, 1, 1)),
        Member(member_id="a4", family_id="aria", birth_date=date(2025, 1, 1)),
    ),
    places=PLACES,
    departures=DEPARTURES,
    transfers=(
        Transfer(
            from_place="THR",
            to_place="IKA",
            minutes=60,
            price_per_person_cents=100,
            price_per_family_cents=250,
            price_per_vehicle_cents=2_000,
            vehicle_seats=2,
            currency="USD",
            basis=PriceBasis.QUOTE,
        ),
    ),
    vehicle_types=(VehicleType(vehicle_type_id="bus", seats=44),),
    departure_vehicles=(
        DepartureVehicle(
            departure_id="C1",
            vehicle_type_id="bus",
            max_vehicles=2,
            price_cents=50_000,
            price_per_km_cents=30,
            currency="USD",
        ),
    ),
    fares=(
        Fare(
            departure_id="F1",
            amount_cents=12_345,
            currency="EUR",
            basis=PriceBasis.CONTRACT,
        ),
        Fare(
            departure_id="F1",
            age_class=AgeClass.CHILD,
            amount_cents=9_000,
            currency="EUR",
            basis=PriceBasis.CONTRACT,
        ),
    ),
    payers=(
        departure_paid("C1", "L2-EUR"),
        departure_paid("F1", "L2-EUR", 50),
        departure_paid("F1", "L3-IRR", 50),
        escort_paid("N1", "L1-POOL"),
    ),
    escorts=(
        Escort(
            escort_id="N1",
            role=EscortRole.NURSE,
            base="IST",
            day_rate_cents=8_000,
            currency="USD",
        ),
    ),
    escort_travel=(
        EscortTravel(
            from_place="IST",
            to_place="IKA",
            both_ways=False,
            minutes=300,
            fare_cents=20_000,
            currency="EUR",
        ),
    ),
    sessions=(
        Session(
            session_id="S1",
            kind=SessionKind.CULTURAL_ORIENTATION,
            place_id="THR",
            starts=at(date(2026, 5, 4), 9),
            ends=at(date(2026, 5, 5), 15),
            places=20,
            price_per_person_cents=700,
            currency="USD",
        ),
    ),
    budget_lines=LINES,
    rates=(
        Rate(currency="EUR", date=date(2026, 1, 1), value=Decimal("1.10")),
        Rate(currency="EUR", date=date(2026, 6, 1), value=Decimal("1.20")),
        Rate(currency="IRR", date=date(2026, 1, 1), value=Decimal("0.000002")),
    ),
)

SCHEDULE = (
    Leg(
        family_id="aria",
        sequence=1,
        kind=LegKind.RIDE,
        departure_id="C1",
        from_place="MHD",
        to_place="THR",
        departs=at(MAY_12, 6),
        arrives=at(MAY_12, 18),
        persons=4,
        seats=3,
        vehicle="bus#1",
    ),
    Leg(
        family_id="aria",
        sequence=2,
        kind=LegKind.NIGHT,
        from_place="THR",
        to_place="THR",
        departs=at(MAY_12, 18),
        arrives=at(MAY_13, 0),
        persons=4,
    ),
    Leg(
        family_id="aria",
        sequence=3,
        kind=LegKind.TRANSFER,
        from_place="THR",
        to_place="IKA",
        departs=at(MAY_13, 19, 30),
        arrives=at(MAY_13, 20, 30),
        persons=4,
        seats=3,
    ),
    Leg(
        family_id="aria",
        sequence=4,
        kind=LegKind.RIDE,
        departure_id="F1",
        from_place="IKA",
        to_place="IST",
        departs=at(MAY_13, 23, 30),
        arrives=at(MAY_14, 2, 30, ISTANBUL),
        persons=4,
        seats=3,
    ),
    Leg(
        family_id="bahar",
        sequence=1,
        kind=LegKind.RIDE,
        departure_id="F1",
        from_place="IKA",
        to_place="IST",
        departs=at(MAY_13, 23, 30),
        arrives=at(MAY_14, 2, 30, ISTANBUL),
        persons=2,
        seats=2,
    ),
)
DEPARTURES_PLANNED = (
    PlannedDeparture(departure_id="C1", runs=True),
    PlannedDeparture(departure_id="F1", runs=True),
)
MISSIONS = (
    EscortMission(
        mission_id="M1",
        escort_id="N1",
        role=EscortRole.NURSE,
        share=EscortShare.SHARED,
        rides=(MissionRide(departure_id="F1", from_place="IKA", to_place="IST"),),
        family_ids=("aria",),
        leaves_base=at(MAY_13, 9, 0, ISTANBUL),
        starts=at(MAY_13, 23, 30),
        ends=at(MAY_14, 2, 30, ISTANBUL),
        back_at_base=at(MAY_14, 2, 30, ISTANBUL),
        free_from=at(MAY_14 + timedelta(days=1), 2, 30, ISTANBUL),
    ),
)


def cancelled(departure_id: str, **changes: Any) -> Scenario:
    """The story with a departure cancelled."""
    return changed_departure(departure_id, status=DepartureStatus.CANCELLED, **changes)


def changed_departure(departure_id: str, **changes: Any) -> Scenario:
    """The story with a departure's columns changed."""
    departures = tuple(
        row.model_copy(update=changes) if row.departure_id == departure_id else row
        for row in SCENARIO.departures
    )
    return SCENARIO.model_copy(update={"departures": departures})


def amounts(ledger: tuple[Charge, ...]) -> Mapping[tuple[str, str, str, str], int]:
    """Original amount by subject, category, item and line."""
    return {
        (row.subject_id, row.category.value, row.item, row.budget_line_id): (
            row.amount_cents
        )
        for row in ledger
    }


def plan(ledger: tuple[Charge, ...], schedule: tuple[Leg, ...] = SCHEDULE) -> Plan:
    """The story's plan with a ledger."""
    return Plan(
        scenario_id="story",
        as_of=SCENARIO.as_of,
        reporting_currency="USD",
        outcome=Outcome.FEASIBLE,
        stop_reason=StopReason.TIME_LIMIT,
        repeatable=False,
        schedule=schedule,
        departures=DEPARTURES_PLANNED,
        missions=MISSIONS,
        ledger=ledger,
        left_out=(),
        certificate=UNJUDGED,
    )
