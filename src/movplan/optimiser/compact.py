"""The model written whole and compact: alike appointments and charges only counted.

Columns: x per pair; y per class of slots and template offered, how often it is taken;
z per class of charges and choice, how often it pays; the plant. Rows: those of the
model, then

    sum of x of a unit                <= 1
    sum of y of a class - its slots    = 0
    sum of z of a class - its charges  = 0.

A solution of it is one of the model once what was counted is handed out again
(``hand_out.py``); so a part solved over it chooses appointments and payers freely,
where generated columns offer only those some prices once liked.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array, hstack, vstack

from movplan.formulation.model import Model
from movplan.formulation.ragged import pointers, under
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.alike import Alike
from movplan.optimiser.same import Same


@dataclass(frozen=True, slots=True)
class Counts:
    """What a class may take: entries of class c are ``ptr[c] .. ptr[c + 1]``.

    ``of`` [entries] is the class; ``what`` the template (class) or the choice (of the
    class's member).
    """

    ptr: IntArray
    of: IntArray
    what: IntArray

    def __len__(self) -> int:
        return len(self.of)


class Compact:
    """The compact model in arrays; built once, at any level.

    ``matrix`` [columns x rows], ``upper`` and ``equal`` [rows], ``values`` [levels x
    columns]. Columns stand in the order x, y, z, plant, from ``starts`` on.
    """

    def __init__(self, model: Model, same: Same) -> None:
        self.model, self.alike = model, Alike.of(model, same)
        self.y, self.z = _options(model, self.alike), _choices(model, self.alike)
        sizes = [len(model.pairs), len(self.y), len(self.z), len(model.plant)]
        self.starts = pointers(np.array(sizes))
        blocks = [self._rows(), self._journeys(), self._slots(), self._charges()]
        self.matrix = _beside(blocks)
        equalities = len(self.alike.slot_of) + len(self.alike.charge_of)
        self.upper: IntArray = np.concatenate(
            [
                model.rows.rhs,
                np.ones(len(model.units), np.int64),
                np.zeros(equalities, np.int64),
            ]
        )
        self.equal = np.ones(len(self.upper), np.bool_)
        self.equal[: len(model.rows)] = model.rows.equal
        self.equal[len(model.rows) :][: len(model.units)] = False
        self.values = np.array([self._values(k) for k in range(len(model.levels))])

    @cached_property
    def bound(self) -> IntArray:
        """Largest value of every column: counts have none of their own."""
        most = np.full(self.starts[-1], len(self.model.units) * self._most_charges)
        most[: self.starts[1]] = 1
        most[self.starts[3] :] = self.model.plant.upper
        return most

    @property
    def _most_charges(self) -> int:
        """No unit asks for more appointments and charges than this."""
        model = self.model
        slots = int(np.diff(model.pairs.slot_ptr).max(initial=0))
        charges = int(np.diff(model.templates.charge_ptr).max(initial=0))
        return max(1, (1 + slots) * max(1, charges))

    @cached_property
    def y_row(self) -> IntArray:
        """The row that counts the class of every y."""
        return len(self.model.rows) + len(self.model.units) + self.y.of

    @cached_property
    def member_template(self) -> IntArray:
        """A template of every class."""
        return np.unique(self.alike.template, return_index=True)[1]

    @cached_property
    def _asks(self) -> csr_array:
        """Charges with several choices of every template: [templates x classes]."""
        templates = self.model.templates
        owner = np.repeat(np.arange(len(templates)), np.diff(templates.charge_ptr))
        several = np.flatnonzero(self.alike.charge >= 0)
        shape = (len(templates), len(self.alike.charge_of))
        return _count(owner[several], self.alike.charge[several], shape)

    @cached_property
    def _single(self) -> csr_array:
        """Charges only one line may pay, by template: [templates x choices]."""
        templates = self.model.templates
        owner = np.repeat(np.arange(len(templates)), np.diff(templates.charge_ptr))
        single = np.flatnonzero(self.alike.charge < 0)
        shape = (len(templates), len(templates.choice_line))
        return _count(owner[single], templates.choice_ptr[single], shape)

    def _rows(self) -> list[csr_array]:
        """What every column uses of the model's rows."""
        model, templates = self.model, self.model.templates
        fixed = csr_array(templates.resources + self._single @ templates.draws)
        y = fixed[self.member_template[self.y.what]]
        x = fixed[model.pairs.template]
        return [x, y, templates.draws[self.z.what], model.plant.matrix]

    def _journeys(self) -> list[csr_array]:
        units, pairs = len(self.model.units), len(self.model.pairs)
        x = _count(np.arange(pairs), self.model.pairs.unit, (pairs, units))
        return [x, *self._nothing(units)]

    def _slots(self) -> list[csr_array]:
        pairs = self.model.pairs
        owner = np.repeat(np.arange(len(pairs)), np.diff(pairs.slot_ptr))
        width = len(self.alike.slot_of)
        x = -_count(owner, self.alike.slot, (len(pairs), width))
        y = _count(np.arange(len(self.y)), self.y.of, (len(self.y), width))
        return [x, y, *self._nothing(width)[1:]]

    def _charges(self) -> list[csr_array]:
        width = len(self.alike.charge_of)
        x = -self._asks[self.model.pairs.template]
        y = -self._asks[self.member_template[self.y.what]]
        z = _count(np.arange(len(self.z)), self.z.of, (len(self.z), width))
        return [x, y, z, *self._nothing(width)[2:]]

    def _nothing(self, width: int) -> list[csr_array]:
        """Empty blocks for y, z and the plant."""
        sizes = np.diff(self.starts)[1:].tolist()
        return [csr_array((size, width), dtype=np.int64) for size in sizes]

    def _values(self, k: int) -> IntArray:
        level, templates = self.model.levels[k], self.model.templates
        x = level.pair_value
        y, z = np.zeros(len(self.y), np.int64), np.zeros(len(self.z), np.int64)
        if level.counts_cost:
            cost = templates.cost + self._single @ templates.choice_cost
            x = -cost[self.model.pairs.template]
            y = -cost[self.member_template[self.y.what]]
            z = -templates.choice_cost[self.z.what]
        return np.concatenate([x, y, z, level.plant_value])


def _options(model: Model, alike: Alike) -> Counts:
    """The classes of templates every class of slots offers, each once."""
    of, at = under(model.pairs.option_ptr, alike.slot_of)
    template = alike.template[model.pairs.slot_template[at]]
    distinct = np.unique(np.stack([of, template]), axis=1)
    return _counts(distinct[0], distinct[1], len(alike.slot_of))


def _choices(model: Model, alike: Alike) -> Counts:
    """The choices of the charge that stands for every class."""
    of, choice = under(model.templates.choice_ptr, alike.charge_of)
    return _counts(of, choice, len(alike.charge_of))


def _counts(of: IntArray, what: IntArray, classes: int) -> Counts:
    return Counts(pointers(np.bincount(of, minlength=classes)), of, what)


def _count(row: IntArray, column: IntArray, shape: tuple[int, int]) -> csr_array:
    """How often every (row, column) occurs."""
    return csr_array((np.ones(len(row), np.int64), (row, column)), shape=shape)


def _beside(blocks: list[list[csr_array]]) -> csr_array:
    """Blocks of columns, each a list from x to plant, next to each other."""
    matrix = csr_array(hstack([vstack(b) for b in blocks], format="csr"))
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    return matrix
