"""What to generate: size, seed, profile, and the dates every mission shares."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import numpy as np

from movplan.domain.money import share_out

AS_OF = datetime(2026, 4, 6, 8, 0, tzinfo=ZoneInfo("Asia/Tehran"))
TODAY = AS_OF.date()
FIRST = date(2026, 4, 7)
LAST = date(2026, 5, 31)
DAYS = (LAST - FIRST).days + 1
# The workshop's participants arrive the day before it and leave the day after.
EVENT_OPENS = date(2026, 5, 12)
EVENT_CLOSES = date(2026, 5, 14)
ARRIVE_BY = EVENT_OPENS - timedelta(days=1)
LEAVE_FROM = EVENT_CLOSES + timedelta(days=1)


class Profile(StrEnum):
    """Which programmes a mission mostly serves."""

    RETURNS = "returns"
    RESETTLEMENT = "resettlement"
    MIXED = "mixed"


# Percent of families by programme. Every profile has all five, so that every rule acts.
PROGRAMMES = ("avrr", "rqa", "resettlement", "self-payer", "workshop")
SHARES = {
    Profile.RETURNS: (72, 9, 9, 5, 5),
    Profile.RESETTLEMENT: (14, 5, 63, 12, 6),
    Profile.MIXED: (44, 9, 27, 12, 8),
}


@dataclass(frozen=True, slots=True)
class Brief:
    """What a mission is generated from; each part draws from a stream of its own."""

    families: int
    seed: int
    profile: Profile

    def stream(self, part: int) -> np.random.Generator:
        """The random stream of one part: parts do not disturb one another."""
        order = list(Profile).index(self.profile)
        return np.random.default_rng([self.seed, self.families, order, part])

    def programme_counts(self) -> dict[str, int]:
        """Families by programme: largest remainder of the profile's shares."""
        counts = share_out(self.families, SHARES[self.profile])
        return dict(zip(PROGRAMMES, counts, strict=True))


def local(day: date, clock: str, zone: str) -> datetime:
    """A local time (``06:30``) on a date at a place."""
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))


def after(start: datetime, minutes: int, zone: str) -> datetime:
    """The local time at a place so many elapsed minutes later."""
    return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(
        ZoneInfo(zone)
    )


def horizon_dates(weekdays: tuple[int, ...]) -> list[date]:
    """Dates of the horizon on the given weekdays (1 Monday .. 7 Sunday)."""
    days = (FIRST + timedelta(days=k) for k in range(DAYS))
    return [day for day in days if day.isoweekday() in weekdays]
