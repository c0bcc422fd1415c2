"""Itineraries on which a family has the same escort needs, found as arrays."""

from dataclasses import dataclass

import numpy as np

from movplan.domain.people import Family
from movplan.domain.scenario import AT_A_TIME
from movplan.screening.needs import EscortNeeds, Found
from movplan.screening.result import BoolArray, IntArray
from movplan.screening.ride_facts import RideFacts
from movplan.screening.table import Table

# Above any number of patients a rule may let one escort have at a time.
MOST_AT_A_TIME = 1_000_000


@dataclass(frozen=True, slots=True)
class NeedClasses:
    """``of[i]`` is the class of itinerary i, ``found`` what is needed in each."""

    of: IntArray
    found: tuple[Found, ...]


class NeedSorter:
    """Sorts itineraries by all that needs depend on, the same for many families."""

    def __init__(self, needs: EscortNeeds, facts: RideFacts) -> None:
        self._needs = needs
        self._facts = facts
        self._codes: dict[tuple[str, str], IntArray] = {}
        self._sorted: dict[tuple[object, ...], tuple[IntArray, IntArray]] = {}
        self._of_family: dict[tuple[str, int], NeedClasses] = {}
        self._unescorted = facts.of_departures(
            [d.departure_id in needs.unescorted for d in facts.departures]
        )

    def sort(self, family: Family, table: Table) -> NeedClasses:
        """The classes of a family's itineraries: several rules ask for them."""
        asked = (family.family_id, id(table))
        if asked not in self._of_family:
            self._of_family[asked] = self._find(family, table)
        return self._of_family[asked]

    def _find(self, family: Family, table: Table) -> NeedClasses:
        turns = self._needs.turning_dates(family)
        key = (id(table), family.programme, family.destination, turns)
        if key not in self._sorted:
            self._sorted[key] = self._sort(family, table, turns)
        first, of = self._sorted[key]
        found = (
            self._needs.found(family, table.itineraries[i]) for i in first.tolist()
        )
        return NeedClasses(of, tuple(found))

    def _sort(
        self, family: Family, table: Table, turns: tuple[int, ...]
    ) -> tuple[IntArray, IntArray]:
        codes = np.append(self._code(family, turns), 0)
        base, total = int(codes.max()) + 1, np.zeros(len(table), dtype=np.int64)
        for column in range(table.rides.shape[1]):
            total = total * base + codes[table.rides[:, column]]
        _, first, of = np.unique(total, return_index=True, return_inverse=True)
        return first.astype(np.int64), of.astype(np.int64)

    def _code(self, family: Family, turns: tuple[int, ...]) -> IntArray:
        """A number per ride, from 1: equal where a need finds no difference."""
        facts, alike = self._facts, self._alike(family)
        era = np.searchsorted(np.array(turns, np.int64), facts.on, side="right")
        return era * (int(alike.max(initial=0)) + 1) + alike + 1

    def _alike(self, family: Family) -> IntArray:
        """The same whatever the date: equal where the values are."""
        key = (family.programme, family.destination)
        if key not in self._codes:
            facts = self._facts
            code = facts.value("stretcher_attendants", family)
            for mask in (facts.flight, self.long(family), self._unescorted):
                code = code * 2 + mask
            for name in AT_A_TIME.values():
                code = code * MOST_AT_A_TIME + facts.value(name, family)
                code = np.unique(code, return_inverse=True)[1]
            self._codes[key] = code.astype(np.int64)
        return self._codes[key]

    def long(self, family: Family) -> BoolArray:
        """Flights that ask for companions."""
        hours = self._facts.value("companion_flight_hours", family)
        long: BoolArray = self._facts.flight & (self._facts.lasts_s > hours * 3600)
        return long
