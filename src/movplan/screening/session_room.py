"""Places for sessions: of each by itself, and of its place on its dates."""

from datetime import date, timedelta

from movplan.domain.escorts import Session
from movplan.domain.scenario import Scenario
from movplan.domain.words import CapacityKind
from movplan.network.local_time import LocalTime


class SessionRoom:
    """Persons a session could take if nobody else attended any."""

    def __init__(self, scenario: Scenario) -> None:
        self._clock = LocalTime(scenario)
        self._limits = [
            row for row in scenario.capacities if row.kind is CapacityKind.APPOINTMENT
        ]
        self._known: dict[tuple[str, str], int] = {}

    def dates(self, session: Session) -> list[date]:
        """Its dates at its place, from that of its start to that of its end."""
        first = self._clock.date(session.place_id, session.starts)
        last = self._clock.date(session.place_id, session.ends)
        return [first + timedelta(days=k) for k in range((last - first).days + 1)]

    def most(self, session: Session, programme: str) -> int:
        """The least of its own places and those of its place for a programme."""
        key = (session.session_id, programme)
        if key not in self._known:
            dates = self.dates(session)
            limits = [
                row.limit
                for row in self._limits
                if row.place_id == session.place_id
                and row.programme in (None, programme)
                and (row.date_from or date.min) <= dates[-1]
                and dates[0] <= (row.date_to or date.max)
            ]
            self._known[key] = min([session.places, *limits])
        return self._known[key]
