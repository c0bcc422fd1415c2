"""Rows of departures: seats, special places and who must be aboard, per segment."""

from dataclasses import dataclass

import numpy as np

from movplan.domain.transport import Departure
from movplan.domain.words import DepartureKind, SubjectKind
from movplan.formulation.context import Context
from movplan.formulation.rowbook import IntArray, RowName


@dataclass(frozen=True, slots=True)
class TransportRows:
    """First row of every departure (segments follow one another) per dimension.

    ``minimum`` is the row of ``departure_runs`` or -1. Order: ``departure_ids``.
    """

    departure_ids: tuple[str, ...]
    seats: IntArray
    wheelchairs: IntArray
    stretchers: IntArray
    minimum: IntArray
    index: dict[str, int]


def add_transport_rows(context: Context) -> TransportRows:
    """Create the rows every usable departure's riders share."""
    cancelled = not context.keeps("departure_runs")
    departures = context.scenario.departures
    usable = [row for row in departures if row.is_usable or cancelled]
    usable.sort(key=lambda row: row.departure_id)
    seats, wheelchairs, stretchers, minimum = [], [], [], []
    for row in usable:
        flight = row.kind is DepartureKind.FLIGHT
        first = [_segment_rows(context, row, flight=flight, what=w) for w in _WHAT]
        seats.append(first[0])
        wheelchairs.append(first[1])
        stretchers.append(first[2])
        minimum.append(_minimum_row(context, row))
    return TransportRows(
        departure_ids=tuple(row.departure_id for row in usable),
        seats=np.array(seats, np.int64),
        wheelchairs=np.array(wheelchairs, np.int64),
        stretchers=np.array(stretchers, np.int64),
        minimum=np.array(minimum, np.int64),
        index={row.departure_id: k for k, row in enumerate(usable)},
    )


_WHAT = ("seats", "wheelchairs", "stretchers")


def _segment_rows(context: Context, row: Departure, *, flight: bool, what: str) -> int:
    """The first of a departure's segment rows in one dimension."""
    if flight:
        rule = "seats" if what == "seats" else "special_places"
        decided = has_run_column(row) or _waits_for_approval(context, row)
        rhs = 0 if decided else flight_limit(context, row, what)
    else:
        rule, rhs = "vehicle_load", 0
    detail = "" if what == "seats" else what
    rows = [
        context.rows.row(RowName(rule, row.departure_id, f"{detail}{segment}"), rhs=rhs)
        for segment in range(context.num_segments(row.departure_id))
    ]
    return rows[0]


def flight_limit(context: Context, row: Departure, what: str) -> int:
    """Seats, wheelchair passengers or stretchers a flight may carry."""
    if what == "seats":
        return row.seats or 0
    given = row.wheelchair_limit if what == "wheelchairs" else row.stretcher_limit
    rule = "wheelchair_limit" if what == "wheelchairs" else "stretcher_limit"
    if given is not None:
        return given
    return context.values.departure(rule, row)


def _waits_for_approval(context: Context, row: Departure) -> bool:
    approvals = context.tariffs.approvals
    kind, departure_id = SubjectKind.DEPARTURE, row.departure_id
    return approvals.waiting_for(kind, departure_id) is not None


def has_run_column(row: Departure) -> bool:
    """Whether running it is a decision: not firm, and not free of cost and minimum."""
    return not row.is_firm and (row.fixed_price_cents > 0 or row.min_persons > 0)


def _minimum_row(context: Context, row: Departure) -> int:
    """``min_persons`` x run - persons <= 0, where running is a decision."""
    if row.is_firm or row.min_persons == 0:
        return -1
    return context.rows.row(RowName("departure_runs", row.departure_id))
