"""A small mission, invented: two convoys, two flights, a workshop, three escorts.

RA1 and RA2 (travel together) go Mashhad - Herat - Kabul with a night in Herat, RA3 (a
stretcher) to Herat in the ambulance, RS1 from Tehran over Istanbul to Berlin after
orientation and a check at the clinic, WS1 to a workshop in Istanbul and back. RS2
stays. Every limit that can be is met exactly, many through ``RULES``.
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from movplan.domain.budgets import BudgetLine
from movplan.domain.escorts import Escort, EscortTravel, Payer, Session
from movplan.domain.money import Rate
from movplan.domain.people import Document, Family, Medical, Member
from movplan.domain.programmes import DocumentType, Programme
from movplan.domain.rules import Rule, RuleOverride, Value, default_rules
from movplan.domain.scenario import Group, Horizon, Level, Minimum, Scenario
from movplan.domain.transport import (
    Capacity,
    Closure,
    Departure,
    DepartureStop,
    DepartureVehicle,
    Fare,
    Place,
    Transfer,
    VehicleType,
)
from movplan.domain.words import (
    CapacityKind,
    DepartureKind,
    DepartureStatus,
    DocumentState,
    EscortLegs,
    EscortRole,
    EscortShare,
    Household,
    Measure,
    Moment,
    Need,
    Period,
    PlaceKind,
    SessionKind,
    Sex,
    SubjectKind,
    Trip,
    VehicleKind,
)

FLIGHT, CONVOY = DepartureKind.FLIGHT, DepartureKind.CONVOY


def at(text: str) -> datetime:
    """``05-14 06:00+03:30`` in 2026."""
    return datetime.fromisoformat(f"2026-{text}")


def may(day: int) -> date:
    return date(2026, 5, day)


def place(place_id: str, country: str, zone: str, *, night: int | None = None) -> Place:
    return Place(
        place_id=place_id,
        country=country,
        latitude=35.0,
        longitude=50.0,
        timezone=zone,
        night_price_cents=night,
        currency=None if night is None else "USD",
    )


IRAN, AFGHAN, TURKISH, GERMAN = (
    "Asia/Tehran",
    "Asia/Kabul",
    "Europe/Istanbul",
    "Europe/Berlin",
)
PLACES = (
    place("MASHHAD", "IR", IRAN, night=500),
    place("DOGHAROUN", "IR", IRAN).model_copy(
        update={"kind": PlaceKind.BORDER, "opens": time(8), "closes": time(16)}
    ),
    place("HERAT", "AF", AFGHAN, night=300),
    place("KABUL", "AF", AFGHAN),
    place("TEHRAN", "IR", IRAN),
    place("CLINIC", "IR", IRAN, night=1000).model_copy(update={"max_nights": 2}),
    place("IKA", "IR", IRAN),
    place("IST", "TR", TURKISH),
    place("ISTANBUL", "TR", TURKISH, night=4000),
    place("BER", "DE", GERMAN),
    place("BERLIN", "DE", GERMAN),
)


def transfer(from_place: str, to_place: str, minutes: int, each: int) -> Transfer:
    return Transfer(
        from_place=from_place,
        to_place=to_place,
        minutes=minutes,
        price_per_person_cents=each,
        currency="USD",
    )


TRANSFERS = (
    transfer("TEHRAN", "IKA", 60, 400),
    transfer("TEHRAN", "CLINIC", 30, 200),
    transfer("CLINIC", "IKA", 60, 500),
    transfer("IST", "ISTANBUL", 60, 600),
    transfer("BER", "BERLIN", 45, 700),
)


def departure(
    departure_id: str,
    kind: DepartureKind,
    ends: tuple[str, str],
    times: tuple[str, str],
    **more: object,
) -> Departure:
    return Departure.model_validate(
        {
            "departure_id": departure_id,
            "kind": kind,
            "from_place": ends[0],
            "to_place": ends[1],
            "departs": at(times[0]),
            "arrives": at(times[1]),
            "currency": "USD",
            **more,
        }
    )


DEPARTURES = (
    departure(
        "C1",
        CONVOY,
        ("MASHHAD", "HERAT"),
        ("05-14 06:00+03:30", "05-14 16:00+04:30"),
        fixed_price_cents=100_001,
        min_persons=7,
        programmes=("VOLREP",),
        standing_staff=(EscortRole.OPERATIONAL, EscortRole.NURSE),
    ),
    departure(
        "C2",
        CONVOY,
        ("HERAT", "KABUL"),
        ("05-15 08:00+04:30", "05-15 20:00+04:30"),
        drivers=1,
        distance_km=500,
        standing_staff=(EscortRole.OPERATIONAL, EscortRole.NURSE),
        standing_ambulances=1,
    ),
    departure(
        "C9",
        CONVOY,
        ("MASHHAD", "HERAT"),
        ("05-21 06:00+03:30", "05-21 16:00+04:30"),
        status=DepartureStatus.CANCELLED,
        cancellation_fee_cents=5_000,
    ),
    departure(
        "F1",
        FLIGHT,
        ("IKA", "IST"),
        ("05-20 05:00+03:30", "05-20 07:30+03:00"),
        seats=4,
        status=DepartureStatus.CONTRACTED,
        fixed_price_cents=30_000,
        wheelchair_limit=1,
        stretcher_limit=0,
    ),
    departure(
        "F2",
        FLIGHT,
        ("IST", "BER"),
        ("05-20 14:00+03:00", "05-20 16:00+02:00"),
        seats=4,
    ),
    departure(
        "F3",
        FLIGHT,
        ("IKA", "IST"),
        ("05-22 05:00+03:30", "05-22 07:30+03:00"),
        seats=50,
        min_persons=10,
        fixed_price_cents=900_000,
    ),
    departure(
        "W1",
        FLIGHT,
        ("IKA", "IST"),
        ("05-11 10:00+03:30", "05-11 12:30+03:00"),
        seats=9,
        seat_rate_cents=15_000,
    ),
    departure(
        "W2",
        FLIGHT,
        ("IST", "IKA"),
        ("05-16 10:00+03:00", "05-16 14:30+03:30"),
        seats=9,
        seat_rate_cents=15_000,
    ),
)
STOPS = (
    DepartureStop(
        departure_id="C1",
        sequence=1,
        place_id="DOGHAROUN",
        arrives=at("05-14 10:00+03:30"),
        departs=at("05-14 12:00+03:30"),
    ),
)
# MINI: floor(6 x 90 %) = 5 usable seats; AMB: floor(3 x 90 %) = 2. Luggage of 20 kg
# each: RA1 60, RA2 20 (an infant has none), RA3 40; C1 carries 120, C2 80.
VEHICLE_TYPES = (
    VehicleType(
        vehicle_type_id="MINI", kind=VehicleKind.MINIBUS, seats=6, luggage_kg=80
    ),
    VehicleType(
        vehicle_type_id="AMB",
        kind=VehicleKind.AMBULANCE,
        seats=3,
        stretcher_places=1,
        luggage_kg=40,
    ),
)
FLEETS = tuple(
    DepartureVehicle(
        departure_id=departure_id,
        vehicle_type_id=type_id,
        max_vehicles=1,
        price_cents=20_000,
        currency="USD",
    )
    for departure_id, type_id in (("C1", "MINI"), ("C1", "AMB"), ("C2", "MINI"))
)
FARES = tuple(
    Fare(departure_id=departure_id, amount_cents=20_000, currency="EUR")
    for departure_id in ("F1", "F2")
)

PROGRAMMES = (
    Programme(
        programme_id="VOLREP",
        required_documents=("exit_permit",),
        grant_per_person_cents=10_000,
        grant_currency="USD",
    ),
    Programme(
        programme_id="RESETTLE",
        required_documents=("booklet", "transit_pass", "visa"),
        required_steps=(
            SessionKind.CULTURAL_ORIENTATION,
            SessionKind.PRE_EMBARKATION_CHECK,
        ),
        medical_required=True,
        household=Household.FIRST_DEGREE,
    ),
    Programme(
        programme_id="WORKSHOP",
        trip=Trip.ROUND_TRIP,
        event_opens=may(12),
        event_closes=may(15),
        overnight_transit=False,
    ),
)
DOCUMENT_TYPES = (
    DocumentType(document_type="exit_permit", moment=Moment.BORDER, country="IR"),
    DocumentType(document_type="visa", moment=Moment.ARRIVAL),
    DocumentType(document_type="transit_pass", moment=Moment.TRANSIT, country="TR"),
    DocumentType(
        document_type="booklet", moment=Moment.JOURNEY, lead_days=10, validity_days=30
    ),
)


def family(
    family_id: str, programme: str, ends: tuple[str, str], persons: int, **more: object
) -> Family:
    return Family.model_validate(
        {
            "family_id": family_id,
            "case_ids": (f"{family_id}-A",),
            "programme": programme,
            "persons": persons,
            "origin": ends[0],
            "destination": ends[1],
            "ready_from": may(10),
            "consent_signed": date(2026, 4, 1),
            **more,
        }
    )


FAMILIES = (
    family("RA1", "VOLREP", ("MASHHAD", "KABUL"), 3, travels_with=("RA2",)),
    family("RA2", "VOLREP", ("MASHHAD", "KABUL"), 2, adults=1, infants=1),
    family("RA3", "VOLREP", ("MASHHAD", "HERAT"), 2, latest=may(14)),
    family("RS1", "RESETTLE", ("TEHRAN", "BERLIN"), 4, beneficiary_type="refugee"),
    family("RS2", "RESETTLE", ("TEHRAN", "BERLIN"), 1),
    family(
        "WS1",
        "WORKSHOP",
        ("TEHRAN", "ISTANBUL"),
        1,
        return_earliest=may(16),
        return_latest=may(17),
    ),
)


def member(
    member_id: str,
    born: str,
    language: str = "fa",
    *needs: Need,
    relation: str = "",
) -> Member:
    return Member(
        relation=relation,
        member_id=member_id,
        family_id=member_id[:3],
        birth_date=date.fromisoformat(born),
        language=language,
        needs=needs,
    )


MEMBERS = (
    member("RA1-1", "1950-01-01"),
    member("RA1-2", "1985-01-01"),
    member("RA1-3", "2015-01-01"),
    member("RA3-1", "1960-01-01", "fa", Need.STCR, Need.WCHC),
    member("RA3-2", "1990-01-01"),
    member("RS1-1", "1980-01-01", "fa", Need.WCHC, relation="principal"),
    # 31 weeks on 29 April are 34 on 20 May.
    member("RS1-2", "1982-01-01", "ps", relation="Spouse").model_copy(
        update={"pregnancy_weeks": 31, "pregnancy_as_of": date(2026, 4, 29)}
    ),
    member("RS1-3", "2017-01-01", relation="child"),
    # 445 days old on 20 May 2026.
    member("RS1-4", "2025-03-01", relation="child"),
    member("RS2-1", "1990-01-01"),
    member("WS1-1", "1975-01-01"),
)
MEDICAL = (
    Medical(
        member_id="RA1-1",
        escort_role=EscortRole.NURSE,
        escort_legs=EscortLegs.ROAD,
        escort_sex=Sex.FEMALE,
        escort_language="fa",
    ),
    Medical(
        member_id="RA3-1", escort_role=EscortRole.NURSE, escort_share=EscortShare.OWN
    ),
    Medical(
        member_id="RS1-1",
        valid_until=may(20),
        airline_clearance_until=may(20),
        escort_role=EscortRole.DOCTOR,
        escort_legs=EscortLegs.AIR,
    ),
    Medical(member_id="RS1-2", exam_date=date(2026, 4, 1)),
    Medical(member_id="RS1-3", exam_date=date(2026, 4, 1)),
    Medical(member_id="RS1-4", exam_date=date(2026, 4, 1)),
)
DOCUMENTS = (
    *(
        Document(member_id=name, document_type="exit_permit", valid_until=may(14))
        for name in ("RA1-1", "RA1-2", "RA1-3", "RA3-1", "RA3-2")
    ),
    *(
        Document(
            member_id=f"RS1-{n}",
            document_type=kind,
            state=state,
            valid_from=None if state is DocumentState.TO_OBTAIN else may(20),
            valid_until=None if state is DocumentState.TO_OBTAIN else may(20),
        )
        for n in (1, 2, 3, 4)
        for kind, state in (
            ("visa", DocumentState.HELD),
            ("transit_pass", DocumentState.HELD),
            ("booklet", DocumentState.TO_OBTAIN),
        )
    ),
)

ESCORTS = (
    Escort(
        escort_id="N1",
        role=EscortRole.NURSE,
        sex=Sex.FEMALE,
        languages=("fa",),
        base="MASHHAD",
        available_until=may(16),
        patients_at_a_time=1,
        day_rate_cents=10_000,
        currency="USD",
    ),
    Escort(
        escort_id="N2",
        role=EscortRole.NURSE,
        base="MASHHAD",
        unnamed=True,
        lead_days=12,
        day_rate_cents=15_000,
        currency="USD",
    ),
    Escort(
        escort_id="D1",
        role=EscortRole.DOCTOR,
        base="TEHRAN",
        rest_hours=48,
        countries=("TR", "DE"),
        day_rate_cents=30_000,
        currency="USD",
    ),
)
ESCORT_TRAVEL = tuple(
    EscortTravel(
        from_place=start,
        to_place=end,
        minutes=minutes,
        fare_cents=8_000,
        currency="USD",
    )
    for start, end, minutes in (
        ("KABUL", "MASHHAD", 300),
        ("HERAT", "MASHHAD", 240),
        ("TEHRAN", "IKA", 60),
        ("BER", "TEHRAN", 480),
    )
)


def session(
    session_id: str,
    kind: SessionKind,
    where: str,
    times: tuple[str, str],
    **more: object,
) -> Session:
    return Session.model_validate(
        {
            "session_id": session_id,
            "kind": kind,
            "place_id": where,
            "starts": at(times[0]),
            "ends": at(times[1]),
            "price_per_person_cents": 1_000,
            "currency": "USD",
            **more,
        }
    )


SESSIONS = (
    session(
        "CO-FA",
        SessionKind.CULTURAL_ORIENTATION,
        "TEHRAN",
        ("05-12 09:00+03:30", "05-12 16:00+03:30"),
        language="fa",
        places=2,
    ),
    session(
        "CO-PS",
        SessionKind.CULTURAL_ORIENTATION,
        "CLINIC",
        ("05-12 09:00+03:30", "05-13 16:00+03:30"),
        language="ps",
        places=1,
    ),
    session(
        "PEC1",
        SessionKind.PRE_EMBARKATION_CHECK,
        "CLINIC",
        ("05-18 09:00+03:30", "05-18 11:00+03:30"),
        places=4,
    ),
)
CAPACITIES = (
    Capacity(
        capacity_id="K1", place_id="DOGHAROUN", kind=CapacityKind.CROSSING, limit=7
    ),
    Capacity(
        capacity_id="K2",
        place_id="KABUL",
        kind=CapacityKind.ARRIVAL,
        period=Period.WEEK,
        limit=5,
    ),
    Capacity(
        capacity_id="K3",
        place_id="BERLIN",
        kind=CapacityKind.ARRIVAL,
        period=Period.QUOTA_YEAR,
        programme="RESETTLE",
        limit=10,
        used_to_date=6,
        # From 1 May: 4-8, 11-13, 15, 18-20 May (the 14th is Ascension Day).
        notice_working_days=12,
    ),
    Capacity(capacity_id="K4", place_id="IKA", kind=CapacityKind.DEPARTURE, limit=4),
    Capacity(capacity_id="K5", place_id="HERAT", kind=CapacityKind.BEDS, limit=5),
    Capacity(capacity_id="K6", place_id="CLINIC", kind=CapacityKind.BEDS, limit=4),
    Capacity(
        capacity_id="K7",
        place_id="BER",
        kind=CapacityKind.ARRIVAL,
        period=Period.DEPARTURE,
        limit=4,
    ),
)
# 14 May 2026 is a Thursday; the border rests on Fridays.
CLOSURES = (
    Closure(
        closure_id="X1",
        place_id="DOGHAROUN",
        date_from=may(1),
        date_to=may(31),
        weekdays=(5,),
        reason="Friday",
    ),
)


def line(budget_line_id: str, currency: str, **more: object) -> BudgetLine:
    return BudgetLine.model_validate(
        {
            "budget_line_id": budget_line_id,
            "donor": f"donor of {budget_line_id}",
            "currency": currency,
            **more,
        }
    )


LINES = (
    line("TOP", "USD", ceiling_cents=692_806, spent_cents=100_000),
    line(
        "RET",
        "USD",
        parent="TOP",
        programmes=("VOLREP",),
        service_from=may(10),
        service_until=may(20),
        max_families=3,
        max_persons=7,
        overhead_percent=7,
    ),
    line(
        "EU",
        "EUR",
        parent="TOP",
        ceiling_cents=1_000_000,
        programmes=("RESETTLE", "VOLREP"),
        nationalities=("AF",),
        destinations=("DE", "KABUL"),
        beneficiary_types=("refugee",),
        max_persons=4,
    ),
    line(
        "WSL",
        "USD",
        programmes=("WORKSHOP",),
        ceiling_cents=32_000,
        max_per_person_cents=32_000,
    ),
)
PAYERS = tuple(
    Payer(subject_kind=kind, subject_id=who, budget_line_id=line_id, share_percent=n)
    for kind, who, line_id, n in (
        (SubjectKind.DEPARTURE, "C1", "EU", 40),
        (SubjectKind.DEPARTURE, "C1", "RET", 60),
        (SubjectKind.DEPARTURE, "C2", "RET", 100),
        (SubjectKind.DEPARTURE, "C9", "RET", 100),
        *(
            (SubjectKind.DEPARTURE, flight, "EU", 100)
            for flight in ("F1", "F2", "F3", "W1", "W2")
        ),
        (SubjectKind.ESCORT, "N1", "RET", 100),
        (SubjectKind.ESCORT, "N2", "RET", 100),
        (SubjectKind.ESCORT, "D1", "EU", 100),
    )
)


def rule(name: str, value: Value, *overrides: RuleOverride) -> Rule:
    return default_rules()[name].model_copy(
        update={"value": value, "overrides": overrides}
    )


# C1 leaves at 06:00, C2 arrives at 20:00: twelve hours on the road, rests on it
# included, with one driver over 500 km. 7 persons ride C1, on a
# Thursday; C2 leaves on a Friday. Both flights of RS1 take three hours.
RULES = (
    rule("drive_until_hour", 20),
    rule("latest_arrival_hour", 24, RuleOverride(programme="VOLREP", value=20)),
    rule("max_driving_hours", 12),
    rule("convoy_days", "45"),
    rule("convoy_max_persons", 7),
    rule("persons_per_operational_escort", 7),
    rule("nurse_up_to_persons", 7),
    rule("persons_per_ambulance", 7),
    rule("newborn_min_days", 445),
    rule("companion_flight_hours", 3),
)

SCENARIO = Scenario(
    scenario_id="checks",
    as_of=datetime(2026, 5, 1, 6, tzinfo=UTC),
    horizon=Horizon(first=may(10), last=may(31)),
    levels=(
        Level(name="moved", measure=Measure.WEIGHTED_PERSONS),
        Level(name="waiting", measure=Measure.WAITING_DAYS),
        Level(name="cost", measure=Measure.COST),
        Level(name="changes", measure=Measure.CHANGES),
        Level(name="persons", measure=Measure.PERSONS),
        Level(
            name="left",
            measure=Measure.LEFT_OUT_PERSONS,
            where=Group(programmes=("RESETTLE",)),
        ),
    ),
    minimums=(
        Minimum(name="stretchers", where=Group(needs=(Need.STCR,)), persons=3),
        Minimum(name="volrep", where=Group(programmes=("VOLREP",)), percent=100),
    ),
    programmes=PROGRAMMES,
    families=FAMILIES,
    places=PLACES,
    departures=DEPARTURES,
    document_types=DOCUMENT_TYPES,
    members=MEMBERS,
    medical=MEDICAL,
    documents=DOCUMENTS,
    transfers=TRANSFERS,
    vehicle_types=VEHICLE_TYPES,
    departure_stops=STOPS,
    departure_vehicles=FLEETS,
    fares=FARES,
    payers=PAYERS,
    escorts=ESCORTS,
    escort_travel=ESCORT_TRAVEL,
    sessions=SESSIONS,
    capacities=CAPACITIES,
    closures=CLOSURES,
    budget_lines=LINES,
    rules=RULES,
    rates=(Rate(currency="EUR", date=date(2026, 1, 1), value=Decimal("1.10")),),
)
