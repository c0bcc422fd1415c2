"""Persons counted against a capacity row, by the period it limits."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from movplan.checks.view import PlanView
from movplan.checks.view.events import Event
from movplan.domain.transport import Capacity
from movplan.domain.words import Period


def over_limit(view: PlanView, row: Capacity) -> Iterator[str]:
    """Periods in which more persons were counted than the row allows."""
    counted: Counter[str] = Counter()
    for event in view.events_at.get((row.place_id, row.kind), ()):
        if _counts(row, event):
            counted[_period(row, event.on)] += event.persons
    used = row.used_to_date if row.period is Period.QUOTA_YEAR else 0
    for period, persons in sorted(counted.items()):
        if persons + used > row.limit:
            before = f" after {used} before" if used else ""
            of = f" of {row.programme}" if row.programme else ""
            yield (
                f"{row.place_id} {row.kind.value} {period}: {persons} persons{of}"
                f"{before}, at most {row.limit}"
            )


def _counts(row: Capacity, event: Event) -> bool:
    return (
        (row.date_from is None or row.date_from <= event.on)
        and (row.date_to is None or event.on <= row.date_to)
        and row.programme in (None, event.programme)
    )


def _period(row: Capacity, on: date) -> str:
    """The day, ISO week or whole range a date falls in, in words."""
    if row.period is Period.DAY:
        return f"on {on}"
    if row.period is Period.WEEK:
        year, week, _ = on.isocalendar()
        return f"in week {year}-W{week:02d}"
    return f"from {row.date_from or 'the start'} to {row.date_to or 'the end'}"
