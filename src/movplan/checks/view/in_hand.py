"""When documents to obtain are in hand: after one another, by when at the latest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from movplan.domain.programmes import DocumentType

Types = Mapping[str, DocumentType]


@dataclass(frozen=True, slots=True)
class InHand:
    """When a document to obtain can be in hand, and by when it has to be."""

    ready: date
    due: date


def in_hand(
    types: Types,
    *,
    known: Types,
    held: Mapping[str, date],
    needed: Mapping[str, date],
    start: Callable[[DocumentType], date],
) -> dict[str, InHand]:
    """By type, of one member's documents to obtain on one part.

    ``types`` are those needed, ``known`` all there are, ``held`` says since when those
    held are in hand, ``needed`` the first date of need, ``start`` when one may be
    applied for.

    ready(t) = max(start(t), ready(p) of each p before it) + lead;
    due(t) = min(need(t), due(d) - lead of each d to obtain after it).
    """
    before = {t: _before(types, known, t) for t in types}
    order = _in_order(before)
    ready, due = dict(held), dict[str, date]()
    for t in order:
        if t not in held:
            earlier = [ready[p] for p in before[t] if p in ready]
            ready[t] = max([start(types[t]), *earlier]) + _lead(types[t])
    for t in reversed(order):
        if t not in held:
            later = [due[d] - _lead(types[d]) for d in due if t in before[d]]
            due[t] = min([needed[t], *later])
    return {t: InHand(ready[t], due[t]) for t in order if t in due}


def _lead(kind: DocumentType) -> timedelta:
    return timedelta(days=kind.lead_days)


def _before(types: Types, known: Types, t: str) -> set[str]:
    """Types that t comes after: an irreversible one after all that can be."""
    found = _builds_on(known, t) & types.keys()
    if types[t].irreversible:
        found |= {
            q
            for q, kind in types.items()
            if not kind.irreversible and t not in _builds_on(known, q)
        }
    return found


def _builds_on(known: Types, t: str) -> set[str]:
    """Types that are in ``after``, or transitively, those not needed too."""
    found: set[str] = set()
    left = list(known[t].after) if t in known else []
    while left:
        p = left.pop()
        if p not in found:
            found.add(p)
            left += known[p].after if p in known else ()
    return found


def _in_order(before: Mapping[str, set[str]]) -> list[str]:
    """Types, each after those it comes after; a circle (an error) as it is listed."""
    found: list[str] = []
    left = list(before)
    while left:
        free = [t for t in left if not before[t].intersection(left)] or left
        found += free
        left = [t for t in left if t not in free]
    return found
