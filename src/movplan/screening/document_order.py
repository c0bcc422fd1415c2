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

    ``start`` is the first date it may be applied for, of a held one when it is in hand.
    """

    kind: DocumentType
    held: bool
    needed: BoolArray
    first: IntArray
    start: IntArray


def in_hand(papers: dict[str, Paper], order: Order) -> dict[str, IntArray]:
    """ready(t) = max(start(t), ready(p) of all p before t) + lead, per itinerary.

    Only types needed on an itinerary order others there.
    """
    before = _before(papers, order)
    ready = {
        name: paper.start + (0 if paper.held else paper.kind.lead_days)
        for name, paper in papers.items()
    }
    for _ in range(len(papers) if any(before.values()) else 0):
        for name, paper in papers.items():
            if paper.held:
                continue
            waits = [
                np.where(papers[other].needed, ready[other], -NEVER)
                for other in before[name]
            ]
            start = np.maximum.reduce([paper.start, *waits])
            ready[name] = start + paper.kind.lead_days
    return ready


def due(papers: dict[str, Paper], order: Order) -> dict[str, IntArray]:
    """due(t) = min(need(t), due(d) - lead of each d to obtain after t)."""
    before = _before(papers, order)
    found = {
        name: np.where(paper.needed, paper.first, NEVER)
        for name, paper in papers.items()
    }
    for _ in range(len(papers) if any(before.values()) else 0):
        for later, paper in papers.items():
            if paper.held:
                continue
            by = np.where(paper.needed, found[later] - paper.kind.lead_days, NEVER)
            for name in before[later]:
                found[name] = np.minimum(found[name], by)
    return found


def _before(papers: dict[str, Paper], order: Order) -> dict[str, frozenset[str]]:
    names = tuple(papers)
    return {
        name: frozenset() if paper.held else order.before(paper.kind, names) - {name}
        for name, paper in papers.items()
    }
