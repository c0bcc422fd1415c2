"""Flights F05, F12, F19 for the convoys of the mission, and small changes to it."""

from datetime import date
from typing import Any

from movplan.domain.assignments import Assignment, Override
from movplan.domain.people import Member
from movplan.domain.rules import default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.words import AssignmentState, DepartureKind
from tests.screening.mission import BASE, changed, may

CONVOYS = ["C05", "C12", "C19"]
FLY = {"kind": DepartureKind.FLIGHT, "seats": 50, "carrier": "TK"}
"""From 02:30 to 10:30 UTC: eight hours."""
FLIGHTS = changed(departures=tuple(d.model_copy(update=FLY) for d in BASE.departures))


def ruled(base: Scenario, **values: int | str) -> Scenario:
    """The mission with some parameters at other values."""
    rules = tuple(
        default_rules()[name].model_copy(update={"value": value, "overrides": ()})
        for name, value in values.items()
    )
    return changed(base=base, rules=rules)


def person(number: int, born: date = date(1990, 1, 1), **columns: Any) -> Member:
    row = Member(member_id=f"M{number}", family_id="F1", birth_date=born)
    return row.model_copy(update=columns)


def of(*members: Member, base: Scenario = FLIGHTS) -> Scenario:
    return changed(base=base, members=members)


def listed(base: Scenario, departure: str) -> Scenario:
    """The family is on the manifest of a departure (notified)."""
    row = Assignment(
        family_id="F1", departure_id=departure, state=AssignmentState.NOTIFIED
    )
    return changed(base=base, assignments=(row,))


def overridden(base: Scenario, rule: str, scope: str) -> Scenario:
    row = Override(rule=rule, scope=scope, by="X", reference="-", date=may(1))
    return changed(base=base, overrides=(row,))


def on_departures(base: Scenario, **columns: Any) -> Scenario:
    """The same columns for every departure."""
    rows = tuple(row.model_copy(update=columns) for row in base.departures)
    return changed(base=base, departures=rows)
