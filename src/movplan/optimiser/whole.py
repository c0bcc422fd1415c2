"""The model over some pairs, written whole: every option and every choice a column.

Columns: x per pair; y per option of a slot; z per choice of a charge that has several
(charges with one choice stand in their template); the plant. Rows: those of the model,
one journey per unit, ``sum y = x`` per slot, ``sum z = uses`` per charge, held levels.
Nothing is left out, so a bound of this program is a bound over these pairs. Unlike the
compact model (``compact.py``) it tells everything apart: yes or no is proved sooner
than how often (the hardest mission shipped takes CP-SAT twice as long over counts).
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, vstack

from movplan.formulation.model import Model
from movplan.formulation.ragged import under
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.columns import Columns, Pool, make_columns
from movplan.optimiser.master import Held
from movplan.optimiser.program import Program
from movplan.optimiser.solution import Solution


@dataclass(frozen=True, slots=True)
class Whole:
    """The program and what its columns stand for.

    ``template`` [x then y] is the template of each; ``y_slot`` the slot (position
    among those of ``pairs``), ``z_template`` the template whose charge z pays.
    """

    model: Model
    pairs: IntArray
    program: Program
    y_pair: IntArray
    y_template: IntArray
    z_owner: IntArray
    z_choice: IntArray

    def columns_of(self, x: IntArray) -> Columns:
        """The columns a solution uses."""
        num_x, num_y = len(self.pairs), len(self.y_pair)
        on = np.flatnonzero(x[:num_x])
        position = np.full(num_x, -1, np.int64)
        position[on] = np.arange(len(on))
        y = np.flatnonzero(x[num_x : num_x + num_y])
        z = np.flatnonzero(x[num_x + num_y : num_x + num_y + len(self.z_choice)])
        owner = np.concatenate([np.arange(len(on)), position[self.y_pair[y]]])
        used = self.model.pairs.template[self.pairs[on]]
        template = np.concatenate([used, self.y_template[y]])
        pays, single = _single_choices(self.model, template)
        of_use = np.concatenate([np.arange(num_x), self.y_pair])
        return make_columns(
            self.model,
            self.pairs[on],
            owner,
            template,
            np.concatenate([owner[pays], position[of_use[self.z_owner[z]]]]),
            np.concatenate([single, self.z_choice[z]]),
        )

    def plant_of(self, x: IntArray) -> IntArray:
        """The plant values of a solution."""
        return x[len(x) - len(self.model.plant) :]


def write_whole(model: Model, held: Held, pairs: IntArray) -> Whole:
    """Write the program over some pairs (all their options, choices, and the plant)."""
    slot_ptr, option_ptr = model.pairs.slot_ptr, model.pairs.option_ptr
    slot_pair, slot = under(slot_ptr, pairs)
    y_slot, option = under(option_ptr, slot)
    y_template = model.pairs.slot_template[option]
    uses = np.concatenate([model.pairs.template[pairs], y_template])
    z_owner, z_charge, z_choice = _several_choices(model, uses)
    num_x, num_y, num_z = len(pairs), len(y_slot), len(z_choice)
    fixed = _with_single_choices(model, uses)
    entry = np.arange(num_x + num_y + num_z)
    blocks = [
        csr_array(
            vstack(
                [fixed, model.templates.draws[z_choice], model.plant.matrix],
                format="csr",
            ).T
        ),
        _rows(
            [(model.pairs.unit[pairs], entry[:num_x], 1)],
            len(model.units),
            len(entry) + len(model.plant),
        ),
        _rows(
            [
                (np.arange(len(slot)), slot_pair, -1),
                (y_slot, entry[num_x : num_x + num_y], 1),
            ],
            len(slot),
            len(entry) + len(model.plant),
        ),
        _charge_rows(z_owner, z_charge, num_x + num_y, len(model.plant)),
        _held_rows(model, held, pairs, uses, z_choice, num_x),
    ]
    sizes = [block.shape[0] for block in blocks]
    equal = np.zeros(sum(sizes), np.bool_)
    equal[: sizes[0]] = model.rows.equal
    equal[sizes[0] + sizes[1] : sum(sizes[:4])] = True
    program = Program(
        objective=_values(model, held.level, pairs, uses, z_choice, num_x),
        matrix=csr_array(vstack(blocks, format="csr")),
        upper=np.concatenate(
            [
                model.rows.rhs,
                np.ones(sizes[1], np.int64),
                np.zeros(sizes[2] + sizes[3], np.int64),
                -np.array(held.values, np.int64),
            ]
        ),
        equal=equal,
        bound=np.concatenate([np.ones(len(entry), np.int64), model.plant.upper]),
    )
    return Whole(
        model=model,
        pairs=pairs,
        program=program,
        y_pair=slot_pair[y_slot],
        y_template=y_template,
        z_owner=z_owner,
        z_choice=z_choice,
    )


def num_columns(model: Model, pairs: IntArray) -> int:
    """Columns of the program over some pairs, without writing it."""
    option_ptr = model.pairs.option_ptr
    option = under(option_ptr, under(model.pairs.slot_ptr, pairs)[1])[1]
    template = model.pairs.slot_template[option]
    uses = np.concatenate([model.pairs.template[pairs], template])
    choices = np.diff(model.templates.choice_ptr)
    paid = choices[under(model.templates.charge_ptr, uses)[1]]
    several = int(paid[paid > 1].sum())
    return len(uses) + several + len(model.plant)


def _num_choices(model: Model) -> IntArray:
    return np.diff(model.templates.choice_ptr)


def _charges_of(model: Model, uses: IntArray) -> tuple[IntArray, IntArray]:
    """Every charge of some templates: (position of the use, charge)."""
    return under(model.templates.charge_ptr, uses)


def _single_choices(model: Model, uses: IntArray) -> tuple[IntArray, IntArray]:
    """Charges with one choice: (position of the use, that choice)."""
    owner, charge = _charges_of(model, uses)
    only = _num_choices(model)[charge] == 1
    return owner[only], model.templates.choice_ptr[charge[only]]


def _several_choices(
    model: Model, uses: IntArray
) -> tuple[IntArray, IntArray, IntArray]:
    """Choices of charges with several: (position of the use, its charge, choice)."""
    owner, charge = _charges_of(model, uses)
    several = _num_choices(model)[charge] > 1
    owner, charge = owner[several], charge[several]
    at, choice = under(model.templates.choice_ptr, charge)
    return owner[at], at, choice


def _with_single_choices(model: Model, uses: IntArray) -> csr_array:
    """Coefficients of uses in the model's rows, charges with one choice included."""
    owner, choice = _single_choices(model, uses)
    shape = (len(uses), len(model.templates.choice_cost))
    pays = csr_array((np.ones(len(owner), np.int64), (owner, choice)), shape=shape)
    return csr_array(model.templates.resources[uses] + pays @ model.templates.draws)


def _rows(
    parts: list[tuple[IntArray, IntArray, int]], num_rows: int, width: int
) -> csr_array:
    """Rows from (row, column, coefficient) parts."""
    row = np.concatenate([part[0] for part in parts])
    column = np.concatenate([part[1] for part in parts])
    value = np.concatenate([np.full(len(part[0]), part[2], np.int64) for part in parts])
    return csr_array((value, (row, column)), shape=(num_rows, width))


def _charge_rows(
    z_owner: IntArray, z_charge: IntArray, num_uses: int, num_plant: int
) -> csr_array:
    """Every charge with several choices is paid by as many as its template is used."""
    num_rows = int(z_charge[-1]) + 1 if len(z_charge) else 0
    first = np.unique(z_charge, return_index=True)[1]
    entry = num_uses + np.arange(len(z_charge))
    return _rows(
        [(np.arange(num_rows), z_owner[first], -1), (z_charge, entry, 1)],
        num_rows,
        num_uses + len(z_charge) + num_plant,
    )


def _values(
    model: Model,
    k: int,
    pairs: IntArray,
    uses: IntArray,
    z_choice: IntArray,
    num_x: int,
) -> IntArray:
    """Values of a level over all columns."""
    level, templates = model.levels[k], model.templates
    value = np.zeros(len(uses), np.int64)
    value[:num_x] = level.pair_value[pairs]
    z = np.zeros(len(z_choice), np.int64)
    if level.counts_cost:
        owner, choice = _single_choices(model, uses)
        value = -templates.cost[uses]
        np.subtract.at(value, owner, templates.choice_cost[choice])
        z = -templates.choice_cost[z_choice]
    return np.concatenate([value, z, level.plant_value])


def _held_rows(
    model: Model,
    held: Held,
    pairs: IntArray,
    uses: IntArray,
    z_choice: IntArray,
    num_x: int,
) -> csr_array:
    """Earlier levels: -value <= -held."""
    width = len(uses) + len(z_choice) + len(model.plant)
    rows = [
        -_values(model, k, pairs, uses, z_choice, num_x)
        for k in range(len(held.values))
    ]
    return csr_array(np.array(rows, np.int64).reshape(len(rows), width))


def decoded(whole: Whole, pool: Pool, x: IntArray) -> Solution:
    """A solution of the whole program as columns of a pool."""
    columns = whole.columns_of(x)
    index = pool.add(columns)
    column = np.full(len(whole.model.units), -1, np.int64)
    column[whole.model.pairs.unit[columns.pair]] = index
    return Solution(column=column, plant=whole.plant_of(x))


def encoded(whole: Whole, pool: Pool, solution: Solution) -> IntArray | None:
    """A solution as a vector of the whole program, if it is one of its solutions."""
    columns = pool.columns
    used = solution.used()
    x = np.isin(whole.pairs, columns.pair[used]).astype(np.int64)
    chosen = _entries(columns.templates, used, columns.pair[used])
    y = [
        (int(whole.pairs[pair]), int(template)) in chosen
        for pair, template in zip(whole.y_pair, whole.y_template, strict=True)
    ]
    paying = _entries(columns.choices, used, columns.pair[used])
    of_use = np.concatenate([np.arange(len(whole.pairs)), whole.y_pair])
    z = [
        (int(whole.pairs[of_use[owner]]), int(choice)) in paying
        for owner, choice in zip(whole.z_owner, whole.z_choice, strict=True)
    ]
    vector = np.concatenate(
        [x, np.array(y, np.int64), np.array(z, np.int64), solution.plant]
    )
    return vector if whole.program.is_solution(vector) else None


def _entries(
    matrix: csr_array, columns: IntArray, pairs: IntArray
) -> set[tuple[int, int]]:
    """(pair, template or choice) of some pool columns."""
    coo = matrix[columns].tocoo()
    return set(zip(pairs[coo.row].tolist(), coo.col.tolist(), strict=True))
