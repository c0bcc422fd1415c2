"""Departures arranged by route and date, for drawing."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from movplan.domain.plan import Plan, PlannedDeparture
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure
from movplan.domain.words import DepartureKind
from movplan.reports.places import PlaceNames
from movplan.reports.text import moment


@dataclass(frozen=True, slots=True)
class Cell:
    """One departure on its date: the ``place``-th ``of`` those of its lane that day.

    ``load`` is peak seats over seats (of the vehicles hired, for a convoy).
    """

    on: date
    kind: str
    runs: bool
    load: float
    place: int
    of: int
    tip: str


@dataclass(frozen=True, slots=True)
class Lane:
    """All departures of one kind between the same two places, in time order."""

    name: str
    persons: int
    cells: tuple[Cell, ...]


def lanes(plan: Plan, scenario: Scenario) -> tuple[Lane, ...]:
    """The lanes with the most persons first, convoys and flights apart."""
    names = PlaceNames(scenario)
    planned = {row.departure_id: row for row in plan.departures}
    routes: dict[tuple[str, DepartureKind], list[Departure]] = defaultdict(list)
    for row in scenario.departures:
        name = names.way((row.from_place, row.to_place))
        routes[name, row.kind].append(row)
    found = (_lane(name, rows, planned) for (name, _), rows in routes.items())
    return tuple(sorted(found, key=lambda lane: (-lane.persons, lane.name)))


def _lane(
    name: str, departures: list[Departure], planned: dict[str, PlannedDeparture]
) -> Lane:
    ordered = sorted(departures, key=lambda d: (d.departs, d.departure_id))
    that_day = Counter(departure.departs.date() for departure in ordered)
    taken: Counter[date] = Counter()
    cells = []
    persons = 0
    for departure in ordered:
        on = departure.departs.date()
        row = planned.get(departure.departure_id)
        cells.append(_cell(departure, row, (taken[on], that_day[on])))
        taken[on] += 1
        persons += row.persons if row else 0
    return Lane(name, persons, tuple(cells))


def _cell(
    departure: Departure, row: PlannedDeparture | None, slot: tuple[int, int]
) -> Cell:
    seats = (row.seats or sum(v.seats for v in row.vehicles)) if row else 0
    peak = row.peak_seats if row else 0
    runs = row is not None and row.runs
    tip = f"{departure.departure_id}, {moment(departure.departs)}"
    tip += f": {peak} of {seats} seats" if runs else ": does not run"
    return Cell(
        on=departure.departs.date(),
        kind=departure.kind.value,
        runs=runs,
        load=peak / seats if seats else 0.0,
        place=slot[0],
        of=slot[1],
        tip=tip,
    )
