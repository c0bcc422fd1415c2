"""When documents to obtain are in hand: after one another, by when at the latest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from movplan.domain.programmes import DocumentType

Types = Mapping[str, DocumentType]


@dataclass(frozen=True, slots=True)
class InHand:
    """When a document to obtain can be in hand, and by when it has to be."""

    ready: date
    due: date


@dataclass(frozen=True, slots=True)
class Booking:
    """From when, and until when a part's transport can be booked.

    ``to_firm`` is how long it then takes to be firm; ``None``: it is.
    """

    as_of: date
    by: date
    to_firm: timedelta | None

    def start(self, kind: DocumentType) -> date:
        """When one may be applied for: now, or once the transport is firm."""
        if not kind.waits_for_transport or self.to_firm is None:
            return self.as_of
        return self.as_of + self.to_firm


def in_hand(
    types: Types,
    *,
    known: Types,
    held: Mapping[str, date],
    needed: Mapping[str, date],
    booking: Booking,
) -> dict[str, InHand]:
    """By type, of one member's documents to obtain on one part.

    ``types`` are those needed, ``known`` all there are, ``held`` says since when those
    held are in hand, ``needed`` the first date of need.

    ready(t) = max(start(t), ready(p) + wait(t, p) of each p before it) + lead;
    due(t) = min(by(t), due(d) - lead - wait(d, t) of each d to obtain after it),
    by(t) the first date of need, or that of booking if it is needed for it.
    """
    before = _waits(types, known, held, booking.to_firm)
    order = _in_order({t: set(waits) for t, waits in before.items()})
    ready, due = dict(held), dict[str, date]()
    for t in order:
        if t not in held:
            earlier = [ready[p] + wait for p, wait in before[t].items() if p in ready]
            ready[t] = max([booking.start(types[t]), *earlier]) + _lead(types[t])
    for t in reversed(order):
        if t not in held:
            by = min(needed[t], booking.by) if types[t].needed_to_book else needed[t]
            later = [
                due[d] - _lead(types[d]) - before[d][t] for d in due if t in before[d]
            ]
            due[t] = min([by, *later])
    return {t: InHand(ready[t], due[t]) for t in order if t in due}


def _waits(
    types: Types, known: Types, held: Mapping[str, date], to_firm: timedelta | None
) -> dict[str, dict[str, timedelta]]:
    """What each waits for, and how long after that is in hand.

    What is applied for once the transport is firm waits for what is needed to book it,
    unless that comes after it.
    """
    before = {t: _before(types, known, t) for t in types}
    waits = {t: dict.fromkeys(before[t], timedelta()) for t in types}
    for t, q in product(types, types) if to_firm is not None else ():
        books = types[q].needed_to_book and types[t].waits_for_transport
        if books and q not in held and t not in before[q] and to_firm is not None:
            waits[t][q] = to_firm
    return waits


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
