"""Vehicles packed: a family in one vehicle, escorts beside those they serve."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

PACKING_WORK = 5.0
# Vehicles decided again at first where first fit leaves somebody without a place, and
# how many of those with most room are among them for each of these.
FEW_VEHICLES, MOST_ROOM = 6, 2


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

    First fit in order of size; where that leaves somebody without, vehicles filled one
    after another to the last seat; then CP-SAT, for a few vehicles with room and all in
    them before it decides for all. Few vehicles are touched: a vehicle without a family
    is sent home, but for those ``kept``; each of those to be ``filled`` gets one.
    """
    if filled:
        return _exact(riders, rooms, kept, filled)
    if _too_many(riders, rooms):
        return None
    for seat in (_first_fit, _fullest):
        loads = [_Load(room) for room in rooms]
        place = seat(riders, loads, kept)
        if -1 not in place:
            return place
    if len(rooms) >= 2 * FEW_VEHICLES:
        again = _some_again(riders, loads, kept, place)
        if again is not None:
            return again
    return _exact(riders, rooms, kept, filled)


def _too_many(riders: Sequence[Rider], rooms: Sequence[Room]) -> bool:
    """Whether they are more than all vehicles together have places for."""
    whole = _Load(
        Room(
            seats=sum(room.seats for room in rooms),
            wheelchairs=sum(room.wheelchairs for room in rooms),
            stretchers=sum(room.stretchers for room in rooms),
        )
    )
    for rider in riders:
        if not whole.fits(rider):
            return True
        whole.take(rider)
    return False


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

    def seats_left(self) -> int:
        """Seats free from end to end."""
        fullest = max((seats for seats, _, _ in self.taken.values()), default=0)
        return self.room.seats - fullest


def _first_fit(
    riders: Sequence[Rider], loads: Sequence[_Load], kept: frozenset[int]
) -> list[int]:
    """Largest first; families with an escort take a seat more in mind; staff last.

    Whoever fits nowhere has place -1.
    """
    return _placed(_order(riders), riders, loads, kept, [-1] * len(riders))


def _placed(
    order: Iterable[int],
    riders: Sequence[Rider],
    loads: Sequence[_Load],
    kept: frozenset[int],
    place: list[int],
) -> list[int]:
    """First fit for those in ``order``; others have their place."""
    for k in order:
        rider = riders[k]
        found = next(
            (
                v
                for v in _allowed(rider, place, riders, kept, len(loads))
                if rider.may_be_in(v) and loads[v].fits(rider)
            ),
            None,
        )
        if found is not None:
            loads[found].take(rider)
            place[k] = found
    return place


def _fullest(
    riders: Sequence[Rider], loads: Sequence[_Load], kept: frozenset[int]
) -> list[int]:
    """Vehicles filled one after another to the last seat, with the largest that do so.

    This is for families that only take seats, from end to end, each with its escorts;
    whoever is in a place of its own goes before them, staff and escorts of several
    after them, all first fit. Whoever fits nowhere has place -1.
    """
    order, place = _order(riders), [-1] * len(riders)
    company = _company(riders)
    last = max((rider.alight for rider in riders), default=0)
    plain = [k for k in order if _only_sits(riders[k], last) and k in company]
    together = {k: sum(riders[j].seats for j in company[k]) for k in plain}
    others = [k for k in order if k not in together and riders[k].is_family]
    _placed([j for k in others for j in company[k]], riders, loads, kept, place)
    for v, load in enumerate(loads):
        for k in _filling({k: together[k] for k in plain}, load.seats_left()):
            for j in company[k]:
                load.take(riders[j])
                place[j] = v
        plain = [k for k in plain if place[k] < 0]
    return _placed([k for k in order if place[k] < 0], riders, loads, kept, place)


def _company(riders: Sequence[Rider]) -> dict[int, list[int]]:
    """Families, each with the escorts that sit beside it first of all."""
    found = {k: [k] for k, rider in enumerate(riders) if rider.is_family}
    for k, rider in enumerate(riders):
        for family in rider.beside[:1]:
            found[family].append(k)
    return found


def _only_sits(rider: Rider, last: int) -> bool:
    """Whether somebody takes nothing but seats from end to end, in any vehicle."""
    whole = (rider.board, rider.alight) == (0, last)
    return whole and rider.only is None and not rider.wheelchairs + rider.stretchers


def _filling(sizes: dict[int, int], room: int) -> list[int]:
    """Of some sizes, by key, those that fill a room best without the smallest ones.

    What is small fits in anywhere later. ``sums[n]`` has the bit s set if some of the n
    largest add up to s.
    """
    order = sorted(sizes, key=lambda k: -sizes[k])
    sums = [1]
    for k in order:
        sums.append((sums[-1] | sums[-1] << sizes[k]) & ((2 << room) - 1))
    left, found = sums[-1].bit_length() - 1, []
    for n, k in reversed(list(enumerate(order))):
        if not sums[n] >> left & 1:
            found.append(k)
            left -= sizes[k]
    return found


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


def _some_again(
    riders: Sequence[Rider],
    loads: Sequence[_Load],
    kept: frozenset[int],
    place: Sequence[int],
) -> list[int] | None:
    """Places for those without one, by deciding some vehicles and all in them again."""
    vehicles = _with_room(riders, loads, place)
    again = [k for k, v in enumerate(place) if v < 0 or v in vehicles]
    number = {v: n for n, v in enumerate(vehicles)}
    position = {k: n for n, k in enumerate(again)}
    found = _exact(
        [_among(riders[k], position, number) for k in again],
        [loads[v].room for v in vehicles],
        frozenset(number[v] for v in kept if v in number),
        NONE,
    )
    if found is None:
        return None
    places = list(place)
    for k, v in zip(again, found, strict=True):
        places[k] = vehicles[v]
    return places


def _with_room(
    riders: Sequence[Rider], loads: Sequence[_Load], place: Sequence[int]
) -> list[int]:
    """Vehicles for those without a place: with their company, with room, with many.

    Where many families ride a vehicle, they are small: these fit in more ways.
    """
    aboard = Counter(place)
    roomy = sorted(
        range(len(loads)), key=lambda v: (-loads[v].seats_left(), -aboard[v], v)
    )
    found: list[int] = []
    for rider in (rider for rider, v in zip(riders, place, strict=True) if v < 0):
        empty = [v for v in roomy if rider.may_be_in(v) and _holds(loads[v], rider)]
        found += [place[k] for k in rider.beside if place[k] >= 0]
        found += empty[:MOST_ROOM]
    few = max(FEW_VEHICLES, len(set(found)))
    return sorted(list(dict.fromkeys([*found, *roomy]))[:few])


def _holds(load: _Load, rider: Rider) -> bool:
    """Whether somebody would fit if nobody else were aboard."""
    return _Load(load.room).fits(rider)


def _among(rider: Rider, position: dict[int, int], number: dict[int, int]) -> Rider:
    """A rider with riders and vehicles numbered as among some of them."""
    only = rider.only
    if only is not None:
        only = frozenset(number[v] for v in only if v in number)
    beside = tuple(position[k] for k in rider.beside if k in position)
    return replace(rider, only=only, beside=beside)


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
