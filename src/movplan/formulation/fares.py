"""Fares of every ride: by age class, or seat rates credited to the payers."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from movplan.domain.items import fare_item
from movplan.domain.words import CostCategory, Part, SubjectKind
from movplan.formulation.context import Context
from movplan.formulation.pairs import RawPairs
from movplan.formulation.ragged import expand, first_rows, pointers
from movplan.formulation.ride_table import Aboard
from movplan.formulation.rowbook import IntArray
from movplan.formulation.split_costs import Split
from movplan.formulation.transport_rows import TransportRows


@dataclass(frozen=True, slots=True)
class _Terms:
    """What a ride costs: adult, child and infant fare, seat rate, currencies."""

    fares: IntArray
    currency: IntArray
    seat_rate: IntArray
    rate_currency: IntArray
    item: IntArray


def add_fares(
    context: Context, pairs: RawPairs, rows: TransportRows, aboard: Aboard
) -> None:
    """Charge every pair its rides."""
    terms, rider = _terms(context), aboard.rider
    adult, child, infant = terms.fares[aboard.ride].T
    blocks = np.where(aboard.is_flight, rider.stretcher_blocks, 0)
    amount = (
        (rider.adults + blocks) * adult
        + (rider.children + rider.extra_infants) * child
        + rider.lap_infants * infant
    )
    foreign = _pay_seat_rate(context, rows, aboard)
    rate = terms.seat_rate[aboard.ride] * aboard.seats
    amount = np.where(foreign, rate, amount)
    _add_credits(context, rows, aboard, np.where(foreign, amount, 0))
    currency = terms.currency[aboard.ride]
    context.charges.add(
        template=aboard.pair,
        payer=context.unit_payer[aboard.unit],
        category=CostCategory.FARE,
        item=terms.item[aboard.ride],
        currency=np.where(foreign, terms.rate_currency[aboard.ride], currency),
        amount=amount,
        day=aboard.table.day[aboard.ride],
        enrols=_enrolled(context, pairs, aboard, amount),
    )


def _terms(context: Context) -> _Terms:
    """Of all rides of all itineraries; those alike are looked up once."""
    rides = [
        (it.part, leg, ride.departure_id, ride.from_place, ride.to_place)
        for it in context.screening.itineraries
        for leg, ride in enumerate(it.rides, start=1)
    ]
    number = {ride: k for k, ride in enumerate(dict.fromkeys(rides))}
    distinct = [_ride_terms(context, *ride) for ride in number]
    which = np.array([number[ride] for ride in rides], np.int64)
    table = np.array(distinct, np.int64).reshape(-1, 7)[which]
    return _Terms(table[:, :3], *table[:, 3:].T)


def _ride_terms(
    context: Context, part: Part, leg: int, departure_id: str, *ends: str
) -> tuple[int, ...]:
    book, departure = context.charges, context.departures[departure_id]
    fare = context.tariffs.ride_fare(departure_id, *ends)
    return (
        fare.adult_cents,
        fare.child_cents,
        fare.infant_cents,
        book.currencies[fare.currency],
        departure.seat_rate_cents or 0,
        book.currencies[departure.currency],
        book.items[fare_item(part, leg, departure_id)],
    )


def _pay_seat_rate(
    context: Context, rows: TransportRows, aboard: Aboard
) -> NDArray[np.bool_]:
    """Whether the family pays the seat rate instead of the fare."""
    programmes = sorted({f.programme for f in context.scenario.families})
    index = {programme: k for k, programme in enumerate(programmes)}
    pays = np.array(
        [
            [context.tariffs.pays_seat_rate(d, p) for p in programmes]
            for d in rows.departure_ids
        ],
        np.bool_,
    ).reshape(len(rows.departure_ids), len(programmes))
    of_unit = np.array(
        [index[context.families[p.family_id].programme] for p in context.parts],
        np.int64,
    )
    found: NDArray[np.bool_] = pays[aboard.departure, of_unit[aboard.unit]]
    return found


def _add_credits(
    context: Context, rows: TransportRows, aboard: Aboard, amount: IntArray
) -> None:
    """Payers of a departure are credited what families of other lines pay."""
    paid = np.flatnonzero(amount)
    pair, departure, amount = aboard.pair[paid], aboard.departure[paid], amount[paid]
    day = context.money_days.standing_for(aboard.table.day[aboard.ride[paid]])
    first, alike = first_rows(departure, amount, day)
    told = (column[first].tolist() for column in (departure, amount, day))
    splits = [
        _credit(context, rows.departure_ids[k], cents, date.fromordinal(on))
        for k, cents, on in zip(*told, strict=True)
    ]
    cost = np.array([split.cost for split in splits], np.int64)[alike]
    context.credits.add(pair, np.zeros_like(pair), cost)
    draws = [draw for split in splits for draw in split.draws]
    row, drawn = np.array(draws, np.int64).reshape(-1, 2).T
    counts = np.array([len(split.draws) for split in splits], np.int64)
    owner, at = expand(pointers(counts)[alike], counts[alike])
    context.resources.add(pair[owner], row[at], drawn[at])


def _credit(context: Context, departure_id: str, cents: int, on: date) -> Split:
    """What payers of a departure get back of a seat rate."""
    rate = context.tariffs.seat_rate(departure_id)
    payers = context.tariffs.payers(SubjectKind.DEPARTURE, departure_id)
    return context.splits.of(replace(rate, amount_cents=-cents), payers, on)


def _enrolled(
    context: Context, pairs: RawPairs, aboard: Aboard, amount: IntArray
) -> IntArray:
    """Persons the first paid outbound fare enrols where there is no grant."""
    paid = amount > 0
    total = np.cumsum(paid)
    starts = np.searchsorted(aboard.pair, np.arange(len(pairs.unit)))
    before = np.concatenate([[0], total])[starts]
    earlier = total - paid - before[aboard.pair]
    granted = [
        context.tariffs.grants.cents(part.family_id) > 0 for part in context.parts
    ]
    enrols = paid & (earlier == 0) & ~np.array(granted, np.bool_)[aboard.unit]
    enrols &= context.unit_is_outbound[aboard.unit] == 1
    return np.where(enrols, aboard.rider.persons, 0)
