"""Transfers and nights of journeys, and the grant on arrival."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from movplan.domain.items import GRANT, night_item, transfer_item
from movplan.domain.transport import Transfer
from movplan.domain.words import CostCategory, Part
from movplan.formulation.context import Context
from movplan.formulation.pairs import RawPairs
from movplan.formulation.ragged import expand, pointers
from movplan.formulation.riders import Riders
from movplan.formulation.rowbook import IntArray
from movplan.network.itinerary import Itinerary, Move


def add_moves(context: Context, pairs: RawPairs) -> None:
    """Transfers of the journey; the access too where no PEC takes its place."""
    table = _MoveTable.build(context)
    pair, move = expand(table.ptr[pairs.itinerary], np.diff(table.ptr)[pairs.itinerary])
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
    flat = [(it, night) for it in itineraries for night in it.nights]
    item, price, currency, day = [], [], [], []
    for it, night in flat:
        tariff = context.tariffs.night_price(night.place_id)
        item.append(
            context.charges.items[night_item(it.part, night.place_id, night.on)]
        )
        price.append(tariff.amount_cents if tariff else 0)
        currency.append(
            context.charges.currencies[tariff.currency if tariff else "XXX"]
        )
        day.append(night.on.toordinal())
    pair, night_of = expand(ptr[pairs.itinerary], np.diff(ptr)[pairs.itinerary])
    rider = Riders.at(context, pairs.unit[pair], np.zeros(len(pair), np.int64))
    context.charges.add(
        template=pair,
        payer=context.unit_payer[pairs.unit[pair]],
        category=CostCategory.ACCOMMODATION,
        item=np.array(item, np.int64)[night_of],
        currency=np.array(currency, np.int64)[night_of],
        amount=rider.persons * np.array(price, np.int64)[night_of],
        day=np.array(day, np.int64)[night_of],
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
        enrols=Riders.at(context, unit, np.zeros(len(unit), np.int64)).persons,
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
        itineraries = context.screening.itineraries
        data: list[tuple[int, ...]] = []
        counts: list[int] = []
        for it in itineraries:
            moves = _all_moves(it)
            counts.append(len(moves))
            data.extend(_move_row(context, it.part, *move) for move in moves)
        table = np.array(data, np.int64).reshape(-1, 9)
        return cls(
            ptr=pointers(np.array(counts, np.int64)),
            is_access=table[:, 0].astype(np.bool_),
            day=table[:, 1],
            day_index=table[:, 2],
            terms=table[:, 3:7],
            currency=table[:, 7],
            item=table[:, 8],
        )


def _all_moves(it: Itinerary) -> list[tuple[Move, bool]]:
    access = [(it.access, True)] if it.access else []
    return [*access, *((move, False) for move in it.moves)]


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
