"""Rows that tie units to one another: round trips and families travelling together."""

from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from movplan.domain.words import Part
from movplan.formulation.context import Context
from movplan.formulation.pairs import RawPairs
from movplan.formulation.ragged import expand, pointers
from movplan.formulation.rowbook import RowName


def pair_departures(context: Context, pairs: RawPairs) -> csr_array:
    """Which departures every raw pair rides: 0/1 [pairs x departures in id order]."""
    index = {d: k for k, d in enumerate(departure_ids(context))}
    itineraries = context.screening.itineraries
    counts = np.array([len(it.rides) for it in itineraries], np.int64)
    flat = [index[ride.departure_id] for it in itineraries for ride in it.rides]
    ptr = pointers(counts)
    pair, at = expand(ptr[pairs.itinerary], counts[pairs.itinerary])
    departure = np.array(flat, np.int64)[at]
    shape = (len(pairs.unit), len(index))
    return csr_array((np.ones(len(pair), np.int64), (pair, departure)), shape=shape)


def departure_ids(context: Context) -> tuple[str, ...]:
    """All departures, in id order."""
    return tuple(sorted(context.departures))


def add_round_trips(context: Context, pairs: RawPairs) -> None:
    """Outbound and return of a family: both or neither."""
    has_return = {p.family_id for p in context.parts if p.part is Part.RETURN}
    rows = np.array(
        [
            context.rows.row(RowName("round_trip", part.family_id), equal=True)
            if part.family_id in has_return
            else -1
            for part in context.parts
        ],
        np.int64,
    )
    sign = np.where(context.unit_is_outbound == 1, 1, -1)
    pair = np.flatnonzero(rows[pairs.unit] >= 0)
    unit = pairs.unit[pair]
    context.resources.add(pair, rows[unit], sign[unit])


def add_companions(context: Context, pairs: RawPairs, rides: csr_array) -> None:
    """Families that travel together: all or none, on the same departures."""
    ids = departure_ids(context)
    units = {(p.family_id, p.part): k for k, p in enumerate(context.parts)}
    first = np.searchsorted(pairs.unit, np.arange(len(context.parts) + 1))
    for part in (Part.OUTBOUND, Part.RETURN):
        for leader, follower in companion_links(context):
            both = units.get((leader, part)), units.get((follower, part))
            if both[0] is None or both[1] is None:
                continue
            for sign, unit in ((1, both[0]), (-1, both[1])):
                mine = np.arange(first[unit], first[unit + 1], dtype=np.int64)
                together = RowName("travels_with", leader, f"{follower}/{part.value}")
                row = context.rows.row(together, equal=True)
                context.resources.add(mine, np.full(len(mine), row), mine * 0 + sign)
                ridden = rides[mine].tocoo()
                for departure in np.unique(ridden.col).tolist():
                    detail = f"{follower}/{part.value}/{ids[departure]}"
                    row = context.rows.row(
                        RowName("travels_with", leader, detail), equal=True
                    )
                    on_it = mine[ridden.row[ridden.col == departure]]
                    context.resources.add(
                        on_it, np.full(len(on_it), row), on_it * 0 + sign
                    )


def companion_links(context: Context) -> list[tuple[str, str]]:
    """A chain of links through every company of families that travel together."""
    companies = sorted(context.screening.companies)
    return [link for company in companies for link in pairwise(company)]
