"""Our first plan, as a start for peers.

It is what the planner begins its search from: the levels before the measured one
decided by the planner, then everybody else served in turn, and finished.
"""

from dataclasses import replace

import numpy as np

from benchmarks.full_model import FullModel
from movplan.domain.scenario import Scenario
from movplan.formulation.build import Built
from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.columns import Columns, Pool, make_columns
from movplan.optimiser.compact import Compact
from movplan.optimiser.hand_out import taken_by
from movplan.optimiser.progress import Clock, Limits
from movplan.optimiser.same import Same
from movplan.optimiser.solution import Solution
from movplan.optimiser.solve import Planner, optimise
from movplan.planning.finish import Finisher
from movplan.planning.in_force import plain_solution, start_solution


def first_plan(
    scenario: Scenario, built: Built, level: int, seconds: float
) -> tuple[Solution, Pool]:
    """The first plan of a level, the levels before it decided within ``seconds``."""
    model = built.model
    pool = Pool(model)
    decided = _earlier_levels(scenario, built, level, pool, seconds)
    served = plain_solution(model, pool, decided)
    finisher = Finisher(scenario, built, pool)
    return finisher.finish(served, held=()).solution, pool


def counted(full: FullModel, solution: Solution, pool: Pool) -> IntArray | None:
    """A solution as the aggregated model counts it; ``None`` if that breaks a row."""
    compact = Compact(full.model, Same.of(full.model))
    taken = taken_by(compact, pool.columns, solution)
    x = np.bincount(full.classes.pair_class[taken.pair], minlength=full.num_x)
    entry = _first_entries(full)
    slots, templates = compact.y.of[taken.y], compact.y.what[taken.y]
    at = [entry[pair] for pair in zip(slots.tolist(), templates.tolist(), strict=True)]
    y = np.bincount(np.array(at, np.int64), minlength=len(full.y_slot))
    z = np.bincount(taken.z, minlength=len(full.z_choice))
    vector = np.concatenate([x, y, z, solution.plant])
    return vector if full.program.is_solution(vector) else None


def _first_entries(full: FullModel) -> dict[tuple[int, int], int]:
    """The first y of every class of slots and class of templates it offers."""
    kinds = full.classes.template_class[full.y_template]
    keys = zip(full.y_slot.tolist(), kinds.tolist(), strict=True)
    entries: dict[tuple[int, int], int] = {}
    for position, key in enumerate(keys):
        entries.setdefault(key, position)
    return entries


def _earlier_levels(
    scenario: Scenario, built: Built, level: int, pool: Pool, seconds: float
) -> Solution:
    """The planner's solution of the levels before one, over columns of ``pool``."""
    short = replace(
        built, model=replace(built.model, levels=built.model.levels[:level])
    )
    clock = Clock(Limits(time_limit_s=seconds), lambda: False)
    planner = Planner(
        start=lambda own: start_solution(
            short.model, own, scenario.assignments, stop=clock.stop
        ),
        finisher=lambda own: (
            Finisher(scenario, short, own.pool, blocs=own.blocs).mended
        ),
    )
    found = optimise(short.model, clock, lambda _: None, planner)
    index = pool.add(_with_all_values(built.model, found.pool.columns))
    stays = found.solution.column < 0
    column = np.full(len(stays), -1, np.int64)
    column[~stays] = index[found.solution.column[~stays]]
    return replace(found.solution, column=column)


def _with_all_values(model: Model, columns: Columns) -> Columns:
    """The same columns, valued on every level of the model."""
    uses, pays = columns.templates.tocoo(), columns.choices.tocoo()
    return make_columns(
        model,
        columns.pair,
        np.repeat(uses.row, uses.data),
        np.repeat(uses.col, uses.data),
        np.repeat(pays.row, pays.data),
        np.repeat(pays.col, pays.data),
    )
