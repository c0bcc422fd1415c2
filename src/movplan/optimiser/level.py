"""One level: bound it, construct a solution, improve it, prove it."""

from collections.abc import Callable
from functools import partial

from movplan.formulation.model import Model
from movplan.optimiser.annealing.prepare import is_prepared
from movplan.optimiser.beside import Beside, Task, can_copy_processes
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.bound import Bound
from movplan.optimiser.exact import Prover
from movplan.optimiser.generate import Generator, Root
from movplan.optimiser.improve import AT_ONCE, construct
from movplan.optimiser.master import ANYTHING, Held, LpSolution
from movplan.optimiser.outright import solve_outright
from movplan.optimiser.progress import Clock, Progress, Stop
from movplan.optimiser.rounds import Rounds
from movplan.optimiser.run import Run
from movplan.optimiser.snapshot import free_root, priced_root, root_over
from movplan.optimiser.solution import Solution, nobody
from movplan.optimiser.state import LevelState
from movplan.optimiser.warm import beyond_simplex, start_from, warm_prices
from movplan.optimiser.what_counts import (
    counts_few,
    counts_most,
    first_large,
    is_large,
    is_vast,
    share_of_time,
)

STALL_ROUNDS = 4
# Columns of the whole program up to which a proof is tried before and after improving.
SMALL, LARGE = 4_000, 40_000
PROOF_SHARE = 0.3
ROOT_SHARE = 0.6
# Seconds, in all and per bloc, that bounding a level of few families takes at most: its
# bound is mostly that of whoever has no way at all, and a search does the rest.
FEW_ROOT_S, FEW_ROOT_EACH_S = 10.0, 5e-4
# Blocs from which first prices come before column generation begins.
WARM_BLOCS = 60
# Seconds per bloc that a level that counts many takes before its search begins.
BEGINS_S = 4e-4
# Blocs from which a level under a clock is bounded and searched at the same time.
BESIDE_BLOCS = 120


def solve_level(
    model: Model,
    pool: BlocPool,
    best: Solution,
    held: tuple[int, ...],
    run: Run,
    ahead: Beside | None = None,
) -> LevelState:
    """Bound, construct and improve one level; ``ahead`` bounds it since before."""
    keep, clock = Held(held), run.clock
    if ahead is None and _too_late(pool, keep, clock):
        clock.cut = True
        return _state(pool, best, keep, free_root(pool, keep), run)
    if ahead is not None or _at_once(pool, keep, clock):
        beside = ahead or Beside(Task(pool, keep, best, clock, clock.left))
        prover = _prover(_at_the_same_time(pool, best, keep, run, beside), run)
    else:
        prover = _in_turn(model, pool, best, keep, run)
    state = prover.state
    if not done(state, clock):
        prover.prove(most_columns=LARGE)
    return state


def ahead_of_its_turn(pool: BlocPool, run: Run) -> tuple[int, Beside] | None:
    """The first large level, bounded while those before it are solved.

    What they will hold is not known yet, so nothing is: the bound stays one, and is
    hardly weaker (250 families, three missions: 0 to 0.03 %).
    """
    k = first_large(pool.model)
    keep = Held((ANYTHING,) * k)
    if k == len(pool.model.levels) or not _at_once(pool, keep, run.clock):
        return None
    if _too_late(pool, keep, run.clock):
        return None

    def left() -> float | None:
        due = run.clock.until_due()
        return None if due is None else due * share_of_time(pool.model, k)

    nobody_yet = nobody(pool.model)
    return k, Beside(Task(pool, keep, nobody_yet, run.clock, left))


def _at_once(pool: BlocPool, held: Held, clock: Clock) -> bool:
    """Whether a level is bounded and searched at the same time."""
    return (
        clock.limits.time_limit_s is not None
        and can_copy_processes()
        and pool.blocs.count >= BESIDE_BLOCS
        and is_large(pool.model, held.level)
    )


def _too_late(pool: BlocPool, held: Held, clock: Clock) -> bool:
    """Whether time would be up before the search of a level of many has begun."""
    left = clock.left()
    many = counts_most(pool.model, held.level)
    return left is not None and many and left < BEGINS_S * pool.blocs.count


def _in_turn(
    model: Model,
    pool: BlocPool,
    best: Solution,
    held: Held,
    run: Run,
) -> Prover:
    """The bound first, then the search: the same for the same seed and effort."""
    clock = run.clock
    state = _state(pool, best, held, free_root(pool, held), run)
    prover = _prover(state, run)
    if done(state, clock):
        return prover
    stop = clock.until_share(_root_share(pool, held, clock))
    if counts_few(model, held.level):
        _outright(state, Generator(model, pool, held, stop, start=best), run)
    else:
        _bounded(state, best, run, stop)
    if not done(state, clock):
        construct(state, clock, large=is_large(model, held.level))
        tell(state, run, stage="construct")
    if not done(state, clock):
        prover.glance(most_columns=SMALL, share=PROOF_SHARE)
    large = counts_most(model, held.level) or is_vast(model)
    _improve(Rounds(state, clock, large), run)
    return prover


def _prover(state: LevelState, run: Run) -> Prover:
    return Prover(state, run.clock, partial(tell, state, run, stage="prove"))


def _root_share(pool: BlocPool, held: Held, clock: Clock) -> float:
    """Share of a level's time in which it is bounded."""
    left = clock.left()
    if not left or not counts_few(pool.model, held.level):
        return ROOT_SHARE
    most = max(FEW_ROOT_S, FEW_ROOT_EACH_S * pool.blocs.count)
    return min(ROOT_SHARE, most / left)


def _outright(state: LevelState, generator: Generator, run: Run) -> None:
    """Bound and solve a level of few families, without cuts first, then with them."""
    for bounded in (generator.uncut, generator.run):
        state.renew(bounded(report=_bound_report(state.model, state.held, run)))
        solve_outright(state, run.clock)
        tell(state, run, stage="construct")
        if done(state, run.clock):
            return


def _bounded(state: LevelState, best: Solution, run: Run, stop: Stop) -> None:
    """Bound a level that counts many, and take a plain solution if it is the first."""
    model, pool, held = state.model, state.blocs, state.held
    large = is_large(model, held.level)
    many = pool.blocs.count >= WARM_BLOCS
    warm = warm_prices(pool, held, stop) if large and many else None
    if warm is not None and beyond_simplex(pool):
        root = priced_root(pool, held, warm)
    else:
        generator = Generator(model, pool, held, stop, start=best)
        if warm is not None:
            start_from(generator, warm)
        root = generator.run(report=_bound_report(model, held, run))
        if warm is not None and root.use is None:
            root = priced_root(pool, held, warm)
    state.renew(root)
    if large:
        state.offer_plain(run.plain(state.best))


def _at_the_same_time(
    pool: BlocPool, best: Solution, held: Held, run: Run, beside: Beside
) -> LevelState:
    """The bound in a process beside, the search here; on both cores once it is done."""
    clock = run.clock
    clock.raced = True
    try:
        state = _state(pool, best, held, free_root(pool, held), run)
        if not is_prepared():
            state.offer_plain(run.plain(best))
            tell(state, run, stage="construct")
        look = partial(_take_over, state, beside, run)
        rounds = Rounds(
            state,
            clock,
            large=True,
            at_once=lambda: AT_ONCE if beside.over else AT_ONCE - 1,
            before=look,
            meanwhile=look,
        )
        _improve(rounds, run, lambda: not beside.over)
    finally:
        last = beside.end(listen=not clock.cancelled)
    if last is not None:
        state.renew(root_over(pool, last))
    return state


def _take_over(state: LevelState, beside: Beside, run: Run) -> None:
    """Take prices that have come; with the first, columns at these."""
    news = beside.latest()
    if news is None:
        return
    first = state.root.use is None
    state.renew(root_over(state.blocs, news))
    if first:
        construct(state, run.clock, large=True)
    tell(state, run, stage="bound")


def _state(
    pool: BlocPool, best: Solution, held: Held, root: Root, run: Run
) -> LevelState:
    state = LevelState(
        model=pool.model,
        blocs=pool,
        held=held,
        root=root,
        best=best,
        bound=root.bound.value,
        mend=run.patient if counts_few(pool.model, held.level) else run.mend,
    )
    state.bound = max(state.bound, state.value)
    return state


def _nothing_under_way() -> bool:
    return False


def _improve(
    search: Rounds, run: Run, under_way: Callable[[], bool] = _nothing_under_way
) -> None:
    """Rounds until nothing is left to gain, to try or to spend.

    While the bound is ``under_way``, better prices may come: no round is in vain.
    """
    state, clock = search.state, search.clock
    rounds, stalled = 0, 0
    while not done(state, clock) and (stalled < STALL_ROUNDS or under_way()):
        if clock.limits.effort is not None and rounds >= clock.limits.effort:
            break
        better = search.run()
        stalled = 0 if better else stalled + 1
        rounds += 1
        state.rounds = rounds
        tell(state, run, stage="improve")


def tell(state: LevelState, run: Run, *, stage: str) -> None:
    """Report a level's progress, and pin its best solution up."""
    level = state.model.levels[state.k]
    run.board.pin_up(state.k, state.best, state.pool, level.external(state.bound))
    run.watch(
        Progress(
            stage=stage,
            level=level.level.name,
            value=level.external(state.value),
            bound=level.external(state.bound),
            gap=float(state.gap),
            fraction=(state.k + 0.5) / len(state.model.levels),
            elapsed_s=run.clock.elapsed(),
        )
    )


def _bound_report(
    model: Model, held: Held, run: Run
) -> Callable[[Bound, LpSolution], None]:
    level = model.levels[held.level]

    def report(bound: Bound, _: LpSolution) -> None:
        run.watch(
            Progress(
                stage="bound",
                level=level.level.name,
                bound=level.external(bound.value),
                fraction=held.level / len(model.levels),
                elapsed_s=run.clock.elapsed(),
            )
        )

    return report


def done(state: LevelState, clock: Clock) -> bool:
    """Whether a level is proved, good enough, or out of time."""
    return state.proved or state.gap <= clock.limits.enough or clock.stop()
