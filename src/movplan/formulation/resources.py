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

    def take(self, columns: int, rows: int) -> csr_array:
        """The matrix [columns x rows]; the book is empty then."""
        if not self._chunks:
            return csr_array((columns, rows), dtype=np.int64)
        chunks, self._chunks = self._chunks, []
        column, row, value = map(np.concatenate, zip(*chunks, strict=True))
        del chunks
        matrix = csr_array(coo_array((value, (column, row)), shape=(columns, rows)))
        matrix.sum_duplicates()
        return matrix
