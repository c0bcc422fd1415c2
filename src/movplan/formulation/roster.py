"""The roster of a pool: never more missions under way than escorts to be had.

Written as a chain of balances, not as one long row per moment: between two moments the
number of idle escorts changes by those who come free less those who leave, so every
mission stands in two rows however long it lasts:

    idle(t) = idle(t-) + freed - leaving + change of headcount,  idle(t) >= 0.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from movplan.domain.escorts import Escort
from movplan.formulation.context import Context
from movplan.formulation.model import PlantName
from movplan.formulation.plant import PlantBook
from movplan.formulation.rowbook import RowName


class Away(Protocol):
    """A mission, as the roster sees it."""

    @property
    def leaves_base(self) -> datetime:
        """From when the escort is away."""

    @property
    def free_from(self) -> datetime:
        """From when the escort is free again."""


class Team(Protocol):
    """A pool, as the roster sees it."""

    @property
    def like(self) -> Escort:
        """One of them."""

    @property
    def members(self) -> tuple[Escort, ...]:
        """All of them."""


def add_roster(
    context: Context, plant: PlantBook, pool: Team, missions: Mapping[int, Away]
) -> None:
    """Add the balance rows and idle columns of a pool."""
    headcount, idle = 0, -1
    rest_hours = context.scenario.rest_hours(pool.like)
    moments = _moments(missions)
    changes = changes_at(moments, missions)
    for moment, changed in zip(moments, changes, strict=True):
        available = _available_at(pool, moment, rest_hours=rest_hours)
        name = RowName("escort_roster", pool.like.escort_id, moment.isoformat())
        row = context.rows.row(name, rhs=available - headcount, equal=True)
        for column, amount in changed:
            plant.use(column, row, amount)
        if idle >= 0:
            plant.use(idle, row, -1)
        label = PlantName("idle", pool.like.escort_id, moment.isoformat())
        idle = plant.column(label, upper=available)
        plant.use(idle, row, 1)
        headcount = available


def changes_at(
    moments: Sequence[datetime], missions: Mapping[int, Away]
) -> list[list[tuple[int, int]]]:
    """By moment who is newly under way (1), and who no longer is (-1)."""
    changes: list[list[tuple[int, int]]] = [[] for _ in moments]
    for column, mission in missions.items():
        first = bisect_left(moments, mission.leaves_base)
        after = bisect_left(moments, mission.free_from)
        if first < after:
            changes[first].append((column, 1))
            if after < len(moments):
                changes[after].append((column, -1))
    return changes


def _moments(missions: Mapping[int, Away]) -> list[datetime]:
    """Starts at which a set of overlapping missions is largest.

    Intervals overlap pairwise iff they share a point, and a start gives such a set only
    if some mission ends before the next start.
    """
    starts = sorted({mission.leaves_base for mission in missions.values()})
    ends = sorted(mission.free_from for mission in missions.values())
    return [
        start
        for start, following in zip(starts, [*starts[1:], *ends[-1:]], strict=True)
        if bisect_right(ends, following) > bisect_right(ends, start)
    ]


def _available_at(pool: Team, moment: datetime, *, rest_hours: int) -> int:
    """Escorts who may be under way or resting at a moment (dates local to base).

    The rest after a last mission may outlast availability, so it is allowed for.
    """
    on = moment.date()
    rest = timedelta(days=rest_hours // 24 + 2)
    found = 0
    for escort in pool.members:
        ends = [d for d in (escort.available_until, escort.documents_until) if d]
        begun = escort.available_from is None or escort.available_from <= on
        if begun and all(on <= end + rest for end in ends):
            found += escort.headcount
    return found
