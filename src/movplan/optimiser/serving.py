"""Who looks after whom: patients placed on missions, then escorts."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

import numpy as np
from ortools.sat.python import cp_model

from movplan.optimiser.packing import small_solver

SERVING_WORK = 5.0
# Who has no escort is looked for between two rounds of a search.
UNNAMED_WORK = 0.5
Segment = tuple[str, int]
_On = dict[tuple[int, int], cp_model.IntVar]


@dataclass(frozen=True, slots=True)
class Stage:
    """Rides on which one escort looks after one patient, as departure segments.

    A member who needs several escorts at once is a ``patient`` for each of them, all of
    one ``member``. ``size`` 0 takes no room: a family to whom the escort is pinned, who
    may have a patient of its own there or not.
    """

    patient: str
    segments: frozenset[Segment]
    suits: frozenset[int]
    member: str = ""
    family: str = ""
    size: int = 1


@dataclass(frozen=True, slots=True)
class Duty:
    """A mission on offer: its segments, whether for one patient only, and its room."""

    segments: frozenset[Segment]
    own: bool
    room: int


def place_stages(stages: Sequence[Stage], duties: Sequence[Duty]) -> list[int] | None:
    """The duty of every stage with as few duties as can be, or ``None``.

    A duty that serves anybody serves somebody from end to end.
    """
    model = cp_model.CpModel()
    on, used = _offer(model, stages, duties, model.add_exactly_one)
    model.minimize(sum(used))
    chosen = _solved(model, on)
    return None if chosen is None else [chosen[s] for s in range(len(stages))]


def left_unserved(stages: Sequence[Stage], duties: Sequence[Duty]) -> list[int]:
    """Stages without a duty when as many have one as can be; all if none is found."""
    model = cp_model.CpModel()
    on, _ = _offer(model, stages, duties, model.add_at_most_one)
    model.maximize(sum(on.values()))
    chosen = _solved(model, on) or {}
    return [s for s in range(len(stages)) if s not in chosen]


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
    cover: Callable[[list[cp_model.IntVar]], object],
) -> tuple[_On, list[cp_model.IntVar]]:
    """Stages on duties and duties used; ``cover`` says how many duties a stage has."""
    on: _On = {}
    for s, stage in enumerate(stages):
        possible = [
            d for d in sorted(stage.suits) if stage.segments <= duties[d].segments
        ]
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
        a, b = stages[one], stages[other]
        same = a.member and a.member == b.member and a.patient != b.patient
        if same and a.segments & b.segments:
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
    """A mission to be given to somebody: when away, and who may go."""

    leaves: datetime
    free: datetime
    may_go: tuple[str, ...]


def name_escorts(
    shifts: Sequence[Shift], headcount: dict[str, int]
) -> list[str] | None:
    """An escort for every mission, nobody twice at a time; ``None`` if impossible."""
    model = cp_model.CpModel()
    goes = [{e: model.new_bool_var("") for e in shift.may_go} for shift in shifts]
    for options in goes:
        if not options:
            return None
        model.add_exactly_one(options.values())
    for escort, most, missions in _too_many_at_once(shifts, headcount):
        model.add(sum(goes[k][escort] for k in missions) <= most)
    solver = small_solver(SERVING_WORK)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return [next(e for e, var in row.items() if solver.value(var)) for row in goes]


def left_unnamed(shifts: Sequence[Shift], headcount: dict[str, int]) -> list[int]:
    """Missions without an escort when as many have one as can be; all if none found."""
    model = cp_model.CpModel()
    goes = [{e: model.new_bool_var("") for e in shift.may_go} for shift in shifts]
    for options in goes:
        model.add_at_most_one(options.values())
    for escort, most, missions in _too_many_at_once(shifts, headcount):
        model.add(sum(goes[k][escort] for k in missions) <= most)
    model.maximize(sum(var for options in goes for var in options.values()))
    solver = small_solver(UNNAMED_WORK)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return list(range(len(shifts)))
    return [k for k, row in enumerate(goes) if not any(map(solver.value, row.values()))]


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
