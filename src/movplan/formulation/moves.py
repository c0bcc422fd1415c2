"""Transfers and nights of journeys, and the grant on arrival."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from movplan.domain.items import GRANT, night_item, transfer_item
from movplan.domain.transport import Transfer
from movplan.domain.words import CostCategory, Part
from movplan.formulation.context import Context
from movplan.formulation.pairs import RawPairs
from movplan.formulation.ragged import pointers, under
from movplan.formulation.riders import Riders, unit_persons
from movplan.formulation.rowbook import IntArray
from movplan.network.itinerary import Itinerary, Move


def add_moves(context: Context, pairs: RawPairs) -> None:
    """Transfers of the journey; the access too where no PEC takes its place."""
    table = _MoveTable.build(context)
    pair, move = under(table.ptr, pairs.itinerary)
    kept = ~table.is_access[move] | pairs.access_in_journey[pair]
    pair, move = pair[kept], move[kept]
    rider = Riders.at(context, pairs.unit[pair], table.day_index[move])
    terms = table.terms[move]
    seats = rider.persons - rider.lap_infants
    vehicles = -(-seats // terms[:, 3])
    amount = rider.persons * terms[:, 0] + terms[:, 1] + vehicles * terms[:, 2]
    context.charges.add(
        template=pair,
        payer=context.unit_payer[pairs.unit[pair]],
        category=CostCategory.TRANSFER,
        item=table.item[move],
        currency=table.currency[move],
        amount=amount,
        day=table.day[move],
    )


def add_nights(context: Context, pairs: RawPairs) -> None:
    """Nights in transit at the place's price."""
    itineraries = context.screening.itineraries
    ptr = pointers(np.array([len(it.nights) for it in itineraries], np.int64))
    flat = [
        (it.part, night.place_id, night.on) for it in itineraries for night in it.nights
    ]
    number = {night: k for k, night in enumerate(dict.fromkeys(flat))}
    distinct = [_night_row(context, *night) for night in number]
    which = np.array([number[night] for night in flat], np.int64)
    item, price, currency, day = np.array(distinct, np.int64).reshape(-1, 4)[which].T
    pair, night_of = under(ptr, pairs.itinerary)
    context.charges.add(
        template=pair,
        payer=context.unit_payer[pairs.unit[pair]],
        category=CostCategory.ACCOMMODATION,
        item=item[night_of],
        currency=currency[night_of],
        amount=unit_persons(context, pairs.unit[pair]) * price[night_of],
        day=day[night_of],
    )


def _night_row(
    context: Context, part: Part, place_id: str, on: date
) -> tuple[int, int, int, int]:
    """Item, price, currency and day of a night."""
    book, tariff = context.charges, context.tariffs.night_price(place_id)
    return (
        book.items[night_item(part, place_id, on)],
        tariff.amount_cents if tariff else 0,
        book.currencies[tariff.currency if tariff else "XXX"],
        on.toordinal(),
    )


def add_grants(context: Context, pairs: RawPairs) -> None:
    """The family's grant, on final arrival of the outbound."""
    itineraries = context.screening.itineraries
    arrival = np.array([it.ends.date().toordinal() for it in itineraries], np.int64)
    cents = np.array([context.tariffs.grants.cents(p.family_id) for p in context.parts])
    programmes = [
        context.files.programmes[context.families[p.family_id].programme]
        for p in context.parts
    ]
    reporting = context.scenario.reporting_currency
    currency = np.array(
        [context.charges.currencies[p.grant_currency or reporting] for p in programmes]
    )
    pair = np.flatnonzero(context.unit_is_outbound[pairs.unit] * cents[pairs.unit])
    unit = pairs.unit[pair]
    context.charges.add(
        template=pair,
        payer=context.unit_payer[unit],
        category=CostCategory.GRANT,
        item=np.full(len(pair), context.charges.items[GRANT]),
        currency=currency[unit],
        amount=cents[unit],
        day=arrival[pairs.itinerary[pair]],
        enrols=unit_persons(context, unit),
    )


@dataclass(frozen=True, slots=True)
class _MoveTable:
    """Transfers of itineraries and terms (per person, family, vehicle, seats)."""

    ptr: IntArray
    is_access: NDArray[np.bool_]
    day: IntArray
    day_index: IntArray
    terms: IntArray
    currency: IntArray
    item: IntArray

    @classmethod
    def build(cls, context: Context) -> "_MoveTable":
        """Of all itineraries; moves alike are looked up once."""
        moves = [_all_moves(it) for it in context.screening.itineraries]
        flat = [move for of_itinerary in moves for move in of_itinerary]
        number = {move: k for k, move in enumerate(dict.fromkeys(flat))}
        distinct = [_move_row(context, *move) for move in number]
        which = np.array([number[move] for move in flat], np.int64)
        table = np.array(distinct, np.int64).reshape(-1, 9)[which]
        return cls(
            ptr=pointers(np.array([len(some) for some in moves], np.int64)),
            is_access=table[:, 0].astype(np.bool_),
            day=table[:, 1],
            day_index=table[:, 2],
            terms=table[:, 3:7],
            currency=table[:, 7],
            item=table[:, 8],
        )


def _all_moves(it: Itinerary) -> list[tuple[Part, Move, bool]]:
    access = [(it.part, it.access, True)] if it.access else []
    return [*access, *((it.part, move, False) for move in it.moves)]


def _move_row(
    context: Context, part: Part, move: Move, is_access: bool
) -> tuple[int, ...]:
    terms = listed_transfer(context, move)
    on = move.departs.date()
    item = transfer_item(part, move.from_place, move.to_place, on)
    day_index = max(0, (on - context.screening.loads.day0).days)
    return (
        is_access,
        on.toordinal(),
        day_index,
        *transfer_terms(terms),
        context.charges.currencies[terms.currency],
        context.charges.items[item],
    )


def listed_transfer(context: Context, move: Move) -> Transfer:
    """The row a move is by; ``KeyError`` when there is none."""
    row = context.tariffs.transfer_terms(move.from_place, move.to_place)
    if row is None:
        raise KeyError(f"no transfer from {move.from_place} to {move.to_place}")
    return row


def transfer_terms(row: Transfer) -> tuple[int, int, int, int]:
    """Price per person, per family, per vehicle, and seats of a vehicle."""
    return (
        row.price_per_person_cents,
        row.price_per_family_cents,
        row.price_per_vehicle_cents,
        row.vehicle_seats,
    )
