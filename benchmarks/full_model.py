"""The model written whole as one integer program, without column generation.

Columns: x per pair, y per option of an appointment slot, z per choice of a charge with
several choices (charges with one choice stand in their template), and the plant. Rows:

    every row of the model                     (rule names as in the model)
    sum of x of a unit                 <= 1    (one_journey)
    sum of y of a slot - its x         = 0     (slots)
    sum of z of a charge - its uses    = 0     (charges)
    - value of an earlier level        <= -held (held)

**Aggregated**, alike things are counted, not told apart: units with the same pairs
become one with an integer count, slots with the same options share their y, charges
with the same choices share their z. Both are exact: counts are handed out again.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, vstack

from benchmarks.alike import Classes, alike, apart
from benchmarks.asked import most_asked, template_charges
from movplan.formulation.model import Model
from movplan.formulation.ragged import under
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.program import Program


@dataclass(frozen=True, slots=True)
class FullModel:
    """The program, what its columns mean, and the rule of every row.

    Columns in order: one per pair class, ``y`` (slot class, template), ``z`` (charge
    class, position of the choice among those of the charge), plant.
    """

    model: Model
    classes: Classes
    program: Program
    rules: tuple[str, ...]
    y_slot: IntArray
    y_template: IntArray
    z_charge: IntArray
    z_choice: IntArray

    @property
    def num_x(self) -> int:
        """Columns of pairs."""
        return len(self.classes.pair_of_class)


def full_model(
    model: Model, held: tuple[int, ...], *, aggregated: bool = False
) -> FullModel:
    """Write the model whole at the level after the held ones."""
    classes = alike(model) if aggregated else apart(model)
    return _Writer(model, held, classes).write()


class _Writer:
    """Writes one program; every block is [columns x rows], turned at the end."""

    def __init__(self, model: Model, held: tuple[int, ...], classes: Classes) -> None:
        self.model, self.held, self.classes = model, held, classes
        templates = model.templates
        self.single = single_choice_draws(model)
        self.fixed = csr_array(templates.resources + self.single)
        self.pair = classes.pair_of_class
        slot = classes.slot_of_class
        ptr = model.pairs.option_ptr
        self.y_slot, option = under(ptr, slot)
        self.y_template = model.pairs.slot_template[option]
        charge = classes.charge_of_class
        ptr = templates.choice_ptr
        self.z_charge, self.z_choice = under(ptr, charge)

    def write(self) -> FullModel:
        """All blocks together."""
        model = self.model
        blocks = [
            ([name.rule for name in model.rows.names], self._model_rows()),
            (["one_journey"] * len(self.classes.unit_size), self._one_journey()),
            (["slots"] * len(self.classes.slot_of_class), self._slots()),
            (["charges"] * len(self.classes.charge_of_class), self._charges()),
            (["held"] * len(self.held), self._held()),
        ]
        rules = tuple(rule for names, _ in blocks for rule in names)
        matrix = csr_array(vstack([block for _, block in blocks], format="csr"))
        zeros = np.zeros(sum(len(names) for names, _ in blocks[2:4]), np.int64)
        upper = np.concatenate(
            [model.rows.rhs, self.classes.unit_size, zeros, -np.array(self.held)]
        )
        equal = np.array([rule in ("slots", "charges") for rule in rules])
        equal[: len(model.rows)] = model.rows.equal
        program = Program(
            objective=self._values(len(self.held)),
            matrix=matrix,
            upper=upper.astype(np.int64),
            equal=equal,
            bound=self._bounds(),
        )
        return FullModel(
            model=model,
            classes=self.classes,
            program=program,
            rules=rules,
            y_slot=self.y_slot,
            y_template=self.y_template,
            z_charge=self.z_charge,
            z_choice=self.z_choice,
        )

    def _model_rows(self) -> csr_array:
        x = self.fixed[self.model.pairs.template[self.pair]]
        y = self.fixed[self.y_template]
        z = self.model.templates.draws[self.z_choice]
        return csr_array(vstack([x, y, z, self.model.plant.matrix]).T)

    def _one_journey(self) -> csr_array:
        unit = self.classes.unit_class[self.model.pairs.unit[self.pair]]
        size = len(self.classes.unit_size)
        return self._rows(_ones(np.arange(len(self.pair)), unit, size), None, None)

    def _slots(self) -> csr_array:
        slots, pairs = self.classes.slot_of_class, self.model.pairs
        owner, slot = under(pairs.slot_ptr, self.pair)
        classes = self.classes.slot_class[slot]
        x = -_count(owner, classes, (len(self.pair), len(slots)))
        y = _ones(np.arange(len(self.y_slot)), self.y_slot, len(slots))
        return self._rows(x, y, None)

    def _charges(self) -> csr_array:
        asks = template_charges(self.model, self.classes)
        x = -asks[self.model.pairs.template[self.pair]]
        y = -asks[self.y_template]
        z = _ones(np.arange(len(self.z_charge)), self.z_charge, asks.shape[1])
        return self._rows(x, y, z)

    def _held(self) -> csr_array:
        rows = [-self._values(k) for k in range(len(self.held))]
        return csr_array(np.array(rows, np.int64).reshape(len(rows), self._width))

    @property
    def _width(self) -> int:
        moving = len(self.pair) + len(self.y_slot) + len(self.z_charge)
        return moving + len(self.model.plant)

    def _rows(
        self, x: csr_array | None, y: csr_array | None, z: csr_array | None
    ) -> csr_array:
        """Rows from blocks [columns x rows] of x, y and z; the plant has none."""
        blocks = [b for b in (x, y, z) if b is not None]
        size = blocks[0].shape[1]
        counts = (len(self.pair), len(self.y_slot), len(self.z_charge))
        filled = [
            block if block is not None else csr_array((count, size), dtype=np.int64)
            for block, count in zip((x, y, z), counts, strict=True)
        ]
        plant = csr_array((len(self.model.plant), size), dtype=np.int64)
        return csr_array(vstack([*filled, plant]).T)

    def _values(self, k: int) -> IntArray:
        """Values of a level."""
        level, templates = self.model.levels[k], self.model.templates
        x = level.pair_value[self.pair]
        y = np.zeros(len(self.y_slot), np.int64)
        z = np.zeros(len(self.z_charge), np.int64)
        if level.counts_cost:
            cost = templates.cost + single_choice_costs(self.model)
            x = -cost[self.model.pairs.template[self.pair]]
            y = -cost[self.y_template]
            z = -templates.choice_cost[self.z_choice]
        return np.concatenate([x, y, z, level.plant_value])

    def _bounds(self) -> IntArray:
        """A count is at most what the units of every class could ask for together."""
        slots, charges = most_asked(self.model, self.classes)
        return np.concatenate(
            [
                self.classes.pair_size,
                slots[self.y_slot],
                charges[self.z_charge],
                self.model.plant.upper,
            ]
        )


def single_choice_draws(model: Model) -> csr_array:
    """Draws of charges only one line may pay, by template: [templates x rows]."""
    owner, choice = _single_choices(model)
    shape = (len(model.templates), len(model.templates.choice_line))
    return csr_array(_count(owner, choice, shape) @ model.templates.draws)


def single_choice_costs(model: Model) -> IntArray:
    """Reporting cost of charges only one line may pay, by template."""
    owner, choice = _single_choices(model)
    cost = np.zeros(len(model.templates), np.int64)
    np.add.at(cost, owner, model.templates.choice_cost[choice])
    return cost


def _single_choices(model: Model) -> tuple[IntArray, IntArray]:
    templates = model.templates
    owner = np.repeat(np.arange(len(templates)), np.diff(templates.charge_ptr))
    single = np.flatnonzero(np.diff(templates.choice_ptr) == 1)
    return owner[single], templates.choice_ptr[single]


def _count(row: IntArray, column: IntArray, shape: tuple[int, int]) -> csr_array:
    """How often every (row, column) occurs."""
    return csr_array((np.ones(len(row), np.int64), (row, column)), shape=shape)


def _ones(row: IntArray, column: IntArray, width: int) -> csr_array:
    return _count(row, column, (len(row), width))


__all__ = ["FullModel", "full_model"]
