"""Rule ``place_capacity`` for one family alone: persons of one flight."""

from collections.abc import Iterator

import numpy as np

from movplan.domain.aside import Aside
from movplan.domain.people import Family
from movplan.domain.words import DepartureKind, Reason
from movplan.screening.bars import Bar
from movplan.screening.shared import Shared
from movplan.screening.table import Table

RULE = "place_capacity"


class FlightSize:
    """Bars flights that may carry fewer of our people than the family is."""

    def __init__(self, shared: Shared) -> None:
        self._aside = Aside(shared.scenario, RULE)
        values, facts = shared.files.values, shared.facts
        limits = [
            values.departure("flight_max_persons", departure)
            if departure.kind is DepartureKind.FLIGHT
            and not self._aside.row(departure.to_place, departure.departure_id)
            else 0
            for departure in facts.departures
        ]
        self._limits = np.array(limits, dtype=np.int64)[facts.departure]
        self._names = [facts.departures[d].departure_id for d in facts.departure]
        self._limited = bool(self._limits.any())

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """A bar if some flight of some itinerary is limited to fewer persons."""
        if not self._limited or self._aside.family(family):
            return
        fits = (self._limits == 0) | (self._limits >= family.persons)
        passes = table.whole(fits)
        if passes.all():
            return
        persons = family.persons

        def told(number: int) -> str:
            """The narrowest flight of an itinerary, and what it may carry."""
            ids = table.rides[number]
            rides = [r for r in ids[ids >= 0].tolist() if not fits[r]]
            ride = min(rides, key=lambda r: int(self._limits[r]))
            name = self._names[ride]
            return f"flight {name} may carry {self._limits[ride]} of our people at most"

        yield Bar(
            reason=Reason.PLACE_FULL,
            fact=f"{told(int(np.argmin(passes)))}, the family is {persons}",
            passes=passes,
            dates=table.first_on,
            rule=RULE,
            change=lambda _: (
                f"{persons} allowed on one flight, or an override of {RULE}"
            ),
        )
