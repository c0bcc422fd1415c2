"""A small valid mission to break: two families, a flight, a convoy, two lines."""

from datetime import date, datetime, timedelta, timezone

from movplan.domain.assignments import Assignment
from movplan.domain.budgets import BudgetLine
from movplan.domain.escorts import Escort, Session
from movplan.domain.money import Rate
from movplan.domain.people import Document, Family, Medical, Member
from movplan.domain.programmes import DocumentType, Programme
from movplan.domain.scenario import Horizon, Scenario
from movplan.domain.transport import (
    Departure,
    DepartureStop,
    DepartureVehicle,
    Fare,
    Place,
    Transfer,
    VehicleType,
)
from movplan.domain.words import (
    DepartureKind,
    EscortRole,
    PlaceKind,
    SessionKind,
)
from tests.rows import departure_paid

IRAN = timezone(timedelta(hours=3, minutes=30))
KABUL = timezone(timedelta(hours=4, minutes=30))


def _place(name: str, zone: str, kind: PlaceKind = PlaceKind.TOWN) -> Place:
    country = "IR" if zone == "Asia/Tehran" else "AF"
    return Place(
        place_id=name,
        kind=kind,
        country=country,
        latitude=35.0,
        longitude=60.0,
        timezone=zone,
    )


def _family(name: str, persons: int) -> Family:
    return Family(
        family_id=name,
        programme="AVRR",
        persons=persons,
        origin="MHD",
        destination="KBL",
        ready_from=date(2026, 5, 1),
        latest=date(2026, 5, 30),
        consent_signed=date(2026, 4, 1),
    )


def _member(name: str, family: str, born: date) -> Member:
    return Member(member_id=name, family_id=family, birth_date=born)


FLIGHT = Departure(
    departure_id="FL1",
    kind=DepartureKind.FLIGHT,
    from_place="MHD",
    to_place="KBL",
    departs=datetime(2026, 5, 4, 9, 0, tzinfo=IRAN),
    arrives=datetime(2026, 5, 4, 12, 0, tzinfo=KABUL),
    seats=40,
    currency="USD",
)
CONVOY = Departure(
    departure_id="CV1",
    kind=DepartureKind.CONVOY,
    from_place="MHD",
    to_place="HEA",
    departs=datetime(2026, 5, 6, 7, 0, tzinfo=IRAN),
    arrives=datetime(2026, 5, 6, 18, 0, tzinfo=KABUL),
    fixed_price_cents=50_000,
    currency="EUR",
)


def mission() -> Scenario:
    """The mission; every rule of validation is kept."""
    return Scenario(
        scenario_id="small",
        as_of=datetime(2026, 4, 20, 8, 0, tzinfo=KABUL),
        horizon=Horizon(first=date(2026, 5, 1), last=date(2026, 5, 31)),
        programmes=(
            Programme(programme_id="AVRR", required_documents=("exit_permit",)),
        ),
        document_types=(DocumentType(document_type="exit_permit"),),
        places=(
            _place("MHD", "Asia/Tehran"),
            _place("DOG", "Asia/Tehran", PlaceKind.BORDER),
            _place("HEA", "Asia/Kabul"),
            _place("KBL", "Asia/Kabul"),
        ),
        families=(_family("F1", 2), _family("F2", 5)),
        members=(
            _member("M1", "F1", date(1990, 3, 1)),
            _member("M2", "F1", date(2025, 6, 1)),
        ),
        medical=(Medical(member_id="M1", exam_date=date(2026, 4, 1)),),
        documents=(
            Document(
                member_id="M1",
                document_type="exit_permit",
                valid_from=date(2026, 4, 10),
                valid_until=date(2026, 6, 10),
            ),
        ),
        transfers=(
            Transfer(from_place="HEA", to_place="KBL", minutes=900, currency="AFN"),
        ),
        vehicle_types=(
            VehicleType(vehicle_type_id="bus", seats=44),
            VehicleType(vehicle_type_id="van", seats=10),
        ),
        departures=(FLIGHT, CONVOY),
        departure_stops=(
            DepartureStop(
                departure_id="CV1",
                sequence=1,
                place_id="DOG",
                arrives=datetime(2026, 5, 6, 12, 0, tzinfo=IRAN),
                departs=datetime(2026, 5, 6, 14, 0, tzinfo=IRAN),
            ),
        ),
        departure_vehicles=(
            DepartureVehicle(
                departure_id="CV1",
                vehicle_type_id="bus",
                max_vehicles=2,
                price_cents=90_000,
                currency="EUR",
            ),
        ),
        fares=(Fare(departure_id="FL1", amount_cents=21_000, currency="USD"),),
        payers=(
            departure_paid("CV1", "L1", 70),
            departure_paid("CV1", "L2", 30),
        ),
        escorts=(
            Escort(escort_id="E1", role=EscortRole.NURSE, base="MHD", currency="USD"),
        ),
        sessions=(
            Session(
                session_id="CO1",
                kind=SessionKind.CULTURAL_ORIENTATION,
                place_id="MHD",
                starts=datetime(2026, 4, 28, 9, 0, tzinfo=IRAN),
                ends=datetime(2026, 4, 28, 15, 0, tzinfo=IRAN),
                places=20,
                currency="USD",
            ),
        ),
        budget_lines=(
            BudgetLine(
                budget_line_id="L1",
                donor="D",
                currency="USD",
                ceiling_cents=1_000_000,
                service_from=date(2026, 5, 1),
                service_until=date(2026, 6, 30),
            ),
            BudgetLine(budget_line_id="L2", donor="D", currency="EUR", parent="L1"),
        ),
        rates=(
            Rate(currency="EUR", date=date(2026, 4, 1), value="1.10"),
            Rate(currency="AFN", date=date(2026, 5, 1), value="0.014"),
        ),
        assignments=(Assignment(family_id="F2", departure_id="CV1"),),
    )
