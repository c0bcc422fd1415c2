"""Rows ``step_order``: what stands first ends before what stands second begins.

Of two steps of a unit, one of which has one slot: m slots of the first, n of the second
(orientation has one per language). For the sessions of the first that end at ``e`` or
later, and those of the second that begin before ``e``,

    n x columns of the former + m x columns of the latter <= m x n

lets no column have both. One row per ``e`` that adds sessions of the second.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from movplan.domain.escorts import Session
from movplan.formulation.appointments import Slots
from movplan.formulation.context import Context
from movplan.formulation.rowbook import IntArray, RowName
from movplan.screening.result import FamilyPart
from movplan.screening.step_order import Steps, ordered_steps

RULE = "step_order"


def add_order_rows(context: Context, slots: Slots) -> None:
    """A row per unit and time at which sessions of its two steps clash."""
    templates: dict[int, list[int]] = defaultdict(list)
    for k, unit in enumerate(slots.unit):
        templates[unit].append(k)
    programmes = {row.programme_id: row for row in context.scenario.programmes}
    desk = _Desk(context, slots)
    for unit, of_unit in templates.items():
        part = context.parts[unit]
        family = context.families[part.family_id]
        steps = ordered_steps(programmes[family.programme], family)
        if steps:
            desk.add_rows(part, steps, of_unit)


class _Desk:
    """Sessions and templates of options, and where rows go."""

    def __init__(self, context: Context, slots: Slots) -> None:
        self._context, self._slots = context, slots
        self._first = len(slots.journeys)
        self._sessions = {s.session_id: s for s in context.scenario.sessions}

    def add_rows(self, part: FamilyPart, steps: Steps, options: Sequence[int]) -> None:
        """The rows of one unit, whose options are these."""
        firsts, others = (
            [k for k in options if self._session(k).kind is step] for step in steps
        )
        m, n = (sum(slot.kind is step for slot in part.slots) for step in steps)
        for former, latter in self._clashes(firsts, others):
            first = min(former, key=lambda k: self._session(k).ends)
            other = max(latter, key=lambda k: self._session(k).starts)
            named = (
                f"{self._session(first).session_id}/{self._session(other).session_id}"
            )
            name = RowName(RULE, part.family_id, named)
            row = self._context.rows.row(name, rhs=m * n)
            columns: IntArray = np.array([*former, *latter], np.int64) + self._first
            value = np.repeat(np.array([n, m], np.int64), [len(former), len(latter)])
            self._context.resources.add(columns, np.full(len(columns), row), value)

    def _clashes(
        self, firsts: list[int], others: list[int]
    ) -> Iterator[tuple[list[int], list[int]]]:
        """Options of the two steps none of which go together, each pair in one."""
        count = 0
        for end in sorted({self._session(k).ends for k in firsts}):
            latter = [k for k in others if self._session(k).starts < end]
            if len(latter) > count:
                count = len(latter)
                yield [k for k in firsts if self._session(k).ends >= end], latter

    def _session(self, option: int) -> Session:
        return self._sessions[self._slots.options[option].session_id]
