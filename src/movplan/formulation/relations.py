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
    index = {d: k for k, d in enumerate(context.departure_ids)}
    itineraries = context.screening.itineraries
    counts = np.array([len(it.rides) for it in itineraries], np.int64)
    flat = [index[ride.departure_id] for it in itineraries for ride in it.rides]
    ptr = pointers(counts)
    pair, at = expand(ptr[pairs.itinerary], counts[pairs.itinerary])
    departure = np.array(flat, np.int64)[at]
    shape = (len(pairs.unit), len(index))
    return csr_array((np.ones(len(pair), np.int64), (pair, departure)), shape=shape)


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
    first = np.searchsorted(pairs.unit, np.arange(len(context.parts) + 1)).tolist()
    for part in (Part.OUTBOUND, Part.RETURN):
        for leader, follower in companion_links(context):
            units = [context.units.get((who, part)) for who in (leader, follower)]
            name = RowName("travels_with", leader, f"{follower}/{part.value}")
            for sign, unit in zip((1, -1), units, strict=True):
                if unit is not None and None not in units:
                    _tie(
                        context, rides, name, range(first[unit], first[unit + 1]), sign
                    )


def _tie(
    context: Context, rides: csr_array, name: RowName, own: range, sign: int
) -> None:
    """Count pairs of one unit in the row of that name and in one per departure."""
    ids, pair = context.departure_ids, np.array(own, np.int64)
    row = context.rows.row(name, equal=True)
    context.resources.add(pair, np.full_like(pair, row), np.full_like(pair, sign))
    ptr = rides.indptr[own.start : own.stop + 1]
    departures, which = np.unique(rides.indices[ptr[0] : ptr[-1]], return_inverse=True)
    details = [f"{name.detail}/{ids[k]}" for k in departures.tolist()]
    names = [name._replace(detail=detail) for detail in details]
    rows = np.array([context.rows.row(each, equal=True) for each in names], np.int64)
    pair = np.repeat(pair, np.diff(ptr))
    context.resources.add(pair, rows[which], np.full_like(pair, sign))


def companion_links(context: Context) -> list[tuple[str, str]]:
    """A chain of links through every company of families that travel together."""
    companies = sorted(context.screening.companies)
    return [link for company in companies for link in pairwise(company)]
