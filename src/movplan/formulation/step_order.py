"""Rows ``step_order``: of two steps one is over before the family leaves for the other.

Of two steps of a unit, one of which has one slot: m slots of the first, n of the second
(orientation has one per language). For the sessions of the first from which the family
is back at ``e`` or later, and those of the second for which it leaves before ``e``,

    n x columns of the former + m x columns of the latter <= m x n

lets no column have both. One row per ``e`` that adds sessions of the second, and none
where no itinerary has sessions of both that clash.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from movplan.formulation.appointments import Slots
from movplan.formulation.context import Context
from movplan.formulation.ragged import pointers
from movplan.formulation.rowbook import IntArray, RowName
from movplan.screening.result import AppointmentOption, FamilyPart
from movplan.screening.step_order import Away, Steps, ordered_steps

RULE = "step_order"


def add_order_rows(context: Context, slots: Slots) -> None:
    """A row per unit and time at which sessions of two of its steps clash."""
    templates: dict[int, list[int]] = defaultdict(list)
    for k, unit in enumerate(slots.unit):
        templates[unit].append(k)
    programmes = {row.programme_id: row for row in context.scenario.programmes}
    desk = _Desk(context, slots)
    for unit, of_unit in templates.items():
        part = context.parts[unit]
        family = context.families[part.family_id]
        steps = ordered_steps(programmes[family.programme], family)
        for pair in combinations(steps, 2):
            if desk.clash(unit, pair):
                desk.add_rows(part, pair, of_unit)


class _Desk:
    """Sessions and templates of options, and where rows go."""

    def __init__(self, context: Context, slots: Slots) -> None:
        self._context, self._slots = context, slots
        self._first = len(slots.journeys)
        self._away = Away(context.scenario)
        self._pairs: dict[int, list[int]] = defaultdict(list)
        for pair, unit in enumerate(slots.journeys.tolist()):
            self._pairs[unit].append(pair)
        self._slot_ptr = pointers(np.array(slots.per_pair, np.int64)).tolist()
        self._option_ptr = pointers(np.array(slots.per_slot, np.int64)).tolist()

    def clash(self, unit: int, steps: Steps) -> bool:
        """Whether some itinerary has sessions of both steps that do not go together."""
        kinds = [slot.kind for slot in self._context.parts[unit].slots]
        one, other = ([k for k, kind in enumerate(kinds) if kind is s] for s in steps)
        if not one or not other:
            return False
        seen: set[tuple[int, ...]] = set()
        for pair in self._pairs[unit]:
            firsts, others = self._of_slots(pair, one), self._of_slots(pair, other)
            key = (*firsts, -1, *others)
            if key not in seen:
                seen.add(key)
                back = max(self._away.back(self._option(k)) for k in firsts)
                if back > min(self._away.leaves(self._option(k)) for k in others):
                    return True
        return False

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

    def _of_slots(self, pair: int, slots: list[int]) -> list[int]:
        """The options of some slots of a pair, counted from the first template."""
        start = self._slot_ptr[pair]
        return [
            template - self._first
            for slot in slots
            for template in self._slots.template[
                self._option_ptr[start + slot] : self._option_ptr[start + slot + 1]
            ]
        ]

    def _option(self, k: int) -> AppointmentOption:
        return self._slots.options[k]
