"""Scenarios feasible by construction: a plan is drawn first, the limits around it.

Up to six families, some with patients, stretchers or minors alone, some given as
counts, go by air to Kabul, after orientation by Istanbul to Frankfurt, after a check by
convoy to Herat, or to an event and home again. An authority lets some arrive on a day
that is closed, and some are pinned. Each is given rides first; windows, papers,
clearances, seats, vehicles, escorts, places, beds and, from the costed plan, money (two
lines below one) are then set so that the drawn plan just fits, with a little room drawn
too.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from hypothesis import strategies as st

from movplan.domain.assignments import Assignment
from movplan.domain.budgets import BudgetLine
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import AssignmentState, CostCategory, Part
from movplan.planning import plan_from_assignments
from scenarios.builders.money import FUND, line, paid, positioning
from scenarios.builders.transport import fares, hire, place, transfer
from scenarios.builders.world import approved, rule, scenario
from tests.properties import people, reception, roads
from tests.properties.drawn import Drawn, families_drawn
from tests.properties.reception import Named

TIED_FROM = 6
FARES = (CostCategory.FARE,)
OTHERS = tuple(c for c in CostCategory if c is not CostCategory.FARE)
DONOR = "umbrella"


class World:
    """A scenario and the plan drawn before it; shown by what it is built from."""

    def __init__(self, drawn: list[Drawn], room: int, money: int) -> None:
        """The scenario around the drawn rides, with places and cents to spare."""
        self.shown = f"World({drawn}, room={room}, money={money})"
        named = {f"F{k}": each for k, each in enumerate(drawn, start=1)}
        rows = tuple(_assignments(named))
        free = _scenario(named, room)
        funded = _funded(free, plan_from_assignments(free, rows), money)
        self.unpinned = funded
        self.scenario = funded.model_copy(update={"assignments": _pins(named, rows)})
        self.drawn: Plan = plan_from_assignments(self.scenario, rows)

    def __repr__(self) -> str:
        return self.shown


@st.composite
def worlds(
    draw: st.DrawFn, first: st.SearchStrategy[Drawn] | None = None, most: int = 6
) -> World:
    """A scenario in which everybody can travel, by the rides drawn for them.

    ``first`` is how the first family is drawn, when a test needs one of its kind.
    """
    drawn = [draw(first if first is not None else families_drawn())]
    drawn += draw(st.lists(families_drawn(), max_size=most - 1))
    room = draw(st.integers(0, 3))
    money = draw(st.integers(0, 20000))
    return World(drawn, room, money)


def _funded(scenario: Scenario, plan: Plan, spare: int) -> Scenario:
    """Every line has what the plan draws on it, and so many cents to spare."""
    spent: Counter[str] = Counter()
    for charge in plan.ledger:
        spent[charge.budget_line_id] += charge.line_cents
    spent[DONOR] = spent.total()
    lines = tuple(
        row.model_copy(update={"ceiling_cents": spent[row.budget_line_id] + spare})
        for row in scenario.budget_lines
    )
    return scenario.model_copy(update={"budget_lines": lines})


def _lines() -> list[BudgetLine]:
    """One for fares, one with overhead for all else, below one that pays nothing."""
    below = {"parent": DONOR}
    return [
        line(DONOR).model_copy(update={"service_until": date(2026, 1, 1)}),
        line(FUND, categories=OTHERS).model_copy(
            update={**below, "overhead_percent": 7}
        ),
        line("fares", categories=FARES).model_copy(update=below),
    ]


def _assignments(named: Named) -> Iterable[Assignment]:
    for name, each in named.items():
        for leg, ride in enumerate(each.rides, start=1):
            yield Assignment(family_id=name, leg=leg, departure_id=ride)
        for ride in each.back:
            yield Assignment(family_id=name, part=Part.RETURN, departure_id=ride)


def _pins(named: Named, rows: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
    """What an officer holds some of the drawn families to."""
    pinned = {"state": AssignmentState.PINNED}
    held = (
        row.model_copy(update=pinned) for row in rows if named[row.family_id].pinned
    )
    return tuple(sorted(held, key=lambda row: row.key))


def _scenario(named: Named, room: int) -> Scenario:
    convoys = [
        roads.convoy(name, reception.persons(named, name))
        for name in ("MH-0414", "MH-0421")
    ]
    flights = reception.flights(named, room)
    escorts = [row for n, each in named.items() for row in people.escort_rows(n, each)]
    by_road = [convoy for convoy, _ in convoys]
    return scenario(
        "drawn",
        "Drawn",
        "04-30",
        programmes=reception.programmes(),
        document_types=reception.document_types(),
        families=[
            people.family_row(name, each, _tie(name, named))
            for name, each in named.items()
        ],
        members=[m for n, each in named.items() for m in people.member_rows(n, each)],
        medical=[m for n, each in named.items() for m in people.medical_rows(n, each)],
        documents=[
            d for n, each in named.items() for d in people.document_rows(n, each)
        ],
        places=[
            place("ist", night_price_cents=5500).model_copy(update={"clinic": True}),
            *(place(p) for p in ("tehran", "ika", "kbl", "kabul", "fra", "frankfurt")),
            *(place(p) for p in ("mashhad", "dogharoun", "herat-tc")),
        ],
        transfers=[
            transfer("tehran", "ika", 55, 30),
            transfer("kbl", "kabul", 15, 20),
            transfer("fra", "frankfurt", 25, 40),
        ],
        vehicle_types=roads.FLEET,
        departures=[*by_road, *flights],
        departure_stops=[row for _, row in convoys],
        departure_vehicles=[
            hire(convoy.departure_id, kind, 6, dollars)
            for convoy in by_road
            for kind, dollars in zip(roads.FLEET, (500, 700), strict=True)
        ],
        fares=fares(flights, {"W5": 200, "TK": 250, "TB": 250}),
        escorts=escorts,
        escort_travel=[
            positioning("tehran", "mashhad", 120, 60),
            positioning("kbl", "tehran", 300, 250),
            positioning("fra", "tehran", 600, 500),
            positioning("herat-tc", "tehran", 300, 200),
        ],
        payers=paid(by_road, escorts),
        sessions=reception.sessions(named, room),
        capacities=reception.capacities(named, room),
        closures=reception.closures(),
        overrides=[
            approved("place_open", name, "urgent protection")
            for name, each in named.items()
            if each.is_urgent
        ],
        budget_lines=_lines(),
        rules=[rule("assumed_transfer_km", 200, "the crossing is reached by convoy")],
    )


def _tie(name: str, named: Named) -> tuple[str, ...]:
    """The first two families of a ride travel together, if the first is early."""
    own = named[name].rides, named[name].back
    same = [k for k, each in named.items() if (each.rides, each.back) == own][:2]
    if len(same) < 2 or name not in same or named[same[0]].early < TIED_FROM:
        return ()
    return tuple(other for other in same if other != name)
