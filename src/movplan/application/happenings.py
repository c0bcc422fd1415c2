"""What happens on the ground after a plan was made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from movplan.domain.plan import Leg, Plan
from movplan.domain.scenario import Scenario


class Happening(StrEnum):
    """What happened. ``CANCELLED``: a departure, or a family its own journey."""

    DEPARTED = "DEPARTED"
    NO_SHOW = "NO_SHOW"
    CANCELLED = "CANCELLED"
    MEDICAL_STOP = "MEDICAL_STOP"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"


@dataclass(frozen=True, slots=True)
class Event:
    """One happening, on a date, to a family, a departure, or a family on a departure.

    ``hold_until``: the first date on which a medical stop may be over, if known.
    """

    kind: Happening
    on: date
    family_id: str | None = None
    departure_id: str | None = None
    member_id: str | None = None
    hold_until: date | None = None


@dataclass(frozen=True, slots=True)
class Concern:
    """What an event names in vain: the field, and why it cannot be."""

    field: str
    problem: str


def concerns(scenario: Scenario, plan: Plan, event: Event) -> tuple[Concern, ...]:
    """Why an event cannot have happened to this plan; nothing if it can."""
    unknown = tuple(_unknown(scenario, event))
    if unknown or event.kind not in (Happening.DEPARTED, Happening.NO_SHOW):
        return unknown
    aboard = {leg.family_id for leg in plan.schedule if rides(leg, event)}
    if not aboard:
        return (Concern("departure_id", "the plan has nobody on that departure"),)
    if event.family_id is not None and event.family_id not in aboard:
        return (Concern("family_id", "the plan has it not on that departure"),)
    return ()


def _unknown(scenario: Scenario, event: Event) -> Iterator[Concern]:
    families = {family.family_id for family in scenario.families}
    departures = {departure.departure_id for departure in scenario.departures}
    family_of = {row.member_id: row.family_id for row in scenario.members}
    if event.family_id is not None and event.family_id not in families:
        yield Concern("family_id", "the plan's scenario has no such family")
    if event.departure_id is not None and event.departure_id not in departures:
        yield Concern("departure_id", "the plan's scenario has no such departure")
    if event.member_id is not None:
        family_id = family_of.get(event.member_id)
        if family_id is None:
            yield Concern("member_id", "the plan's scenario has no such member")
        elif event.family_id not in (None, family_id):
            yield Concern("member_id", "the member is of another family")


def rides(leg: Leg, event: Event) -> bool:
    """Whether the leg is a ride on the event's departure."""
    return leg.departure_id is not None and leg.departure_id == event.departure_id
