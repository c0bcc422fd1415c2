"""The pool of columns: pairs with their options and choices, as sparse coefficients."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, vstack

from movplan.formulation.model import Model
from movplan.formulation.ragged import under
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.pricing import Priced


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns: ``pair`` each, ``templates`` and ``choices`` used [columns x ..] 0/1.

    ``rows`` [columns x rows] are coefficients, ``values`` [levels x columns].
    """

    pair: IntArray
    templates: csr_array
    choices: csr_array
    rows: csr_array
    values: IntArray

    def __len__(self) -> int:
        return len(self.pair)

    def take(self, which: IntArray) -> "Columns":
        """Some of the columns."""
        return Columns(
            pair=self.pair[which],
            templates=self.templates[which],
            choices=self.choices[which],
            rows=self.rows[which],
            values=self.values[:, which],
        )

    def join(self, other: "Columns") -> "Columns":
        """These columns, then the others."""
        return Columns(
            pair=np.concatenate([self.pair, other.pair]),
            templates=vstack([self.templates, other.templates], format="csr"),
            choices=vstack([self.choices, other.choices], format="csr"),
            rows=vstack([self.rows, other.rows], format="csr"),
            values=np.concatenate([self.values, other.values], axis=1),
        )


def no_columns(model: Model) -> Columns:
    """An empty pool."""
    none = np.zeros(0, np.int64)
    return make_columns(model, none, none, none, none, none)


def priced_columns(model: Model, priced: Priced, pairs: IntArray) -> Columns:
    """The best column of every given pair under some prices."""
    slot_owner, slot = under(model.pairs.slot_ptr, pairs)
    chosen = model.pairs.slot_template[priced.best_option(slot)]
    owner = np.concatenate([np.arange(len(pairs)), slot_owner])
    template = np.concatenate([model.pairs.template[pairs], chosen])
    charge_ptr = model.templates.charge_ptr
    at, charge = under(charge_ptr, template)
    return make_columns(
        model, pairs, owner, template, owner[at], priced.best_choice(charge)
    )


def make_columns(
    model: Model,
    pairs: IntArray,
    template_owner: IntArray,
    template: IntArray,
    choice_owner: IntArray,
    choice: IntArray,
) -> Columns:
    """Columns from the templates and choices each uses."""
    count = len(pairs)
    uses = _uses(template_owner, template, (count, len(model.templates)))
    pays = _uses(choice_owner, choice, (count, len(model.templates.choice_cost)))
    rows = csr_array(uses @ model.templates.resources + pays @ model.templates.draws)
    rows.sort_indices()
    cost = uses @ model.templates.cost + pays @ model.templates.choice_cost
    values = [
        -cost if level.counts_cost else level.pair_value[pairs]
        for level in model.levels
    ]
    return Columns(
        pair=pairs,
        templates=uses,
        choices=pays,
        rows=rows,
        values=np.array(values, np.int64).reshape(len(model.levels), count),
    )


def _uses(owner: IntArray, used: IntArray, shape: tuple[int, int]) -> csr_array:
    return csr_array((np.ones(len(owner), np.int64), (owner, used)), shape=shape)


class Pool:
    """Columns seen so far, each once."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.columns = no_columns(model)
        self._known: dict[tuple[int, bytes, bytes], int] = {}

    def add(self, columns: Columns) -> IntArray:
        """Add columns not yet known; returns the pool index of every one given."""
        index = np.zeros(len(columns), np.int64)
        fresh = []
        for k in range(len(columns)):
            identity = (
                int(columns.pair[k]),
                _row_bytes(columns.templates, k),
                _row_bytes(columns.choices, k),
            )
            if identity not in self._known:
                self._known[identity] = len(self._known)
                fresh.append(k)
            index[k] = self._known[identity]
        if fresh:
            self.columns = self.columns.join(columns.take(np.array(fresh, np.int64)))
        return index

    def copy(self) -> "Pool":
        """A pool with the same columns that grows by itself."""
        other = Pool(self.model)
        other.columns, other._known = self.columns, dict(self._known)
        return other

    def __len__(self) -> int:
        return len(self.columns)


def _row_bytes(matrix: csr_array, row: int) -> bytes:
    """The sorted column indices of one row, as bytes."""
    indices = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
    return np.sort(indices).astype(np.int64).tobytes()
