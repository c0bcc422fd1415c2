"""Rows ``step_order``: of two steps one is over before the family leaves for the other.

Of two steps of a unit, one of which has one slot: m slots of the first, n of the second
(orientation has one per language). For the sessions of the first from which the family
is back at ``e`` or later, and those of the second for which it leaves before ``e``,

    n x columns of the former + m x columns of the latter <= m x n

lets no column have both. One row per ``e`` that adds sessions of the second, and none
where no itinerary has sessions of both that clash.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

import numpy as np

from movplan.domain.words import SessionKind
from movplan.formulation.appointments import Slots
from movplan.formulation.context import Context
from movplan.formulation.ragged import expand, pointers, segment_max, segment_min
from movplan.formulation.rowbook import IntArray, RowName
from movplan.screening.result import AppointmentOption, FamilyPart
from movplan.screening.step_order import Away, Steps, ordered_steps

RULE = "step_order"


KINDS = tuple(SessionKind)


def add_order_rows(context: Context, slots: Slots) -> None:
    """A row per unit and time at which sessions of two of its steps clash."""
    programmes = {row.programme_id: row for row in context.scenario.programmes}
    desk = _Desk(context, slots)
    clashes = desk.clashes()
    first = np.searchsorted(slots.unit, np.arange(len(context.parts) + 1)).tolist()
    for unit in sorted(set().union(*clashes.values())):
        part = context.parts[unit]
        family = context.families[part.family_id]
        steps = ordered_steps(programmes[family.programme], family)
        for pair in combinations(steps, 2):
            if unit in clashes[pair]:
                desk.add_rows(part, pair, range(first[unit], first[unit + 1]))


class _Desk:
    """Sessions and templates of options, and where rows go."""

    def __init__(self, context: Context, slots: Slots) -> None:
        self._context, self._slots = context, slots
        self._first = len(slots.journeys)
        self._away = Away(context.scenario)

    def clashes(self) -> dict[Steps, frozenset[int]]:
        """By two steps the units with an itinerary on which sessions of them clash."""
        slots, away = self._slots, self._away
        back = np.array([away.back(o).timestamp() for o in slots.offered])
        leaves = np.array([away.leaves(o).timestamp() for o in slots.offered])
        option = slots.option[slots.template - self._first]
        ptr, at = pointers(slots.per_slot), self._pair_and_kind()
        latest = np.full((self._first, len(KINDS)), -np.inf)
        np.maximum.at(latest, at, segment_max(back[option], ptr))
        earliest = np.full((self._first, len(KINDS)), np.inf)
        np.minimum.at(earliest, at, segment_min(leaves[option], ptr))
        return {
            (KINDS[one], KINDS[other]): frozenset(
                slots.journeys[latest[:, one] > earliest[:, other]].tolist()
            )
            for one, other in permutations(range(len(KINDS)), 2)
        }

    def _pair_and_kind(self) -> tuple[IntArray, IntArray]:
        """The pair of every slot, and what kind of session it asks for."""
        parts, journeys = self._context.parts, self._slots.journeys
        kinds = [KINDS.index(slot.kind) for part in parts for slot in part.slots]
        per_unit = np.array([len(part.slots) for part in parts], np.int64)
        pair, at = expand(pointers(per_unit)[journeys], per_unit[journeys])
        return pair, np.array(kinds, np.int64)[at]

    def add_rows(self, part: FamilyPart, steps: Steps, options: Sequence[int]) -> None:
        """The rows of one unit, whose options are these."""
        kind = [self._away.session(self._option(k)).kind for k in options]
        firsts, others = (
            [k for k, of in zip(options, kind, strict=True) if of is step]
            for step in steps
        )
        m, n = (sum(slot.kind is step for slot in part.slots) for step in steps)
        for former, latter in self._clashes(firsts, others):
            first = min(former, key=lambda k: self._away.back(self._option(k)))
            other = max(latter, key=lambda k: self._away.leaves(self._option(k)))
            named = f"{self._option(first).session_id}/{self._option(other).session_id}"
            row = self._context.rows.row(
                RowName(RULE, part.family_id, named), rhs=m * n
            )
            columns: IntArray = np.array([*former, *latter], np.int64) + self._first
            value = np.repeat(np.array([n, m], np.int64), [len(former), len(latter)])
            self._context.resources.add(columns, np.full(len(columns), row), value)

    def _clashes(
        self, firsts: list[int], others: list[int]
    ) -> Iterator[tuple[list[int], list[int]]]:
        """Options of the two steps none of which go together, each pair in one."""
        away, count = self._away, 0
        back = {k: away.back(self._option(k)) for k in firsts}
        leaves = {k: away.leaves(self._option(k)) for k in others}
        for end in sorted(set(back.values())):
            latter = [k for k in others if leaves[k] < end]
            if len(latter) > count:
                count = len(latter)
                yield [k for k in firsts if back[k] >= end], latter

    def _option(self, k: int) -> AppointmentOption:
        return self._slots.offered[int(self._slots.option[k])]
