"""Beds left, night by night, while a plan made by hand is written up."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from movplan.domain.scenario import Scenario
from movplan.domain.transport import Capacity
from movplan.domain.words import CapacityKind, Period
from movplan.network import Night


class Beds:
    """Daily limits on beds and who has taken them; longer periods are not looked at."""

    def __init__(self, scenario: Scenario) -> None:
        self._limits: dict[str, list[Capacity]] = defaultdict(list)
        for row in scenario.capacities:
            if row.kind is CapacityKind.BEDS and row.period is Period.DAY:
                self._limits[row.place_id].append(row)
        self._taken: Counter[tuple[str, date]] = Counter()

    def fit(self, nights: Iterable[Night], persons: int, programme: str) -> bool:
        """Whether so many may sleep there on all these nights."""
        return all(
            self._taken[row.key, night.on] + persons <= row.limit
            for night in nights
            for row in self._of(night, programme)
        )

    def take(self, nights: Iterable[Night], persons: int, programme: str) -> None:
        """Take beds, left or not."""
        for night in nights:
            for row in self._of(night, programme):
                self._taken[row.key, night.on] += persons

    def _of(self, night: Night, programme: str) -> list[Capacity]:
        return [
            row
            for row in self._limits[night.place_id]
            if row.programme in (None, programme)
            and (row.date_from is None or row.date_from <= night.on)
            and (row.date_to is None or night.on <= row.date_to)
        ]
