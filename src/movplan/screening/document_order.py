"""Rule ``document_order``: when documents to obtain are in hand, and when due."""

from dataclasses import dataclass

import numpy as np

from movplan.domain.programmes import DocumentType
from movplan.domain.scenario import Scenario
from movplan.screening.result import BoolArray, IntArray

NEVER = 10**9
"""An ordinal later than any date; its negative is earlier than any."""


class Order:
    """Which types come after which, from ``after`` and ``irreversible``."""

    def __init__(self, scenario: Scenario) -> None:
        self._types = {row.document_type: row for row in scenario.document_types}
        self._before: dict[str, frozenset[str]] = {}

    def before(self, kind: DocumentType, others: tuple[str, ...]) -> frozenset[str]:
        """Those of the other types that a type comes after."""
        before = self._stated(kind.document_type)
        if kind.irreversible:
            before |= {
                name
                for name in others
                if not self._is_irreversible(name)
                and kind.document_type not in self._stated(name)
            }
        return before & frozenset(others)

    def booked_after(
        self, kind: DocumentType, others: tuple[str, ...]
    ) -> frozenset[str]:
        """Those of the other types that are needed to book the transport.

        A type applied for once the transport is firm waits for that; not for those that
        come after it themselves.
        """
        if not kind.waits_for_transport:
            return frozenset()
        return frozenset(
            name
            for name in others
            if name in self._types
            and self._types[name].needed_to_book
            and kind.document_type not in self.before(self._types[name], others)
        )

    def _is_irreversible(self, name: str) -> bool:
        return name in self._types and self._types[name].irreversible

    def _stated(self, name: str) -> frozenset[str]:
        """``after`` of a type, transitively."""
        if name not in self._before:
            found: set[str] = set()
            waiting = [name]
            while waiting:
                row = self._types.get(waiting.pop())
                new = set(row.after if row else ()) - found
                found |= new
                waiting.extend(new)
            self._before[name] = frozenset(found)
        return self._before[name]


@dataclass(frozen=True, slots=True)
class Paper:
    """A required document of one member: needed where, held or to be obtained.

    ``start`` is the first date it may be applied for, of a held one when it is in hand;
    ``by`` the last one to have it, whatever comes after it.
    """

    kind: DocumentType
    held: bool
    needed: BoolArray
    start: IntArray
    by: IntArray


Waits = dict[str, list[tuple[str, IntArray]]]
"""Per document what it waits for, and how many days more, per itinerary."""


def in_hand(
    papers: dict[str, Paper], order: Order, firm: IntArray
) -> dict[str, IntArray]:
    """ready(t) = max(start(t), ready(p) + firm(t, p) of all p before t) + lead(t).

    ``firm`` are the days it takes from booking to being firm, minus ``NEVER`` where all
    is firm already. Only types needed on an itinerary order others there.
    """
    waits = _waits(papers, order, firm)
    ready = {
        name: paper.start + (0 if paper.held else paper.kind.lead_days)
        for name, paper in papers.items()
    }
    for _ in range(len(papers) if any(waits.values()) else 0):
        for name, paper in papers.items():
            if paper.held:
                continue
            earlier = [
                np.where(papers[other].needed, ready[other] + more, -NEVER)
                for other, more in waits[name]
            ]
            start = np.maximum.reduce([paper.start, *earlier])
            ready[name] = start + paper.kind.lead_days
    return ready


def due(papers: dict[str, Paper], order: Order, firm: IntArray) -> dict[str, IntArray]:
    """due(t) = min(by(t), due(d) - lead(d) - firm(d, t) of each d to obtain after)."""
    waits = _waits(papers, order, firm)
    found = {
        name: np.where(paper.needed, paper.by, NEVER) for name, paper in papers.items()
    }
    for _ in range(len(papers) if any(waits.values()) else 0):
        for later, paper in papers.items():
            if paper.held:
                continue
            by = np.where(paper.needed, found[later] - paper.kind.lead_days, NEVER)
            for name, more in waits[later]:
                found[name] = np.minimum(found[name], by - more)
    return found


def _waits(papers: dict[str, Paper], order: Order, firm: IntArray) -> Waits:
    names, at_once = tuple(papers), np.zeros_like(firm)
    waits: Waits = {name: [] for name in names}
    for name, paper in papers.items():
        if not paper.held:
            before = order.before(paper.kind, names) - {name}
            booked = order.booked_after(paper.kind, names)
            waits[name] += [(other, at_once) for other in sorted(before)]
            waits[name] += [
                (other, firm) for other in sorted(booked) if not papers[other].held
            ]
    return waits
