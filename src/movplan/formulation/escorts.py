"""Escorts for patients: who needs whom on which ride, and rows that ask for them.

Per departure segment, role and share: patients <= n x missions, n at a time. Patients
who wish for something (sex, language, skills) count in a second row, of those who can.
Rows over whole chains of rides (`escort_spans`) say what segments cannot.

Where patients differ in how many others their escort may have (``at_a_time``), an
escort takes the fewest of those it looks after. There is a mission column per number,
and rows per number n besides: patients with n or fewer <= what missions limited to n or
fewer take, and escorts whose own row says how many.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from movplan.domain.words import EscortRole, EscortShare
from movplan.formulation.context import Context
from movplan.formulation.escort_spans import Chain, Spans
from movplan.formulation.pairs import RawPairs
from movplan.formulation.rowbook import RowName
from movplan.network.itinerary import Ride
from movplan.screening.escort_need import EscortKind, EscortNeed


@dataclass(frozen=True, slots=True)
class Watch:
    """A patient to be looked after by one escort on consecutive rides.

    ``rank`` tells the escorts a patient needs at once from one another.
    """

    member_id: str
    need: EscortKind
    rank: int
    run: Chain


def watches(needs: tuple[EscortNeed, ...], rides: Chain) -> Iterator[Watch]:
    """Maximal runs of rides on which a patient needs a first, a second, ... escort."""
    for each in needs:
        for rank in range(1, max(each.at_once, default=0) + 1):
            wanted = [count >= rank for count in each.at_once]
            for run in _runs(wanted, rides):
                yield Watch(each.member_id, each.kind, rank, run)


def _runs(wanted: list[bool], rides: Chain) -> list[Chain]:
    runs: list[list[Ride]] = [[]]
    for ride, want in zip(rides, wanted, strict=True):
        if want:
            runs[-1].append(ride)
        elif runs[-1]:
            runs.append([])
    return [tuple(run) for run in runs if run]


Key = tuple[EscortRole, EscortShare, str, int]


class Cover:
    """Rows asking for escorts: per departure segment, role, share and wish."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.needs: dict[Key, set[EscortKind]] = {}
        self.together: dict[Key, set[str]] = {}
        self.numbers = _numbers(context)

    def rows(self, need: EscortKind, ride: Ride) -> Iterator[int]:
        """Rows a patient counts in on a ride: everybody's, and that of its own wish."""
        for segment in range(ride.board, ride.alight):
            key = (need.role, need.share, ride.departure_id, segment)
            self.needs.setdefault(key, set()).add(need)
            for limit in self.limits(need.role, need.share, need.at_a_time):
                yield self._context.rows.row(cover_name(need, key, limit, wish=False))
                if need.wished:
                    row = cover_name(need, key, limit, wish=True)
                    yield self._context.rows.row(row)

    def limits(
        self, role: EscortRole, share: EscortShare, at_a_time: int
    ) -> Iterator[int | None]:
        """Numbers at a time, from one up, that have a row; ``None``: everybody's."""
        yield None
        if share is EscortShare.SHARED:
            yield from (n for n in self.numbers[role][:-1] if n >= at_a_time)

    def together_rows(self, need: EscortKind, ride: Ride, unit: int) -> Iterator[int]:
        """Rows that ask for several shared escorts at once, for one family."""
        for segment in range(ride.board, ride.alight):
            key = (need.role, need.share, ride.departure_id, segment)
            self.together.setdefault(key, set()).add(str(unit))
            yield self._context.rows.row(together_name(key, str(unit)))


def _numbers(context: Context) -> dict[EscortRole, list[int]]:
    """How many at a time some patient's shared escort of a role may have, in order."""
    kinds = {
        need.kind for part in context.parts for needs in part.needs for need in needs
    }
    found: dict[EscortRole, set[int]] = {role: set() for role in EscortRole}
    for kind in kinds:
        if kind.share is EscortShare.SHARED:
            found[kind.role].add(kind.at_a_time)
    return {role: sorted(numbers) for role, numbers in found.items()}


def cover_name(need: EscortKind, key: Key, limit: int | None, *, wish: bool) -> RowName:
    """Name of a cover row; with ``wish``, of those asking for the same.

    With a ``limit``, of those whose escort may have no more than so many at a time.
    """
    role, share, departure_id, segment = key
    detail = f"{role.value}/{share.value}/{segment}"
    if wish:
        detail += f"/{need.sex or ''}/{need.language or ''}/{'+'.join(need.skills)}"
    if limit is not None:
        detail += f"/at most {limit}"
    return RowName("escort_cover", departure_id, detail)


def together_name(key: Key, unit: str) -> RowName:
    """Name of the row that asks for several escorts of a kind at once."""
    role, share, departure_id, segment = key
    detail = f"{role.value}/{share.value}/{segment}/together/{unit}"
    return RowName("escort_cover", departure_id, detail)


class Care:
    """Everybody's escort needs: which pairs count where, and the runs to be served."""

    def __init__(self, context: Context, pairs: RawPairs) -> None:
        self._context, self._pairs = context, pairs
        self.cover = Cover(context)
        self.spans = Spans(context)
        self.runs: set[tuple[EscortKind, Chain]] = set()
        self._entries: list[tuple[int, int, int]] = []
        self._numbers: dict[tuple[EscortRole, str], set[int]] = {}

    @cached_property
    def asked(self) -> frozenset[EscortRole]:
        """Roles of which some patient has a wish."""
        return frozenset(need.role for need, _ in self.runs if need.wished)

    def numbers_on(self, role: EscortRole, chain: Chain) -> list[int]:
        """How many at a time shared patients on departures of a chain allow."""
        aboard = (self._numbers.get((role, ride.departure_id), set()) for ride in chain)
        return sorted(set().union(*aboard))

    def add(self) -> None:
        """Fill the cover rows of every pair with patients."""
        pairs, parts = self._pairs, self._context.parts
        patients = np.array([bool(part.needs) for part in parts], np.bool_)
        for pair in np.flatnonzero(patients[pairs.unit]).tolist():
            unit = int(pairs.unit[pair])
            needs = parts[unit].needs[int(pairs.local[pair])]
            if needs:
                self._add(pair, unit, needs)
        self._entries += self.spans.entries()
        column, row, value = np.array(self._entries, np.int64).reshape(-1, 3).T
        self._context.resources.add(column, row, value)

    def _add(self, pair: int, unit: int, needs: tuple[EscortNeed, ...]) -> None:
        rides = self._context.screening.itineraries[self._pairs.itinerary[pair]].rides
        for watch in watches(needs, rides):
            self.runs.add((watch.need, watch.run))
            self.spans.add(pair, (watch.need.role, watch.need.share), watch.run)
            for ride in watch.run:
                self._note(watch.need, ride)
                rows = self.cover.rows(watch.need, ride)
                self._entries += [(pair, row, 1) for row in rows]
        for each in needs:
            if each.kind.share is EscortShare.OWN:
                continue
            for ride, count in zip(rides, each.at_once, strict=True):
                if count > 1:
                    rows = self.cover.together_rows(each.kind, ride, unit)
                    self._entries += [(pair, row, count) for row in rows]

    def _note(self, need: EscortKind, ride: Ride) -> None:
        if need.share is EscortShare.SHARED:
            known = self._numbers.setdefault((need.role, ride.departure_id), set())
            known.add(need.at_a_time)


def add_care(context: Context, pairs: RawPairs) -> Care:
    """Rows that ask for escorts, and the runs of rides to be served."""
    care = Care(context, pairs)
    if context.keeps("escort_cover"):
        care.add()
    return care
