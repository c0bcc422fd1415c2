"""Walks: whoever is in the way goes otherwise, and every step can be undone."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from movplan.domain.errors import InternalError
from movplan.formulation.model import Model
from movplan.optimiser.annealing.anneal import restore_rows
from movplan.optimiser.annealing.annealer import Annealer
from movplan.optimiser.annealing.build import Stocker
from movplan.optimiser.annealing.items import Items, Position
from movplan.optimiser.annealing.moves import NONE, go, leave, strip, undo
from movplan.optimiser.annealing.walk import NOTHING, Walk, trail_of, ways_of
from movplan.optimiser.annealing.ways import find_ways
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.counted_parts import Basis
from movplan.optimiser.cuts import Cuts
from movplan.optimiser.first_order import FirstOrder
from movplan.optimiser.improve import nothing_new
from movplan.optimiser.master import Held
from movplan.optimiser.pricing import Multipliers, price_plant
from movplan.optimiser.progress import Clock, Limits
from movplan.optimiser.rounds import Rounds
from movplan.optimiser.snapshot import free_root, priced_root
from movplan.optimiser.solution import Solution, nobody
from movplan.optimiser.state import LevelState
from movplan.optimiser.use import Use
from tests.optimiser.annealed import annealed
from tests.optimiser.generated import empty_pool, mission_model, moved_level
from tests.optimiser.on_the_way import DATA, on_the_way

MISSION = mission_model(60, 3)
# Here money and seats are scarce, there is some of everything above.
SCARCE = mission_model(120, 3)


def held_of(model: Model) -> Held:
    return Held((-(10**9),) * moved_level(model))


def empty_state(model: Model) -> LevelState:
    """Nobody travels, and no row has a price."""
    pool, held = empty_pool(model), held_of(model)
    root = free_root(pool, held)
    return LevelState(model, pool, held, root, nobody(model), root.bound.value)


def walk_from(state: LevelState) -> Walk:
    pool = state.blocs
    priced = pool.blocs.pricing.price(state.root.cuts, state.root.lp.at)
    ways = find_ways(pool.blocs, priced.pair_value, ways_of(pool, state.best))
    at, cuts = state.root.lp.at, state.root.cuts
    stock = Stocker(pool, state.held).stock(ways, cuts, at)
    return Walk.from_solution(stock, Basis(pool.compact, pool, state.best))


def travelling(state: LevelState) -> list[int]:
    return np.flatnonzero(state.best.column >= 0).tolist()


def keeps_rows(model: Model, pool: BlocPool, solution: Solution) -> bool:
    used, rows = solution.usage(model, pool.pool.columns), model.rows
    return bool(np.where(rows.equal, used == rows.rhs, used <= rows.rhs).all())


def test_whoever_can_go_otherwise_makes_way() -> None:
    state = on_the_way(DATA, 0)
    assert state.value == 30
    # A vehicle is hired for one of the others as well.
    assert travelling(annealed(state))[:2] == [0, 1]
    assert state.value == 80


def test_whoever_is_worth_less_stays() -> None:
    only_one_way = replace(
        DATA, convoys=((0,), (0,), (2,), (2,), (2,)), draws=DATA.draws[:5]
    )
    assert 0 not in travelling(annealed(on_the_way(only_one_way, 0)))
    worth_more = replace(only_one_way, weights=(50, 40, 10, 10, 10))
    assert 1 not in travelling(annealed(on_the_way(worth_more, 0)))


def test_money_counts_as_seats_do() -> None:
    # buses cost line 0 three of ten if all go; family 1 asks for nine of either line
    dear = replace(DATA, draws=(*DATA.draws[:2], (9, 9), *DATA.draws[3:]))
    dear = replace(dear, budget=(10, 8))
    assert 1 not in travelling(annealed(on_the_way(dear, 0)))


def test_what_cannot_be_finished_is_not_taken() -> None:
    state = on_the_way(DATA, 0)
    state.mend = lambda found: found if found.column[1] < 0 else None
    assert travelling(annealed(state)) == [0]


@pytest.mark.parametrize("seed", [3, 4])
def test_a_mission_is_filled_from_nothing_and_keeps_every_row(seed: int) -> None:
    model = mission_model(60, seed)
    state = annealed(empty_state(model))
    everybody = model.levels[state.k].pair_value[model.pairs.unit_ptr[:-1]].sum()
    assert state.value > 0.4 * everybody
    assert keeps_rows(model, state.blocs, state.best)


def test_the_same_seed_walks_the_same_way() -> None:
    first, again = (annealed(empty_state(MISSION), seed=5) for _ in range(2))
    other = annealed(empty_state(MISSION), seed=6)
    assert np.array_equal(first.best.column, again.best.column)
    assert not np.array_equal(first.best.column, other.best.column)


@pytest.mark.parametrize(
    "start", [empty_state, lambda model: annealed(empty_state(model))]
)
def test_a_walk_knows_what_is_left(start: Callable[[Model], LevelState]) -> None:
    walk = walk_from(start(MISSION))
    walk.run(seed=1, steps=3_000, heat=200.0, share=2.0)
    at, items = walk.at, walk.stock.items
    left, value = walk.stock.room.copy(), 0
    plant = items.first_plant + np.repeat(np.arange(len(at.plant)), at.plant)
    had = [at.has[b, : at.number[b]] for b in range(len(at.number))]
    for item in np.concatenate([*had, plant]).tolist():
        entries = slice(items.ptr[item], items.ptr[item + 1])
        left[items.row[entries]] -= items.amount[entries]
        value += int(items.worth[item])
    assert np.array_equal(left, at.left)
    assert value == at.value[0]
    hard = items.penalty == 0
    assert (left[hard] >= 0).all()
    assert at.broken[0] == pytest.approx(items.penalty @ np.maximum(-left, 0), abs=1e-6)


def test_the_best_of_a_walk_is_a_solution_worth_as_much() -> None:
    state = empty_state(MISSION)
    walk = walk_from(state)
    walk.run(seed=2, steps=5_000, heat=50.0, share=6.0)
    best = walk.repaired()
    solution = walk.solution(best)
    assert solution.value(MISSION, state.pool.columns, state.k) == best.value[0] > 0
    assert keeps_rows(MISSION, state.blocs, solution)


def priced_state(model: Model) -> LevelState:
    """A good solution, and prices near the LP's."""
    state = annealed(empty_state(model))
    found = FirstOrder(state.blocs, state.held).solve(1e-3, lambda: False)
    assert found is not None
    state.renew(priced_root(state.blocs, state.held, found))
    return state


def test_what_is_spent_is_what_rows_are_worth_that_are_used() -> None:
    state = priced_state(SCARCE)
    walk = walk_from(state)
    walk.run(seed=3, steps=1_000, heat=50.0, share=6.0)
    solution = walk.solution(walk.at)
    idle = np.array([name.kind == "idle" for name in SCARCE.plant.names])
    busy = replace(solution, plant=np.where(idle, 0, solution.plant))
    used, at = busy.usage(SCARCE, state.pool.columns), state.root.lp.at
    held = [solution.value(SCARCE, state.pool.columns, k) for k in range(state.k)]
    spent = state.row_price @ used - at.level[: state.k] @ held
    assert walk.at.spent[0] == pytest.approx(spent) != 0


def at_random_prices(pool: BlocPool, level: int) -> tuple[Cuts, Multipliers]:
    """Some cuts, and prices of rows, cuts and levels held, each of its sign."""
    model, rng, count = pool.model, np.random.default_rng(5), 40
    cuts = Cuts(
        pairs=random_array((count, len(model.pairs)), 0.02, rng),
        plant=random_array((count, len(model.plant)), 0.02, rng),
        rhs=np.zeros(count, np.int64),
    )
    row = rng.exponential(10.0, len(model.rows))
    weight = np.append(rng.exponential(1.0, level), 1.0)
    nothing = np.zeros(len(model.levels) - level - 1)
    at = Multipliers(
        row=np.where(pool.blocs.tied, 0.0, row),
        cut=rng.exponential(10.0, count),
        level=np.concatenate([weight, nothing]),
    )
    return cuts, pool.blocs.rosters.settle(cuts, at)


def random_array(
    shape: tuple[int, int], density: float, rng: np.random.Generator
) -> csr_array:
    entries = (rng.random(shape) < density) * rng.integers(1, 4, shape)
    return csr_array(entries)


def test_items_are_priced_as_the_bound_prices_them() -> None:
    """Rows, cuts and levels held: a way with the best of all that it asks for."""
    pool, held = empty_pool(SCARCE), held_of(SCARCE)
    cuts, at = at_random_prices(pool, held.level)
    priced = pool.blocs.pricing.price(cuts, at)
    ways = find_ways(pool.blocs, priced.pair_value)
    stock = Stocker(pool, held).stock(ways, cuts, at)
    items = stock.items
    worth = items.worth - items.price
    reduced = price_plant(SCARCE, cuts, at)[stock.plant]
    assert worth[items.first_plant :] == pytest.approx(reduced)

    def paid(item: int) -> float:
        asked = items.charge[items.charge_ptr[item] : items.charge_ptr[item + 1]]
        best = [worth[items.choice_ptr[c] : items.choice_ptr[c + 1]] for c in asked]
        return float(worth[item] + sum(each.max() for each in best))

    def attended(slot: int) -> float:
        options = range(items.option_ptr[slot], items.option_ptr[slot + 1])
        return max(paid(option) for option in options)

    def asked(way: int) -> list[int]:
        first, last = items.slot_ptr[way], items.slot_ptr[way + 1]
        slots: list[int] = items.slot[first:last].tolist()
        return slots

    some = range(0, len(ways.bloc), 7)
    found = [paid(way) + sum(attended(slot) for slot in asked(way)) for way in some]
    assert found == pytest.approx((ways.rides @ priced.pair_value)[some])
    assert np.unique(np.round(found, 6)).size > len(some) / 2


def test_whoever_uses_a_row_is_among_those_who_may() -> None:
    """Of a row, and of the bins that share the riders of their convoy's row."""
    walk = walk_from(annealed(empty_state(SCARCE)))
    walk.run(seed=6, steps=5_000, heat=50.0, share=6.0)
    items, at = walk.stock.items, walk.at
    bins = np.flatnonzero(items.ridden != np.arange(len(items.ridden)))
    seen = set()
    for bloc in np.flatnonzero(at.number).tolist():
        for item in at.has[bloc, : at.number[bloc]].tolist():
            own = slice(items.ptr[item], items.ptr[item + 1])
            for row in items.row[own][items.amount[own] > 0].tolist():
                shared = items.ridden[row]
                first, last = items.rider_ptr[shared], items.rider_ptr[shared + 1]
                assert bloc in items.rider[first:last]
                seen.add(row)
    assert seen & set(bins.tolist())
    assert seen - set(bins.tolist())


def test_a_thrifty_walk_spends_less() -> None:
    state = priced_state(SCARCE)
    spent = []
    for thrift in (0.0, 0.5, 2.0):
        walk = walk_from(state)
        walk.run(seed=4, steps=20_000, heat=20.0, share=6.0, thrift=thrift)
        spent.append(float(walk.at.spent[0]))
    assert spent == sorted(spent, reverse=True)
    assert spent[2] < 0.8 * spent[0]


def test_a_step_undone_leaves_no_trace() -> None:
    walk = walk_from(annealed(empty_state(MISSION)))
    items, at, trail = walk.stock.items, walk.at, walk.trail
    before = at.copy()
    bloc = int(np.flatnonzero(at.number)[0])
    assert leave(items, at, trail, bloc, 1)
    assert at.number[bloc] == 0
    assert at.value[0] < before.value[0]
    way = int(items.way_ptr[bloc])
    assert go(items, at, bloc, way, force=True) == NONE
    undo(items, at, trail)
    _same(at, before)


def _same(at: Position, before: Position) -> None:
    for field in ("left", "plant", "value", "number"):
        assert np.array_equal(getattr(at, field), getattr(before, field)), field
    for bloc, number in enumerate(at.number.tolist()):
        assert np.array_equal(at.has[bloc, :number], before.has[bloc, :number])


def test_a_departure_with_too_few_is_called_off() -> None:
    walk = walk_from(empty_state(MISSION))
    for seed in range(20):
        walk.run(seed=seed, steps=200, heat=5_000.0, share=0.01)
        short = (walk.at.left < 0) & (walk.stock.items.penalty > 0)
        names = MISSION.rows.names
        rules = {names[row].rule for row in np.flatnonzero(short).tolist()}
        if "departure_runs" in rules:
            break
    assert "departure_runs" in rules
    whole = walk.repaired()
    assert whole.broken[0] == 0
    assert keeps_rows(MISSION, walk.basis.pool, walk.solution(whole))


def test_nobody_is_split_over_two_vehicles() -> None:
    # Two buses of four on convoy 0: four, two and two persons fit, three threes do not.
    buses = replace(
        DATA, vehicles=2, vehicle_price=(0, 0, 0), weights=(30, 30, 30, 1, 1)
    )
    threes = replace(
        buses, sizes=(3, 3, 2, 1, 1), convoys=((0,),) * 5, draws=DATA.draws[:5]
    )
    walk = walk_from(on_the_way(threes))
    walk.run(seed=1, steps=2_000, heat=1.0, share=1.0)
    items, has = walk.stock.items, walk.best.has
    first, last = items.option_ptr[items.first_berth], items.option_ptr[-1]
    taken: Counter[int] = Counter()
    for bloc, number in enumerate(walk.best.number):
        berths = [i for i in has[bloc, :number].tolist() if first <= i < last]
        assert len(berths) == (number > 0)
        for item in berths:
            entries = slice(items.ptr[item], items.ptr[item + 1])
            bins = items.row[entries].tolist()
            taken.update(dict(zip(bins, items.amount[entries].tolist(), strict=True)))
    # Three and one in either bus, not three, three and two.
    assert sorted(taken.values()) == [4, 4]
    assert walk.best.value[0] == 62


def use_of_root(state: LevelState) -> Use:
    found = FirstOrder(state.blocs, state.held).solve(1e-4, lambda: False)
    assert found is not None
    return found.use


def walk_from_use(state: LevelState, use: Use, kept: list[int]) -> Walk:
    start = walk_from(state)
    rng = np.random.default_rng(1)
    return Walk.from_use(start.stock, start.basis, use, np.array(kept, np.int64), rng)


def test_a_walk_begins_where_rounding_leads() -> None:
    state = empty_state(MISSION)
    use = use_of_root(state)
    walk = walk_from_use(state, use, [])
    assert walk.at.value[0] > 0.5 * state.model.levels[state.k].pair_value @ use.pairs
    # Rows that may not be broken are kept, however much rounding asks for.
    hard = walk.stock.items.penalty == 0
    assert (walk.at.left[hard] >= 0).all()
    walk.run(seed=1, steps=4_000, heat=20.0, share=2.0)
    assert keeps_rows(MISSION, state.blocs, walk.solution(walk.repaired()))


def test_rounding_keeps_whom_it_is_told_to_keep() -> None:
    state = annealed(empty_state(MISSION))
    nothing = Use(np.zeros(len(MISSION.pairs)), np.zeros(len(MISSION.plant)))
    there = walk_from(state).at
    travel = np.flatnonzero(there.number)
    kept = travel[:3].tolist()
    at = walk_from_use(state, nothing, kept).at
    assert np.flatnonzero(at.number).tolist() == kept
    for bloc in kept:
        assert (at.has[bloc] == there.has[bloc]).all()
    # What nobody needs is not used; without anybody, nothing is.
    assert (at.plant <= there.plant).all()
    hired = [n.kind in ("run", "hire", "mission") for n in MISSION.plant.names]
    alone = walk_from_use(state, nothing, [])
    used = alone.solution(alone.at).plant[np.array(hired)]
    assert not used.any()


def test_walks_end_when_there_are_more_cores_or_much_better_prices() -> None:
    for change in ("cores", "prices", "nothing"):
        state = empty_state(MISSION)
        cores = [1]

        def meanwhile(
            change: str = change, cores: list[int] = cores, state: LevelState = state
        ) -> None:
            cores[0] = 2 if change == "cores" else 1
            if change == "prices":
                state.bound -= state.bound // 50

        limits = Limits(time_limit_s=1.0)
        clock = Clock(limits, lambda: False)
        clock.share(1.0)
        annealer = Annealer(state, clock, lambda cores=cores: cores[0], meanwhile)
        annealer.run()
        assert annealer.ended == (change != "nothing")


@pytest.mark.parametrize(("cores", "walks"), [(1, 1), (2, 2)])
def test_walks_come_before_parts_once_there_is_another_core(
    cores: int, walks: int
) -> None:
    free = [1]
    clock = Clock(Limits(effort=1), lambda: False)
    rounds = Rounds(empty_state(MISSION), clock, large=True, at_once=lambda: free[0])
    rounds.run()
    free[0], rounds.turn = cores, 1
    rounds.run()
    assert rounds.annealer.round == walks


def test_who_fills_a_held_level_is_brought() -> None:
    """Somebody who left is brought back, or others in the stead."""
    best = annealed(empty_state(MISSION))
    held = Held((*best.held.values, best.value))
    pool, root = best.blocs, free_root(best.blocs, held)
    state = LevelState(MISSION, pool, held, root, best.best, root.bound.value)
    walk = walk_from(state)
    items, at = walk.stock.items, walk.at
    for bloc in np.flatnonzero(at.number)[:2]:
        strip(items, at, bloc, 0)
    walk.best.value[0] = NOTHING
    assert at.broken[0] > 0
    found = walk.repaired()
    assert found.value[0] > NOTHING
    solution = walk.solution(found)
    assert keeps_rows(MISSION, pool, solution)
    assert solution.value(MISSION, pool.pool.columns, best.k) >= best.value


def test_whom_finishing_loses_goes_otherwise() -> None:
    """A held level counts somebody whose way finishing has no escort for, say."""
    whole = annealed(empty_state(SCARCE))
    pool, model, best = whole.blocs, whole.model, whole.best
    columns, levels = pool.pool.columns, range(whole.k)
    held = Held(tuple(best.value(model, columns, k) for k in levels))
    urgent = model.levels[whole.k - 1].pair_value[columns.pair] > 0
    of, bound = pool.blocs.of_unit, whole.root.bound.value

    def without(solution: Solution, unit: int) -> Solution:
        column = np.where(of == of[unit], -1, solution.column)
        return replace(solution, column=column)

    def pair_of(solution: Solution, unit: int) -> int:
        column = solution.column[unit]
        return int(pool.pool.columns.pair[column]) if column >= 0 else NONE

    def goes_otherwise(unit: int) -> bool:
        """Where finishing has no use for the way it had."""

        def mend(found: Solution) -> Solution:
            same = pair_of(found, unit) == pair_of(best, unit)
            return without(found, unit) if same else found

        root, nobody_yet = whole.root, nobody(model)
        state = LevelState(model, pool, held, root, nobody_yet, bound, mend=mend)
        stock = walk_from(replace(state, best=best)).stock
        assert not state.offer_whole(best)
        assert state.short is not None
        clock = Clock(Limits(), lambda: False)
        taken = Annealer(state, clock, lambda: 1, nothing_new).offer(best, stock)
        assert not taken or keeps_rows(model, pool, state.best)
        return taken and pair_of(state.best, unit) not in (NONE, pair_of(best, unit))

    assert any(
        goes_otherwise(unit)
        for unit in np.flatnonzero(best.column >= 0).tolist()
        if urgent[best.column[unit]] and keeps_rows(model, pool, without(best, unit))
    )


def test_what_is_owed_to_a_minimum_is_filled_again() -> None:
    """Finishing owed it when somebody left; a level held allows no more than before."""
    whole = annealed(empty_state(SCARCE))
    pool, model, best = whole.blocs, whole.model, whole.best
    columns, of = pool.pool.columns, pool.blocs.of_unit
    held = Held(tuple(best.value(model, columns, k) for k in range(whole.k)))
    kinds = np.array([name.kind for name in model.plant.names])
    owed, row = model.plant.matrix[kinds == "short"].nonzero()
    fills = -columns.rows[:, row].toarray()[best.column[best.column >= 0]]
    minimum = int(np.argmax((fills > 0).sum(axis=0)))
    rider = np.flatnonzero(best.column >= 0)[fills[:, minimum] > 0][:2]
    plant = best.plant.copy()
    plant[np.flatnonzero(kinds == "short")[owed[minimum]]] += best.plant.max() + 10
    column = np.where(np.isin(of, of[rider]), -1, best.column)
    short = Solution(column, plant)
    assert any(short.value(model, columns, k) < v for k, v in enumerate(held.values))
    bound = whole.root.bound.value
    walk = walk_from(LevelState(model, pool, held, whole.root, short, bound))
    found = walk.repaired()
    assert found.broken[0] == 0
    solution = walk.solution(found)
    assert keeps_rows(model, pool, solution)
    for k, value in enumerate(held.values):
        assert solution.value(model, pool.pool.columns, k) >= value


def test_a_departure_too_empty_is_called_off() -> None:
    state = annealed(empty_state(MISSION))
    walk = walk_from(state)
    items, at = walk.stock.items, walk.at
    filled = np.flatnonzero((items.penalty > 0) & (at.left >= 0))
    # Whoever rides leaves; departures still run.
    for bloc in np.flatnonzero(at.number):
        strip(items, at, bloc, 0)
    assert (at.left[filled] < 0).any()
    walk.best.value[0] = NOTHING
    found = walk.repaired()
    assert found.value[0] > NOTHING
    assert keeps_rows(MISSION, state.blocs, walk.solution(found))


def test_nothing_is_outdated_before_the_first_round() -> None:
    """Also where the bound is below 0, as a cost's is."""
    state = empty_state(MISSION)
    state.bound = -1_000_000
    clock = Clock(Limits(), lambda: False)
    annealer = Annealer(state, clock, lambda: 1, lambda: None)
    assert not annealer.outdated


def test_an_error_met_meanwhile_ends_the_walks() -> None:
    clock = Clock(Limits(time_limit_s=600.0), lambda: False)
    clock.share(1.0)

    def broken() -> None:
        raise InternalError("the bound's process died")

    annealer = Annealer(empty_state(MISSION), clock, lambda: 1, broken)
    with pytest.raises(InternalError):
        annealer.run()
    assert annealer.ended


def one_departure(blocs: int, ways: int, least: int) -> tuple[Items, Position]:
    """All blocs on one departure that runs with no fewer than ``least`` of them.

    Row 0 are its seats, row 1 its minimum. A bloc may ride in several ways, all alike,
    and nowhere else.
    """
    rides = blocs * ways
    nothing = np.zeros(0, np.int64)
    nobody_asks = np.zeros(rides + 2, np.int64)
    items = Items(
        ptr=2 * np.arange(rides + 2),
        row=np.tile([0, 1], rides + 1),
        amount=np.append(np.tile([1, -1], rides), [-100, least]),
        worth=np.append(np.full(rides, 10), 0),
        price=np.zeros(rides + 1),
        way_ptr=ways * np.arange(blocs + 1),
        slot_ptr=nobody_asks,
        slot=nothing,
        charge_ptr=nobody_asks,
        charge=nothing,
        option_ptr=np.array([rides]),
        choice_ptr=np.array([rides]),
        first_berth=0,
        first_plant=rides,
        upper=np.array([1]),
        supplier_ptr=np.array([0, 1, 1]),
        supplier=np.array([0]),
        holder_ptr=np.array([0, 0, 1]),
        holder=np.array([0]),
        ridden=np.array([0, 1]),
        rider_ptr=np.array([0, blocs, blocs]),
        rider=np.arange(blocs),
        penalty=np.array([0, 5]),
    )
    at = Position(
        has=ways * np.arange(blocs).reshape(-1, 1),
        number=np.ones(blocs, np.int64),
        left=np.array([100 - blocs, blocs - least]),
        plant=np.array([1]),
        value=np.array([10 * blocs]),
        spent=np.zeros(1),
        broken=np.array([5 * max(0, least - blocs)]),
    )
    return items, at


@pytest.mark.parametrize("ways", [1, 4, 10])
def test_a_departure_all_would_go_back_to_is_called_off(ways: int) -> None:
    """Two are missing, and whoever has to leave finds no other."""
    items, at = one_departure(blocs=10, ways=ways, least=12)
    assert restore_rows(items, at, trail_of(10, 1, 10, plant=100), 1)
    assert at.plant.tolist() == [0]
    assert not at.number.any()
    assert at.left.tolist() == [0, 0]


def test_a_departure_with_enough_aboard_stays() -> None:
    items, at = one_departure(blocs=10, ways=4, least=10)
    assert restore_rows(items, at, trail_of(10, 1, 10, plant=100), 1)
    assert at.plant.tolist() == [1]
    assert at.number.all()
