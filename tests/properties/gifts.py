"""What may be given to a drawn scenario that lacks it: a departure, money, an escort.

Each gift is a pair of scenarios: one in which something is short that the drawn plan
needs, and the same with the gift. So most gifts matter, and the level values rise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from movplan.domain.scenario import Scenario
from movplan.domain.words import DepartureStatus
from tests.properties.changes import changed_rows, with_rows
from tests.properties.drawn import WAYS, Drawn, families_drawn
from tests.properties.worlds import World

FLIGHTS = ("tehran>kabul", "tehran>frankfurt")
TRIPS = ("tehran>ist",)
CONVOYS = ("mashhad>herat-tc",)
Pair = tuple[Scenario, Scenario]


@dataclass(frozen=True)
class Gift:
    """A short scenario and the same with the gift; how the first family is drawn."""

    name: str
    pair: Callable[[World], Pair]
    first: st.SearchStrategy[Drawn]

    def __str__(self) -> str:
        return self.name


def _first_ride(world: World) -> str:
    """The first departure of the family that was drawn first."""
    ride = next(
        leg.departure_id
        for leg in world.drawn.schedule
        if leg.family_id == "F1" and leg.departure_id
    )
    assert any(ride in rides for way in WAYS.values() for rides in way)
    return ride


def another_departure(world: World) -> Pair:
    """The departure the first family was drawn on is off; a candidate like it runs."""
    scenario, name = world.unpinned, _first_ride(world)
    off = {"status": DepartureStatus.CANCELLED}
    short = changed_rows(scenario, "departures", off, only=name)
    tables = ("departures", "departure_stops", "departure_vehicles", "fares")
    copies: dict[str, list[Any]] = {
        table: [
            row.model_copy(update={"departure_id": f"{name}-2"})
            for row in getattr(scenario, table)
            if row.departure_id == name
        ]
        for table in tables
    }
    copies["payers"] = [
        row.model_copy(update={"subject_id": f"{name}-2"})
        for row in scenario.payers
        if row.subject_id == name
    ]
    return short, with_rows(short, **copies)


def money(world: World) -> Pair:
    """Every line has half of what the drawn plan takes; then all of it."""
    lines = world.unpinned.budget_lines
    halves = tuple(
        line.model_copy(update={"ceiling_cents": (line.ceiling_cents or 0) // 2})
        for line in lines
    )
    return world.unpinned.model_copy(update={"budget_lines": halves}), world.unpinned


def escorts(world: World) -> Pair:
    """No escort is there; then those of the drawn plan."""
    payers = tuple(p for p in world.unpinned.payers if p.subject_kind != "escort")
    nobody = {"escorts": (), "payers": payers}
    return world.unpinned.model_copy(update=nobody), world.unpinned


def seats(world: World) -> Pair:
    """One seat on every flight; then all."""
    flights = {d.departure_id for d in world.unpinned.departures if d.seats}
    short = world.unpinned
    for name in sorted(flights):
        short = changed_rows(short, "departures", {"seats": 1}, only=name)
    return short, world.unpinned


def room(world: World) -> Pair:
    """Nobody may cross, arrive or sleep where places are counted; then so many."""
    return changed_rows(world.unpinned, "capacities", {"limit": 0}), world.unpinned


def sessions(world: World) -> Pair:
    """One place in every session; then all."""
    return changed_rows(world.unpinned, "sessions", {"places": 1}), world.unpinned


def approvals(world: World) -> Pair:
    """No authority allowed anything; then what the drawn plan needs."""
    return world.unpinned.model_copy(update={"overrides": ()}), world.unpinned


GIFTS = (
    Gift("flight", another_departure, families_drawn(FLIGHTS)),
    Gift("convoy", another_departure, families_drawn(CONVOYS)),
    Gift("round trip", another_departure, families_drawn(TRIPS)),
    Gift("money", money, families_drawn()),
    Gift("escorts", escorts, families_drawn(cared=True)),
    Gift("seats", seats, families_drawn(FLIGHTS)),
    Gift("room", room, families_drawn()),
    Gift("sessions", sessions, families_drawn(CONVOYS)),
    Gift("approvals", approvals, families_drawn(urgent=True)),
)
