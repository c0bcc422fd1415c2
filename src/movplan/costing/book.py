"""What the ledger looks things up in: the scenario's rows by id, local dates."""

from datetime import date, datetime
from functools import cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from movplan.costing.riders import RiderCounts
from movplan.costing.tariffs import Tariffs
from movplan.domain.errors import InputError, Issue
from movplan.domain.escorts import Escort, Session
from movplan.domain.people import Family
from movplan.domain.programmes import Programme
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure
from movplan.domain.words import DepartureKind

Found = TypeVar("Found")


class Book:
    """Tariffs, riders and rows by id. A plan that names an unknown id is refused."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.tariffs = Tariffs(scenario)
        self.riders = RiderCounts(scenario)
        self._families = {row.family_id: row for row in scenario.families}
        self._programmes = {row.programme_id: row for row in scenario.programmes}
        self._departures = {row.departure_id: row for row in scenario.departures}
        self._sessions = {row.session_id: row for row in scenario.sessions}
        self._escorts = {row.escort_id: row for row in scenario.escorts}
        self._boards = {
            (row.departure_id, row.place_id): row.departs
            for row in scenario.departure_stops
        }
        self._zone = cache(self._find_zone)

    def family(self, family_id: str) -> Family:
        """The family of that id."""
        return _known(self._families, "families", family_id)

    def programme_of(self, family_id: str) -> Programme:
        """The programme a family travels under."""
        programme = self.family(family_id).programme
        return _known(self._programmes, "programmes", programme)

    def departure(self, departure_id: str | None) -> Departure:
        """The departure of that id."""
        return _known(self._departures, "departures", departure_id)

    def session(self, session_id: str | None) -> Session:
        """The session of that id."""
        return _known(self._sessions, "sessions", session_id)

    def escort(self, escort_id: str) -> Escort:
        """The escort of that id."""
        return _known(self._escorts, "escorts", escort_id)

    def boarding_date(self, departure_id: str, place_id: str) -> date:
        """Local date on which a departure leaves one of the places it serves."""
        departure = self.departure(departure_id)
        departs = self._boards.get((departure_id, place_id), departure.departs)
        return self.local_date(departs, place_id)

    def local_date(self, at: datetime, place_id: str) -> date:
        """The date at the place."""
        return at.astimezone(self._zone(place_id)).date()

    def is_flight(self, departure_id: str) -> bool:
        """Whether the departure is a flight."""
        return self.departure(departure_id).kind is DepartureKind.FLIGHT

    def _find_zone(self, place_id: str) -> ZoneInfo:
        place = _known(self.tariffs.connections.places, "places", place_id)
        return ZoneInfo(place.timezone)


def _known(rows: dict[str, Found], table: str, key: str | None) -> Found:
    if key is not None and key in rows:
        return rows[key]
    issue = Issue(
        code="UNKNOWN_ID",
        table=table,
        key=key or "",
        problem=f"the plan names {key!r}, which is not in {table}",
    )
    raise InputError([issue])
