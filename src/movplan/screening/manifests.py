"""Rules ``departure_deadlines`` and ``manifest_lock``: nobody is added any more."""

from collections.abc import Iterator
from datetime import timedelta

from movplan.domain.people import Family
from movplan.domain.transport import Departure
from movplan.domain.words import DepartureStatus, Reason
from movplan.screening.bars import Bar, Side
from movplan.screening.shared import Shared
from movplan.screening.table import Table

DEADLINES, LOCK = "departure_deadlines", "manifest_lock"


class ManifestsClosed:
    """Bars departures that are closed to who is not on their manifest."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._as_of = shared.scenario.as_of
        self._rules = []
        for rule, find in ((DEADLINES, self._overdue), (LOCK, self._locked)):
            facts = [find(departure) for departure in shared.facts.departures]
            closed = shared.facts.of_departures([fact is not None for fact in facts])
            if closed.any():
                telling = [fact for fact in facts if fact is not None]
                self._rules.append((rule, ~closed, telling))

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """One bar per rule by which some departure is closed."""
        for rule, is_open, facts in self._rules:
            passes = table.whole(self._shared.but_listed(is_open, family))
            if not passes.all():
                more = f", and {len(facts) - 1} more like it" if len(facts) > 1 else ""
                yield Bar(
                    reason=Reason.MANIFEST_CLOSED,
                    fact=f"{facts[0]}{more}, and the family is not on the manifest",
                    passes=passes,
                    dates=table.first_on,
                    nearest=Side.LAST,
                    rule=rule,
                )

    def _overdue(self, departure: Departure) -> str | None:
        today, name = self._as_of.date(), departure.departure_id
        if departure.names_due is not None and departure.names_due < today:
            return f"names of {name} were due {departure.names_due}"
        by, status = departure.ticket_by, departure.status
        if by is not None and by < today and status is not DepartureStatus.TICKETED:
            return f"{name} was to be ticketed by {by}"
        return None

    def _locked(self, departure: Departure) -> str | None:
        name = f"manifest_lock_hours_{departure.kind.value}"
        hours = self._shared.files.values.departure(name, departure)
        closes = departure.departs - timedelta(hours=hours)
        if self._as_of <= closes:
            return None
        closed = f"{closes:%Y-%m-%d %H:%M}"
        return f"the manifest of {departure.departure_id} closed {closed}"
