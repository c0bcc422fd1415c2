"""What attending a session takes: the rows it uses and its charges, told once.

Families of one programme that attend alike use and pay the same, so a *recipe* is
written for each distinct way and copied to the templates of all who take it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from movplan.costing.prices import Price
from movplan.domain.items import (
    session_item,
    session_night_item,
    session_transfer_item,
    transfer_item,
)
from movplan.domain.words import CapacityKind, CostCategory, Part
from movplan.formulation.context import Context
from movplan.formulation.places import PlaceRows
from movplan.formulation.ragged import expand, pointers
from movplan.formulation.rowbook import IntArray, RowName
from movplan.network.itinerary import Move
from movplan.screening.result import AppointmentOption
from movplan.screening.session_room import SessionRoom


@dataclass(frozen=True, slots=True)
class Attended:
    """A way to attend: the option, by whom, and the access to the first ride beside it.

    ``access_seats`` are the seats of the whole family on ``access`` (0 without one).
    """

    option: AppointmentOption
    programme: str
    part: Part
    access: Move | None
    access_seats: int

    @property
    def key(self) -> tuple[object, ...]:
        """The same for equal ways; equal options are one object."""
        seats = self.access_seats
        return id(self.option), self.programme, self.part, self.access, seats


@dataclass(frozen=True, slots=True)
class Table:
    """Entries recipe by recipe: ``rows`` [columns x entries], ``ptr`` [recipes + 1]."""

    rows: IntArray
    ptr: IntArray

    def under(self, recipe: IntArray) -> tuple[IntArray, IntArray]:
        """(position in ``recipe``, entry) of all entries of some recipes."""
        return expand(self.ptr[recipe], np.diff(self.ptr)[recipe])


class Recipes:
    """Writes the recipe of every distinct way to attend."""

    def __init__(self, context: Context, places: PlaceRows) -> None:
        self._context, self._places = context, places
        self._room = SessionRoom(context.scenario)
        self._sessions = {s.session_id: s for s in context.scenario.sessions}
        self._known: dict[tuple[object, ...], int] = {}
        self._uses: list[tuple[int, int, int]] = []
        self._charges: dict[CostCategory, list[tuple[int, ...]]] = defaultdict(list)

    def of(self, attended: Attended) -> int:
        """The number of a way's recipe, written if it is new."""
        if attended.key not in self._known:
            number = self._known[attended.key] = len(self._known)
            self._uses += ((number, *use) for use in self._rows(attended))
            self._price(number, attended)
        return self._known[attended.key]

    def uses(self) -> Table:
        """(row, amount) of every recipe."""
        return self._table(self._uses, 3)

    def charges(self) -> dict[CostCategory, Table]:
        """(item, currency, amount, day) of every recipe, by category."""
        return {key: self._table(rows, 5) for key, rows in self._charges.items()}

    def _table(self, entries: Sequence[tuple[int, ...]], width: int) -> Table:
        columns = np.array(entries, np.int64).reshape(-1, width).T
        counts = np.bincount(columns[0], minlength=len(self._known))
        return Table(columns[1:], pointers(counts))

    def _rows(self, attended: Attended) -> Iterator[tuple[int, int]]:
        """Places of the session, of its place that day, and beds."""
        option, session = attended.option, self._sessions[attended.option.session_id]
        name = RowName("session_places", session.session_id)
        yield self._context.rows.row(name, rhs=session.places), option.persons
        for day in self._room.dates(session):
            kind = CapacityKind.APPOINTMENT
            for row, limited_to in self._places.rows(kind, session.place_id, day):
                if limited_to in (None, attended.programme):
                    yield row, option.persons
        for night in option.nights:
            beds = self._places.rows(CapacityKind.BEDS, night.place_id, night.on)
            for row, limited_to in beds:
                if limited_to in (None, attended.programme):
                    yield row, option.travelling

    def _price(self, recipe: int, attended: Attended) -> None:
        option, session = attended.option, self._sessions[attended.option.session_id]
        price = Price(
            session.price_per_person_cents * option.persons,
            session.currency,
            session.basis,
            "",
        )
        item = session_item(session.session_id)
        on = session.starts.date().toordinal()
        self._charge(recipe, CostCategory.SESSION, item, price, on)
        self._price_moves(recipe, attended)
        self._price_nights(recipe, option)

    def _price_moves(self, recipe: int, attended: Attended) -> None:
        option, access = attended.option, attended.access
        moved = [
            (
                move,
                seats,
                session_transfer_item(
                    option.session_id,
                    move.from_place,
                    move.to_place,
                    move.departs.date(),
                ),
            )
            for move, seats in zip(option.moves, option.move_seats, strict=True)
        ]
        if access is not None:
            on = access.departs.date()
            ends = access.from_place, access.to_place
            item = transfer_item(attended.part, *ends, on)
            moved.append((access, attended.access_seats, item))
        for move, seats, item in moved:
            price = self._context.tariffs.transfer_price(
                move.from_place, move.to_place, persons=option.travelling, seats=seats
            )
            day = move.departs.date().toordinal()
            self._charge(recipe, CostCategory.TRANSFER, item, price, day)

    def _price_nights(self, recipe: int, option: AppointmentOption) -> None:
        for night in option.nights:
            tariff = self._context.tariffs.night_price(night.place_id)
            if tariff is None:
                continue
            cents = tariff.amount_cents * option.travelling
            price = Price(cents, tariff.currency, tariff.basis, "")
            item = session_night_item(option.session_id, night.place_id, night.on)
            on = night.on.toordinal()
            self._charge(recipe, CostCategory.ACCOMMODATION, item, price, on)

    def _charge(
        self, recipe: int, category: CostCategory, item: str, price: Price, day: int
    ) -> None:
        book = self._context.charges
        self._charges[category].append(
            (
                recipe,
                book.items[item],
                book.currencies[price.currency],
                price.amount_cents,
                day,
            )
        )
