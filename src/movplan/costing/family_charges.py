"""What a family's schedule costs: fares, transfers, nights, sessions, the grant."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from movplan.costing.book import Book
from movplan.costing.prices import Price
from movplan.costing.riders import Riders
from movplan.costing.unpaid import ChargeKey, UnpaidCharge, unpaid
from movplan.domain.items import (
    GRANT,
    credit_item,
    fare_item,
    night_item,
    session_item,
    session_night_item,
    session_transfer_item,
    transfer_item,
)
from movplan.domain.plan import Leg
from movplan.domain.words import (
    CostCategory,
    DepartureKind,
    LegKind,
    Part,
    SessionKind,
    SubjectKind,
)

JOURNEY = (LegKind.RIDE, LegKind.TRANSFER)


def family_charges(book: Book, legs: Sequence[Leg]) -> list[UnpaidCharge]:
    """Charges of one family, from its rows in schedule order; zero ones left out.

    A transfer or night no tariff knows is not charged: its own rule reports it.
    """
    legs = sorted(legs, key=lambda leg: (leg.part.value, leg.sequence))
    found = [
        *_rides(book, legs),
        *chain.from_iterable(
            _PRICED[leg.kind](book, leg) for leg in legs if leg.kind in _PRICED
        ),
        *_grant(book, legs),
    ]
    return _with_unique_items([charge for charge in found if charge.amount_cents])


def _rides(book: Book, legs: Sequence[Leg]) -> Iterator[UnpaidCharge]:
    """The fare of each ride; with a seat rate, the payers' credit for it too."""
    ridden: Counter[Part] = Counter()
    for leg in legs:
        if leg.kind is LegKind.RIDE:
            ridden[leg.part] += 1
            yield from _ride(book, leg, ridden[leg.part])


def _ride(book: Book, leg: Leg, number: int) -> Iterator[UnpaidCharge]:
    departure = book.departure(leg.departure_id)
    ridden = departure.departure_id
    item = fare_item(leg.part, number, ridden)
    key = _key(leg, CostCategory.FARE, item)
    on = book.boarding_date(ridden, leg.from_place)
    riders = book.riders.on(leg.family_id, on, departure.carrier)
    if not book.tariffs.pays_seat_rate(ridden, book.family(leg.family_id).programme):
        yield unpaid(key, on, _fare(book, leg, riders))
        return
    rate = book.tariffs.seat_rate(ridden)
    stretcher_seats = book.riders.stretcher_seats(leg.family_id, departure.carrier)
    seats = riders.seats(departure.kind, stretcher_seats=stretcher_seats)
    yield unpaid(key, on, _times(rate, seats))
    credited = ChargeKey(
        SubjectKind.DEPARTURE,
        ridden,
        CostCategory.FARE,
        credit_item(leg.family_id, item),
    )
    payers = book.tariffs.payers(SubjectKind.DEPARTURE, ridden)
    yield unpaid(credited, on, _times(rate, -seats), payers)


def _fare(book: Book, leg: Leg, riders: Riders) -> Price:
    """Members by fare class x fare.

    Infants beyond the lap limit pay the child fare; a stretcher on a flight takes
    ``stretcher_seats`` - 1 further adult fares.
    """
    departure = book.departure(leg.departure_id)
    fare = book.tariffs.ride_fare(departure.departure_id, leg.from_place, leg.to_place)
    blocked = 0
    if departure.kind is DepartureKind.FLIGHT:
        each = book.riders.stretcher_seats(leg.family_id, departure.carrier)
        blocked = riders.stretchers * (each - 1)
    seated_infants = riders.infants - riders.lap_infants
    amount = (
        (riders.adults + blocked) * fare.adult_cents
        + (riders.children + seated_infants) * fare.child_cents
        + riders.lap_infants * fare.infant_cents
    )
    return Price(amount, fare.currency, fare.basis, fare.tariff)


def _transfer(book: Book, leg: Leg) -> Iterator[UnpaidCharge]:
    on = book.local_date(leg.departs, leg.from_place)
    ends = (leg.from_place, leg.to_place)
    if book.tariffs.transfer_terms(*ends) is None:
        return
    persons, seats = _party(book, leg, on)
    price = book.tariffs.transfer_price(*ends, persons=persons, seats=seats)
    if leg.session_id is None:
        item = transfer_item(leg.part, *ends, on)
    else:
        item = session_transfer_item(leg.session_id, *ends, on)
    yield unpaid(_key(leg, CostCategory.TRANSFER, item), on, price)


def _night(book: Book, leg: Leg) -> Iterator[UnpaidCharge]:
    place = leg.from_place
    evening = book.local_date(leg.departs, place)
    persons, _ = _party(book, leg, evening)
    price = book.tariffs.night_price(place)
    if price is None:
        return
    if leg.session_id is None:
        item = night_item(leg.part, place, evening)
    else:
        item = session_night_item(leg.session_id, place, evening)
    key = _key(leg, CostCategory.ACCOMMODATION, item)
    yield unpaid(key, evening, _times(price, persons))


def _appointment(book: Book, leg: Leg) -> Iterator[UnpaidCharge]:
    session = book.session(leg.session_id)
    price = Price(
        leg.persons * session.price_per_person_cents,
        session.currency,
        session.basis,
        f"sessions/{session.session_id}",
    )
    key = _key(leg, CostCategory.SESSION, session_item(session.session_id))
    yield unpaid(key, book.local_date(session.starts, session.place_id), price)


def _grant(book: Book, legs: Sequence[Leg]) -> Iterator[UnpaidCharge]:
    """The programme's grant, once the family has arrived for good."""
    journey = [leg for leg in legs if leg.part is Part.OUTBOUND and leg.kind in JOURNEY]
    if not any(leg.kind is LegKind.RIDE for leg in journey):
        return
    final = max(journey, key=lambda leg: leg.arrives)
    on = book.local_date(final.arrives, final.to_place)
    programme = book.programme_of(final.family_id)
    price = Price(
        book.tariffs.grants.cents(final.family_id),
        programme.grant_currency or book.scenario.reporting_currency,
        programme.grant_basis,
        f"programmes/{programme.programme_id}",
    )
    yield unpaid(_key(final, CostCategory.GRANT, GRANT), on, price)


def _party(book: Book, leg: Leg, on: date) -> tuple[int, int]:
    """Persons and seats of a transfer or night: the family, or those who go.

    Which members go with a language group only its appointment knows, so where part of
    a family travels to an orientation both are those of the row.
    """
    riders = book.riders.on(leg.family_id, on)
    if leg.session_id is not None and leg.persons < riders.persons:
        kind = book.session(leg.session_id).kind
        if kind is SessionKind.CULTURAL_ORIENTATION:
            return leg.persons, leg.seats
    return riders.persons, riders.seated


def _with_unique_items(charges: list[UnpaidCharge]) -> list[UnpaidCharge]:
    """A second charge of the same key (two groups, one session) ends in ``#2``."""
    seen: Counter[ChargeKey] = Counter()
    named: list[UnpaidCharge] = []
    for charge in charges:
        times = seen[charge.key] = seen[charge.key] + 1
        if times > 1:
            key = charge.key._replace(item=f"{charge.item}#{times}")
            charge = replace(charge, key=key)
        named.append(charge)
    return named


def _times(price: Price, count: int) -> Price:
    return replace(price, amount_cents=price.amount_cents * count)


def _key(leg: Leg, category: CostCategory, item: str) -> ChargeKey:
    return ChargeKey(SubjectKind.FAMILY, leg.family_id, category, item)


_PRICED = {
    LegKind.TRANSFER: _transfer,
    LegKind.NIGHT: _night,
    LegKind.APPOINTMENT: _appointment,
}
