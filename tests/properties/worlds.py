"""Scenarios feasible by construction: a plan is drawn first, the limits around it.

Up to six families go by air to Kabul, by Istanbul to Frankfurt or by convoy to Herat.
Each is given rides first; windows, documents, clearances, seats, vehicles, places,
beds and, from the costed plan, money are then set so that the drawn plan just fits,
with a little room drawn too.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from movplan.domain.assignments import Assignment
from movplan.domain.budgets import BudgetLine
from movplan.domain.people import Document, Family, Medical, Member
from movplan.domain.plan import Plan
from movplan.domain.programmes import DocumentType, Programme
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Capacity, Departure
from movplan.domain.words import (
    CapacityKind,
    CostCategory,
    DocumentState,
    EscortRole,
    EscortShare,
    Moment,
    Need,
    Period,
    Priority,
)
from movplan.planning import plan_from_assignments
from scenarios.builders.columns import MedicalColumns
from scenarios.builders.days import date_of, day
from scenarios.builders.money import escort, line, paid, positioning
from scenarios.builders.people import family, fit, held, members
from scenarios.builders.transport import MINIBUS, fares, flight, hire, place, transfer
from scenarios.builders.world import rule, scenario
from tests.properties import roads

# The rides of each way, and the local date on which the journey ends.
WAYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "tehran>kabul": (("W5-0415",), ("W5-0418",), ("W5-0422",)),
    "tehran>frankfurt": (("TK1-0416", "TK2-0416"), ("TK1-0423", "TK2-0424")),
    "mashhad>herat-tc": (("MH-0414",), ("MH-0421",)),
}
PROGRAMME = {
    "tehran>kabul": "air",
    "tehran>frankfurt": "hub",
    "mashhad>herat-tc": "road",
}
ROAD_PAPER, PASSPORT = "laissez-passer", "passport"
TIED_FROM = 6
BORN = {"adult": "1985-05-05", "child": "2016-05-05", "infant": "2025-09-05"}
FARES = (CostCategory.FARE,)
OTHERS = tuple(c for c in CostCategory if c is not CostCategory.FARE)


@dataclass(frozen=True)
class Drawn:
    """A family before it has an id: who it is, its rides, how tight its dates are."""

    way: str
    rides: tuple[str, ...]
    adults: int
    children: int
    infants: int
    priority: Priority
    wheelchair: bool
    nurse: bool
    to_obtain: bool
    early: int
    late: int

    @property
    def persons(self) -> int:
        """Everybody."""
        return self.adults + self.children + self.infants

    @property
    def seats(self) -> int:
        """Seats at most, whatever the ride; a nurse's included."""
        return self.persons - min(self.infants, self.adults) + self.nurse

    @property
    def first(self) -> date:
        """The date of the first ride."""
        return day(date_of(self.rides[0]))

    @property
    def arrives(self) -> date:
        """The date of the last ride, on which it arrives."""
        return day(date_of(self.rides[-1]))


@st.composite
def families_drawn(draw: st.DrawFn) -> Drawn:
    """One family with its rides."""
    way = draw(st.sampled_from(sorted(WAYS)))
    adults = draw(st.integers(1, 3))
    few = st.integers(0, 9)
    return Drawn(
        way=way,
        rides=draw(st.sampled_from(WAYS[way])),
        adults=adults,
        children=draw(st.integers(0, 2)),
        infants=draw(st.integers(0, 2)),
        priority=draw(st.sampled_from(list(Priority))),
        wheelchair=adults > 1 and draw(st.booleans()),
        nurse=draw(few) == 0,
        to_obtain=draw(st.booleans()),
        early=draw(st.integers(0, 10)),
        late=draw(st.integers(0, 10)),
    )


class World:
    """A scenario and the plan drawn before it; shown by what it is built from."""

    def __init__(self, people: list[Drawn], room: int, money: int) -> None:
        """The scenario around the drawn rides, with places and cents to spare."""
        self.shown = f"World({people}, room={room}, money={money})"
        named = {f"F{k}": each for k, each in enumerate(people, start=1)}
        rows = tuple(_assignments(named))
        free = _scenario(named, room, _lines())
        self.scenario = _funded(free, plan_from_assignments(free, rows), money)
        self.drawn: Plan = plan_from_assignments(self.scenario, rows)

    def __repr__(self) -> str:
        return self.shown


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A scenario in which everybody can travel, by the rides drawn for them."""
    people = draw(st.lists(families_drawn(), min_size=1, max_size=6))
    room = draw(st.integers(0, 3))
    money = draw(st.integers(0, 20000))
    return World(people, room, money)


def _funded(scenario: Scenario, plan: Plan, spare: int) -> Scenario:
    """Every line has what the plan draws on it, and so many cents to spare."""
    spent: Counter[str] = Counter()
    for charge in plan.ledger:
        spent[charge.budget_line_id] += charge.line_cents
    lines = tuple(
        row.model_copy(update={"ceiling_cents": spent[row.budget_line_id] + spare})
        for row in scenario.budget_lines
    )
    return scenario.model_copy(update={"budget_lines": lines})


def _lines() -> list[BudgetLine]:
    """One for fares, one for all else: nobody has to choose."""
    return [line(categories=OTHERS), line("fares", categories=FARES)]


def _assignments(named: dict[str, Drawn]) -> Iterable[Assignment]:
    for name, each in named.items():
        for leg, ride in enumerate(each.rides, start=1):
            yield Assignment(family_id=name, leg=leg, departure_id=ride)


def _scenario(named: dict[str, Drawn], room: int, lines: list[BudgetLine]) -> Scenario:
    convoys = [
        roads.convoy(name, _persons(named, name)) for name in ("MH-0414", "MH-0421")
    ]
    flights = [_flight(name, named, room) for way in WAYS for name in _flights(way)]
    nurses = [
        escort(f"nurse-{name}", EscortRole.NURSE)
        for name, each in named.items()
        if each.nurse
    ]
    by_road = [convoy for convoy, _ in convoys]
    return scenario(
        "drawn",
        "Drawn",
        "04-30",
        programmes=_programmes(),
        document_types=_document_types(),
        families=[
            _family(name, each, _tie(name, named)) for name, each in named.items()
        ],
        members=[m for name, each in named.items() for m in _members(name, each)],
        medical=[m for name, each in named.items() for m in _medical(name, each)],
        documents=[d for name, each in named.items() for d in _documents(name, each)],
        places=[
            place("ist", night_price_cents=5500),
            *(place(p) for p in ("tehran", "ika", "kbl", "kabul", "fra", "frankfurt")),
            *(place(p) for p in ("mashhad", "dogharoun", "herat-tc")),
        ],
        transfers=[
            transfer("tehran", "ika", 55, 30),
            transfer("kbl", "kabul", 15, 20),
            transfer("fra", "frankfurt", 25, 40),
        ],
        vehicle_types=[MINIBUS],
        departures=[*by_road, *flights],
        departure_stops=[row for _, row in convoys],
        departure_vehicles=[hire(d.departure_id, MINIBUS, 6, 500) for d in by_road],
        fares=fares(flights, {"W5": 200, "TK": 250}),
        escorts=nurses,
        escort_travel=[
            positioning("tehran", "mashhad", 120, 60),
            positioning("kbl", "tehran", 300, 250),
            positioning("fra", "tehran", 600, 500),
            positioning("herat-tc", "tehran", 300, 200),
        ],
        payers=paid(by_road, nurses),
        sessions=[
            roads.check("0412", _persons(named, "MH-0414") + room),
            roads.check("0419", _persons(named, "MH-0421") + room),
        ],
        capacities=_capacities(named, room),
        budget_lines=lines,
        rules=[rule("assumed_transfer_km", 200, "the crossing is reached by convoy")],
    )


def _persons(named: dict[str, Drawn], ride: str) -> int:
    return sum(each.persons for each in named.values() if ride in each.rides)


def _flights(way: str) -> list[str]:
    return [ride for rides in WAYS[way] for ride in rides if not ride.startswith("MH")]


def _flight(name: str, named: dict[str, Drawn], room: int) -> Departure:
    """W5 to Kabul; TK to Istanbul in the morning (on 23 April at night) and on."""
    if name.startswith("W5"):
        way, hours = "ika>kbl", ("09:00", "12:30")
    elif name.startswith("TK1"):
        way = "ika>ist"
        hours = ("18:00", "20:30") if name == "TK1-0423" else ("06:00", "08:30")
    else:
        way = "ist>fra"
        hours = ("09:00", "11:00") if name == "TK2-0424" else ("14:45", "16:45")
    seats = sum(each.seats for each in named.values() if name in each.rides)
    return flight(name, way, *hours, seats=seats + room)


def _programmes() -> list[Programme]:
    return [
        Programme(programme_id="air", required_documents=(PASSPORT,)),
        Programme(
            programme_id="hub", required_documents=(PASSPORT,), medical_required=True
        ),
        Programme(
            programme_id="road",
            required_documents=(ROAD_PAPER,),
            required_steps=(roads.CHECK,),
            grant_per_person_cents=10000,
            grant_currency="USD",
        ),
    ]


def _document_types() -> list[DocumentType]:
    return [
        DocumentType(document_type=PASSPORT, moment=Moment.JOURNEY),
        DocumentType(
            document_type=ROAD_PAPER,
            moment=Moment.BORDER,
            country="IR",
            lead_days=7,
            validity_days=15,
            irreversible=True,
        ),
    ]


def _tie(name: str, named: dict[str, Drawn]) -> tuple[str, ...]:
    """The first two families of a ride travel together, if the first is early."""
    same = [k for k, each in named.items() if each.rides == named[name].rides][:2]
    if len(same) < 2 or name not in same or named[same[0]].early < TIED_FROM:
        return ()
    return tuple(other for other in same if other != name)


def _family(name: str, each: Drawn, tie: tuple[str, ...]) -> Family:
    ready = each.first - timedelta(days=each.early)
    return family(
        name,
        PROGRAMME[each.way],
        each.way,
        ready.isoformat(),
        persons=each.persons,
        latest=each.arrives + timedelta(days=each.late),
        priority=each.priority,
        waiting_since=day("01-01"),
        travels_with=tie,
    )


def _members(name: str, each: Drawn) -> list[Member]:
    kinds = ("adult", "child", "infant")
    counts = (each.adults, each.children, each.infants)
    born = [BORN[kind] for kind, n in zip(kinds, counts, strict=True) for _ in range(n)]
    return members(
        name, *born, first={"needs": (Need.WCHC,) if each.wheelchair else ()}
    )


def _medical(name: str, each: Drawn) -> list[Medical]:
    """Whoever goes by Istanbul is examined; a patient goes with a nurse of its own."""
    until = (each.arrives + timedelta(days=each.late)).isoformat()
    care: MedicalColumns = {
        "escort_role": EscortRole.NURSE,
        "escort_share": EscortShare.OWN,
    }
    asked = each.persons if PROGRAMME[each.way] == "hub" else int(each.nurse)
    return [
        fit(
            f"{name}-{k}",
            valid_until=day(until),
            **(care if k == 1 and each.nurse else {}),
        )
        for k in range(1, asked + 1)
    ]


def _documents(name: str, each: Drawn) -> list[Document]:
    """Papers to obtain come in hand on 15 April: for the second convoy only."""
    road = PROGRAMME[each.way] == "road"
    paper = ROAD_PAPER if road else PASSPORT
    last = (each.arrives + timedelta(days=each.late)).isoformat()
    if road and each.to_obtain and each.rides == ("MH-0421",):
        return [
            Document(
                member_id=f"{name}-{k}",
                document_type=paper,
                state=DocumentState.TO_OBTAIN,
            )
            for k in range(1, each.persons + 1)
        ]
    return [
        held(f"{name}-{k}", paper, "2026-01-01", last)
        for k in range(1, each.persons + 1)
    ]


def _capacities(named: dict[str, Drawn], room: int) -> list[Capacity]:
    """Just the persons of the drawn plan, and the room."""
    crossing = max(_persons(named, "MH-0414"), _persons(named, "MH-0421"))
    weeks = (("W5-0415", "W5-0418"), ("W5-0422",))
    week = max(sum(_persons(named, ride) for ride in rides) for rides in weeks)
    rows = (
        ("dogharoun", CapacityKind.CROSSING, Period.DAY, crossing),
        ("kbl", CapacityKind.ARRIVAL, Period.WEEK, week),
        ("ist", CapacityKind.BEDS, Period.DAY, _persons(named, "TK1-0423")),
    )
    return [
        Capacity(
            capacity_id=f"{where}-{kind.value}",
            place_id=where,
            kind=kind,
            period=period,
            limit=persons + room,
        )
        for where, kind, period, persons in rows
    ]
