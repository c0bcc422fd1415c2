"""Units that are alike, counted: how many take each way, not who.

A *unit* is a row ``sum x <= 1`` (or = 1) over columns of 0 or 1: one of several ways.
Families of the same size from the same place with the same ways are alike. A class of n
units is one row ``sum x <= n`` over ways that up to n take.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csc_array, csr_array

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.counting.told import rows_of_one, told
from movplan.optimiser.program import Program


@dataclass(frozen=True, slots=True)
class CountedUnits:
    """A program with alike units counted, and the way there and back.

    Its columns are ``kept`` of the original. ``ways`` of a class [units x ways] are
    columns of the original; the first unit's are those that stay.
    """

    program: Program
    width: int
    kept: IntArray
    ways: tuple[IntArray, ...]

    def unfold(self, counted: IntArray) -> IntArray:
        """A vector of the original that a vector of this program stands for."""
        found = np.zeros(self.width, np.int64)
        found[self.kept] = counted
        for ways in self.ways:
            many = found[ways[0]].copy()
            taken = np.repeat(np.arange(len(many)), many)
            found[ways] = 0
            found[ways[np.arange(len(taken)), taken]] = 1
        return found

    def fold(self, x: IntArray) -> IntArray:
        """The vector of this program that stands for a vector of the original."""
        found = x.copy()
        for ways in self.ways:
            found[ways[0]] = x[ways].sum(axis=0)
        counted: IntArray = found[self.kept]
        return counted


def count_units(program: Program) -> CountedUnits | None:
    """The program with its alike units counted; ``None`` if there are none.

    A column is in one class only: rows may let one of some families take a way, too.
    """
    columns = csc_array(program.matrix)
    matrix = program.matrix
    found: dict[tuple[object, ...], list[tuple[int, IntArray]]] = defaultdict(list)
    for row in rows_of_one(program).tolist():
        at = slice(matrix.indptr[row], matrix.indptr[row + 1])
        ways = matrix.indices[at].astype(np.int64)
        said = [told(program, columns, way, row) for way in ways.tolist()]
        order = sorted(range(len(said)), key=said.__getitem__)
        key = (bool(program.equal[row]), *(said[k] for k in order))
        found[key].append((row, ways[order]))
    seen = np.zeros(len(program.objective), np.bool_)
    classes = []
    for alike in found.values():
        mine = np.concatenate([ways for _, ways in alike])
        if len(alike) > 1 and not seen[mine].any():
            seen[mine] = True
            classes.append(alike)
    if not classes:
        return None
    bound, upper = program.bound.copy(), program.upper.copy()
    for alike in classes:
        row, ways = alike[0]
        bound[ways] = upper[row] = len(alike)
    gone = [ways for alike in classes for _, ways in alike[1:]]
    kept = np.setdiff1d(np.arange(len(bound)), np.concatenate(gone))
    stay = np.ones(len(upper), np.bool_)
    stay[[row for alike in classes for row, _ in alike[1:]]] = False
    less = replace(
        program,
        objective=program.objective[kept],
        matrix=csr_array(matrix[:, kept]),
        upper=upper,
        bound=bound[kept],
    )
    return CountedUnits(
        program=less.of_rows(stay),
        width=len(bound),
        kept=kept,
        ways=tuple(np.array([ways for _, ways in alike]) for alike in classes),
    )
