"""Journey templates: one per pair, with seats, fares, transfers, nights, grant."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from movplan.domain.items import GRANT, fare_item, night_item, transfer_item
from movplan.domain.transport import Transfer
from movplan.domain.words import CostCategory, DepartureKind, Part, SubjectKind
from movplan.formulation.context import Context
from movplan.formulation.ragged import expand, pointers
from movplan.formulation.rowbook import IntArray
from movplan.formulation.split_costs import split_draws
from movplan.formulation.transport_rows import TransportRows
from movplan.network.itinerary import Itinerary, Move


@dataclass(frozen=True, slots=True)
class RawPairs:
    """Units on itineraries before unpayable ones are dropped; template = position."""

    unit: IntArray
    itinerary: IntArray
    local: IntArray
    access_in_journey: NDArray[np.bool_]


def raw_pairs(context: Context) -> RawPairs:
    """Every unit with every eligible itinerary, unit by unit."""
    counts = np.array([len(part.itineraries) for part in context.parts], np.int64)
    itinerary = [part.itineraries for part in context.parts]
    unit = np.repeat(np.arange(len(counts)), counts)
    has_pec = np.array(
        [any(slot.kind == "PEC" for slot in part.slots) for part in context.parts],
        np.bool_,
    )
    return RawPairs(
        unit=unit,
        itinerary=np.concatenate([*itinerary, np.zeros(0, np.int64)]).astype(np.int64),
        local=np.arange(len(unit)) - pointers(counts)[unit],
        access_in_journey=~has_pec[unit] if len(unit) else np.zeros(0, np.bool_),
    )


def add_journeys(context: Context, pairs: RawPairs, rows: TransportRows) -> None:
    """Fill resources and charges of every pair's journey."""
    _add_rides(context, pairs, rows)
    _add_moves(context, pairs)
    _add_nights(context, pairs)
    _add_grants(context, pairs)


def _add_rides(context: Context, pairs: RawPairs, rows: TransportRows) -> None:
    table = _RideTable.build(context, rows)
    pair, ride = expand(table.ptr[pairs.itinerary], np.diff(table.ptr)[pairs.itinerary])
    rider = _Riders.at(context, pairs.unit[pair], table.day_index[ride])
    flight = table.is_flight[ride]
    _add_seats(context, rows, table, pair, ride, rider)
    boards = rows.minimum[table.departure[ride]]
    kept = boards >= 0
    context.resources.add(pair[kept], boards[kept], -rider.persons[kept])
    _add_fares(context, pairs, table, pair, ride, rider, flight)


def _add_seats(
    context: Context,
    rows: TransportRows,
    table: "_RideTable",
    pair: IntArray,
    ride: IntArray,
    rider: "_Riders",
) -> None:
    """Seats, wheelchairs and stretchers on every segment of every ride."""
    flight = table.is_flight[ride]
    seats = np.where(flight, rider.flight_seats, rider.convoy_seats)
    used = table.alight[ride] - table.board[ride]
    owner, segment = expand(table.board[ride], used)
    departure = table.departure[ride][owner]
    for first, load in (
        (rows.seats, seats),
        (rows.wheelchairs, rider.wheelchairs),
        (rows.stretchers, rider.stretchers),
    ):
        context.resources.add(pair[owner], first[departure] + segment, load[owner])


def _add_fares(  # noqa: PLR0913 -- parallel arrays of riders and rides
    context: Context,
    pairs: RawPairs,
    table: "_RideTable",
    pair: IntArray,
    ride: IntArray,
    rider: "_Riders",
    flight: NDArray[np.bool_],
) -> None:
    """Fares by age class, or seat rates credited to the departure's payers."""
    blocks = context.scenario.rule_int("stretcher_seats") - 1
    adult, child, infant = table.fares[ride].T
    amount = (
        (rider.adults + np.where(flight, rider.stretchers * blocks, 0)) * adult
        + (rider.children + rider.extra_infants) * child
        + (rider.infants - rider.extra_infants) * infant
    )
    foreign = table.foreign(context, pairs.unit[pair], ride)
    seats = np.where(flight, rider.flight_seats, rider.convoy_seats)
    amount = np.where(foreign, seats * table.seat_rate[ride], amount)
    _add_credits(context, table, pair, ride, np.where(foreign, amount, 0))
    context.charges.add(
        template=pair,
        payer=context.unit_payer[pairs.unit[pair]],
        category=CostCategory.FARE,
        item=table.item[ride],
        currency=np.where(foreign, table.rate_currency[ride], table.currency[ride]),
        amount=amount,
        day=table.day[ride],
        enrols=_enrolled_by_fare(context, pairs, pair, rider, amount),
    )


def _enrolled_by_fare(
    context: Context,
    pairs: RawPairs,
    pair: IntArray,
    rider: "_Riders",
    amount: IntArray,
) -> IntArray:
    """Persons the first paid outbound fare enrols where there is no grant."""
    paid = amount > 0
    earlier = np.zeros(len(pair), np.int64)
    total = np.cumsum(paid)
    starts = np.searchsorted(pair, np.arange(len(pairs.unit)))
    before = np.concatenate([[0], total])[starts]
    earlier = total - paid - before[pair]
    unit = pairs.unit[pair]
    has_grant = np.array(
        [_grant_cents(context, part.family_id) > 0 for part in context.parts], np.bool_
    )
    enrols = paid & (earlier == 0) & ~has_grant[unit]
    enrols &= context.unit_is_outbound[unit] == 1
    return np.where(enrols, rider.persons, 0)


def _add_credits(
    context: Context,
    table: "_RideTable",
    pair: IntArray,
    ride: IntArray,
    amount: IntArray,
) -> None:
    """Payers of a departure are credited what families of other lines pay."""
    for k in np.flatnonzero(amount).tolist():
        departure = context.departures[table.departure_id(int(ride[k]))]
        rate = context.tariffs.seat_rate(departure.departure_id)
        credit = replace(rate, amount_cents=-int(amount[k]))
        payers = context.tariffs.payers(SubjectKind.DEPARTURE, departure.departure_id)
        on = date.fromordinal(int(table.day[ride[k]]))
        owner = np.array([pair[k]], np.int64)
        for row, cents, cost in split_draws(context, credit, payers, on):
            context.credits.add(owner, np.zeros(1, np.int64), np.array([cost]))
            if row is not None:
                context.resources.add(owner, np.array([row]), np.array([cents]))


def _grant_cents(context: Context, family_id: str) -> int:
    programme = context.families[family_id].programme
    return context.files.programmes[programme].grant_per_person_cents


def _add_moves(context: Context, pairs: RawPairs) -> None:
    """Transfers of the journey; the access too where no PEC takes its place."""
    table = _MoveTable.build(context)
    pair, move = expand(table.ptr[pairs.itinerary], np.diff(table.ptr)[pairs.itinerary])
    kept = ~table.is_access[move] | pairs.access_in_journey[pair]
    pair, move = pair[kept], move[kept]
    rider = _Riders.at(context, pairs.unit[pair], table.day_index[move])
    terms = table.terms[move]
    seats = rider.persons - (rider.infants - rider.extra_infants)
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


def _add_nights(context: Context, pairs: RawPairs) -> None:
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
    rider = _Riders.at(context, pairs.unit[pair], np.zeros(len(pair), np.int64))
    context.charges.add(
        template=pair,
        payer=context.unit_payer[pairs.unit[pair]],
        category=CostCategory.ACCOMMODATION,
        item=np.array(item, np.int64)[night_of],
        currency=np.array(currency, np.int64)[night_of],
        amount=rider.persons * np.array(price, np.int64)[night_of],
        day=np.array(day, np.int64)[night_of],
    )


def _add_grants(context: Context, pairs: RawPairs) -> None:
    """The programme's grant per person, on final arrival of the outbound."""
    itineraries = context.screening.itineraries
    arrival = np.array([it.ends.date().toordinal() for it in itineraries], np.int64)
    cents = np.array([_grant_cents(context, p.family_id) for p in context.parts])
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
    persons = _Riders.at(context, unit, np.zeros(len(unit), np.int64)).persons
    item = context.charges.items[GRANT]
    context.charges.add(
        template=pair,
        payer=context.unit_payer[unit],
        category=CostCategory.GRANT,
        item=np.full(len(pair), item),
        currency=currency[unit],
        amount=persons * cents[unit],
        day=arrival[pairs.itinerary[pair]],
        enrols=persons,
    )


@dataclass(frozen=True, slots=True)
class _Riders:
    """What the families of some units take on some days, as equal-length arrays."""

    persons: IntArray
    adults: IntArray
    children: IntArray
    infants: IntArray
    extra_infants: IntArray
    wheelchairs: IntArray
    stretchers: IntArray
    flight_seats: IntArray
    convoy_seats: IntArray

    @classmethod
    def at(cls, context: Context, unit: IntArray, day_index: IntArray) -> "_Riders":
        loads = context.screening.loads
        family = context.unit_family[unit]
        return cls(
            *(
                getattr(loads, name)[family, day_index].astype(np.int64)
                for name in cls.__dataclass_fields__
            )
        )


@dataclass(frozen=True, slots=True)
class _RideTable:
    """Rides of itineraries, itinerary by itinerary: departure, stretch, day, prices."""

    ptr: IntArray
    departure: IntArray
    board: IntArray
    alight: IntArray
    is_flight: NDArray[np.bool_]
    day: IntArray
    day_index: IntArray
    fares: IntArray
    currency: IntArray
    seat_rate: IntArray
    rate_currency: IntArray
    item: IntArray
    names: tuple[str, ...]

    def departure_id(self, ride: int) -> str:
        return self.names[int(self.departure[ride])]

    def foreign(
        self, context: Context, unit: IntArray, ride: IntArray
    ) -> NDArray[np.bool_]:
        """Whether the family pays the seat rate instead of the fare."""
        programmes = sorted({f.programme for f in context.scenario.families})
        index = {programme: k for k, programme in enumerate(programmes)}
        pays = np.array(
            [
                [context.tariffs.pays_seat_rate(d, p) for p in programmes]
                for d in self.names
            ],
            np.bool_,
        ).reshape(len(self.names), len(programmes))
        of_unit = np.array(
            [index[context.families[p.family_id].programme] for p in context.parts],
            np.int64,
        )
        return pays[self.departure[ride], of_unit[unit]]

    @classmethod
    def build(cls, context: Context, rows: TransportRows) -> "_RideTable":
        itineraries = context.screening.itineraries
        index = {name: k for k, name in enumerate(rows.departure_ids)}
        day0 = context.screening.loads.day0.toordinal()
        book = context.charges
        data: list[tuple[int, ...]] = []
        for it in itineraries:
            for leg, ride in enumerate(it.rides, start=1):
                fare = context.tariffs.ride_fare(
                    ride.departure_id, ride.from_place, ride.to_place
                )
                departure = context.departures[ride.departure_id]
                day = ride.on.toordinal()
                data.append(
                    (
                        index[ride.departure_id],
                        ride.board,
                        ride.alight,
                        ride.kind is DepartureKind.FLIGHT,
                        day,
                        day - day0,
                        fare.adult_cents,
                        fare.child_cents,
                        fare.infant_cents,
                        book.currencies[fare.currency],
                        departure.seat_rate_cents or 0,
                        book.currencies[departure.currency],
                        book.items[fare_item(it.part, leg, ride.departure_id)],
                    )
                )
        table = np.array(data, np.int64).reshape(-1, 13)
        return cls(
            ptr=pointers(np.array([len(it.rides) for it in itineraries], np.int64)),
            departure=table[:, 0],
            board=table[:, 1],
            alight=table[:, 2],
            is_flight=table[:, 3].astype(np.bool_),
            day=table[:, 4],
            day_index=table[:, 5],
            fares=table[:, 6:9],
            currency=table[:, 9],
            seat_rate=table[:, 10],
            rate_currency=table[:, 11],
            item=table[:, 12],
            names=rows.departure_ids,
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
    terms = context.tariffs.transfer_terms(move.from_place, move.to_place)
    if terms is None:
        raise KeyError(f"no transfer from {move.from_place} to {move.to_place}")
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


def transfer_terms(row: Transfer) -> tuple[int, int, int, int]:
    """Price per person, per family, per vehicle, and seats of a vehicle."""
    return (
        row.price_per_person_cents,
        row.price_per_family_cents,
        row.price_per_vehicle_cents,
        row.vehicle_seats,
    )
