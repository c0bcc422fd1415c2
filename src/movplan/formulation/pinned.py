"""Pins beyond a departure: the vehicle a family rides in, the escort who serves it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from movplan.costing.fixed_charges import vehicle_type_of
from movplan.domain.assignments import Assignment
from movplan.domain.scenario import Scenario
from movplan.domain.words import AssignmentState, Part
from movplan.formulation.context import Context
from movplan.formulation.escort_spans import Chain
from movplan.formulation.pairs import RawPairs
from movplan.formulation.plant import PlantBook
from movplan.formulation.ride_table import Aboard
from movplan.formulation.rowbook import IntArray, RowName
from movplan.formulation.transport_rows import TransportRows

WITH_DETAILS = frozenset(
    {AssignmentState.PINNED, AssignmentState.LOCKED, AssignmentState.DEPARTED}
)
EscortId = str


@dataclass(frozen=True, slots=True)
class Pinned:
    """Vehicle and escort of families' parts per departure, where a pin names one."""

    vehicle: dict[tuple[str, Part, str], str]
    escort: dict[tuple[str, Part, str], EscortId]

    @classmethod
    def of(cls, scenario: Scenario) -> "Pinned":
        """The pins of a scenario."""
        rows = [row for row in scenario.assignments if row.state in WITH_DETAILS]
        return cls(
            vehicle={_key(r): r.vehicle for r in rows if r.vehicle is not None},
            escort={_key(r): r.escort_id for r in rows if r.escort_id is not None},
        )

    def escorted(
        self, family_id: str, part: Part, rides: Chain
    ) -> Iterator[tuple[EscortId, Chain]]:
        """Runs of consecutive rides that are pinned to one escort."""
        names = [self.escort.get((family_id, part, r.departure_id)) for r in rides]
        for name, run in groupby(zip(names, rides, strict=True), key=itemgetter(0)):
            if name is not None:
                yield name, tuple(ride for _, ride in run)


@dataclass(slots=True)
class PinRows:
    """Rows that ask for an escort by id per departure segment, and its chains."""

    rows: dict[tuple[EscortId, str, int], set[int]] = field(
        default_factory=lambda: defaultdict(set)
    )
    chains: dict[EscortId, set[Chain]] = field(default_factory=lambda: defaultdict(set))


def _key(row: Assignment) -> tuple[str, Part, str]:
    return row.family_id, row.part, row.departure_id


def add_pinned_vehicles(
    context: Context,
    plant: PlantBook,
    transport: TransportRows,
    aboard: Aboard,
    pinned: Pinned,
) -> None:
    """As many vehicles of a type as families are pinned to, by name.

    sum over names (the first family pinned to it rides) <= vehicles of the type;
    whoever does not fit into a vehicle of that type does not ride.
    """
    if not context.keeps("pins"):
        return
    hires = {
        (name.subject, name.detail): k
        for k, name in enumerate(plant.names)
        if name.kind == "hire"
    }
    named: set[tuple[str, str]] = set()
    supplied: set[int] = set()
    for (family_id, part, departure_id), vehicle in sorted(pinned.vehicle.items()):
        kind = vehicle_type_of(vehicle)
        k = transport.index.get(departure_id, -1)
        mine = _aboard(context, aboard, (family_id, part), k)
        tight = ~_fit(context, aboard, departure_id, kind, mine)
        row = context.rows.row(RowName("pins", departure_id, f"{vehicle}/{family_id}"))
        _count(context, aboard.pair[mine[tight]], row)
        if (departure_id, vehicle) not in named:
            named.add((departure_id, vehicle))
            row = context.rows.row(RowName("pins", departure_id, kind))
            _count(context, aboard.pair[mine], row)
            column = hires.get((departure_id, kind))
            if column is not None and row not in supplied:
                plant.use(column, row, -1)
                supplied.add(row)


def _aboard(
    context: Context, aboard: Aboard, who: tuple[str, Part], k: int
) -> IntArray:
    """Where a part rides departure number ``k``."""
    unit = context.units.get(who, len(context.parts))
    first, end = np.searchsorted(aboard.unit, [unit, unit + 1])
    departure = aboard.table.departure[aboard.ride[first:end]]
    mine: IntArray = np.arange(first, end)[departure == k]
    return mine


def _fit(
    context: Context, aboard: Aboard, departure_id: str, type_id: str, mine: IntArray
) -> NDArray[np.bool_]:
    """Whether a family fits into an empty vehicle of a type."""
    kind = context.vehicle_types.get(type_id)
    if kind is None:
        return np.zeros(len(mine), np.bool_)
    seats = context.fleets.seats(context.departures[departure_id], kind)
    rider = aboard.rider
    fits: NDArray[np.bool_] = (
        (rider.convoy_seats[mine] <= seats)
        & (rider.wheelchairs[mine] <= kind.wheelchair_places)
        & (rider.stretchers[mine] <= kind.stretcher_places)
    )
    return fits


def _count(context: Context, pair: IntArray, row: int) -> None:
    context.resources.add(pair, np.full(len(pair), row), np.ones_like(pair))


def add_pinned_escorts(context: Context, pairs: RawPairs, pinned: Pinned) -> PinRows:
    """Rows that a pinned escort's missions give to: family rides <= missions."""
    found = PinRows()
    if not context.keeps("pins"):
        return found
    for family_id, part in sorted({(f, p) for f, p, _ in pinned.escort}):
        for pair, rides in _riding(context, pairs, family_id, part):
            for escort_id, chain in pinned.escorted(family_id, part, rides):
                found.chains[escort_id].update(_parts_of(chain))
                for ride in chain:
                    for segment in range(ride.board, ride.alight):
                        detail = f"{escort_id}/{family_id}/{segment}"
                        name = RowName("pins", ride.departure_id, detail)
                        row = context.rows.row(name)
                        context.resources.add(
                            np.array([pair]), np.array([row]), np.array([1])
                        )
                        found.rows[escort_id, ride.departure_id, segment].add(row)
    return found


def _parts_of(run: Chain) -> Iterator[Chain]:
    """Contiguous parts of a run: the escort may go several times, resting between."""
    yield from (run[i:k] for i, k in combinations(range(len(run) + 1), 2))


def _riding(
    context: Context, pairs: RawPairs, family_id: str, part: Part
) -> Iterator[tuple[int, Chain]]:
    """Pairs of a part with their rides."""
    unit = context.units.get((family_id, part), len(context.parts))
    start, end = np.searchsorted(pairs.unit, [unit, unit + 1]).tolist()
    for pair in range(start, end):
        yield pair, context.screening.itineraries[int(pairs.itinerary[pair])].rides
