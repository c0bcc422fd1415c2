"""Plant columns: what departures and escorts do, with what it costs their payers."""

from dataclasses import dataclass, field

import numpy as np

from movplan.formulation.model import Plant, PlantName
from movplan.formulation.resources import ResourceBook
from movplan.formulation.rowbook import IntArray


@dataclass(slots=True)
class PlantBook:
    """Collects plant columns: name, upper bound, cost and coefficients."""

    resources: ResourceBook = field(default_factory=ResourceBook)
    names: list[PlantName] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    cost: list[int] = field(default_factory=list)

    def column(self, name: PlantName, *, upper: int) -> int:
        """Add a column with values 0 .. ``upper``; returns its index."""
        self.names.append(name)
        self.upper.append(upper)
        self.cost.append(0)
        return len(self.names) - 1

    def use(self, column: int, row: int, amount: int) -> None:
        """Add one coefficient."""
        one = np.array([column], np.int64)
        self.resources.add(one, np.array([row], np.int64), np.array([amount], np.int64))

    def use_rows(self, column: int, rows: IntArray, amount: int) -> None:
        """Add the same coefficient in several rows."""
        same = np.full(len(rows), 1, np.int64)
        self.resources.add(same * column, rows, same * amount)

    def finish(self, num_rows: int) -> Plant:
        """All plant columns as arrays."""
        return Plant(
            names=tuple(self.names),
            upper=np.array(self.upper, np.int64),
            matrix=self.resources.matrix(len(self.names), num_rows),
            cost=np.array(self.cost, np.int64),
        )
