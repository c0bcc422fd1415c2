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
from movplan.formulation.escort_cover import Cover
from movplan.formulation.escort_spans import Chain, Spans
from movplan.formulation.pairs import RawPairs
from movplan.formulation.ragged import under
from movplan.formulation.rowbook import IntArray
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


class Care:
    """Everybody's escort needs: which pairs count where, and the runs to be served."""

    def __init__(self, context: Context, pairs: RawPairs) -> None:
        self._context, self._pairs = context, pairs
        self.cover = Cover(context)
        self.spans = Spans(context)
        self.runs: set[tuple[EscortKind, Chain]] = set()
        self._entries: list[tuple[int, int, int]] = []
        self._together: list[tuple[int, int, int]] = []
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
        """Fill the cover rows of every pair with patients; those alike are read once.

        Pairs are alike that need the same escorts on the same rides, whoever it is for.
        """
        itineraries = self._context.screening.itineraries
        alike: dict[tuple[object, ...], int] = {}
        group: list[int] = []
        patients = list(self._with_patients())
        for pair, unit, itinerary, needs in patients:
            rides = itineraries[itinerary].rides
            key = rides, *((need.kind, need.at_once) for need in needs)
            if key not in alike:
                alike[key] = len(alike)
                self._read(alike[key], needs, rides)
            group.append(alike[key])
            self._ask_together(pair, unit, needs, rides)
        self._entries += self.spans.entries()
        self._fill(np.array([pair for pair, *_ in patients], np.int64), group)

    def _with_patients(self) -> Iterator[tuple[int, int, int, tuple[EscortNeed, ...]]]:
        """Pair, unit, itinerary and needs, where somebody needs an escort."""
        pairs, parts = self._pairs, self._context.parts
        patients = np.array([bool(part.needs) for part in parts], np.bool_)
        pair = np.flatnonzero(patients[pairs.unit])
        columns = (pair, *(c[pair] for c in (pairs.unit, pairs.itinerary, pairs.local)))
        for k, unit, itinerary, local in zip(
            *(c.tolist() for c in columns), strict=True
        ):
            needs = parts[unit].needs[local]
            if needs:
                yield k, unit, itinerary, needs

    def _read(self, group: int, needs: tuple[EscortNeed, ...], rides: Chain) -> None:
        """Rows of pairs that are alike."""
        for watch in watches(needs, rides):
            self.runs.add((watch.need, watch.run))
            self.spans.add(group, (watch.need.role, watch.need.share), watch.run)
            for ride in watch.run:
                self._note(watch.need, ride)
                rows = self.cover.rows(watch.need, ride)
                self._entries += [(group, row, 1) for row in rows]

    def _ask_together(
        self, pair: int, unit: int, needs: tuple[EscortNeed, ...], rides: Chain
    ) -> None:
        """Rows of a family that needs several shared escorts at once."""
        for each in needs:
            if each.kind.share is EscortShare.OWN or max(each.at_once, default=0) < 2:
                continue
            for ride, count in zip(rides, each.at_once, strict=True):
                if count > 1:
                    rows = self.cover.together_rows(each.kind, ride, unit)
                    self._together += [(pair, row, count) for row in rows]

    def _fill(self, pair: IntArray, group: list[int]) -> None:
        """Coefficients of all pairs: those of their groups, and their own."""
        member, row, value = np.array(sorted(self._entries), np.int64).reshape(-1, 3).T
        ptr = np.searchsorted(member, np.arange(len(set(group)) + 1))
        which = np.array(group, np.int64)
        owner, at = under(ptr, which)
        self._context.resources.add(pair[owner], row[at], value[at])
        own = np.array(self._together, np.int64).reshape(-1, 3).T
        self._context.resources.add(*own)

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
