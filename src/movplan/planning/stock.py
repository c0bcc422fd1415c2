"""What is left of every row while families are placed one after another.

Buying fills a row that lacks something: a vehicle for seats, a run for a charter, a
mission for a patient. Rows that only balance in the end (minimum persons, shortfalls,
ties between units) may be broken on the way; rosters are looked at as running totals.
"""

from functools import cache

import numpy as np

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.planning.offers import Offer, Offers, Use, rosters, uses_of

SETTLED_LATER = frozenset(
    {
        "changes",
        "departure_runs",
        "minimums",
        "escort_roster",
        "round_trip",
        "travels_with",
    }
)
MAX_PURCHASES = 40


class Stock:
    """Left of every row, and the plant bought so far; changes can be taken back."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.left = model.rows.rhs.copy()
        self.plant = np.zeros(len(model.plant), np.int64)
        self.upper = model.plant.upper.copy()
        self.watched = np.array(
            [name.rule not in SETTLED_LATER for name in model.rows.names], np.bool_
        )
        self.is_money = np.array(
            [name.rule == "budget_ceiling" for name in model.rows.names], np.bool_
        )
        self._provides = model.plant.matrix.minimum(0).tocsc()
        self._rosters = rosters(model)
        self._offer = cache(Offers(model, self.is_money, self._rosters).of)
        self._journal: list[tuple[Use, int]] = []

    def mark(self) -> int:
        """A point to come back to."""
        return len(self._journal)

    def rollback(self, mark: int) -> None:
        """Take back everything since a mark."""
        while len(self._journal) > mark:
            use, column = self._journal.pop()
            self.left[use.rows] += use.amount
            if column >= 0:
                self.plant[column] -= 1

    def take(self, use: Use, column: int = -1) -> None:
        """Use rows, by one of a plant column if one is given."""
        self.left[use.rows] -= use.amount
        self._journal.append((use, column))
        if column >= 0:
            self.plant[column] += 1

    def install(self, plant: IntArray) -> None:
        """Have what runs, is hired or is sent already; shortfalls are settled later."""
        for column in np.flatnonzero(plant).tolist():
            if self.model.plant.names[column].kind != "short":
                for _ in range(plant[column]):
                    self.take(self._offer(column).use, column)

    def give(self, use: Use) -> None:
        """Hand back what somebody used; this is not to be taken back."""
        self.left[use.rows] += use.amount
        self._journal.clear()

    def use_of_template(self, template: int) -> Use:
        """What a template uses; credits to budget lines are not counted on."""
        use = uses_of(self.model.templates.resources, template)
        kept = (use.amount > 0) | ~self.is_money[use.rows]
        return Use(rows=use.rows[kept], amount=use.amount[kept])

    def plant_with_shortfalls(self) -> IntArray:
        """The plant bought, with what every minimum and promise is missed by."""
        plant = self.plant.copy()
        matrix = self.model.plant.matrix
        for k, name in enumerate(self.model.plant.names):
            if name.kind == "short":
                plant[k] = max(0, -int(self.left[uses_of(matrix, k).rows].min()))
        return plant

    def could_be_bought(self) -> IntArray:
        """What plant not yet bought could add to every row, if there is money for it.

        Credits count as money that is there: what can be bought later can be now.
        """
        plant = self.model.plant
        spare = np.maximum(self.upper - self.plant, 0)
        money = self.left - self._provides.T @ spare
        entries = plant.matrix.tocoo()
        dear = self.is_money[entries.col] & (entries.data > money[entries.col])
        spare[entries.row[dear]] = 0
        return np.asarray(-(self._provides.T @ spare), np.int64)

    def fits(self, use: Use) -> bool:
        """Whether the rows have that much left."""
        return bool((self.left[use.rows] >= use.amount).all())

    def buy_what_lacks(self, mark: int) -> bool:
        """Buy plant until no row used since the mark lacks anything, if that can be."""
        for _ in range(MAX_PURCHASES):
            lacking = self._lacking(mark)
            if not len(lacking):
                return True
            column = self._best_provider(lacking)
            if column is None:
                return False
            self.take(self._offer(column).use, column)
        return False

    def close(self, columns: IntArray) -> None:
        """Let no more of some plant be bought."""
        self.upper[columns] = 0

    def rows_given(self, columns: IntArray) -> IntArray:
        """Rows that some plant gives to."""
        given = self.model.plant.matrix[columns].minimum(0)
        return np.unique(given.tocoo().col)

    def buyers(self, rows: IntArray) -> IntArray:
        """Plant bought that uses some of these rows."""
        used = self.model.plant.matrix[:, rows].maximum(0).sum(axis=1)
        return np.flatnonzero((np.asarray(used).ravel() > 0) & (self.plant > 0))

    def drop_idle(self) -> None:
        """Sell plant that nobody needs, the dearest first, until nothing changes."""
        order = np.argsort(-self.model.plant.cost, kind="stable")
        selling = True
        while selling:
            selling = False
            for column in order[self.plant[order] > 0].tolist():
                use = self._offer(column).use
                after = self.left[use.rows] + use.amount
                if (after[self.watched[use.rows]] >= 0).all():
                    self.plant[column] -= 1
                    self.give(use)
                    selling = True

    def _lacking(self, mark: int) -> IntArray:
        touched = [use.rows for use, _ in self._journal[mark:]]
        if not touched:
            return np.zeros(0, np.int64)
        rows = np.unique(np.concatenate(touched))
        return rows[(self.left[rows] < 0) & self.watched[rows]]

    def _best_provider(self, lacking: IntArray) -> int | None:
        """Of the columns that give to the first lacking row: fills most, then cheapest.

        Cheapest is per unit given, so that a bus comes before two minibuses.
        """
        row, wanted = int(lacking[0]), frozenset(lacking.tolist())
        at = slice(self._provides.indptr[row], self._provides.indptr[row + 1])
        plant = self.model.plant
        best: tuple[int, float, int] | None = None
        for column, given in zip(
            self._provides.indices[at].tolist(),
            self._provides.data[at].tolist(),
            strict=True,
        ):
            if self.plant[column] >= self.upper[column]:
                continue
            offer = self._offer(column)
            filled = sum(given_to in wanted for given_to in offer.gives)
            score = (-filled, plant.cost[column] / -given, column)
            if (best is None or score < best) and self._may_be_bought(offer):
                best = score
        return None if best is None else best[2]

    def _may_be_bought(self, offer: Offer) -> bool:
        """Whether there is money and, throughout, an escort for one more."""
        if any(self.left[row] < amount for row, amount in offer.money):
            return False
        return self._staffed(offer)

    def _staffed(self, offer: Offer) -> bool:
        """Whether a pool has an escort free for one more mission, throughout."""
        for pool, entries in offer.roster.items():
            change = self.left[self._rosters[pool]]
            for position, amount in entries:
                change[position] -= amount
            if np.cumsum(change).min() < 0:
                return False
        return True
