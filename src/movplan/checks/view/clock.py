"""Moments in UTC for arithmetic, local dates and times for what rules say."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from movplan.domain.transport import Place


def utc(at: datetime) -> datetime:
    """The same moment in UTC: differences of it are elapsed time."""
    return at.astimezone(UTC)


def minutes(count: int) -> timedelta:
    """A duration in minutes."""
    return timedelta(minutes=count)


class Clock:
    """Tells a moment in the zone of a place."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        zones = {place.timezone for place in places.values()}
        by_name = {name: ZoneInfo(name) for name in zones}
        self._zones = {key: by_name[place.timezone] for key, place in places.items()}

    def local(self, place_id: str, at: datetime) -> datetime:
        """The moment as the clock of that place shows it (UTC if it is unknown)."""
        return at.astimezone(self._zones.get(place_id, UTC))

    def date(self, place_id: str, at: datetime) -> date:
        """The local date at that place."""
        return self.local(place_id, at).date()

    def time(self, place_id: str, at: datetime) -> time:
        """The local time of day at that place."""
        return self.local(place_id, at).time()

    def text(self, place_id: str, at: datetime) -> str:
        """Local date and time in words, e.g. ``2026-05-14 08:30``."""
        return f"{self.local(place_id, at):%Y-%m-%d %H:%M}"
