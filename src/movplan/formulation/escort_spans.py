"""How far an escort goes: rows over chains of rides, where segments say too little.

Counting patients and missions segment by segment allows two things nobody can do:

- a patient handed over where no escort may take over. A *stage* is a part of a
  patient's rides between two places of handover. For every stage of several rides,
  role and share: patients whose stage holds it <= n x missions that hold it.
- an escort sent along rides that no patient needs from end to end. For every chain,
  role and share: missions along the chain <= patients who ride exactly the chain.
"""

from collections import defaultdict
from collections.abc import Iterator

from movplan.domain.words import EscortRole, EscortShare
from movplan.formulation.context import Context
from movplan.formulation.rowbook import RowName
from movplan.network.itinerary import Ride

Chain = tuple[Ride, ...]
Kind = tuple[EscortRole, EscortShare]
Segments = frozenset[tuple[str, int]]
Entry = tuple[int, int, int]


class Spans:
    """Rows over chains: who needs one escort all along, and whom a mission is for."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._whole: dict[tuple[Kind, Chain], int] = {}
        self._riders: list[Entry] = []
        self._stages: dict[Kind, dict[Chain, list[int]]] = defaultdict(dict)
        self._through: dict[tuple[Kind, str], list[tuple[Segments, int]]] = {}

    def add(self, group: int, kind: Kind, run: Chain) -> None:
        """Count a patient of pairs that are alike, with an escort on a run of rides."""
        for stage in stages_of(self._context, run):
            self._stages[kind].setdefault(stage, []).append(group)
        if not self._context.keeps("escort_mission"):
            return
        for chain in serving_chains(self._context, run):
            row = self._context.rows.row(_name("escort_mission", kind, chain))
            self._whole[kind, chain] = row
            self._riders.append((group, row, -1))

    def entries(self) -> list[Entry]:
        """Group of pairs, row and coefficient of everybody counted."""
        return [*self._riders, *self._held_by_stages()]

    def given(
        self, kind: Kind, chain: Chain, serves: int, *, free: bool
    ) -> Iterator[tuple[int, int]]:
        """Rows a mission along a chain helps with (> 0) or weighs on (< 0).

        ``serves`` patients at a time; with ``free`` somebody is pinned to its escort,
        so that it need not be for a patient.
        """
        if not free and (kind, chain) in self._whole:
            yield self._whole[kind, chain], -1
        yield from ((row, serves) for row in self._within(kind, chain))

    def _held_by_stages(self) -> Iterator[Entry]:
        """Entries of every stage of several rides, by those whose stage holds it."""
        for kind, riders in self._stages.items():
            for stage in riders:
                if len(stage) > 1:
                    row = self._context.rows.row(_name("escort_cover", kind, stage))
                    starting = kind, stage[0].departure_id
                    rows = self._through.setdefault(starting, [])
                    rows.append((segments_of(stage), row))
            for stage, groups in riders.items():
                for row in self._within(kind, stage):
                    yield from ((group, row, 1) for group in groups)

    def _within(self, kind: Kind, chain: Chain) -> Iterator[int]:
        """Rows of the stages of several rides that a chain holds."""
        segments = segments_of(chain)
        for departure_id in dict.fromkeys(ride.departure_id for ride in chain):
            for stage, row in self._through.get((kind, departure_id), ()):
                if stage <= segments:
                    yield row


def segments_of(chain: Chain) -> Segments:
    """The departure segments a chain of rides uses."""
    return frozenset(
        (ride.departure_id, k) for ride in chain for k in range(ride.board, ride.alight)
    )


def stages_of(context: Context, run: Chain) -> list[Chain]:
    """A run cut at the places where an escort may hand over."""
    stages: list[list[Ride]] = [[]]
    for ride in run:
        stages[-1].append(ride)
        if context.files.places[ride.to_place].handover:
            stages.append([])
    return [tuple(stage) for stage in stages if stage]


def serving_chains(context: Context, run: Chain) -> Iterator[Chain]:
    """Contiguous parts of a run that begin and end where an escort may change."""
    stages = stages_of(context, run)
    for first in range(len(stages)):
        chain: Chain = ()
        for stage in stages[first:]:
            chain = (*chain, *stage)
            yield chain


def chain_text(chain: Chain) -> str:
    """A chain as a row or column names it."""
    return "+".join(f"{r.departure_id}:{r.board}-{r.alight}" for r in chain)


def _name(rule: str, kind: Kind, chain: Chain) -> RowName:
    role, share = kind
    detail = f"{role.value}/{share.value}/along/{chain_text(chain)}"
    return RowName(rule, chain[0].departure_id, detail)
