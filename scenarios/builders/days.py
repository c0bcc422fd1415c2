"""Days and clocks of the scenarios written by hand.

Days are written ``04-15``, times as local clocks of the place; the year is 2026 and
*today* is Monday 6 April, 08:00 in Tehran.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from movplan.generation.geography import places as carried

YEAR = 2026
TEHRAN = ZoneInfo("Asia/Tehran")
AS_OF = datetime(YEAR, 4, 6, 8, 0, tzinfo=TEHRAN)
SHORT = re.compile(r"\d\d-\d\d")
# Of places that the generator does not carry.
ZONES = {"yul": "America/Toronto", "montreal": "America/Toronto"}


def day(text: str) -> date:
    """``04-15`` is 15 April of the scenario's year; a full date is itself."""
    return date.fromisoformat(text if len(text) > len("04-15") else f"{YEAR}-{text}")


def at(on: str, clock: str, place_id: str) -> datetime:
    """A local time at a place."""
    zone = ZoneInfo(ZONES.get(place_id) or carried()[place_id].timezone)
    return datetime.combine(day(on), time.fromisoformat(clock), tzinfo=zone)


def date_of(name: str) -> str:
    """The day a departure or session is named after: ``W5-0415`` is ``04-15``."""
    return f"{name[-4:-2]}-{name[-2:]}"


def dated(columns: Mapping[str, object]) -> dict[str, object]:
    """Columns with ``04-15`` read as a date wherever that is what the text is."""
    return {
        name: day(value) if isinstance(value, str) and SHORT.fullmatch(value) else value
        for name, value in columns.items()
    }
