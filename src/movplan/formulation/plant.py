"""Plant columns: what departures and escorts do, with what it costs their payers."""

from dataclasses import dataclass, field

import numpy as np

from movplan.formulation.model import Plant, PlantName
from movplan.formulation.resources import ResourceBook
from movplan.formulation.split_costs import Split


@dataclass(slots=True)
class PlantBook:
    """Collects plant columns: name, upper bound, cost and coefficients."""

    names: list[PlantName] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    cost: list[int] = field(default_factory=list)
    _uses: list[tuple[int, int, int]] = field(default_factory=list)

    def column(self, name: PlantName, *, upper: int) -> int:
        """Add a column with values 0 .. ``upper``; returns its index."""
        self.names.append(name)
        self.upper.append(upper)
        self.cost.append(0)
        return len(self.names) - 1

    def use(self, column: int, row: int, amount: int) -> None:
        """Add one coefficient."""
        self._uses.append((column, row, amount))

    def charge(self, column: int, split: Split) -> None:
        """Add what a price costs and draws."""
        self.cost[column] += split.cost
        for row, cents in split.draws:
            self.use(column, row, cents)

    def finish(self, num_rows: int) -> Plant:
        """All plant columns as arrays."""
        book = ResourceBook()
        column, row, amount = np.array(self._uses, np.int64).reshape(-1, 3).T
        book.add(column, row, amount)
        return Plant(
            names=tuple(self.names),
            upper=np.array(self.upper, np.int64),
            matrix=book.take(len(self.names), num_rows),
            cost=np.array(self.cost, np.int64),
        )
