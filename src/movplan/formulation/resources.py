"""Collects coefficients of templates in the rows, chunk by chunk."""

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import coo_array, csr_array

from movplan.formulation.rowbook import IntArray


@dataclass(slots=True)
class ResourceBook:
    """Triples (column, row, value); values of the same place add up."""

    _chunks: list[tuple[IntArray, IntArray, IntArray]] = field(default_factory=list)

    def add(self, column: IntArray, row: IntArray, value: IntArray) -> None:
        """Add a chunk; zeros are dropped."""
        kept = np.flatnonzero(value)
        whole = (np.asarray(part, np.int64)[kept] for part in (column, row, value))
        one, two, three = whole
        self._chunks.append((one, two, three))

    def matrix(self, columns: int, rows: int) -> csr_array:
        """The matrix [columns x rows]."""
        if not self._chunks:
            return csr_array((columns, rows), dtype=np.int64)
        column, row, value = (
            np.concatenate(parts) for parts in zip(*self._chunks, strict=True)
        )
        matrix = csr_array(coo_array((value, (column, row)), shape=(columns, rows)))
        matrix.sum_duplicates()
        return matrix
