"""Vehicles packed: a family in one vehicle, escorts beside those they serve."""

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

PACKING_WORK = 5.0


@dataclass(frozen=True, slots=True)
class Rider:
    """Somebody to seat in one vehicle over segments ``board .. alight - 1``.

    ``beside`` are positions of riders of whom one must sit in the same vehicle (an
    escort's families); empty for a family. ``staff`` of the convoy sit in any vehicle
    that carries a family or goes along anyway. ``only`` are the vehicles it may be in,
    where it is pinned to some.
    """

    board: int
    alight: int
    seats: int
    wheelchairs: int = 0
    stretchers: int = 0
    beside: tuple[int, ...] = ()
    staff: bool = False
    only: frozenset[int] | None = None

    @property
    def is_family(self) -> bool:
        """Whether it is a family, who makes a vehicle needed."""
        return not self.beside and not self.staff

    def may_be_in(self, vehicle: int) -> bool:
        """Whether a pin allows the vehicle."""
        return self.only is None or vehicle in self.only


@dataclass(frozen=True, slots=True)
class Room:
    """Usable places of one vehicle."""

    seats: int
    wheelchairs: int
    stretchers: int


NONE: frozenset[int] = frozenset()


def pack(
    riders: Sequence[Rider],
    rooms: Sequence[Room],
    *,
    kept: frozenset[int] = NONE,
    filled: frozenset[int] = NONE,
) -> list[int] | None:
    """The vehicle of every rider, or ``None`` when they do not fit.

    First fit in order of size; where that fails, CP-SAT decides. Few vehicles are
    touched: a vehicle without a family is sent home, but for those ``kept``; each of
    those to be ``filled`` gets one.
    """
    quick = None if filled else _first_fit(riders, rooms, kept)
    return quick if quick is not None else _exact(riders, rooms, kept, filled)


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


def _first_fit(
    riders: Sequence[Rider], rooms: Sequence[Room], kept: frozenset[int]
) -> list[int] | None:
    """Largest first; families with an escort take a seat more in mind; staff last."""
    loads = [_Load(room) for room in rooms]
    place = [-1] * len(riders)
    for k in _order(riders):
        rider = riders[k]
        found = next(
            (
                v
                for v in _allowed(rider, place, riders, kept, len(rooms))
                if rider.may_be_in(v) and loads[v].fits(rider)
            ),
            None,
        )
        if found is None:
            return None
        loads[found].take(rider)
        place[k] = found
    return place


def _order(riders: Sequence[Rider]) -> list[int]:
    """Families by size, each followed by its escort, then the staff."""
    escorted = {k for rider in riders for k in rider.beside[:1]}
    families = [k for k, rider in enumerate(riders) if rider.is_family]
    families.sort(
        key=lambda k: (
            riders[k].only is None,
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
    return [*order, *(k for k, rider in enumerate(riders) if rider.staff)]


def _allowed(
    rider: Rider,
    place: list[int],
    riders: Sequence[Rider],
    kept: frozenset[int],
    num_rooms: int,
) -> list[int]:
    """Vehicles a rider may be in, given who is where so far."""
    if rider.is_family:
        return list(range(num_rooms))
    if rider.staff:
        with_family = {
            v for v, other in zip(place, riders, strict=True) if other.is_family
        }
        return sorted((with_family | kept) - {-1})
    return sorted({place[b] for b in rider.beside if place[b] >= 0})


def _exact(
    riders: Sequence[Rider],
    rooms: Sequence[Room],
    kept: frozenset[int],
    filled: frozenset[int],
) -> list[int] | None:
    model = cp_model.CpModel()
    into = [[model.new_bool_var("") for _ in rooms] for _ in riders]
    _seat(model, riders, into, kept, filled)
    for v, room in enumerate(rooms):
        _limit(model, riders, [row[v] for row in into], room)
    solver = small_solver(PACKING_WORK)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return [next(v for v, b in enumerate(row) if solver.value(b)) for row in into]


def _seat(
    model: cp_model.CpModel,
    riders: Sequence[Rider],
    into: Sequence[Sequence[cp_model.IntVar]],
    kept: frozenset[int],
    filled: frozenset[int],
) -> None:
    """Everybody in one vehicle: where a pin says so, escorts and staff in company."""
    families = [k for k, rider in enumerate(riders) if rider.is_family]
    for k, rider in enumerate(riders):
        model.add_exactly_one(into[k])
        company = families if rider.staff else rider.beside
        for v, sits in enumerate(into[k]):
            if not rider.may_be_in(v):
                model.add(sits == 0)
            if company and not (rider.staff and v in kept):
                with_them = [into[b][v] for b in company]
                model.add_bool_or(with_them).only_enforce_if(sits)
    for v in sorted(filled):
        model.add_bool_or([into[b][v] for b in families])


def _limit(
    model: cp_model.CpModel,
    riders: Sequence[Rider],
    sits: Sequence[cp_model.IntVar],
    room: Room,
) -> None:
    """Places of one vehicle on every segment."""
    for segment in range(max((rider.alight for rider in riders), default=0)):
        aboard = [(k, r) for k, r in enumerate(riders) if r.board <= segment < r.alight]
        terms = [sits[k] for k, _ in aboard]
        for limit, size in (
            (room.seats, [r.seats for _, r in aboard]),
            (room.wheelchairs, [r.wheelchairs for _, r in aboard]),
            (room.stretchers, [r.stretchers for _, r in aboard]),
        ):
            if any(size):
                model.add(cp_model.LinearExpr.weighted_sum(terms, size) <= limit)


def small_solver(work: float) -> cp_model.CpSolver:
    """A repeatable solver for small puzzles: one worker, deterministic time."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = work
    solver.parameters.catch_sigint_signal = False
    return solver
