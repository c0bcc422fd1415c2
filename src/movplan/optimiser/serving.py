"""Who looks after whom: patients placed on missions, then escorts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import combinations

import numpy as np
from ortools.sat.python import cp_model
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from movplan.optimiser.packing import small_solver

SERVING_WORK = 5.0
# Who goes on missions of one group is looked for between two rounds of a search.
NAMING_WORK = 0.5
# Groups whose answers are remembered.
MOST_REMEMBERED = 1_000
# Stages of a group beyond which they are placed one by one if that will do: CP-SAT
# takes half a minute for the groups of 100,000 families, most of it to see that not all
# can be served.
MANY_STAGES = 30
Segment = tuple[str, int]
_On = dict[tuple[int, int], cp_model.IntVar]


@dataclass(frozen=True, slots=True)
class Stage:
    """Rides on which one escort looks after one patient, as departure segments.

    A member who needs several escorts at once is a ``patient`` for each of them, all of
    one ``member``. ``size`` 0 takes no room: a family to whom the escort is pinned, who
    may have a patient of its own there or not. Where not all are served, those of the
    greatest ``weight`` are.
    """

    patient: str
    segments: frozenset[Segment]
    suits: frozenset[int]
    member: str = ""
    family: str = ""
    size: int = 1
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Duty:
    """A mission on offer: its segments, whether for one patient only, and its room."""

    segments: frozenset[Segment]
    own: bool
    room: int


def place_stages(stages: Sequence[Stage], duties: Sequence[Duty]) -> list[int | None]:
    """The duty of every stage, ``None`` where there is none; on few duties.

    A duty that serves anybody serves somebody from end to end. Stages no duty could
    serve in turn are looked at by themselves: all are served, with as few duties as can
    be where they are at most ``MANY_STAGES``, or else those that weigh most.
    """
    placed: list[int | None] = [None] * len(stages)
    possible = [
        [d for d in sorted(stage.suits) if stage.segments <= duties[d].segments]
        for stage in stages
    ]
    for group, own in _groups(possible):
        some = tuple(replace(stages[k], suits=frozenset()) for k in group)
        offered = tuple(duties[d] for d in own)
        position = {d: k for k, d in enumerate(own)}
        suits = tuple(tuple(position[d] for d in possible[k]) for k in group)
        for s, d in _group_served(some, offered, suits):
            placed[group[s]] = own[d]
    return placed


Suits = Sequence[Sequence[int]]


@lru_cache(maxsize=MOST_REMEMBERED)
def _group_served(
    stages: tuple[Stage, ...],
    duties: tuple[Duty, ...],
    suits: tuple[tuple[int, ...], ...],
) -> tuple[tuple[int, int], ...]:
    """(stage, duty) of those served in one group; remembered, as groups come again.

    Solutions offered one after another differ in few groups.
    """
    if len(stages) > MANY_STAGES:
        start = _one_by_one(stages, duties, suits)
        if len(start) < len(stages):
            start = _most_served(stages, duties, suits, start)
        return tuple(start.items())
    found = _all_served(stages, duties, suits)
    return tuple((found or _most_served(stages, duties, suits, {})).items())


def _one_by_one(
    stages: Sequence[Stage], duties: Sequence[Duty], suits: Suits
) -> dict[int, int]:
    """A duty for every stage that finds one, those with the least choice first.

    Whoever finds room on a duty that somebody has goes along; else a duty is taken that
    the stage covers from end to end. Stages that take no room come last.
    """
    placing = _Placing(stages, duties)
    order = sorted(
        range(len(stages)), key=lambda s: (stages[s].size == 0, len(suits[s]), s)
    )
    for s in order:
        found = next((d for d in suits[s] if placing.has_room(s, d)), None)
        if found is None:
            found = next((d for d in suits[s] if placing.may_open(s, d)), None)
        if found is not None:
            placing.place(s, found)
    return placing.found


class _Placing:
    """Who is on which duty so far."""

    def __init__(self, stages: Sequence[Stage], duties: Sequence[Duty]) -> None:
        self.stages, self.duties = stages, duties
        self.found: dict[int, int] = {}
        self._on: dict[int, list[int]] = defaultdict(list)

    def has_room(self, s: int, d: int) -> bool:
        """Whether a stage fits on a duty that somebody has."""
        stage, duty = self.stages[s], self.duties[d]
        others = [self.stages[k] for k in self._on.get(d, ())]
        if not others or any(_clash(stage, other) for other in others):
            return False
        patients = [other for other in others if other.size]
        if duty.own and stage.size:
            return all(other.patient == stage.patient for other in patients)
        if duty.own:
            return any(other.family == stage.family for other in patients)
        return not stage.size or all(
            sum(segment in other.segments for other in patients) < duty.room
            for segment in stage.segments
        )

    def may_open(self, s: int, d: int) -> bool:
        """Whether a stage may be the first on a duty, covering it from end to end."""
        stage, duty = self.stages[s], self.duties[d]
        whole = d not in self._on and stage.segments == duty.segments
        return whole and not (duty.own and not stage.size)

    def place(self, s: int, d: int) -> None:
        """Put a stage on a duty."""
        self.found[s] = d
        self._on[d].append(s)


def _clash(one: Stage, other: Stage) -> bool:
    """Whether two stages ask for two escorts of one member at once."""
    same = one.member and one.member == other.member and one.patient != other.patient
    return bool(same and one.segments & other.segments)


def _groups(possible: Suits) -> Iterator[tuple[list[int], list[int]]]:
    """What shares a possibility, directly or through others, and these; in order.

    What has none is in no group.
    """
    count = len(possible)
    owner = np.repeat(np.arange(count), [len(options) for options in possible])
    option = np.array([d for options in possible for d in options], np.int64)
    size = count + int(option.max(initial=-1)) + 1
    edges = (np.ones(len(owner), np.int64), (owner, count + option))
    graph = csr_array(edges, shape=(size, size))
    label = connected_components(graph, directed=False)[1]
    for group in np.unique(label[owner]).tolist():
        members = np.flatnonzero(label == group)
        mine = members[members < count].tolist()
        yield mine, (members[members >= count] - count).tolist()


def _all_served(
    stages: Sequence[Stage], duties: Sequence[Duty], suits: Suits
) -> dict[int, int] | None:
    """The duty of every stage with as few duties as can be, or ``None``."""
    model = cp_model.CpModel()
    on, used = _offer(model, stages, duties, suits, model.add_exactly_one)
    model.minimize(sum(used))
    return _solved(model, on)


def _most_served(
    stages: Sequence[Stage],
    duties: Sequence[Duty],
    suits: Suits,
    start: dict[int, int],
) -> dict[int, int]:
    """A duty for those stages that weigh most, found from those of ``start``."""
    model = cp_model.CpModel()
    on, _ = _offer(model, stages, duties, suits, model.add_at_most_one)
    for (s, d), var in on.items() if start else ():
        model.add_hint(var, start.get(s) == d)
    model.maximize(sum(stages[s].weight * var for (s, _), var in on.items()))
    found = _solved(model, on) or {}
    return max(start, found, key=lambda on: sum(stages[s].weight for s in on))


def _solved(model: cp_model.CpModel, on: _On) -> dict[int, int] | None:
    """The duty of every stage that has one."""
    solver = small_solver(SERVING_WORK)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return {s: d for (s, d), var in on.items() if solver.value(var)}


def _offer(
    model: cp_model.CpModel,
    stages: Sequence[Stage],
    duties: Sequence[Duty],
    suits: Suits,
    cover: Callable[[list[cp_model.IntVar]], object],
) -> tuple[_On, list[cp_model.IntVar]]:
    """Stages on duties and duties used; ``cover`` says how many duties a stage has."""
    on: _On = {}
    for s, possible in enumerate(suits):
        for d in possible:
            on[s, d] = model.new_bool_var("")
        cover([on[s, d] for d in possible])
    used = [model.new_bool_var("") for _ in duties]
    of_duty: list[list[int]] = [[] for _ in duties]
    for s, d in on:
        of_duty[d].append(s)
    for d, duty in enumerate(duties):
        mine = of_duty[d]
        for s in mine:
            model.add_implication(on[s, d], used[d])
        _limit(model, stages, duty, {s: on[s, d] for s in mine})
        _from_end_to_end(model, stages, duty, {s: on[s, d] for s in mine}, used[d])
        _apart(model, stages, {s: on[s, d] for s in mine})
    return on, used


def _limit(
    model: cp_model.CpModel,
    stages: Sequence[Stage],
    duty: Duty,
    on: dict[int, cp_model.IntVar],
) -> None:
    """An own escort has one patient; a shared one ``room`` at a time."""
    if duty.own:
        patients: dict[str, list[int]] = defaultdict(list)
        for s in on:
            if stages[s].size:
                patients[stages[s].patient].append(s)
            else:
                family = stages[s].family
                with_it = [on[k] for k in on if _is_patient_of(stages[k], family)]
                model.add_bool_or([*with_it, on[s].negated()])
        has = {p: model.new_bool_var("") for p in patients}
        for patient, own in patients.items():
            for s in own:
                model.add_implication(on[s], has[patient])
        model.add(sum(has.values()) <= 1)
        return
    for segment in duty.segments:
        aboard = [on[s] for s in on if stages[s].size and segment in stages[s].segments]
        if len(aboard) > duty.room:
            model.add(sum(aboard) <= duty.room)


def _is_patient_of(stage: Stage, family: str) -> bool:
    return stage.size > 0 and stage.family == family


def _apart(
    model: cp_model.CpModel, stages: Sequence[Stage], on: dict[int, cp_model.IntVar]
) -> None:
    """Escorts a member needs at once are not the same one."""
    for one, other in combinations(sorted(on), 2):
        if _clash(stages[one], stages[other]):
            model.add_bool_or([on[one].negated(), on[other].negated()])


def _from_end_to_end(
    model: cp_model.CpModel,
    stages: Sequence[Stage],
    duty: Duty,
    on: dict[int, cp_model.IntVar],
    used: cp_model.IntVar,
) -> None:
    """A used duty is covered whole by the stages of one patient."""
    patients: dict[str, list[int]] = defaultdict(list)
    for s in on:
        patients[stages[s].patient].append(s)
    whole = []
    for own in patients.values():
        covered = frozenset().union(*(stages[s].segments for s in own))
        if covered == duty.segments:
            all_of_it = model.new_bool_var("")
            for s in own:
                model.add_implication(all_of_it, on[s])
            whole.append(all_of_it)
    model.add_bool_or([*whole, used.negated()])


@dataclass(frozen=True, slots=True)
class Shift:
    """A mission to be given to somebody: when away, who may go, and what it counts."""

    leaves: datetime
    free: datetime
    may_go: tuple[str, ...]
    weight: int = 1


def name_escorts(
    shifts: Sequence[Shift], headcount: dict[str, int]
) -> list[str | None]:
    """Who goes on every mission, nobody twice at a time; ``None`` where nobody can.

    Those left count as little as can be. Missions no escort could go on in turn are
    looked at by themselves: whoever is free goes; where that leaves any, CP-SAT
    decides.
    """
    names: list[str | None] = [None] * len(shifts)
    number = {escort: k for k, escort in enumerate(headcount)}
    may_go = [[number[escort] for escort in shift.may_go] for shift in shifts]
    for group, _ in _groups(may_go):
        own = [shifts[k] for k in group]
        found = _whoever_is_free(own, headcount)
        if None in found:
            found = _most_named(own, headcount, found)
        for k, name in zip(group, found, strict=True):
            names[k] = name
    return names


def _whoever_is_free(
    shifts: Sequence[Shift], headcount: dict[str, int]
) -> list[str | None]:
    """Mission by mission in time, the free escort who may go on the fewest."""
    chances = Counter(escort for shift in shifts for escort in shift.may_go)
    away: dict[str, list[datetime]] = defaultdict(list)
    names: list[str | None] = [None] * len(shifts)
    for k in sorted(range(len(shifts)), key=lambda k: shifts[k].leaves):
        leaves = shifts[k].leaves
        for escort in shifts[k].may_go:
            away[escort] = [free for free in away[escort] if free > leaves]
        free = [e for e in shifts[k].may_go if len(away[e]) < headcount[e]]
        if free:
            names[k] = min(free, key=lambda e: (chances[e], e))
            away[names[k] or ""].append(shifts[k].free)
    return names


def _most_named(
    shifts: Sequence[Shift], headcount: dict[str, int], start: list[str | None]
) -> list[str | None]:
    """Those missions with an escort that count the most; ``start`` if none is found."""
    model = cp_model.CpModel()
    goes = [{e: model.new_bool_var("") for e in shift.may_go} for shift in shifts]
    for options, name in zip(goes, start, strict=True):
        model.add_at_most_one(options.values())
        for escort, var in options.items():
            model.add_hint(var, escort == name)
    for escort, most, missions in _too_many_at_once(shifts, headcount):
        model.add(sum(goes[k][escort] for k in missions) <= most)
    model.maximize(
        sum(
            shift.weight * var
            for shift, options in zip(shifts, goes, strict=True)
            for var in options.values()
        )
    )
    solver = small_solver(NAMING_WORK)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return start
    return [
        next((e for e, var in row.items() if solver.value(var)), None) for row in goes
    ]


def _too_many_at_once(
    shifts: Sequence[Shift], headcount: dict[str, int]
) -> Iterator[tuple[str, int, list[int]]]:
    """When a mission leaves: escorts who might be on more than they can, and these.

    Shift by shift, escort by escort: (escort, how many at once, missions).
    """
    escorts = list(headcount)
    may_go = np.array(
        [[escort in own for escort in escorts] for own in _possible(shifts)], np.bool_
    ).reshape(len(shifts), len(escorts))
    most = np.array(list(headcount.values()), np.int64)
    for shift in shifts:
        away = np.array([o.leaves <= shift.leaves < o.free for o in shifts], np.bool_)
        for e in np.flatnonzero(may_go[away].sum(axis=0) > most).tolist():
            missions = np.flatnonzero(away & may_go[:, e]).tolist()
            yield escorts[e], int(most[e]), missions


def _possible(shifts: Sequence[Shift]) -> Iterator[frozenset[str]]:
    return (frozenset(shift.may_go) for shift in shifts)
