"""Rules ``overnight_transit`` and ``stay_limit``: nights on the way."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from movplan.domain.aside import Aside
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.words import Reason
from movplan.network import Night
from movplan.screening.bars import Bar
from movplan.screening.result import BoolArray
from movplan.screening.shared import Shared
from movplan.screening.table import Table

DAY = timedelta(days=1)
Nights = tuple[Night, ...]
Choices = Sequence[Nights]


class OvernightTransit:
    """Bars nights, aboard a convoy too, where the programme allows none."""

    def __init__(self, shared: Shared) -> None:
        self._programmes = shared.files.programmes
        self._aside = Aside(shared.scenario, "overnight_transit")
        rides = shared.network.rides
        self._by_day = np.array([not ride.overnight for ride in rides], np.bool_)

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """A bar for families of such programmes."""
        programme = self._programmes[family.programme]
        if programme.overnight_transit or self._aside.family(family):
            return
        yield Bar(
            reason=Reason.NO_OVERNIGHT_TRANSIT,
            fact=f"programme {programme.programme_id} allows no night in transit",
            passes=(table.nights == 0) & table.whole(self._by_day),
            dates=table.first_on,
            rule="overnight_transit",
        )


class StayLimit:
    """How long one may stay at places in transit."""

    def __init__(self, scenario: Scenario) -> None:
        self.most = {
            place.place_id: place.max_nights
            for place in scenario.places
            if place.max_nights is not None
        }

    def too_long(self, nights: Iterable[Night]) -> str | None:
        """A place with more nights on consecutive dates than it allows."""
        runs: dict[str, tuple[date, int]] = {}
        limited = {(n.on, n.place_id) for n in nights if n.place_id in self.most}
        for on, place in sorted(limited):
            last, length = runs.get(place, (date.min, 0))
            length = length + 1 if length and last + DAY == on else 1
            if length > self.most[place]:
                return place
            runs[place] = (on, length)
        return None

    def some_way(self, choices: Sequence[Choices], nights: Nights) -> bool:
        """Whether one choice of each keeps every stay short, with these nights."""
        if not choices:
            return self.too_long(nights) is None
        # What sleeps nowhere with a limit goes with anything: the first will do.
        free = [c for c in choices[0] if not self.counts(c)]
        return any(
            self.some_way(choices[1:], (*nights, *choice))
            for choice in free[:1] or choices[0]
        )

    def counts(self, nights: Nights) -> bool:
        """Whether some of the nights are at a place with a limit."""
        return any(night.place_id in self.most for night in nights)


class Stays:
    """Bars itineraries that stay too long somewhere, appointments aside."""

    def __init__(self, shared: Shared) -> None:
        self._limit = StayLimit(shared.scenario)
        self._known: dict[int, BoolArray] = {}

    def bars(self, _: Family, table: Table) -> Iterator[Bar]:
        """A bar, the same for all families."""
        limit = self._limit
        if not limit.most:
            return
        if id(table) not in self._known:
            self._known[id(table)] = np.array(
                [limit.too_long(it.nights) is None for it in table.itineraries],
                dtype=np.bool_,
            )
        passes = self._known[id(table)]
        if not passes.all():
            barred = table.itineraries[int(np.flatnonzero(~passes)[0])]
            place = limit.too_long(barred.nights) or ""
            yield Bar(
                reason=Reason.STAY_TOO_LONG,
                fact=f"{place} takes people in transit for {limit.most[place]} nights",
                passes=passes,
                dates=table.first_on,
                rule="stay_limit",
            )
