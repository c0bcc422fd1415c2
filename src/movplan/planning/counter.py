"""The counter at which families are served one after another."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.model import Model
from movplan.formulation.ragged import expand, segment_min, segment_sum
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.columns import Columns
from movplan.optimiser.solution import Solution
from movplan.planning.offers import Use, uses_of
from movplan.planning.outlook import Outlook
from movplan.planning.stock import Stock

MAX_TRIES = 400
# Groups whose pairs are looked at together, and their share of those that wait: what
# those before take of it comes late, but every look goes over all that is left.
LOOK_AHEAD, LOOK_AHEAD_SHARE = 50, 1 / 200

Group = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A unit's pair, the templates it uses (journey first), a choice per charge."""

    pair: int
    templates: tuple[int, ...]
    choices: tuple[int, ...]


class Counter:
    """What is left, and what every unit served so far has taken."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.stock = Stock(model)
        self.taken: dict[int, Taken] = {}
        self._open = np.ones(len(model.pairs), np.bool_)
        self._hopeless = np.zeros(len(model.pairs), np.bool_)
        self.outlook = Outlook(model, self.stock)
        self._ranked = _rank_pairs(model)
        self._ties = _tie_rows(model)
        self._tries = 0

    def keep_open(self, pairs: NDArray[np.bool_]) -> None:
        """Serve only these pairs."""
        self._open &= pairs

    def seat(self, solution: Solution, columns: Columns) -> None:
        """Whoever travels in a solution has been served so, with all that runs."""
        for unit in np.flatnonzero(solution.column >= 0).tolist():
            column = int(solution.column[unit])
            templates = uses_of(columns.templates, column).rows.tolist()
            choices = uses_of(columns.choices, column).rows.tolist()
            for template in templates:
                self.stock.take(self.stock.use_of_template(template))
            for choice in choices:
                self.stock.take(uses_of(self.model.templates.draws, choice))
            pair = int(columns.pair[column])
            self.taken[unit] = Taken(pair, tuple(templates), tuple(choices))
        self.stock.install(solution.plant)

    def serve_all(self, groups: Iterable[Group]) -> None:
        """Serve, in order, every group that has not been served.

        A group is served when every unit of it gets a pair, else none does.
        """
        waiting = [group for group in groups if group[0] not in self.taken]
        step = max(LOOK_AHEAD, int(len(waiting) * LOOK_AHEAD_SHARE))
        for start in range(0, len(waiting), step):
            some = waiting[start : start + step]
            self._look_at(np.array([unit for group in some for unit in group]))
            for group in some:
                self._tries = 0
                self._serve_from(group, 0)

    def _look_at(self, units: IntArray) -> None:
        """Find the pairs of units that are hopeless, for them and those after them."""
        ptr = self.model.pairs.unit_ptr
        _, pairs = expand(ptr[units], ptr[units + 1] - ptr[units])
        pairs = pairs[self._open[pairs]]
        self._hopeless[pairs] = self.outlook.hopeless(pairs)

    def too_empty(self) -> str | None:
        """The first departure that runs with fewer persons than it asks for."""
        rows = self.model.rows
        short = [
            rows.names[k].subject
            for k in np.flatnonzero(self.stock.left < 0).tolist()
            if rows.names[k].rule == "departure_runs"
        ]
        return min(short, default=None)

    def call_off(self, departure_id: str, groups: list[Group]) -> None:
        """Take everybody off a departure, sell what they leave idle, close it.

        An escort may ride it to somebody who needs it later on: they leave, too.
        """
        column = self.model.departure_ids.index(departure_id)
        riding = self.model.pair_departures[:, [column]].toarray().ravel() > 0
        self._open &= ~riding
        self._release_all(groups, lambda row: bool(riding[row.pair]))
        self.stock.drop_idle()
        own = np.flatnonzero(
            [
                name.subject == departure_id and name.kind in ("run", "hire")
                for name in self.model.plant.names
            ]
        )
        self.stock.close(own)
        if self.stock.plant[own].any():
            escorts = self.stock.buyers(self.stock.rows_given(own))
            covered = self.stock.rows_given(np.setdiff1d(escorts, own))
            self._release_all(groups, lambda row: self._uses_some(row, covered))
            self.stock.drop_idle()

    def _release_all(
        self, groups: Iterable[Group], leaves: Callable[[Taken], bool]
    ) -> None:
        """Release every group of which somebody leaves."""
        for group in groups:
            taken = [self.taken[unit] for unit in group if unit in self.taken]
            if any(leaves(row) for row in taken):
                for unit in group:
                    self._release(unit)

    def _uses_some(self, taken: Taken, rows: IntArray) -> bool:
        """Whether somebody uses some of these rows."""
        uses = [self.stock.use_of_template(template) for template in taken.templates]
        return any(np.isin(use.rows[use.amount > 0], rows).any() for use in uses)

    def _release(self, unit: int) -> None:
        taken = self.taken.pop(unit)
        for template in taken.templates:
            self.stock.give(self.stock.use_of_template(template))
        for choice in taken.choices:
            self.stock.give(uses_of(self.model.templates.draws, choice))

    def _serve_from(self, group: Group, position: int) -> bool:
        """Serve the units of a group from a position on, trying pairs in order."""
        if position == len(group):
            return True
        unit = group[position]
        settled = self._settled_by(group, position)
        for pair in self._ranked[unit]:
            if not self._open[pair] or self._tries > MAX_TRIES:
                continue
            mark = self.stock.mark()
            taken = self._take(pair, settled)
            if taken is not None:
                self.taken[unit] = taken
                if self._serve_from(group, position + 1):
                    return True
                del self.taken[unit]
            self.stock.rollback(mark)
        return False

    def _settled_by(self, group: Group, position: int) -> IntArray:
        """Rows tying the group that no later unit of it can balance any more."""
        own = self._ties[group[position]]
        later = [self._ties[unit] for unit in group[position + 1 :]]
        return np.setdiff1d(own, np.concatenate(later)) if later else own

    def _take(self, pair: int, settled: IntArray) -> Taken | None:
        """All a pair needs, if it is to be had; else the caller rolls back."""
        template = int(self.model.pairs.template[pair])
        if len(settled) and not self._balances(template, settled):
            return None
        self._tries += 1
        if self._hopeless[pair]:
            return None
        mark = self.stock.mark()
        self.stock.take(self.stock.use_of_template(template))
        choices = self._pay(template)
        if choices is None:
            return None
        templates = [template]
        slots = self.model.pairs.slot_ptr
        for slot in range(slots[pair], slots[pair + 1]):
            attended = self._attend(slot)
            if attended is None:
                return None
            templates.append(attended[0])
            choices += attended[1]
        if not self.stock.buy_what_lacks(mark):
            return None
        return Taken(pair, tuple(templates), tuple(choices))

    def _balances(self, template: int, settled: IntArray) -> bool:
        """Whether a template brings rows that nobody else can settle to nothing."""
        use = self.stock.use_of_template(template)
        taken = dict(zip(use.rows.tolist(), use.amount.tolist(), strict=True))
        left = zip(settled.tolist(), self.stock.left[settled].tolist(), strict=True)
        return all(owed == taken.get(row, 0) for row, owed in left)

    def _attend(self, slot: int) -> tuple[int, list[int]] | None:
        """The first option of a slot with places, beds and money left."""
        ptr = self.model.pairs.option_ptr
        for template in self.model.pairs.slot_template[ptr[slot] : ptr[slot + 1]]:
            mark = self.stock.mark()
            use = self.stock.use_of_template(int(template))
            if self.stock.fits(use):
                self.stock.take(use)
                choices = self._pay(int(template))
                if choices is not None:
                    return int(template), choices
            self.stock.rollback(mark)
        return None

    def _pay(self, template: int) -> list[int] | None:
        """For every charge of a template the first choice with money left."""
        templates = self.model.templates
        chosen = []
        first, last = templates.charge_ptr[template : template + 2]
        for charge in range(first, last):
            choice = self._first_affordable(charge)
            if choice is None:
                return None
            chosen.append(choice)
        return chosen

    def _first_affordable(self, charge: int) -> int | None:
        ptr = self.model.templates.choice_ptr
        for choice in range(ptr[charge], ptr[charge + 1]):
            use: Use = uses_of(self.model.templates.draws, choice)
            if self.stock.fits(use):
                self.stock.take(use)
                return choice
        return None


def _rank_pairs(model: Model) -> list[list[int]]:
    """Pairs of every unit, the earliest first ride first, then the cheapest."""
    itineraries = model.screening.itineraries
    day = np.array([it.first_date.toordinal() for it in itineraries], np.int64)
    templates = model.templates
    least = segment_min(templates.choice_cost, templates.choice_ptr)
    charged: IntArray = segment_sum(least, templates.charge_ptr).astype(np.int64)
    cost = templates.cost + charged
    pairs = model.pairs
    order = np.lexsort((cost[pairs.template], day[pairs.itinerary], pairs.unit))
    ptr = pairs.unit_ptr
    return [order[ptr[u] : ptr[u + 1]].tolist() for u in range(len(model.units))]


def _tie_rows(model: Model) -> list[IntArray]:
    """Balance rows of round trips and companions that every unit stands in."""
    ties = np.array(
        [name.rule in ("round_trip", "travels_with") for name in model.rows.names]
    )
    matrix = model.templates.resources[model.pairs.template]
    ptr = model.pairs.unit_ptr
    found = []
    for unit in range(len(model.units)):
        at = slice(matrix.indptr[ptr[unit]], matrix.indptr[ptr[unit + 1]])
        rows = np.unique(matrix.indices[at])
        found.append(rows[ties[rows]])
    return found
