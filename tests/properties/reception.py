"""What takes in just the drawn families, with some room: flights, sessions, places."""

from movplan.domain.escorts import Session
from movplan.domain.programmes import DocumentType, Programme
from movplan.domain.transport import Capacity, Closure, Departure
from movplan.domain.words import CapacityKind, Moment, Period, SessionKind, Trip
from scenarios.builders.days import day
from scenarios.builders.transport import flight, session
from tests.properties import roads
from tests.properties.drawn import AIR, BACK, EVENT, FLOWN, HUB, ROAD, Drawn
from tests.properties.people import PASSPORT, ROAD_PAPER, VISA

Named = dict[str, Drawn]
ORIENTATION = SessionKind.CULTURAL_ORIENTATION
# Where orientation is given: in town, and at the airport an hour away.
TAUGHT = {"fa": "tehran", "ps": "ika"}


def programmes() -> list[Programme]:
    """By air, by Istanbul after orientation and a visa, by road, to an event."""
    return [
        Programme(programme_id=AIR, required_documents=(PASSPORT,)),
        Programme(
            programme_id=HUB,
            required_documents=(PASSPORT, VISA),
            required_steps=(ORIENTATION,),
            medical_required=True,
        ),
        Programme(
            programme_id=ROAD,
            required_documents=(ROAD_PAPER,),
            required_steps=(roads.CHECK,),
            grant_per_person_cents=10000,
            grant_currency="USD",
        ),
        Programme(
            programme_id=EVENT,
            trip=Trip.ROUND_TRIP,
            event_opens=day("04-17"),
            event_closes=day("04-20"),
            required_documents=(PASSPORT,),
        ),
    ]


def document_types() -> list[DocumentType]:
    """A visa takes three days after the passport, the road paper seven, last."""
    return [
        DocumentType(document_type=PASSPORT, moment=Moment.JOURNEY),
        DocumentType(
            document_type=VISA,
            moment=Moment.ARRIVAL,
            after=(PASSPORT,),
            lead_days=3,
            validity_days=60,
            before_booking=True,
        ),
        DocumentType(
            document_type=ROAD_PAPER,
            moment=Moment.BORDER,
            country="IR",
            lead_days=7,
            validity_days=15,
            irreversible=True,
        ),
    ]


def flights(named: Named, room: int) -> list[Departure]:
    """Every flight of every way, with the seats of its families."""
    return [_flight(name, named, room) for name in (*FLOWN, *BACK)]


def _flight(name: str, named: Named, room: int) -> Departure:
    """W5 to Kabul; TK to Istanbul, on and, as TB, back; on 23 April in the evening."""
    if name.startswith("W5"):
        way, hours = "ika>kbl", ("09:00", "12:30")
    elif name.startswith("TK1"):
        way = "ika>ist"
        hours = ("18:00", "20:30") if name == "TK1-0423" else ("06:00", "08:30")
    elif name.startswith("TB"):
        way, hours = "ist>ika", ("10:00", "13:30")
    else:
        way = "ist>fra"
        hours = ("09:00", "11:00") if name == "TK2-0424" else ("14:45", "16:45")
    seats = sum(e.seats for e in named.values() if name in (*e.rides, *e.back))
    return flight(name, way, *hours, seats=seats + room)


def sessions(named: Named, room: int) -> list[Session]:
    """Two checks before the convoys, an orientation in each language on 10 April."""
    checks = [("0412", "MH-0414"), ("0419", "MH-0421")]
    taught = (_orientation(language, named, room) for language in TAUGHT)
    return [
        *(roads.check(on, persons(named, ride) + room) for on, ride in checks),
        *taught,
    ]


def _orientation(language: str, named: Named, room: int) -> Session:
    pupils = sum(
        each.adults + each.children
        for each in named.values()
        if each.programme == HUB and each.language == language
    )
    row = session(
        f"CO-{language}-0410",
        ORIENTATION,
        TAUGHT[language],
        "10:00-15:00",
        places=max(1, pupils + room),
    )
    return row.model_copy(update={"language": language})


def persons(named: Named, ride: str) -> int:
    """Persons on a ride in the drawn plan."""
    return sum(each.persons for each in named.values() if ride in each.rides)


def closures() -> list[Closure]:
    """Nobody arrives at Kabul on Fridays."""
    return [
        Closure(
            closure_id="no-fridays",
            place_id="kbl",
            weekdays=(5,),
            kinds=(CapacityKind.ARRIVAL,),
            reason="no arrivals on Fridays",
        )
    ]


def capacities(named: Named, room: int) -> list[Capacity]:
    """Just the persons of the drawn plan, and the room."""
    crossing = max(persons(named, "MH-0414"), persons(named, "MH-0421"))
    weeks = (("W5-0415", "W5-0418"), ("W5-0422", "W5-0424"))
    week = max(sum(persons(named, ride) for ride in rides) for rides in weeks)
    rows = (
        ("dogharoun", CapacityKind.CROSSING, Period.DAY, crossing),
        ("kbl", CapacityKind.ARRIVAL, Period.WEEK, week),
        ("ist", CapacityKind.BEDS, Period.DAY, persons(named, "TK1-0423")),
    )
    return [
        Capacity(
            capacity_id=f"{where}-{kind.value}",
            place_id=where,
            kind=kind,
            period=period,
            limit=fits + room,
        )
        for where, kind, period, fits in rows
    ]
