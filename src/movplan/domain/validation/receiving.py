"""Places, capacities and closures of the receiving side; documents in order."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from movplan.domain.calendar import is_known_subdivision
from movplan.domain.errors import Issue
from movplan.domain.transport import Capacity, Closure
from movplan.domain.validation.lookup import Lookup
from movplan.domain.words import CapacityKind, ClosureState, EscortShare, Period

PER_DEPARTURE = (CapacityKind.ARRIVAL, CapacityKind.DEPARTURE)


def unknown_subdivisions(lookup: Lookup) -> Iterator[Issue]:
    """A place's subdivision is one that has a calendar of holidays."""
    for place in lookup.scenario.places:
        part = place.subdivision
        if part and not is_known_subdivision(place.country, part):
            yield lookup.warning(
                "places",
                place,
                "subdivision",
                f"no calendar of {place.country} has it: the country's is used",
                code="UNKNOWN_ID",
                expected="ISO 3166-2 without the country, e.g. QC",
            )


def bad_periods(lookup: Lookup) -> Iterator[Issue]:
    """By departure: who boards it or alights from it; of a clinic: by day."""
    for row in lookup.scenario.capacities:
        if row.kind is CapacityKind.APPOINTMENT and row.period is not Period.DAY:
            yield lookup.error(
                "capacities",
                row,
                "period",
                f"appointments are not counted by {row.period.value}",
                code="BAD_VALUE",
                expected="day",
            )
            continue
        if row.period is Period.DEPARTURE and row.kind not in PER_DEPARTURE:
            yield lookup.error(
                "capacities",
                row,
                "period",
                f"{row.kind.value} is not counted by departure",
                code="BAD_VALUE",
                expected="kind arrival or departure, or another period",
            )


def overlapping_quotas(lookup: Lookup) -> Iterator[Issue]:
    """Quota years of one place, kind and programme follow one another."""
    years: dict[tuple[str, str, str], list[Capacity]] = defaultdict(list)
    for row in lookup.scenario.capacities:
        if row.period is Period.QUOTA_YEAR:
            years[row.place_id, row.kind, row.programme or ""].append(row)
    for rows in years.values():
        rows.sort(key=lambda row: (row.date_from or date.min, row.capacity_id))
        for one, two in pairwise(rows):
            if (two.date_from or date.min) <= (one.date_to or date.max):
                yield lookup.warning(
                    "capacities",
                    two,
                    "date_from",
                    f"overlaps {one.capacity_id}: an event counts in both",
                    code="OVERLAP",
                    expected="quota years one after another",
                )


def bad_closures(lookup: Lookup) -> Iterator[Issue]:
    """Closures stop events; opening a holiday opens it for all."""
    for row in lookup.scenario.closures:
        for kind in (CapacityKind.BEDS, CapacityKind.APPOINTMENT):
            if kind in row.kinds:
                problem = f"{kind.value} cannot be closed"
                yield _bad_closure(lookup, row, "kinds", problem)
        if row.state is ClosureState.OPEN and (row.programmes or row.kinds):
            problem = "an open row is no holiday for anybody and anything"
            column = "programmes" if row.programmes else "kinds"
            yield _bad_closure(lookup, row, column, problem)
        elif row.state is ClosureState.OPEN and row.has_hours:
            column = "opens" if row.opens is not None else "closes"
            problem = "an open row is no holiday all day"
            yield _bad_closure(lookup, row, column, problem)


def _bad_closure(lookup: Lookup, row: Closure, column: str, problem: str) -> Issue:
    return lookup.error(
        "closures",
        row,
        column,
        problem,
        code="BAD_VALUE",
        expected="in state closed: programmes, hours; departure, crossing, arrival",
    )


def bad_patients(lookup: Lookup) -> Iterator[Issue]:
    """Weeks of pregnancy are dated; patients have an escort alone or share one."""
    for member in lookup.scenario.members:
        if member.pregnancy_weeks is not None and member.pregnancy_as_of is None:
            yield lookup.error(
                "members",
                member,
                "pregnancy_as_of",
                "the weeks of pregnancy have no date",
                code="MISSING",
                expected="the date on which the weeks were counted",
            )
    for medical in lookup.scenario.medical:
        if medical.escort_share is EscortShare.CONVOY:
            yield lookup.error(
                "medical",
                medical,
                "escort_share",
                "a convoy's staff is not a patient's escort",
                code="BAD_VALUE",
                expected="own or shared",
            )
