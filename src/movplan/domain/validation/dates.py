"""Dates and times that cannot be."""

from collections.abc import Iterator

from movplan.domain.errors import Issue
from movplan.domain.validation.lookup import Lookup
from movplan.domain.words import Trip

# (table, earlier column, later column): the later one is not before the earlier one.
DATE_PAIRS = (
    ("programmes", "event_opens", "event_closes"),
    ("families", "ready_from", "latest"),
    ("families", "return_earliest", "return_latest"),
    ("families", "consent_signed", "consent_withdrawn"),
    ("medical", "exam_date", "valid_until"),
    ("medical", "exam_date", "airline_clearance_until"),
    ("documents", "valid_from", "valid_until"),
    ("escorts", "available_from", "available_until"),
    ("capacities", "date_from", "date_to"),
    ("closures", "date_from", "date_to"),
    ("budget_lines", "service_from", "service_until"),
    ("places", "opens", "closes"),
    ("closures", "opens", "closes"),
)
TIME_PAIRS = (("departures", "departs", "arrives"), ("sessions", "starts", "ends"))


def reversed_dates(lookup: Lookup) -> Iterator[Issue]:
    """Nothing ends before it begins."""
    for table, earlier, later in DATE_PAIRS:
        for row in getattr(lookup.scenario, table):
            first, last = getattr(row, earlier), getattr(row, later)
            if first is not None and last is not None and last < first:
                yield lookup.error(
                    table,
                    row,
                    later,
                    f"is before {earlier} {first}",
                    code="BAD_DATES",
                    expected=f"{first} or later",
                )


def reversed_times(lookup: Lookup) -> Iterator[Issue]:
    """Departures arrive after they depart; sessions end after they start."""
    for table, earlier, later in TIME_PAIRS:
        for row in getattr(lookup.scenario, table):
            first, last = getattr(row, earlier), getattr(row, later)
            if last <= first:
                yield lookup.error(
                    table,
                    row,
                    later,
                    f"is not after {earlier} {first.isoformat()}",
                    code="BAD_DATES",
                    expected="a later time; mind the offsets of both places",
                )


def future_births(lookup: Lookup) -> Iterator[Issue]:
    """Members are born by ``as_of``."""
    today = lookup.scenario.as_of.date()
    for member in lookup.scenario.members:
        if member.birth_date > today:
            yield lookup.error(
                "members",
                member,
                "birth_date",
                f"is after as_of {today}",
                code="BAD_DATES",
                expected=f"{today} or earlier",
            )


def past_horizon(lookup: Lookup) -> Iterator[Issue]:
    """The horizon is not over yet at ``as_of``."""
    scenario = lookup.scenario
    if scenario.horizon.last < scenario.as_of.date():
        yield Issue(
            code="BAD_DATES",
            table="scenario",
            column="horizon.last",
            value=str(scenario.horizon.last),
            problem=f"is before as_of {scenario.as_of.date()}: nothing left to plan",
            expected=f"{scenario.as_of.date()} or later",
        )


def missing_events(lookup: Lookup) -> Iterator[Issue]:
    """A round trip has an event with both dates."""
    for programme in lookup.scenario.programmes:
        if programme.trip is not Trip.ROUND_TRIP:
            continue
        for column in ("event_opens", "event_closes"):
            if getattr(programme, column) is None:
                yield lookup.error(
                    "programmes",
                    programme,
                    column,
                    "a round trip needs the dates of its event",
                    code="MISSING",
                    expected="a date, e.g. 2026-05-12",
                )


def bad_weekdays(lookup: Lookup) -> Iterator[Issue]:
    """Weekdays of a closure are 1 (Monday) to 7 (Sunday)."""
    for closure in lookup.scenario.closures:
        if any(not 1 <= day <= 7 for day in closure.weekdays):
            yield lookup.error(
                "closures",
                closure,
                "weekdays",
                "a weekday is not between 1 and 7",
                code="BAD_VALUE",
                expected="1 (Monday) to 7 (Sunday), separated by ;",
            )
