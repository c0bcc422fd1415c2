"""Beds and places of clinics left, day by day, while a plan made by hand is written."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from movplan.domain.scenario import Scenario
from movplan.domain.transport import Capacity
from movplan.domain.words import CapacityKind, Period

Spot = tuple[str, date]


class DayLimits:
    """Daily limits of a kind and who has taken them; longer periods are not looked at.

    A spot is a place and a date: an evening, or a day of a session.
    """

    def __init__(self, scenario: Scenario, kind: CapacityKind) -> None:
        self._limits: dict[str, list[Capacity]] = defaultdict(list)
        for row in scenario.capacities:
            if row.kind is kind and row.period is Period.DAY:
                self._limits[row.place_id].append(row)
        self._taken: Counter[tuple[str, date]] = Counter()

    def fit(self, spots: Iterable[Spot], persons: int, programme: str) -> bool:
        """Whether so many may be there on all these dates."""
        return all(
            self._taken[row.key, spot[1]] + persons <= row.limit
            for spot in spots
            for row in self._of(spot, programme)
        )

    def take(self, spots: Iterable[Spot], persons: int, programme: str) -> None:
        """Take places, left or not."""
        for spot in spots:
            for row in self._of(spot, programme):
                self._taken[row.key, spot[1]] += persons

    def _of(self, spot: Spot, programme: str) -> list[Capacity]:
        place_id, on = spot
        return [
            row
            for row in self._limits[place_id]
            if row.programme in (None, programme)
            and (row.date_from is None or row.date_from <= on)
            and (row.date_to is None or on <= row.date_to)
        ]
