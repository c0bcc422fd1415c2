"""Vehicles packed: a family in one vehicle, escorts beside those they serve."""

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

PACKING_WORK = 5.0


@dataclass(frozen=True, slots=True)
class Rider:
    """Somebody to seat in one vehicle over segments ``board .. alight - 1``.

    ``beside`` are positions of riders of whom one must sit in the same vehicle (an
    escort's families); empty for a family.
    """

    board: int
    alight: int
    seats: int
    wheelchairs: int = 0
    stretchers: int = 0
    beside: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """Usable places of one vehicle."""

    seats: int
    wheelchairs: int
    stretchers: int


def pack(riders: Sequence[Rider], rooms: Sequence[Room]) -> list[int] | None:
    """The vehicle of every rider, or ``None`` when they do not fit.

    First fit in order of size; where that fails, CP-SAT decides. Few vehicles are
    touched: a vehicle without a family is sent home.
    """
    quick = _first_fit(riders, rooms)
    return quick if quick is not None else _exact(riders, rooms)


class _Load:
    """What a vehicle carries, per segment."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.taken: dict[int, list[int]] = {}

    def fits(self, rider: Rider) -> bool:
        room = self.room
        for segment in range(rider.board, rider.alight):
            seats, wheelchairs, stretchers = self.taken.get(segment, (0, 0, 0))
            if (
                seats + rider.seats > room.seats
                or wheelchairs + rider.wheelchairs > room.wheelchairs
                or stretchers + rider.stretchers > room.stretchers
            ):
                return False
        return True

    def take(self, rider: Rider) -> None:
        for segment in range(rider.board, rider.alight):
            taken = self.taken.setdefault(segment, [0, 0, 0])
            taken[0] += rider.seats
            taken[1] += rider.wheelchairs
            taken[2] += rider.stretchers


def _first_fit(riders: Sequence[Rider], rooms: Sequence[Room]) -> list[int] | None:
    """Largest first; families with an escort take a seat more in mind."""
    loads = [_Load(room) for room in rooms]
    place = [-1] * len(riders)
    escorted = {k for rider in riders for k in rider.beside[:1]}
    families = [k for k, rider in enumerate(riders) if not rider.beside]
    families.sort(
        key=lambda k: (
            -riders[k].stretchers,
            -riders[k].wheelchairs,
            -(k in escorted),
            -riders[k].seats,
            k,
        )
    )
    order = []
    for k in families:
        order.append(k)
        order += [e for e, rider in enumerate(riders) if rider.beside[:1] == (k,)]
    for k in order:
        wanted = {place[b] for b in riders[k].beside if place[b] >= 0}
        allowed = [v for v in range(len(rooms)) if not riders[k].beside or v in wanted]
        found = next((v for v in allowed if loads[v].fits(riders[k])), None)
        if found is None:
            return None
        loads[found].take(riders[k])
        place[k] = found
    return place


def _exact(riders: Sequence[Rider], rooms: Sequence[Room]) -> list[int] | None:
    model = cp_model.CpModel()
    into = [[model.new_bool_var("") for _ in rooms] for _ in riders]
    for k, rider in enumerate(riders):
        model.add_exactly_one(into[k])
        for v in range(len(rooms) if rider.beside else 0):
            model.add_bool_or([into[b][v] for b in rider.beside]).only_enforce_if(
                into[k][v]
            )
    last = max((rider.alight for rider in riders), default=0)
    for v, room in enumerate(rooms):
        for segment in range(last):
            aboard = [
                (k, r) for k, r in enumerate(riders) if r.board <= segment < r.alight
            ]
            for limit, size in (
                (room.seats, [r.seats for _, r in aboard]),
                (room.wheelchairs, [r.wheelchairs for _, r in aboard]),
                (room.stretchers, [r.stretchers for _, r in aboard]),
            ):
                terms = [into[k][v] for k, _ in aboard]
                if any(size):
                    model.add(cp_model.LinearExpr.weighted_sum(terms, size) <= limit)
    solver = small_solver(PACKING_WORK)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return [next(v for v, b in enumerate(row) if solver.value(b)) for row in into]


def small_solver(work: float) -> cp_model.CpSolver:
    """A repeatable solver for small puzzles: one worker, deterministic time."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = work
    solver.parameters.catch_sigint_signal = False
    return solver
