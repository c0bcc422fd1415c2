"""Rows of the scenarios written by hand: places, days, families, departures, money.

Days are written ``04-15``, times as local clocks of the place; the year is 2026 and
*today* is Monday 6 April, 08:00 in Tehran.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from movplan.domain.assignments import Override
from movplan.domain.budgets import BudgetLine
from movplan.domain.escorts import Escort, EscortTravel, Payer, Session
from movplan.domain.people import Document, Family, Medical, Member
from movplan.domain.rules import Rule, RuleOverride, Value, default_rules
from movplan.domain.scenario import Horizon, Level, Scenario
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
    AgeClass,
    DepartureKind,
    EscortRole,
    EvidenceLabel,
    Measure,
    PlaceKind,
    SessionKind,
    SubjectKind,
    VehicleKind,
)
from movplan.generation.geography import places as carried

YEAR = 2026
TEHRAN = ZoneInfo("Asia/Tehran")
AS_OF = datetime(YEAR, 4, 6, 8, 0, tzinfo=TEHRAN)
FUND = "fund"
NOTHING: Mapping[str, object] = {}
SHORT = re.compile(r"\d\d-\d\d")
# Of places that the generator does not carry.
ZONES = {"yul": "America/Toronto", "montreal": "America/Toronto"}
ASSUMPTIONS = (
    "Families are invented; no person stands behind them.",
    "Flights, carriers' figures and prices are illustrative.",
)
LEVELS = (
    Level(name="moved", measure=Measure.WEIGHTED_PERSONS),
    Level(name="waiting", measure=Measure.WAITING_DAYS),
    Level(name="cost", measure=Measure.COST),
)


def day(text: str) -> date:
    """``04-15`` is 15 April of the scenario's year; a full date is itself."""
    return date.fromisoformat(text if len(text) > len("04-15") else f"{YEAR}-{text}")


def at(on: str, clock: str, place_id: str) -> datetime:
    """A local time at a place."""
    zone = ZoneInfo(ZONES.get(place_id) or carried()[place_id].timezone)
    return datetime.combine(day(on), time.fromisoformat(clock), tzinfo=zone)


def _dated(columns: dict[str, object]) -> dict[str, object]:
    """Columns with ``04-15`` read as a date wherever that is what the text is."""
    return {
        name: day(value) if isinstance(value, str) and SHORT.fullmatch(value) else value
        for name, value in columns.items()
    }


def place(place_id: str, **values: object) -> Place:
    """A carried place, nights not for sale unless given."""
    plain: dict[str, object] = {"night_price_cents": None, "currency": None}
    if "night_price_cents" in values:
        plain["currency"] = "USD"
    return carried()[place_id].model_copy(update=plain | values)


def town(place_id: str, country: str, north: float, east: float) -> Place:
    """A place the generator does not carry."""
    return Place(
        place_id=place_id,
        name=place_id.capitalize(),
        kind=PlaceKind.TOWN,
        country=country,
        latitude=north,
        longitude=east,
        timezone=ZONES[place_id],
        source="city position",
    )


def transfer(a: str, b: str, minutes: int, dollars: int) -> Transfer:
    """A hired vehicle of four seats between two places."""
    return Transfer(
        from_place=a,
        to_place=b,
        minutes=minutes,
        price_per_vehicle_cents=dollars * 100,
        currency="USD",
        source="illustrative",
    )


def members(
    family_id: str,
    *born: str,
    relations: tuple[str, ...] = (),
    first: Mapping[str, object] = NOTHING,
) -> list[Member]:
    """A member per birth date; ``first`` are columns of the first one."""
    named = (*relations, *["child"] * len(born))
    return [
        Member.model_validate(
            {
                "member_id": f"{family_id}-{number}",
                "family_id": family_id,
                "birth_date": day(birth),
                "relation": named[number - 1]
                if relations
                else ("principal" if number == 1 else "relative"),
                **(first if number == 1 else {}),
            }
        )
        for number, birth in enumerate(born, start=1)
    ]


def family(
    family_id: str, programme: str, route: str, ready: str, **rest: object
) -> Family:
    """A family on a route ``tehran>kabul``, ready on a day; it consents."""
    start, end = route.split(">")
    values: dict[str, object] = {
        "family_id": family_id,
        "case_ids": (f"MP-{family_id}",),
        "programme": programme,
        "origin": start,
        "destination": end,
        "ready_from": day(ready),
        "consent_signed": day("03-20"),
    }
    return Family.model_validate(values | _dated(rest))


def adults(count: int) -> tuple[str, ...]:
    """Birth dates of adults of different ages."""
    return tuple(f"{1980 + 3 * k}-10-02" for k in range(count))


def fit(member_id: str, **rest: object) -> Medical:
    """A clearance after an examination on 1 March."""
    row = {"member_id": member_id, "exam_date": day("03-01")}
    return Medical.model_validate(row | _dated(rest))


def held(
    member_id: str, name: str, first: str = "2025-01-01", last: str = "2030-01-01"
) -> Document:
    """A document in hand."""
    return Document(
        member_id=member_id,
        document_type=name,
        valid_from=day(first),
        valid_until=day(last),
    )


def date_of(name: str) -> str:
    """The day a departure or session is named after: ``W5-0415`` is ``04-15``."""
    return f"{name[-4:-2]}-{name[-2:]}"


def flight(name: str, way: str, leaves: str, lands: str, **rest: object) -> Departure:
    """A flight ``W5-0415`` on that day: ``ika 09:00 > kbl 12:30``; ``+1``: next day."""
    start, end = way.split(">")
    on = date_of(name)
    arrival = at(on, lands.removesuffix("+1"), end)
    if lands.endswith("+1"):
        arrival += timedelta(days=1)
    values: dict[str, object] = {
        "departure_id": name,
        "kind": DepartureKind.FLIGHT,
        "carrier": name[:2],
        "from_place": start,
        "to_place": end,
        "departs": at(on, leaves, start),
        "arrives": arrival,
        "seats": 60,
        "currency": "USD",
    }
    return Departure.model_validate(values | rest)


def fares(departures: Iterable[Departure], dollars: dict[str, int]) -> list[Fare]:
    """Adult fares by the flight's prefix; a child pays the same, an infant a tenth."""
    return [
        Fare(
            departure_id=d.departure_id,
            age_class=AgeClass.ADULT,
            amount_cents=dollars[d.carrier] * 100,
            currency="USD",
        )
        for d in departures
        if d.kind is DepartureKind.FLIGHT and d.carrier in dollars
    ]


def session(
    name: str, kind: SessionKind, place_id: str, hours: str, **rest: object
) -> Session:
    """A session ``PEC-0415`` on that day, ``09:00-11:00``."""
    on = date_of(name)
    first, last = hours.split("-")
    values: dict[str, object] = {
        "session_id": name,
        "kind": kind,
        "place_id": place_id,
        "starts": at(on, first, place_id),
        "ends": at(on, last, place_id),
        "places": 40,
        "currency": "USD",
    }
    return Session.model_validate(values | rest)


def escort(name: str, role: EscortRole, base: str = "tehran", **rest: object) -> Escort:
    """A named escort at USD 100 a day."""
    values: dict[str, object] = {
        "escort_id": name,
        "role": role,
        "base": base,
        "day_rate_cents": 10000,
        "currency": "USD",
    }
    return Escort.model_validate(values | _dated(rest))


def positioning(a: str, b: str, minutes: int, dollars: int) -> EscortTravel:
    """What it takes an escort alone."""
    return EscortTravel(
        from_place=a,
        to_place=b,
        minutes=minutes,
        fare_cents=dollars * 100,
        currency="USD",
    )


def line(name: str = FUND, **rest: object) -> BudgetLine:
    """Money in dollars without a ceiling, unless given, for everything."""
    values: dict[str, object] = {
        "budget_line_id": name,
        "donor": "Donors",
        "currency": "USD",
    }
    return BudgetLine.model_validate(values | rest)


def paid(
    departures: Iterable[Departure] = (), escorts: Iterable[Escort] = ()
) -> list[Payer]:
    """The fund pays departures with a price of their own and every escort."""
    subjects = [(SubjectKind.DEPARTURE, d.departure_id) for d in departures]
    subjects += [(SubjectKind.ESCORT, e.escort_id) for e in escorts]
    return [
        Payer(
            subject_kind=kind, subject_id=name, budget_line_id=FUND, share_percent=100
        )
        for kind, name in subjects
    ]


def rule(name: str, value: Value | None, source: str, **carriers: Value) -> Rule:
    """A parameter of the scenario: the shipped one with another value or carriers."""
    shipped = default_rules()[name]
    by_carrier = tuple(RuleOverride(carrier=c, value=v) for c, v in carriers.items())
    return shipped.model_copy(
        update={
            "value": shipped.value if value is None else value,
            "source": source,
            "label": EvidenceLabel.COMMON_PRACTICE,
            "overrides": (*by_carrier, *shipped.overrides),
        }
    )


def approved(name: str, scope: str, reason: str) -> Override:
    """A named authority sets a rule aside on the day."""
    return Override(
        rule=name,
        scope=scope,
        by="chief of mission",
        reference="MP-2026-0200",
        date=AS_OF.date(),
        reason=reason,
    )


MINIBUS = VehicleType(
    vehicle_type_id="minibus", kind=VehicleKind.MINIBUS, seats=20, wheelchair_places=1
)
AMBULANCE = VehicleType(
    vehicle_type_id="ambulance",
    kind=VehicleKind.AMBULANCE,
    seats=2,
    stretcher_places=1,
    luggage_kg=0,
)
TRUCK = VehicleType(
    vehicle_type_id="truck", kind=VehicleKind.LUGGAGE_TRUCK, seats=0, luggage_kg=3000
)


def stop(
    convoy: str,
    sequence: int,
    place_id: str,
    arrives: datetime,
    departs: datetime,
    *,
    beds: int | None = None,
) -> DepartureStop:
    """An intermediate stop."""
    return DepartureStop(
        departure_id=convoy,
        sequence=sequence,
        place_id=place_id,
        arrives=arrives,
        departs=departs,
        beds=beds,
    )


def hire(convoy: str, kind: VehicleType, most: int, dollars: int) -> DepartureVehicle:
    """Vehicles a convoy may hire."""
    return DepartureVehicle(
        departure_id=convoy,
        vehicle_type_id=kind.vehicle_type_id,
        max_vehicles=most,
        price_cents=dollars * 100,
        currency="USD",
    )


def scenario(name: str, title: str, last: str, **tables: Iterable[Any]) -> Scenario:
    """The scenario with every table in key order."""
    ordered = {
        table: tuple(sorted(rows, key=lambda row: row.key))
        for table, rows in tables.items()
    }
    return Scenario(
        scenario_id=name,
        title=title,
        as_of=AS_OF,
        horizon=Horizon(first=day("04-07"), last=day(last)),
        levels=LEVELS,
        assumptions=ASSUMPTIONS,
        **ordered,
    )
