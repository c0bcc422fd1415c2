"""Columns of blocs: each is one column of the pool for every unit of a bloc."""

from functools import cached_property

import numpy as np
from scipy.sparse import csr_array, vstack

from movplan.formulation.model import Model
from movplan.formulation.ragged import expand, under
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.blocs import Blocs
from movplan.optimiser.columns import Pool, priced_columns
from movplan.optimiser.compact import Compact
from movplan.optimiser.pricing import Priced
from movplan.optimiser.solution import Solution


class BlocPool:
    """Bloc columns seen so far, each once, over a pool of unit columns.

    ``bloc`` [columns]; members of column c are ``member[ptr[c] .. ptr[c + 1]]``;
    ``rows`` [columns x rows], ``pairs`` [columns x pairs],
    ``values`` [levels x columns].
    """

    def __init__(self, model: Model, blocs: Blocs, pool: Pool) -> None:
        self.model, self.blocs, self.pool = model, blocs, pool
        self.bloc = np.zeros(0, np.int64)
        self.ptr = np.zeros(1, np.int64)
        self.member = np.zeros(0, np.int64)
        self.rows = csr_array((0, len(model.rows)), dtype=np.int64)
        self.pairs = csr_array((0, len(model.pairs)), dtype=np.int64)
        self.values = np.zeros((len(model.levels), 0), np.int64)
        self._known: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self.bloc)

    @cached_property
    def compact(self) -> Compact:
        """The compact model, written when it is first needed."""
        return Compact(self.model, self.blocs.pricing.same)

    def anew(self) -> "BlocPool":
        """A pool of the same blocs with nothing in it, and the same compact model."""
        other = BlocPool(self.model, self.blocs, Pool(self.model))
        other.compact = self.compact
        return other

    def add_pairs(
        self, priced: Priced, bloc: IntArray, owner: IntArray, pairs: IntArray
    ) -> IntArray:
        """Add columns given by the pairs each rides, at the prices they were found."""
        unique, inverse = np.unique(pairs, return_inverse=True)
        index = self.pool.add(priced_columns(self.model, priced, unique))
        return self.add(bloc, owner, index[inverse])

    def add(self, bloc: IntArray, owner: IntArray, member: IntArray) -> IntArray:
        """Add columns given by their unit columns; returns the index of every one."""
        order = np.lexsort((member, owner))
        owner, member = owner[order], member[order]
        ptr = np.searchsorted(owner, np.arange(len(bloc) + 1))
        index = np.zeros(len(bloc), np.int64)
        fresh = []
        for k in range(len(bloc)):
            identity = member[ptr[k] : ptr[k + 1]].tobytes()
            if identity not in self._known:
                self._known[identity] = len(self._known)
                fresh.append(k)
            index[k] = self._known[identity]
        if fresh:
            self._append(np.array(fresh, np.int64), bloc, ptr, member)
        return index

    def _append(
        self, fresh: IntArray, bloc: IntArray, ptr: IntArray, member: IntArray
    ) -> None:
        columns = self.pool.columns
        counts = np.diff(ptr)[fresh]
        owner, at = expand(ptr[fresh], counts)
        taken = member[at]
        ones = np.ones(len(taken), np.int64)
        joined = csr_array((ones, (owner, taken)), shape=(len(fresh), len(columns)))
        ridden = (ones, (owner, columns.pair[taken]))
        pairs = csr_array(ridden, shape=(len(fresh), len(self.model.pairs)))
        self.bloc = np.concatenate([self.bloc, bloc[fresh]])
        self.ptr = np.concatenate([self.ptr, self.ptr[-1] + np.cumsum(counts)])
        self.member = np.concatenate([self.member, taken])
        self.rows = csr_array(vstack([self.rows, joined @ columns.rows], format="csr"))
        self.pairs = csr_array(vstack([self.pairs, pairs], format="csr"))
        self.values = np.concatenate(
            [self.values, (joined @ columns.values.T).T], axis=1
        )

    def take(self, other: "BlocPool", which: IntArray) -> IntArray:
        """Add columns of another pool over the same unit columns."""
        owner, at = under(other.ptr, which)
        return self.add(other.bloc[which], owner, other.member[at])

    def of_solution(self, solution: Solution) -> IntArray:
        """The bloc columns of a solution, added where they are new."""
        used = solution.used()
        unit = self.model.pairs.unit[self.pool.columns.pair[used]]
        bloc, owner = np.unique(self.blocs.of_unit[unit], return_inverse=True)
        return self.add(bloc, owner, used)

    def to_solution(self, chosen: IntArray, plant: IntArray) -> Solution:
        """The solution that uses these bloc columns and plant values."""
        _, at = under(self.ptr, chosen)
        members = self.member[at]
        column = np.full(len(self.model.units), -1, np.int64)
        column[self.model.pairs.unit[self.pool.columns.pair[members]]] = members
        return Solution(column=column, plant=plant)
