"""From a solution of the full model back to columns of units: counts handed out."""

from collections import defaultdict

import numpy as np

from benchmarks.full_model import FullModel
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.columns import Pool, make_columns
from movplan.optimiser.solution import Solution


def decode(full: FullModel, x: IntArray) -> tuple[Solution, Pool]:
    """The solution over a pool of its columns; it keeps every row of the model."""
    hand = _Hand(full, x)
    model = full.model
    pairs = hand.pairs()
    templates = [hand.templates(pair) for pair in pairs]
    choices = [[c for t in used for c in hand.choices(t)] for used in templates]
    columns = make_columns(
        model, np.array(pairs, np.int64), *_owned(templates), *_owned(choices)
    )
    pool = Pool(model)
    column = np.full(len(model.units), -1, np.int64)
    column[model.pairs.unit[columns.pair]] = pool.add(columns)
    solution = Solution(column=column, plant=x[len(x) - len(model.plant) :])
    _assert_same(full, x, solution, pool)
    return solution, pool


class _Hand:
    """Hands out what was counted."""

    def __init__(self, full: FullModel, x: IntArray) -> None:
        self.full, self.model = full, full.model
        y = full.num_x + len(full.y_slot)
        self.x = x[: full.num_x]
        self._options = _queues(full.y_slot, full.y_template, x[full.num_x : y])
        charge = full.z_charge
        first = self.model.templates.choice_ptr[full.classes.charge_of_class[charge]]
        position = full.z_choice - first
        self._lines = _queues(charge, position, x[y : y + len(charge)])

    def pairs(self) -> list[int]:
        """A pair for every unit that travels."""
        classes, unit = self.full.classes, self.model.pairs.unit
        waiting: dict[int, list[int]] = defaultdict(list)
        for k in np.argsort(-np.arange(len(classes.unit_class))).tolist():
            waiting[int(classes.unit_class[k])].append(k)
        of_unit = {
            (int(unit[p]), c): p for p, c in enumerate(classes.pair_class.tolist())
        }
        found = []
        for pair_class in np.flatnonzero(self.x).tolist():
            unit_class = classes.unit_class[unit[classes.pair_of_class[pair_class]]]
            for _ in range(int(self.x[pair_class])):
                member = waiting[int(unit_class)].pop()
                found.append(of_unit[member, pair_class])
        return found

    def templates(self, pair: int) -> list[int]:
        """The journey's template, then one of every slot."""
        pairs, classes = self.model.pairs, self.full.classes
        used = [int(pairs.template[pair])]
        for slot in range(pairs.slot_ptr[pair], pairs.slot_ptr[pair + 1]):
            like = self._options[int(classes.slot_class[slot])].pop()
            own = pairs.slot_template[
                pairs.option_ptr[slot] : pairs.option_ptr[slot + 1]
            ]
            same = classes.template_class[own] == classes.template_class[like]
            used.append(int(own[np.flatnonzero(same)[0]]))
        return used

    def choices(self, template: int) -> list[int]:
        """A choice for every charge of a template."""
        templates, classes = self.model.templates, self.full.classes
        found = []
        first, last = templates.charge_ptr[template : template + 2]
        for charge in range(first, last):
            like = int(classes.charge_class[charge])
            position = 0 if like < 0 else self._lines[like].pop()
            found.append(int(templates.choice_ptr[charge]) + position)
        return found


def _queues(key: IntArray, value: IntArray, count: IntArray) -> dict[int, list[int]]:
    """Every value as often as it was counted, by key."""
    queues: dict[int, list[int]] = defaultdict(list)
    for k in np.flatnonzero(count).tolist():
        queues[int(key[k])] += [int(value[k])] * int(count[k])
    return queues


def _owned(lists: list[list[int]]) -> tuple[IntArray, IntArray]:
    owner = np.repeat(np.arange(len(lists)), [len(entries) for entries in lists])
    return owner, np.array([e for entries in lists for e in entries], np.int64)


def _assert_same(full: FullModel, x: IntArray, solution: Solution, pool: Pool) -> None:
    model = full.model
    used, rows = solution.usage(model, pool.columns), model.rows
    if not np.where(rows.equal, used == rows.rhs, used <= rows.rhs).all():
        raise AssertionError("handing out what was counted broke a row")
    level = _level(full)
    if solution.value(model, pool.columns, level) != full.program.value(x):
        raise AssertionError("handing out what was counted changed the value")


def _level(full: FullModel) -> int:
    return sum(rule == "held" for rule in full.rules)
