"""One convoy decided again with its vehicles: who rides, in which vehicle, how many.

The model counts a convoy's seats; families do not split, so a convoy can be full by
count and still not pack. Here its riders, and those left out who could ride it, choose
anew with a vehicle each. Columns on other convoys stay out of it, so those that pack
keep packing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack, vstack

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.master import Held
from movplan.optimiser.packing import Rider, Room
from movplan.optimiser.parts import Part, cut_out
from movplan.optimiser.program import Effort, Program, solve_cpsat
from movplan.optimiser.progress import Stop
from movplan.optimiser.solution import Solution

WORK = 4.0
# Choices of a vehicle for a unit beyond which nothing is found in that work.
MOST_CHOICES = 50_000


@dataclass(frozen=True, slots=True)
class Convoy:
    """A convoy to be decided again.

    ``riders`` are the units that may ride it with what they take, ``candidates`` the
    pool columns they may choose from, ``rides_it`` marks those on this convoy.
    ``fleet`` pairs hire columns of the plant with a vehicle's room.
    """

    riders: dict[int, Rider]
    candidates: IntArray
    rides_it: IntArray
    fleet: tuple[tuple[int, Room], ...]


def repack(
    blocs: BlocPool,
    held: Held,
    solution: Solution,
    convoy: Convoy,
    stop: Stop,
) -> Solution | None:
    """The best way to fill one convoy that packs, or ``None`` if none was found.

    Blocs of several units (companions, round trips) stay as they are or stay behind.
    ``blocs`` gets columns more.
    """
    if _choices(blocs.model, convoy) > MOST_CHOICES:
        return None
    free = np.unique(blocs.blocs.of_unit[sorted(convoy.riders)])
    candidates = _bloc_columns(blocs, solution, convoy, free)
    part = cut_out(held, blocs, solution, free, candidates)
    program = _with_vehicles(blocs.model, part, convoy)
    answer = solve_cpsat(program, Effort(work=WORK), None, stop)
    if answer.x is None:
        return None
    return part.merge(solution, answer.x[: len(part.program.bound)])


def _choices(model: Model, convoy: Convoy) -> int:
    """Units that may ride, times vehicles that could be hired."""
    hired = [int(model.plant.upper[column]) for column, _ in convoy.fleet]
    return len(convoy.riders) * sum(hired)


def _bloc_columns(
    blocs: BlocPool, solution: Solution, convoy: Convoy, free: IntArray
) -> IntArray:
    """What free blocs may do: what they do now, or a candidate of a unit alone."""
    of_unit = blocs.blocs.of_unit
    now = blocs.of_solution(solution)
    units = blocs.model.pairs.unit[blocs.pool.columns.pair[convoy.candidates]]
    alone = np.bincount(of_unit)[of_unit[units]] == 1
    member = convoy.candidates[alone]
    added = blocs.add(of_unit[units[alone]], np.arange(len(member)), member)
    return np.union1d(added, now[np.isin(blocs.bloc[now], free)])


def _riding(part: Part, convoy: Convoy, unit: int) -> IntArray:
    """Positions of the candidates in which a unit rides the convoy."""
    pool = part.pool
    own = pool.model.pairs.unit[pool.pool.columns.pair[pool.member]] == unit
    rides = own & np.isin(pool.member, convoy.rides_it)
    column = np.repeat(np.arange(len(pool)), np.diff(pool.ptr))[rides]
    return np.flatnonzero(np.isin(part.candidates, column))


def _with_vehicles(model: Model, part: Part, convoy: Convoy) -> Program:
    """Add z (unit in vehicle) and h (vehicle hired) to the part's program."""
    base = part.program
    vehicles = _vehicles(model, part, convoy)
    units, width = sorted(convoy.riders), len(base.bound)
    num_z = len(units) * len(vehicles)
    rows = _Rows(width + num_z + len(vehicles))
    for i, u in enumerate(units):
        z = {width + i * len(vehicles) + v: -1 for v in range(len(vehicles))}
        mine = _riding(part, convoy, u)
        rows.add({int(c): 1 for c in mine} | z, 0, equal=True)
    for v, (_, room) in enumerate(vehicles):
        for used, limit in _loads(convoy, units, room):
            z = {width + i * len(vehicles) + v: load for i, load in used.items()}
            rows.add(z | {width + num_z + v: -limit}, 0)
    for column in dict.fromkeys(column for column, _ in vehicles):
        mine_v = [v for v, (own, _) in enumerate(vehicles) if own == column]
        hired = {width + num_z + v: 1 for v in mine_v}
        at = int(np.flatnonzero(part.plant == column)[0]) + len(part.candidates)
        rows.add(hired | {at: -1}, 0)
    extra, upper, equal = rows.finish()
    empty = csr_array((base.matrix.shape[0], num_z + len(vehicles)), dtype=np.int64)
    return Program(
        objective=np.concatenate(
            [base.objective, np.zeros(num_z + len(vehicles), np.int64)]
        ),
        matrix=csr_array(vstack([hstack([base.matrix, empty]), extra], format="csr")),
        upper=np.concatenate([base.upper, upper]),
        equal=np.concatenate([base.equal, equal]),
        bound=np.concatenate([base.bound, np.ones(num_z + len(vehicles), np.int64)]),
    )


def _vehicles(model: Model, part: Part, convoy: Convoy) -> list[tuple[int, Room]]:
    """Every vehicle that could be hired, with its hire column."""
    return [
        (column, room)
        for column, room in convoy.fleet
        if column in part.plant
        for _ in range(int(model.plant.upper[column]))
    ]


def _loads(
    convoy: Convoy, units: Sequence[int], room: Room
) -> list[tuple[dict[int, int], int]]:
    """Per segment and dimension: what each unit (by position) takes, and the room."""
    last = max(rider.alight for rider in convoy.riders.values())
    found = []
    for segment in range(last):
        aboard = {
            i: convoy.riders[u]
            for i, u in enumerate(units)
            if convoy.riders[u].board <= segment < convoy.riders[u].alight
        }
        found.append(({i: r.seats for i, r in aboard.items()}, room.seats))
        found.append(({i: r.wheelchairs for i, r in aboard.items()}, room.wheelchairs))
        found.append(({i: r.stretchers for i, r in aboard.items()}, room.stretchers))
    return [(used, limit) for used, limit in found if any(used.values())]


class _Rows:
    """Rows written entry by entry."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.entries: list[tuple[int, int, int]] = []
        self.upper: list[int] = []
        self.equal: list[bool] = []

    def add(self, terms: dict[int, int], upper: int, *, equal: bool = False) -> None:
        """Add one row."""
        row = len(self.upper)
        self.entries += [(row, column, value) for column, value in terms.items()]
        self.upper.append(upper)
        self.equal.append(equal)

    def finish(self) -> tuple[csr_array, IntArray, NDArray[np.bool_]]:
        """The rows as arrays."""
        row, column, value = np.array(self.entries, np.int64).reshape(-1, 3).T
        shape = (len(self.upper), self.width)
        return (
            csr_array((value, (row, column)), shape=shape),
            np.array(self.upper, np.int64),
            np.array(self.equal, np.bool_),
        )
