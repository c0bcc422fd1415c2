"""Persons counted against a capacity row, by the period it limits."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from movplan.checks.view import PlanView
from movplan.checks.view.events import Event
from movplan.domain.aside import Aside
from movplan.domain.transport import Capacity
from movplan.domain.words import Period


def counted(view: PlanView, row: Capacity, aside: Aside) -> Counter[str]:
    """Persons by period the row limits; families set aside are not counted.

    Nor is a departure set aside, by a row of each departure by itself.
    """
    found: Counter[str] = Counter()
    for event in view.events_at.get((row.place_id, row.kind), ()):
        out = aside.row(event.family_id, event.programme)
        if row.period is Period.DEPARTURE:
            out = out or aside.row(event.departure_id)
        if counts(row, event) and not out:
            found[_period(row, event)] += event.persons
    return found


def over_limit(view: PlanView, row: Capacity, aside: Aside) -> Iterator[str]:
    """Periods in which more persons were counted than the row allows."""
    used = row.used_to_date if row.period is Period.QUOTA_YEAR else 0
    for period, persons in sorted(counted(view, row, aside).items()):
        if persons + used > row.limit:
            before = f" after {used} before" if used else ""
            of = f" of {row.programme}" if row.programme else ""
            yield (
                f"{row.place_id} {row.kind.value} {period}: {persons} persons{of}"
                f"{before}, at most {row.limit}"
            )


def counts(row: Capacity, event: Event) -> bool:
    """Whether the row counts an event of its kind at its place."""
    if row.period is Period.DEPARTURE and (event.by_transfer or not event.departure_id):
        return False
    return row.programme in (None, event.programme) and covers(row, event.on)


def covers(row: Capacity, on: date) -> bool:
    """Whether a date is one of the row's."""
    started = row.date_from is None or row.date_from <= on
    return started and (row.date_to is None or on <= row.date_to)


def _period(row: Capacity, event: Event) -> str:
    """The day, ISO week, whole range or departure of an event, in words."""
    on = event.on
    if row.period is Period.DEPARTURE:
        return f"with {event.departure_id}"
    if row.period is Period.DAY:
        return f"on {on}"
    if row.period is Period.WEEK:
        year, week, _ = on.isocalendar()
        return f"in week {year}-W{week:02d}"
    return f"from {row.date_from or 'the start'} to {row.date_to or 'the end'}"
