"""``rules-convoys``: a rule a week on the road from Mashhad to Herat."""

from collections.abc import Iterable
from datetime import timedelta

from movplan.domain.escorts import Escort
from movplan.domain.people import Family, Member
from movplan.domain.programmes import Programme
from movplan.domain.scenario import Scenario
from movplan.domain.transport import (
    Capacity,
    Departure,
    DepartureStop,
    DepartureVehicle,
)
from movplan.domain.words import CapacityKind, DepartureKind, EscortRole
from scenarios.builders.days import at, date_of, day
from scenarios.builders.money import escort, line, paid, positioning
from scenarios.builders.people import adults, family, members
from scenarios.builders.transport import AMBULANCE, MINIBUS, TRUCK, hire, place, stop
from scenarios.builders.world import rule, scenario

ROAD, LONG = "mashhad>herat-tc", "tehran>herat-tc"
NURSE, OPERATIONAL = EscortRole.NURSE, EscortRole.OPERATIONAL
STAFF = (OPERATIONAL, NURSE)
# Convoys that differ from the standing ones, and how.
PARTICULAR: dict[str, dict[str, object]] = {
    "MH-0421": {"drivers": 1, "distance_km": 520.0},
    "MH-0512": {"carrier": "small"},
    "MH-0519": {"standing_staff": ()},
    "MH-0521": {"standing_staff": ()},
    "MH-0526": {"standing_ambulances": 0},
    "MH-0528": {"standing_ambulances": 0},
}
DAYS = (
    *("0414", "0416", "0421", "0423", "0427", "0430", "0512", "0514", "0519"),
    *("0521", "0526", "0528", "0602", "0604", "0609", "0611", "0616", "0618"),
)


def rules_convoys() -> Scenario:
    """Fourteen families, eleven weeks; the first convoy of each week breaks a rule."""
    every = _families()
    short = [_mashhad(f"MH-{on}") for on in DAYS]
    through = [_tehran("TH-0505", 5), _tehran("TH-0507", 20)]
    convoys = [*short, *through]
    escorts = _escorts()
    return scenario(
        "rules-convoys",
        "Convoys to Herat: daylight, drivers, days, beds, staff, bags",
        "06-21",
        programmes=[
            Programme(programme_id="road", name="Return by road", source="invented")
        ],
        families=[row for row, _ in every],
        members=[m for _, people in every for m in people],
        places=[place(p) for p in ("tehran", "mashhad", "dogharoun", "herat-tc")],
        vehicle_types=[MINIBUS, AMBULANCE, TRUCK],
        departures=[convoy for convoy, _ in convoys],
        departure_stops=[row for _, rows in convoys for row in rows],
        departure_vehicles=_fleet(convoy.departure_id for convoy, _ in convoys),
        escorts=escorts,
        escort_travel=[
            positioning("tehran", "mashhad", 120, 60),
            positioning("herat-tc", "tehran", 300, 200),
        ],
        payers=paid((convoy for convoy, _ in convoys), escorts),
        capacities=[
            Capacity(
                capacity_id="dogharoun-day",
                place_id="dogharoun",
                kind=CapacityKind.CROSSING,
                limit=5,
                date_from=day("06-09"),
                date_to=day("06-09"),
                source="agreed with the crossing (C2); invented",
            )
        ],
        budget_lines=[line()],
        rules=[
            rule("assumed_transfer_km", 200, "the crossing is reached by convoy only"),
            rule(
                "convoy_days", "24", "Tuesday and Thursday; Sunday is not served (C1)"
            ),
            rule("convoy_max_persons", None, "contractor with one coach", small=5),
        ],
    )


def _mashhad(name: str) -> tuple[Departure, list[DepartureStop]]:
    """Mashhad to Herat in one day, from 06:00 (on 14 April from 04:30)."""
    on = date_of(name)
    leaves, arrives = ("04:30", "08:00") if name == "MH-0414" else ("06:00", "09:30")
    convoy = _convoy(
        name,
        from_place="mashhad",
        departs=at(on, leaves, "mashhad"),
        arrives=at(on, "15:30", "herat-tc"),
        distance_km=365.0,
    )
    border = at(on, arrives, "dogharoun"), at(on, "12:00", "dogharoun")
    return convoy, [stop(name, 1, "dogharoun", *border)]


def _tehran(name: str, beds: int) -> tuple[Departure, list[DepartureStop]]:
    """Tehran to Herat with a night in Mashhad."""
    on = date_of(name)
    convoy = _convoy(
        name,
        from_place="tehran",
        departs=at(on, "06:00", "tehran"),
        arrives=at(on, "15:30", "herat-tc") + timedelta(days=1),
        distance_km=1245.0,
    )
    night = at(on, "18:00", "mashhad"), at(on, "06:00", "mashhad")
    border = at(on, "09:30", "dogharoun"), at(on, "12:00", "dogharoun")
    next_day = timedelta(days=1)
    return convoy, [
        stop(name, 1, "mashhad", night[0], night[1] + next_day, beds=beds),
        stop(name, 2, "dogharoun", border[0] + next_day, border[1] + next_day),
    ]


def _convoy(name: str, **columns: object) -> Departure:
    values: dict[str, object] = {
        "departure_id": name,
        "kind": DepartureKind.CONVOY,
        "carrier": "IOM",
        "to_place": "herat-tc",
        "fixed_price_cents": 40000,
        "currency": "USD",
        "standing_staff": STAFF,
        "standing_ambulances": 1,
        "source": "staff and ambulance in the standing cost",
    }
    return Departure.model_validate(values | columns | PARTICULAR.get(name, {}))


def _fleet(convoys: Iterable[str]) -> list[DepartureVehicle]:
    minibuses = [hire(name, MINIBUS, 1, 500) for name in convoys]
    return [
        *minibuses,
        hire("MH-0528", AMBULANCE, 1, 200),
        hire("MH-0604", TRUCK, 1, 250),
    ]


def _escorts() -> list[Escort]:
    """Staff for hire, the operational escort from 20 May."""
    return [
        escort("nurse-1", NURSE),
        escort("operational-1", OPERATIONAL, available_from="05-20"),
    ]


def _families() -> list[tuple[Family, list[Member]]]:
    return [
        _family("DAYLIGHT", ROAD, "04-13", 4),
        _family("DRIVERS", ROAD, "04-20", 4),
        _family("DAYS", ROAD, "04-27", 4),
        _family("BEDS-A", LONG, "05-04", 4),
        _family("BEDS-B", LONG, "05-04", 3),
        _family("SIZE-A", ROAD, "05-11", 4),
        _family("SIZE-B", ROAD, "05-11", 3),
        _family("STAFF", ROAD, "05-18", 4),
        _family("AMBULANCE", ROAD, "05-25", 4),
        _family("BAGS", ROAD, "06-01", 8, luggage_kg=1200),
        _family("CROSS-A", ROAD, "06-08", 4),
        _family("CROSS-B", "dogharoun>herat-tc", "06-08", 3),
        _family("SEATS-A", ROAD, "06-15", 10),
        _family("SEATS-B", ROAD, "06-15", 9),
    ]


def _family(
    name: str, way: str, ready: str, persons: int, luggage_kg: int | None = None
) -> tuple[Family, list[Member]]:
    """A family with the week from its Monday to Sunday."""
    latest = (day(ready) + timedelta(days=6)).isoformat()
    row = family(
        name,
        "road",
        way,
        ready,
        persons=persons,
        latest=latest,
        luggage_kg=luggage_kg,
    )
    return row, members(name, *adults(persons))
