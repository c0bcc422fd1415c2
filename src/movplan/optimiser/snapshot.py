"""What column generation knows so far, to be taken over by a search with its own pools.

Pools grow while they are used, so two threads never share one: a snapshot holds the
prices, the proven bound and the columns the LP uses, each spelled out.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.ragged import under
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.bound import Bound, exact_bound, free_rows
from movplan.optimiser.columns import Columns
from movplan.optimiser.cuts import Cuts, no_cuts
from movplan.optimiser.first_order import FirstPrices
from movplan.optimiser.generate import Root, use_of, with_cuts
from movplan.optimiser.master import Held, LpSolution
from movplan.optimiser.pricing import Multipliers
from movplan.optimiser.solution import Solution

USED = 1e-6


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A root in the making.

    Bloc column k is of bloc ``bloc[k]``, used ``use[k]`` in the LP; its unit columns
    are ``columns[owner == k]``.
    """

    root: Root
    use: NDArray[np.float64]
    bloc: IntArray
    owner: IntArray
    columns: Columns


def take_snapshot(pool: BlocPool, bound: Bound, lp: LpSolution, cuts: Cuts) -> Snapshot:
    """The state of column generation over a pool."""
    lp = replace(lp, at=with_cuts(lp.at, len(cuts)))
    used = np.flatnonzero(lp.columns > USED)
    owner, at = under(pool.ptr, used)
    return Snapshot(
        root=Root(bound, lp, cuts, rounds=0, use=use_of(pool, lp)),
        use=lp.columns[used],
        bloc=pool.bloc[used],
        owner=owner,
        columns=pool.pool.columns.take(pool.member[at]),
    )


def root_over(pool: BlocPool, snapshot: Snapshot) -> Root:
    """The snapshot's root in terms of another pool, which takes its columns over.

    Bloc prices are what every bloc is worth at the row prices: right for any prices,
    also those of no LP.
    """
    root = snapshot.root
    member = pool.pool.add(snapshot.columns)
    at = pool.add(snapshot.bloc, snapshot.owner, member)
    use = np.zeros(len(pool))
    use[at] = snapshot.use
    priced = pool.blocs.pricing.price(root.cuts, root.lp.at)
    lp = LpSolution(
        value=root.lp.value,
        columns=use,
        plant=root.lp.plant,
        bloc_price=pool.blocs.best(priced.pair_value),
        at=root.lp.at,
        feasible=root.lp.feasible,
    )
    return replace(root, lp=lp)


def free_root(pool: BlocPool, held: Held) -> Root:
    """The root before anything is priced: every row is free."""
    return _root_at(pool, held, free_rows(pool.model, held.level))


def priced_root(pool: BlocPool, held: Held, found: FirstPrices) -> Root:
    """What is known at some prices of rows, and of what is used at these."""
    return replace(_root_at(pool, held, found.at), use=found.use)


def _root_at(pool: BlocPool, held: Held, at: Multipliers) -> Root:
    model, cuts = pool.model, no_cuts(pool.model)
    lp = LpSolution(
        value=0.0,
        columns=np.zeros(len(pool)),
        plant=np.zeros(len(model.plant)),
        bloc_price=pool.blocs.best(pool.blocs.pricing.price(cuts, at).pair_value),
        at=at,
        feasible=False,
    )
    return Root(exact_bound(model, pool.blocs, cuts, held, at), lp, cuts, rounds=0)


def priced_snapshot(pool: BlocPool, held: Held, found: FirstPrices) -> Snapshot:
    """Prices of rows and what they prove, without columns."""
    nothing = np.zeros(0, np.int64)
    return Snapshot(
        root=priced_root(pool, held, found),
        use=np.zeros(0),
        bloc=nothing,
        owner=nothing,
        columns=pool.pool.columns.take(nothing),
    )


def copied(solution: Solution, pool: BlocPool, to: BlocPool) -> Solution:
    """A solution over one pool in terms of another."""
    used = solution.column >= 0
    column = np.full(len(solution.column), -1, np.int64)
    column[used] = to.pool.add(pool.pool.columns.take(solution.column[used]))
    return Solution(column=column, plant=solution.plant)
