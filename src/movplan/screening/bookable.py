"""Until when a family can be put on the manifests of an itinerary."""

from datetime import timedelta

import numpy as np

from movplan.domain.people import Family
from movplan.domain.transport import Departure
from movplan.domain.words import DepartureStatus
from movplan.screening.document_order import NEVER
from movplan.screening.result import IntArray
from movplan.screening.shared import Shared
from movplan.screening.table import Table


class Bookable:
    """The last date (ordinal) of names, tickets and locks of all departures."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        last = [self._last(departure) for departure in shared.facts.departures]
        self._last_of_rides = np.array(last, dtype=np.int64)[shared.facts.departure]

    def until(self, family: Family, table: Table) -> IntArray:
        """Per itinerary; ``NEVER`` if it is on all its manifests."""
        last, listed = self._last_of_rides, self._shared.on_manifest(family)
        if listed is not None:
            last = np.where(listed, NEVER, last)
        until: IntArray = np.append(last, NEVER)[table.rides].min(axis=1)
        return until

    def _last(self, departure: Departure) -> int:
        name = f"manifest_lock_hours_{departure.kind.value}"
        hours = self._shared.files.values.departure(name, departure)
        closes = departure.departs - timedelta(hours=hours)
        dates = [self._shared.network.clock.date(departure.from_place, closes)]
        if departure.names_due is not None:
            dates.append(departure.names_due)
        ticketed = departure.status is DepartureStatus.TICKETED
        if departure.ticket_by is not None and not ticketed:
            dates.append(departure.ticket_by)
        return min(dates).toordinal()
