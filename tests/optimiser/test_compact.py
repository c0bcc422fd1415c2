"""The compact model means the same as the model, and what it counts is handed out."""

from itertools import islice, product

import numpy as np
import pytest

from movplan.costing.tariffs import Tariffs
from movplan.formulation.build import build_model
from movplan.formulation.model import Model
from movplan.formulation.ragged import under
from movplan.formulation.rowbook import IntArray
from movplan.generation import generate
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.columns import Pool, make_columns
from movplan.optimiser.compact import Compact
from movplan.optimiser.counted_parts import Basis, CountedPart, cut_out_counted
from movplan.optimiser.generate import Generator
from movplan.optimiser.hand_out import hand_out, taken_by
from movplan.optimiser.improve import WAYS_PER_BLOC
from movplan.optimiser.master import Held
from movplan.optimiser.program import Effort, solve_cpsat
from movplan.optimiser.same import Same
from movplan.optimiser.solution import Solution, nobody, settle_idle
from movplan.optimiser.state import LevelState
from movplan.screening import screen
from tests.optimiser.annealed import annealed
from tests.optimiser.generated import empty_pool, mission_model, moved_level


@pytest.fixture(scope="module")
def state() -> LevelState:
    """A level with some on the way and some left out."""
    model = mission_model(60, 3)
    pool = empty_pool(model)
    root = Generator(
        model, pool, held_of(model), lambda: False, start=nobody(model)
    ).run()
    found = LevelState(
        model, pool, held_of(model), root, nobody(model), root.bound.value
    )
    found.enrich(WAYS_PER_BLOC)
    annealed(found)
    assert 0 < len(found.best.used()) < len(model.units)
    return found


def held_of(model: Model) -> Held:
    return Held((-(10**9),) * moved_level(model))


def basis_of(state: LevelState) -> Basis:
    return Basis(state.blocs.compact, state.blocs, state.best)


def keeps_rows(model: Model, pool: BlocPool, solution: Solution) -> bool:
    used, rows = solution.usage(model, pool.pool.columns), model.rows
    kept = np.where(rows.equal, used == rows.rhs, used <= rows.rhs)
    return bool(kept.all())


def test_a_solution_keeps_the_compact_rows_and_is_worth_the_same(
    state: LevelState,
) -> None:
    basis, model = basis_of(state), state.model
    compact = basis.compact
    assert np.where(
        compact.equal, basis.used == compact.upper, basis.used <= compact.upper
    ).all()
    rows = basis.used[: len(model.rows)]
    assert np.array_equal(rows, state.best.usage(model, state.pool.columns))
    for k in range(len(model.levels)):
        value = state.best.value(model, state.pool.columns, k)
        assert compact.values[k] @ basis.counts == value
    assert (basis.counts <= compact.bound).all()


def test_who_has_what_the_counts_allow_keeps_it(state: LevelState) -> None:
    basis = basis_of(state)
    again = hand_out(basis.compact, state.pool, state.best, basis.taken, basis.counts)
    assert np.array_equal(again.column, state.best.column)
    assert np.array_equal(again.plant, state.best.plant)


def test_one_who_stays_leaves_the_others_alone(state: LevelState) -> None:
    """Staying frees an appointment and a payer: nobody else has to change."""
    basis, compact = basis_of(state), state.blocs.compact
    leaver = int(np.flatnonzero(state.best.column >= 0)[0])
    column = state.best.column.copy()
    column[leaver] = -1
    without = Solution(column, state.best.plant)
    counts = Basis(compact, state.blocs, without).counts
    found = hand_out(compact, state.pool, state.best, basis.taken, counts)
    assert np.array_equal(found.column, column)


def solved(part: CountedPart) -> IntArray:
    answer = solve_cpsat(part.program, Effort(work=2.0), part.start, lambda: False)
    assert answer.x is not None
    return answer.x


@pytest.mark.parametrize("seed", range(4))
def test_what_a_part_finds_is_a_solution_of_the_value_it_says(
    state: LevelState, seed: int
) -> None:
    """Whoever is drawn, rows are kept; who could not travel alone can be added."""
    rng = np.random.default_rng(seed)
    blocs = np.unique(rng.choice(state.blocs.blocs.count, 25, replace=False))
    for begin in (state.best, nobody(state.model)):
        basis = Basis(state.blocs.compact, state.blocs, begin)
        part = cut_out_counted(basis, state.held, blocs)
        assert part.program.is_solution(part.start)
        x = solved(part)
        found = part.merge(begin, x)
        found = found.with_plant(settle_idle(state.model, found.plant))
        assert keeps_rows(state.model, state.blocs, found)
        value, before = (
            s.value(state.model, state.pool.columns, state.k) for s in (found, begin)
        )
        values = state.blocs.compact.values[state.k][part.free]
        assert value - before == values @ (x - part.start)
    assert value > 0


def test_those_not_free_keep_their_journeys(state: LevelState) -> None:
    blocs = np.arange(0, state.blocs.blocs.count, 3)
    part = cut_out_counted(basis_of(state), state.held, blocs)
    found = part.merge(state.best, solved(part))
    fixed = ~np.isin(state.blocs.blocs.of_unit, blocs) & (state.best.column >= 0)
    pair = state.pool.columns.pair
    assert np.array_equal(pair[found.column[fixed]], pair[state.best.column[fixed]])


def test_earlier_levels_are_held(state: LevelState) -> None:
    """A part that may lose nothing on an earlier level loses nothing."""
    k = len(state.model.levels) - 1
    now = [state.best.value(state.model, state.pool.columns, j) for j in range(k)]
    part = cut_out_counted(basis_of(state), Held(tuple(now)), np.arange(30))
    found = part.merge(state.best, solved(part))
    then = [found.value(state.model, state.pool.columns, j) for j in range(k)]
    assert all(a >= b for a, b in zip(then, now, strict=True))


def test_alike_are_told_together_and_others_apart() -> None:
    """As many classes as there are different things, looked at one by one."""
    model = mission_model(40, 2)
    alike, templates = Compact(model, Same.of(model)).alike, model.templates
    draws = templates.draws.toarray()
    ptr = templates.choice_ptr
    charges = [
        (
            draws[ptr[c] : ptr[c + 1]].tobytes(),
            *templates.choice_cost[ptr[c] : ptr[c + 1]],
        )
        for c in range(len(ptr) - 1)
    ]
    several = [c for c in range(len(charges)) if ptr[c + 1] - ptr[c] > 1]
    assert len({charges[c] for c in several}) == len(alike.charge_of)
    assert {int(k) for k in alike.charge[several]} == set(range(len(alike.charge_of)))
    resources = templates.resources.toarray()
    kinds = {
        (
            resources[t].tobytes(),
            int(templates.cost[t]),
            *sorted(charges[slice(*templates.charge_ptr[t : t + 2])]),
        )
        for t in range(len(templates))
    }
    assert len(kinds) == len(np.unique(alike.template))


def in_two_slots(model: Model) -> IntArray:
    """Pairs two slots of which offer the same template."""
    pairs = model.pairs
    slot_of = np.repeat(np.arange(len(pairs)), np.diff(pairs.slot_ptr))
    counts = np.diff(pairs.option_ptr)
    offered = np.repeat(slot_of, counts) * len(model.templates) + pairs.slot_template
    twice = np.unique(offered, return_counts=True)
    found: IntArray = np.unique(twice[0][twice[1] > 1] // len(model.templates))
    return found


def bilingual_model() -> Model:
    """Who is not first of a family speaks a language nobody knows: any session does."""
    scenario = generate(60, 3)
    first = {m.family_id: m.member_id for m in reversed(scenario.members)}
    members = tuple(
        m
        if first[m.family_id] == m.member_id
        else m.model_copy(update={"language": None})
        for m in scenario.members
    )
    scenario = scenario.model_copy(update={"members": members})
    return build_model(scenario, screen(scenario), Tariffs(scenario)).model


def test_two_slots_that_offer_the_same_are_told_apart() -> None:
    """Whichever of them takes it, or both: what a column has is dealt to its slots."""
    model = bilingual_model()
    pool, compact = Pool(model), Compact(model, Same.of(model))
    tried = 0
    for pair in in_two_slots(model).tolist():
        slots = range(model.pairs.slot_ptr[pair], model.pairs.slot_ptr[pair + 1])
        ptr, offered = model.pairs.option_ptr, model.pairs.slot_template
        offers = [offered[ptr[s] : ptr[s + 1]].tolist() for s in slots]
        for chosen in islice(product(*offers), 40):
            templates = np.array([model.pairs.template[pair], *chosen])
            charge = under(model.templates.charge_ptr, templates)[1]
            made = make_columns(
                model,
                np.array([pair]),
                np.zeros(len(templates), np.int64),
                templates,
                np.zeros(len(charge), np.int64),
                model.templates.choice_ptr[charge],
            )
            column = np.full(len(model.units), -1, np.int64)
            column[model.pairs.unit[pair]] = pool.add(made)[0]
            alone = Solution(column, np.zeros(len(model.plant), np.int64))
            taken = taken_by(compact, pool.columns, alone)
            used = taken.counts(compact, alone.plant) @ compact.matrix
            rows = len(model.rows)
            assert np.array_equal(used[:rows], alone.usage(model, pool.columns))
            assert not used[rows + len(model.units) :].any()
            tried += 1
    assert tried > 10
