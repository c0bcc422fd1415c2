"""Levels in order: bound, construct, improve, hold; then the next."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from movplan.domain.words import StopReason
from movplan.formulation.model import Model
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.blocs import Blocs
from movplan.optimiser.bound import exact_bound, free_rows
from movplan.optimiser.columns import Pool
from movplan.optimiser.cuts import no_cuts
from movplan.optimiser.level import ahead_of_its_turn, solve_level
from movplan.optimiser.master import Held
from movplan.optimiser.progress import Clock, Watch
from movplan.optimiser.run import Board, Mend, Plain, Run, as_it_is, nothing_plain
from movplan.optimiser.solution import Solution, nobody
from movplan.optimiser.state import LevelState
from movplan.optimiser.what_counts import share_of_time


@dataclass(frozen=True, slots=True)
class LevelOutcome:
    """External value and proven bound of a level, and the internal value held."""

    k: int
    value: int
    bound: int
    held_internal: int
    proved: bool


@dataclass(frozen=True, slots=True)
class Optimised:
    """The best solution with its pool, what each level reached, and why it stopped."""

    solution: Solution
    pool: Pool
    blocs: Blocs
    outcomes: tuple[LevelOutcome, ...]
    reason: StopReason
    repeatable: bool


Start = Callable[[Pool], Solution | None]


@dataclass(frozen=True, slots=True)
class Planner:
    """What planning knows of solutions over a pool that the model does not.

    ``start`` puts the columns of a known solution into the pool and returns it.
    ``plain`` adds to whoever travels so far, quickly: the first large level begins from
    it, and any falls back on it on which time was up before the search had begun.
    ``finisher`` says what solutions become when finished; ``patient`` the same of whole
    plans of levels that count few families, however many have to stay behind.
    """

    start: Start | None = None
    plain: Callable[[BlocPool, Solution], Solution | None] | None = None
    finisher: Callable[[BlocPool], Mend] | None = None
    patient: Callable[[BlocPool], Mend] | None = None


UNPLANNED = Planner()


def optimise(
    model: Model,
    clock: Clock,
    watch: Watch,
    planner: Planner = UNPLANNED,
    board: Board | None = None,
) -> Optimised:
    """Solve every level, each with the earlier ones held.

    ``board`` is kept up to date before every step told to ``watch``.
    """
    pool = Pool(model)
    blocs = BlocPool(model, Blocs(model), pool)
    mend = planner.finisher(blocs) if planner.finisher is not None else as_it_is
    patient = planner.patient(blocs) if planner.patient is not None else mend
    plain: Plain = nothing_plain
    if planner.plain is not None:
        plain = partial(planner.plain, blocs)
    run = Run(clock, watch, board or Board(), mend, patient, plain)
    run.board.blocs = blocs.blocs
    held: list[int] = []
    outcomes: list[LevelOutcome] = []
    ahead = ahead_of_its_turn(blocs, run)
    large, beside = ahead or (-1, None)
    try:
        known = planner.start(pool) if planner.start is not None else None
        best = known if known is not None else nobody(model)
        for k, level in enumerate(model.levels):
            clock.share(share_of_time(model, k))
            mine = beside if k == large else None
            state = solve_level(model, blocs, best, tuple(held), run, mine)
            late = level.sign > 0 and clock.cut and not state.rounds
            if late:
                state.offer_plain(plain(best))
            best = state.best
            outcome = _outcome(state)
            outcomes.append(outcome)
            held.append(outcome.held_internal)
    finally:
        if beside is not None:
            beside.end(listen=False)
    return Optimised(
        solution=best,
        pool=pool,
        blocs=blocs.blocs,
        outcomes=tuple(outcomes),
        reason=_reason(outcomes, clock),
        repeatable=not (clock.cut or clock.cancelled or clock.raced),
    )


def so_far(model: Model, board: Board, reason: StopReason) -> Optimised:
    """What a run under way would return now; ``board`` has a solution on it.

    The pool is a copy: what is done with it leaves the run as it is. Levels not yet
    reached have the bound at which every row is free.
    """
    if board.solution is None or board.pool is None or board.blocs is None:
        raise ValueError("Expected a board with a solution.")
    blocs, cuts = board.blocs, no_cuts(model)
    outcomes = []
    for k, level in enumerate(model.levels):
        internal = board.solution.value(model, board.pool.columns, k)
        free = exact_bound(model, blocs, cuts, Held((0,) * k), free_rows(model, k))
        bounds = board.bounds[k : k + 1] or [level.external(free.value)]
        value = level.external(internal)
        outcomes.append(LevelOutcome(k, value, bounds[0], internal, value == bounds[0]))
    return Optimised(
        solution=board.solution,
        pool=board.pool.copy(),
        blocs=blocs,
        outcomes=tuple(outcomes),
        reason=reason,
        repeatable=False,
    )


def _outcome(state: LevelState) -> LevelOutcome:
    level = state.model.levels[state.k]
    value = level.external(state.value)
    tolerance = level.level.tolerance
    if level.sign > 0:
        kept = -int(-value * (1 - tolerance) // 1)
    else:
        kept = int(value * (1 + tolerance) // 1)
    return LevelOutcome(
        k=state.k,
        value=value,
        bound=level.external(state.bound),
        held_internal=(kept - level.constant) * level.sign,
        proved=state.proved,
    )


def _reason(outcomes: list[LevelOutcome], clock: Clock) -> StopReason:
    if clock.cancelled:
        return StopReason.CANCELLED
    if all(outcome.proved for outcome in outcomes):
        return StopReason.PROVED
    if clock.cut:
        return StopReason.TIME_LIMIT
    if clock.limits.enough > 0:
        return StopReason.GAP_REACHED
    if clock.limits.effort is not None:
        return StopReason.EFFORT_LIMIT
    return StopReason.NO_IMPROVEMENT
