"""Local time at a place: datetimes with the fixed offset that holds there then.

Fixed offsets, because Python subtracts two datetimes of one named zone by the wall
clock, which is an hour wrong across a change to or from summer time.
"""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from movplan.domain.scenario import Scenario


class LocalTime:
    """Says what the clock at a place shows at a moment."""

    def __init__(self, scenario: Scenario) -> None:
        self._zone = {p.place_id: ZoneInfo(p.timezone) for p in scenario.places}

    def at(self, place_id: str, moment: datetime) -> datetime:
        """The same moment with the place's offset."""
        shown = moment.astimezone(self._zone[place_id])
        return shown.replace(tzinfo=timezone(shown.utcoffset() or timedelta(0)))

    def date(self, place_id: str, moment: datetime) -> date:
        """The local date of a moment at a place."""
        return self.at(place_id, moment).date()
