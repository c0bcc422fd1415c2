"""Days on which money is the same: same rates, same lines in service."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from movplan.formulation.rowbook import IntArray


class MoneyDays:
    """A few days, each of which stands for all up to the next of them.

    The first stands for those before it too.
    """

    def __init__(self, ordinals: Sequence[int]) -> None:
        self._ordinals = np.array(ordinals, np.int64)
        self._known: dict[date, date] = {}

    def standing_for(self, days: IntArray) -> IntArray:
        """The days that stand for some, as ordinals."""
        later = np.searchsorted(self._ordinals[1:], days, side="right")
        return self._ordinals[later]

    def standing_for_date(self, on: date) -> date:
        """The day that stands for a date."""
        if on not in self._known:
            found = self.standing_for(np.array([on.toordinal()]))
            self._known[on] = date.fromordinal(int(found[0]))
        return self._known[on]
