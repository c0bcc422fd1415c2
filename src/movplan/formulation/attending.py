"""What attending a session takes: the rows it uses and its charges, told once.

Families of one programme who attend by the same moves and nights differ in numbers
alone: how many attend, how many travel, how many seats they need. A *recipe* is written
per way and filled in for all who take it (10,000 families: 3,700 recipes for 50,000
options and 470,000 templates).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from movplan.domain.items import (
    session_item,
    session_night_item,
    session_transfer_item,
    transfer_item,
)
from movplan.domain.words import CapacityKind, CostCategory, Part
from movplan.formulation.context import Context
from movplan.formulation.moves import listed_transfer, transfer_terms
from movplan.formulation.places import PlaceRows
from movplan.formulation.ragged import pointers, under
from movplan.formulation.rowbook import IntArray, RowName
from movplan.network.itinerary import Move
from movplan.screening.result import AppointmentOption
from movplan.screening.session_room import SessionRoom

# The move a recipe charges that is not of the option, but the access beside it.
ACCESS = -1


@dataclass(frozen=True, slots=True)
class Attended:
    """A way to attend: by whom, and the access to the first ride beside it.

    Session, moves and nights are those of ``option``; its numbers do not matter.
    """

    option: AppointmentOption
    programme: str
    part: Part
    access: Move | None


@dataclass(frozen=True, slots=True)
class Table:
    """Entries recipe by recipe: ``rows`` [columns x entries], ``ptr`` [recipes + 1]."""

    rows: IntArray
    ptr: IntArray

    def under(self, recipe: IntArray) -> tuple[IntArray, IntArray]:
        """(position in ``recipe``, entry) of all entries of some recipes."""
        return under(self.ptr, recipe)


class Recipes:
    """Writes recipes, one after another."""

    def __init__(self, context: Context, places: PlaceRows) -> None:
        self._context, self._places = context, places
        self._room = SessionRoom(context.scenario)
        self._sessions = {s.session_id: s for s in context.scenario.sessions}
        self._count = 0
        self._uses: list[tuple[int, ...]] = []
        self._charges: dict[CostCategory, list[tuple[int, ...]]] = defaultdict(list)

    def write(self, attended: Attended) -> None:
        """Write the recipe of one more way."""
        self._uses += ((self._count, *use) for use in self._rows(attended))
        self._charge_session(attended)
        self._charge_moves(attended)
        self._charge_nights(attended)
        self._count += 1

    def uses(self) -> Table:
        """Of every recipe (row, whether all who travel count, not who attend)."""
        return self._table(self._uses, 3)

    def charges(self) -> dict[CostCategory, Table]:
        """Of every recipe by category (item, currency, day, price, ...).

        ``price`` is per person: of those who attend for sessions, who travel for moves
        and nights. Of moves also price per family, per vehicle, seats of a vehicle, and
        which move of the option it is, or ``ACCESS``.
        """
        width = {CostCategory.TRANSFER: 9}
        return {
            category: self._table(rows, width.get(category, 5))
            for category, rows in self._charges.items()
        }

    def _table(self, entries: Sequence[tuple[int, ...]], width: int) -> Table:
        columns = np.array(entries, np.int64).reshape(-1, width).T
        counts = np.bincount(columns[0], minlength=self._count)
        return Table(columns[1:], pointers(counts))

    def _rows(self, attended: Attended) -> Iterator[tuple[int, int]]:
        """Places of the session, of its place that day, and beds."""
        option, session = attended.option, self._sessions[attended.option.session_id]
        name = RowName("session_places", session.session_id)
        yield self._context.rows.row(name, rhs=session.places), False
        for day in self._room.dates(session):
            kind = CapacityKind.APPOINTMENT
            for row, limited_to in self._places.rows(kind, session.place_id, day):
                if limited_to in (None, attended.programme):
                    yield row, False
        for night in option.nights:
            beds = self._places.rows(CapacityKind.BEDS, night.place_id, night.on)
            for row, limited_to in beds:
                if limited_to in (None, attended.programme):
                    yield row, True

    def _charge_session(self, attended: Attended) -> None:
        session = self._sessions[attended.option.session_id]
        self._charge(
            CostCategory.SESSION,
            session_item(session.session_id),
            session.currency,
            session.starts.date().toordinal(),
            session.price_per_person_cents,
        )

    def _charge_moves(self, attended: Attended) -> None:
        option, access = attended.option, attended.access
        moved = [
            (
                move,
                session_transfer_item(
                    option.session_id,
                    move.from_place,
                    move.to_place,
                    move.departs.date(),
                ),
                number,
            )
            for number, move in enumerate(option.moves)
        ]
        if access is not None:
            on = access.departs.date()
            ends = access.from_place, access.to_place
            moved.append((access, transfer_item(attended.part, *ends, on), ACCESS))
        for move, item, number in moved:
            row = listed_transfer(self._context, move)
            day = move.departs.date().toordinal()
            terms = *transfer_terms(row), number
            self._charge(CostCategory.TRANSFER, item, row.currency, day, *terms)

    def _charge_nights(self, attended: Attended) -> None:
        option = attended.option
        for night in option.nights:
            tariff = self._context.tariffs.night_price(night.place_id)
            if tariff is None:
                continue
            item = session_night_item(option.session_id, night.place_id, night.on)
            day, cents = night.on.toordinal(), tariff.amount_cents
            self._charge(CostCategory.ACCOMMODATION, item, tariff.currency, day, cents)

    def _charge(
        self, category: CostCategory, item: str, currency: str, day: int, *terms: int
    ) -> None:
        book = self._context.charges
        entry = book.items[item], book.currencies[currency], day, *terms
        self._charges[category].append((self._count, *entry))
