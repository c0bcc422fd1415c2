"""Family by family: who travels when, and who stays and why."""

from movplan.domain.plan import LeftOut, Leg, Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import Part
from movplan.reports.journeys import Journey, journeys
from movplan.reports.places import PlaceNames
from movplan.reports.reasons import REASON_TEXT
from movplan.reports.table import Table, left, right, wide
from movplan.reports.text import day, moment


def families_table(plan: Plan, scenario: Scenario | None = None) -> Table:
    """One row per journey: who, from where to where, when, on what.

    What is the same of all is said once below, not in every row.
    """
    found = journeys(plan)
    names = PlaceNames(scenario)
    states = sorted({journey.state for journey in found})
    rows = tuple(_journey_row(j, names, state=len(states) > 1) for j in found)
    columns = (
        *left("Family, cases", "Part"),
        *right("Persons"),
        *wide("Way"),
        *left("Sets out", "Arrives", "Departures"),
        *right("Nights"),
        *left("Escorts", "State"),
    )
    note = f"All of them {states[0]}." if len(states) == 1 else ""
    return Table("Families that travel", columns, rows, note)


def _journey_row(
    journey: Journey, names: PlaceNames, *, state: bool
) -> tuple[str, ...]:
    first, last = journey.travel[0], journey.travel[-1]
    escorts = sorted({e for leg in journey.rides for e in leg.escort_ids})
    return (
        known_as(journey.family_id, first.case_ids, first.external_ref),
        "" if journey.part is Part.OUTBOUND else journey.part.value,
        str(journey.persons),
        names.way(journey.places),
        moment(first.departs),
        moment(last.arrives),
        "\n".join(_aboard(leg) for leg in journey.rides),
        str(journey.nights or ""),
        ", ".join(escorts),
        journey.state if state else "",
    )


def known_as(
    family_id: str, case_ids: tuple[str, ...], external_ref: str | None
) -> str:
    """A family by its id, its cases and its id in another system."""
    return " ".join([family_id, *case_ids, *filter(None, [external_ref])])


def _aboard(leg: Leg) -> str:
    vehicle = f" ({leg.vehicle})" if leg.vehicle else ""
    return f"{leg.departure_id}{vehicle}"


def left_out_table(plan: Plan) -> Table:
    """One row per family left out, with the fact that binds."""
    ordered = sorted(plan.left_out, key=lambda r: (r.reason, r.family_id))
    rows = tuple(
        (
            known_as(row.family_id, row.case_ids, row.external_ref),
            str(row.persons),
            _reason(row),
            row.fact,
            _later(row),
        )
        for row in ordered
    )
    columns = (
        *left("Family, cases"),
        *right("Persons"),
        *left("Reason (rule)"),
        *wide("What binds, and what would do"),
        *left("Can go later"),
    )
    return Table("Families that stay", columns, rows)


def _reason(row: LeftOut) -> str:
    words = REASON_TEXT[row.reason]
    return f"{words} ({row.rule})" if row.rule else words


def _later(row: LeftOut) -> str:
    """Whether its window goes on after the horizon, and when it ends."""
    if row.lapses_on is None:
        return "yes" if row.deferred else "no"
    ends = day(row.lapses_on)
    return f"yes, until {ends}" if row.deferred else f"no, lapses {ends}"
