"""Levels in order: bound, construct, improve, hold; then the next."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from movplan.domain.words import StopReason
from movplan.formulation.model import Model
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.blocs import Blocs
from movplan.optimiser.columns import Pool
from movplan.optimiser.exact import prove
from movplan.optimiser.generate import Generator
from movplan.optimiser.improve import Improver, construct
from movplan.optimiser.master import Held
from movplan.optimiser.progress import Clock, Progress, Watch
from movplan.optimiser.solution import Solution, nobody
from movplan.optimiser.state import LevelState
from movplan.optimiser.warm import start_from, warm_prices

STALL_ROUNDS = 4
FIRST_SHARE = 0.75
# Columns of the whole program up to which a proof is tried before and after improving.
SMALL, LARGE = 4_000, 40_000
PROOF_SHARE = 0.3
ROOT_SHARE = 0.6


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
    outcomes: tuple[LevelOutcome, ...]
    reason: StopReason
    repeatable: bool


Start = Callable[[Pool], Solution | None]


def optimise(
    model: Model, clock: Clock, watch: Watch, start: Start | None = None
) -> Optimised:
    """Solve every level, each with the earlier ones held.

    ``start`` puts the columns of a known solution into the pool and returns it.
    """
    pool = Pool(model)
    known = start(pool) if start is not None else None
    blocs = BlocPool(model, Blocs(model), pool)
    best = known if known is not None else nobody(model)
    held: list[int] = []
    outcomes: list[LevelOutcome] = []
    for k in range(len(model.levels)):
        clock.share(_share(model, k))
        state = solve_level(model, blocs, best, tuple(held), clock, watch)
        best = state.best
        outcome = _outcome(state)
        outcomes.append(outcome)
        held.append(outcome.held_internal)
    return Optimised(
        solution=best,
        pool=pool,
        outcomes=tuple(outcomes),
        reason=_reason(outcomes, clock),
        repeatable=not clock.cut and not clock.cancelled,
    )


def solve_level(
    model: Model,
    pool: BlocPool,
    best: Solution,
    held: tuple[int, ...],
    clock: Clock,
    watch: Watch,
) -> LevelState:
    """Bound, construct and improve one level."""
    keep = Held(held)
    stop = clock.until_share(ROOT_SHARE)
    large = _is_large(model, len(held))
    warm = warm_prices(model, pool, keep, stop) if large else None
    generator = Generator(model, pool, keep, stop, start=best)
    if warm is not None:
        start_from(generator, warm)
    root = generator.run(report=_bound_report(model, keep, clock, watch))
    state = LevelState(
        model=model, blocs=pool, held=keep, root=root, best=best, bound=root.bound.value
    )
    state.bound = max(state.bound, state.value)
    if not _done(state, clock):
        construct(state, clock, large=large)
        tell(state, clock, watch, stage="construct")
    if not _done(state, clock):
        prove(state, clock, most_columns=SMALL, share=PROOF_SHARE)
        tell(state, clock, watch, stage="prove")
    rounds, stalled = 0, 0
    improver = Improver(state, clock)
    while not _done(state, clock) and stalled < STALL_ROUNDS:
        if clock.limits.effort is not None and rounds >= clock.limits.effort:
            break
        better = improver.run()
        stalled = 0 if better else stalled + 1
        rounds += 1
        tell(state, clock, watch, stage="improve")
    if not _done(state, clock):
        prove(state, clock, most_columns=LARGE, share=1.0)
        tell(state, clock, watch, stage="prove")
    return state


def tell(state: LevelState, clock: Clock, watch: Watch, *, stage: str) -> None:
    """Report a level's progress."""
    level = state.model.levels[state.k]
    watch(
        Progress(
            stage=stage,
            level=level.level.name,
            value=level.external(state.value),
            bound=level.external(state.bound),
            gap=float(state.gap),
            fraction=(state.k + 0.5) / len(state.model.levels),
            elapsed_s=clock.elapsed(),
        )
    )


def _bound_report(
    model: Model, held: Held, clock: Clock, watch: Watch
) -> Callable[[int, float], None]:
    level = model.levels[held.level]

    def report(bound: int, _: float) -> None:
        watch(
            Progress(
                stage="bound",
                level=level.level.name,
                bound=level.external(bound),
                fraction=held.level / len(model.levels),
                elapsed_s=clock.elapsed(),
            )
        )

    return report


def _done(state: LevelState, clock: Clock) -> bool:
    return state.proved or state.gap <= clock.limits.enough or clock.stop()


def _is_large(model: Model, k: int) -> bool:
    """Whether a level is the first that counts most of the model."""
    return k == next(
        (
            j
            for j, level in enumerate(model.levels)
            if 2 * np.count_nonzero(level.pair_value) > len(model.pairs)
        ),
        -1,
    )


def _share(model: Model, k: int) -> float:
    """Share of the time left: most for the first maximised level, even for the rest."""
    later = len(model.levels) - k
    first = next((j for j, lv in enumerate(model.levels) if lv.sign > 0), 0)
    return FIRST_SHARE if k == first and later > 1 else 1.0 / later


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
