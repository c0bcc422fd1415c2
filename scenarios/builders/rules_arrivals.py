"""``rules-arrivals``: notice, persons per flight, quota dates, late hours, holidays."""

from movplan.domain.assignments import Override
from movplan.domain.people import Family, Member
from movplan.domain.programmes import Programme
from movplan.domain.rules import RuleOverride
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Capacity, Closure, Departure, Place
from movplan.domain.words import CapacityKind, Period, PlaceKind, Priority
from scenarios.builders.days import day
from scenarios.builders.money import line
from scenarios.builders.people import adults, family, members
from scenarios.builders.transport import fares, flight, place, town, transfer
from scenarios.builders.world import approved, rule, scenario

CANADA = "tehran>toronto"


def rules_arrivals() -> Scenario:
    """Eleven families to Toronto, Montreal, Frankfurt and Oslo."""
    every = _families()
    flights = _flights()
    return scenario(
        "rules-arrivals",
        "The receiving side: notice, days, hours, quotas",
        "05-10",
        programmes=[
            Programme(
                programme_id=name, name=words, weight=3, source="invented mission"
            )
            for name, words in (
                ("government", "Government-assisted resettlement"),
                ("private", "Privately sponsored resettlement"),
            )
        ],
        families=[row for row, _ in every],
        members=[m for _, people in every for m in people],
        places=_places(),
        transfers=[
            transfer("tehran", "ika", 55, 30),
            transfer("yyz", "toronto", 40, 60),
            transfer("yul", "montreal", 40, 60),
            transfer("fra", "frankfurt", 25, 40),
            transfer("osl", "oslo", 45, 50),
        ],
        departures=flights,
        fares=fares(flights, {"AC": 900, "LH": 600, "DY": 500}),
        capacities=_capacities(),
        closures=[
            Closure(
                closure_id="yyz-weekend",
                place_id="yyz",
                date_from=day("04-06"),
                date_to=day("12-31"),
                weekdays=(5, 6, 7),
                programmes=("government",),
                kinds=(CapacityKind.ARRIVAL,),
                reason="no government-assisted arrivals Friday to Sunday (A3)",
            )
        ],
        budget_lines=[line()],
        overrides=_urgent("URGENT"),
        rules=[
            rule("latest_arrival_hour", None, "any; 22 in Quebec (A4)").model_copy(
                update={"overrides": (RuleOverride(destination="montreal", value=22),)}
            )
        ],
    )


def _urgent(family_id: str) -> list[Override]:
    """Urgent protection (A6): weekends and limits do not hold for the family."""
    return [
        approved(name, family_id, "urgent protection: weekends and limits lifted")
        for name in ("place_capacity", "place_open", "public_holidays", "late_arrival")
    ]


def _places() -> list[Place]:
    airport = town("yul", "CA", 45.4577, -73.7497)
    return [
        *(place(p) for p in ("tehran", "ika", "toronto", "frankfurt", "osl", "oslo")),
        place("yyz", subdivision="ON", holidays=True),
        place("fra", subdivision="HE", holidays=True),
        airport.model_copy(update={"kind": PlaceKind.AIRPORT, "subdivision": "QC"}),
        town("montreal", "CA", 45.5019, -73.5674),
    ]


def _flights() -> list[Departure]:
    to_yyz = [
        flight(f"AC-{on}", "ika>yyz", "02:00", "08:30")
        for on in ("0416", "0421", "0425", "0428")
    ]
    to_yul = [
        flight("AC-0423", "ika>yul", "15:10", "21:40"),
        flight("AC-0430", "ika>yul", "11:30", "18:00"),
    ]
    return [
        *to_yyz,
        *to_yul,
        flight("LH-0501", "ika>fra", "07:00", "11:00"),
        flight("LH-0502", "ika>fra", "07:00", "11:00"),
        flight("DY-0428", "ika>osl", "08:00", "12:30"),
        flight("DY-0505", "ika>osl", "08:00", "12:30"),
    ]


def _capacities() -> list[Capacity]:
    quota, per_flight = Period.QUOTA_YEAR, Period.DEPARTURE
    arrival = CapacityKind.ARRIVAL
    return [
        Capacity(
            capacity_id="yyz-quota",
            place_id="yyz",
            kind=arrival,
            period=quota,
            limit=40,
            date_from=day("01-01"),
            date_to=day("12-31"),
            notice_working_days=10,
            source="annual target and notice of arrival (A5, A7)",
        ),
        Capacity(
            capacity_id="yyz-flight",
            place_id="yyz",
            kind=arrival,
            period=per_flight,
            limit=10,
            programme="government",
            source="most persons on one flight (A1: 75); scaled",
        ),
        Capacity(
            capacity_id="osl-quota",
            place_id="osl",
            kind=arrival,
            period=quota,
            limit=30,
            used_to_date=26,
            date_from=day("01-01"),
            date_to=day("04-30"),
            source="places lapse with the budget year (A10)",
        ),
    ]


def _families() -> list[tuple[Family, list[Member]]]:
    return [
        _family("NOTICE", CANADA, "04-07", 2, programme="private"),
        _family("FLIGHT-A", CANADA, "04-07", 5),
        _family("FLIGHT-B", CANADA, "04-07", 4),
        _family("FLIGHT-C", CANADA, "04-07", 3),
        _family("URGENT", CANADA, "04-07", 6, priority=Priority.EMERGENCY),
        _family("WEEKEND", CANADA, "04-22", 2),
        _family("SPONSORED", CANADA, "04-22", 2, programme="private"),
        _family("LATE", "tehran>montreal", "04-07", 3),
        _family("HOLIDAY", "tehran>frankfurt", "04-28", 3),
        _family("QUOTA-A", "tehran>oslo", "04-07", 4),
        _family("QUOTA-B", "tehran>oslo", "04-07", 3),
    ]


def _family(
    name: str,
    way: str,
    ready: str,
    persons: int,
    *,
    programme: str = "government",
    priority: Priority = Priority.NORMAL,
) -> tuple[Family, list[Member]]:
    row = family(name, programme, way, ready, persons=persons, priority=priority)
    return row, members(name, *adults(persons))
