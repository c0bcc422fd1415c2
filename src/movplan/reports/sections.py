"""The tables of ``movplan show``: one function per section."""

from collections import defaultdict
from datetime import datetime

from movplan.domain.plan import EscortMission, Plan, PlannedDeparture
from movplan.domain.scenario import Scenario
from movplan.domain.words import LegKind
from movplan.reports.journeys import Journey, journeys
from movplan.reports.reasons import REASON_TEXT
from movplan.reports.table import Column, Table, left, right
from movplan.reports.text import bar, counted, day, moment


def families_table(plan: Plan) -> Table:
    """One row per journey: who, from where to where, when, on what."""
    rows = tuple(_journey_row(journey) for journey in journeys(plan))
    columns = (
        *left("Family", "Cases", "Part"),
        *right("Persons"),
        *left("Way", "Sets out", "Arrives", "Departures"),
        *right("Nights"),
        *left("Escorts", "State"),
    )
    return Table("Families that travel", columns, rows)


def _journey_row(journey: Journey) -> tuple[str, ...]:
    first, last = journey.travel[0], journey.travel[-1]
    escorts = sorted({e for leg in journey.rides for e in leg.escort_ids})
    aboard = [_aboard(leg.departure_id, leg.vehicle) for leg in journey.rides]
    return (
        journey.family_id,
        " ".join(first.case_ids),
        journey.part.value,
        str(journey.persons),
        " > ".join(journey.places),
        moment(first.departs),
        moment(last.arrives),
        ", ".join(aboard),
        str(journey.nights or ""),
        ", ".join(escorts),
        first.state.value,
    )


def _aboard(departure_id: str | None, vehicle: str | None) -> str:
    return f"{departure_id} ({vehicle})" if vehicle else f"{departure_id}"


def departures_table(plan: Plan, scenario: Scenario | None = None) -> Table:
    """One row per departure that runs, in time order, with its load."""
    times = departure_times(plan, scenario)
    running = [row for row in plan.departures if row.runs]
    latest = max(times.values(), default=plan.as_of)
    running.sort(key=lambda r: (times.get(r.departure_id, latest), r.departure_id))
    rows = tuple(_departure_row(row, times.get(row.departure_id)) for row in running)
    columns = (
        *left("Departure", "Leaves"),
        *right("Families", "Persons", "Seats used", "of"),
        Column("", bar=True),
        *left("Vehicles", "Escort missions"),
    )
    idle = sum(not row.runs for row in plan.departures)
    return Table("Departures", columns, rows, f"Not run: {counted(idle, 'departure')}.")


def departure_times(plan: Plan, scenario: Scenario | None) -> dict[str, datetime]:
    """When each departure leaves: as scheduled, else as its first family boards."""
    if scenario is not None:
        return {d.departure_id: d.departs for d in scenario.departures}
    times: dict[str, datetime] = {}
    for leg in plan.schedule:
        if leg.kind is LegKind.RIDE and leg.departure_id is not None:
            known = times.get(leg.departure_id, leg.departs)
            times[leg.departure_id] = min(known, leg.departs)
    return times


def _departure_row(row: PlannedDeparture, leaves: datetime | None) -> tuple[str, ...]:
    vehicles = [f"{v.vehicle} {v.peak_seats}/{v.seats}" for v in row.vehicles]
    seats = row.seats or sum(vehicle.seats for vehicle in row.vehicles)
    return (
        row.departure_id,
        moment(leaves) if leaves else "",
        str(len(row.family_ids)),
        str(row.persons),
        str(row.peak_seats),
        str(seats or ""),
        bar(row.peak_seats, seats, width=12) if seats else "",
        ", ".join(vehicles),
        ", ".join(row.mission_ids),
    )


def escorts_table(plan: Plan) -> Table:
    """One row per mission: who goes where, for whom, and is free again when."""
    ordered = sorted(plan.missions, key=lambda m: (m.leaves_base, m.mission_id))
    rows = tuple(_mission_row(mission) for mission in ordered)
    columns = left(
        "Mission", "Escort", "Role", "Way", "Families", "Leaves base", "Back", "Free"
    )
    return Table("Escort missions", columns, rows, _busiest(plan))


def _mission_row(mission: EscortMission) -> tuple[str, ...]:
    places = [mission.rides[0].from_place, *(ride.to_place for ride in mission.rides)]
    return (
        mission.mission_id,
        mission.escort_id,
        f"{mission.role.value} ({mission.share.value})",
        " > ".join(places),
        ", ".join(mission.family_ids),
        moment(mission.leaves_base),
        moment(mission.back_at_base),
        moment(mission.free_from),
    )


def _busiest(plan: Plan) -> str:
    count: dict[str, int] = defaultdict(int)
    for mission in plan.missions:
        count[mission.escort_id] += 1
    if not count:
        return "Nobody needs an escort, or none could be given."
    escort = min(count, key=lambda name: (-count[name], name))
    often = counted(count[escort], "mission")
    return f"{counted(len(count), 'escort')} out; {escort} most often ({often})."


def left_out_table(plan: Plan) -> Table:
    """One row per family left out, with the fact that binds."""
    ordered = sorted(plan.left_out, key=lambda r: (r.reason, r.family_id))
    rows = tuple(
        (
            row.family_id,
            " ".join(row.case_ids),
            str(row.persons),
            REASON_TEXT[row.reason],
            row.rule,
            row.fact,
            "yes" if row.deferred else "no",
            day(row.lapses_on) if row.lapses_on else "",
        )
        for row in ordered
    )
    columns = (
        *left("Family", "Cases"),
        *right("Persons"),
        *left(
            "Reason",
            "Rule",
            "What binds, and what would do",
            "Can go later",
            "Lapses on",
        ),
    )
    return Table("Families that stay", columns, rows)


def deadlines_table(plan: Plan) -> Table:
    """One row per date by which somebody must act."""
    rows = tuple(
        (day(d.on), d.what, f"{d.subject_kind.value} {d.subject_id}", d.detail)
        for d in plan.deadlines
    )
    return Table("Deadlines", left("By", "What", "For", "Detail"), rows)
