"""Departure by departure: what runs, where to, and how full."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from movplan.domain.plan import Leg, Plan, PlannedDeparture
from movplan.domain.scenario import Scenario
from movplan.domain.words import LegKind
from movplan.reports.places import PlaceNames
from movplan.reports.table import Column, Table, left, right
from movplan.reports.text import bar, counted, moment


@dataclass(frozen=True, slots=True)
class Run:
    """Where a departure goes and when it leaves; ``status`` is empty if not known."""

    leaves: datetime
    places: tuple[str, ...]
    status: str = ""


def departures_table(plan: Plan, scenario: Scenario | None = None) -> Table:
    """One row per departure that runs, in time order, with its load."""
    runs, names = known_runs(plan, scenario), PlaceNames(scenario)
    running = [row for row in plan.departures if row.runs]
    latest = max((run.leaves for run in runs.values()), default=plan.as_of)
    running.sort(key=lambda row: _when(row, runs, latest))
    rows = tuple(_row(row, runs.get(row.departure_id), names) for row in running)
    columns = (
        *left("Departure", "Leaves", "Way", "Status"),
        *right("Families", "Persons", "Seats used", "Wheelchairs", "Stretchers"),
        Column("", bar=True),
        *left("Vehicles, escort missions"),
    )
    return Table("Departures", columns, rows, _note(plan, running))


def _when(
    row: PlannedDeparture, runs: Mapping[str, Run], latest: datetime
) -> tuple[datetime, str]:
    run = runs.get(row.departure_id)
    return (run.leaves if run else latest, row.departure_id)


def _note(plan: Plan, running: list[PlannedDeparture]) -> str:
    idle = len(plan.departures) - len(running)
    empty = sum(not row.family_ids for row in running)
    words = f"Not run: {counted(idle, 'departure')}."
    return f"{words} Run without families: {empty:,}." if empty else words


def known_runs(plan: Plan, scenario: Scenario | None) -> dict[str, Run]:
    """Every departure as scheduled, else as families ride it.

    Then it leaves as its first family boards; its ends are theirs.
    """
    if scenario is None:
        return _as_ridden(plan)
    return {
        row.departure_id: Run(
            row.departs, (row.from_place, row.to_place), row.status.value
        )
        for row in scenario.departures
    }


def _as_ridden(plan: Plan) -> dict[str, Run]:
    first: dict[str, Leg] = {}
    last: dict[str, Leg] = {}
    for leg in plan.schedule:
        if leg.kind is not LegKind.RIDE or leg.departure_id is None:
            continue
        name = leg.departure_id
        first[name] = min(first.get(name, leg), leg, key=lambda row: row.departs)
        last[name] = max(last.get(name, leg), leg, key=lambda row: row.arrives)
    return {
        name: Run(first[name].departs, (first[name].from_place, last[name].to_place))
        for name in first
    }


def _row(row: PlannedDeparture, run: Run | None, names: PlaceNames) -> tuple[str, ...]:
    vehicles = [f"{v.vehicle} {v.peak_seats}/{v.seats}" for v in row.vehicles]
    seats = row.seats or sum(vehicle.seats for vehicle in row.vehicles)
    return (
        row.departure_id,
        moment(run.leaves) if run else "",
        names.way(run.places) if run else "",
        run.status if run else "",
        str(len(row.family_ids)),
        str(row.persons),
        f"{row.peak_seats} of {seats}" if seats else "",
        str(row.peak_wheelchairs or ""),
        str(row.peak_stretchers or ""),
        bar(row.peak_seats, seats, width=12) if seats else "",
        ", ".join([*vehicles, *row.mission_ids]),
    )
