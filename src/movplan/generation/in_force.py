"""The plan in force: notified families, a few pinned and forbidden choices, overrides."""

from datetime import date, timedelta

from movplan.domain.assignments import Assignment, Override
from movplan.domain.people import Family, Member
from movplan.domain.rules import Rule, RuleOverride
from movplan.domain.transport import Departure
from movplan.domain.words import (
    AssignmentState,
    EvidenceLabel,
    Need,
    RuleType,
)
from movplan.generation.brief import TODAY, Brief
from movplan.generation.figures import share

# Whoever is pinned goes when papers asked for today and a check are surely in hand.
PIN_FROM = TODAY + timedelta(days=14)
PINS = 2


def draw_assignments(
    brief: Brief,
    families: list[Family],
    departures: list[Departure],
    *,
    encumbered: set[str],
) -> list[Assignment]:
    """Notified families by land to Herat or Zaranj side; two pinned, some forbidden.

    ``encumbered`` are families with members on hold or escorts to find: a plan in force
    was made for the others.
    """
    rng = brief.stream(11)
    simple = [f for f in families if _is_simple(f) and f.family_id not in encumbered]
    order = [simple[k] for k in rng.permutation(len(simple))]
    wanted = max(PINS, round(len(families) * share("notified")))
    rows: list[Assignment] = []
    for number, family in enumerate(order[: wanted + 2]):
        state = AssignmentState.NOTIFIED
        if number < PINS:
            state = AssignmentState.PINNED
        elif number >= wanted:
            state = AssignmentState.FORBIDDEN
        departure = _departure_for(family, departures, number)
        if departure is not None:
            rows.append(_assignment(family, departure, state))
    return rows


def _is_simple(family: Family) -> bool:
    """By land from Mashhad or Tehran to the Herat side, ready, not linked."""
    return (
        family.programme == "avrr"
        and family.persons <= 7
        and family.starts_at in ("mashhad", "tehran")
        and family.destination in ("herat", "farah")
        and family.ready_from <= TODAY
        and family.latest is None
        and not family.travels_with
        and family.consent_withdrawn is None
    )


def _departure_for(
    family: Family, departures: list[Departure], number: int
) -> Departure | None:
    """A Tehran-Herat convoy well ahead, another one for each family."""
    convoys = [
        d
        for d in departures
        if d.number == "TH" and d.is_usable and d.departs.date() >= PIN_FROM
    ]
    convoys = [d for d in convoys if d.departs.date() <= date(2026, 5, 15)]
    return convoys[number % len(convoys)] if convoys else None


def _assignment(
    family: Family, departure: Departure, state: AssignmentState
) -> Assignment:
    return Assignment(
        family_id=family.family_id,
        departure_id=departure.departure_id,
        from_place=family.starts_at,
        to_place="herat-tc",
        state=state,
    )


def encumbered_families(members: list[Member], stopped: set[str]) -> set[str]:
    """Families with a stopped member or special needs."""
    return {m.family_id for m in members if m.member_id in stopped or m.needs}


def must_travel(families: list[Family], brief: Brief) -> list[Family]:
    """One ready emergency family in forty must travel; at least one."""
    ready = [
        f.family_id
        for f in families
        if f.priority.value == "emergency" and f.ready_from <= TODAY
    ]
    chosen = set(ready[: max(1, brief.families // 200)])
    return [
        f.model_copy(update={"must_travel": f.family_id in chosen}) for f in families
    ]


def rules() -> list[Rule]:
    """Parameters this mission edits, with their sources."""
    return [
        Rule(
            name="assumed_transfer_km",
            value=200,
            unit="km",
            type=RuleType.PARAMETER,
            source="longer ways are listed; crossings are reached by convoy only",
            label=EvidenceLabel.COMMON_PRACTICE,
        ),
        Rule(
            name="medical_validity_days",
            value=180,
            unit="days from examination",
            type=RuleType.PARAMETER,
            source="six months (M4); Canada twelve months (M3)",
            label=EvidenceLabel.SECOND_HAND,
            overrides=(RuleOverride(destination="CA", value=365),),
        ),
        Rule(
            name="wheelchair_limit",
            value=4,
            unit="WCHC per aircraft",
            type=RuleType.OVERRIDABLE,
            source="narrow-body 4, wide-body 8 (M22)",
            label=EvidenceLabel.COMMON_PRACTICE,
            overrides=(
                RuleOverride(carrier="QR", value=8),
                RuleOverride(carrier="EK", value=8),
            ),
        ),
    ]


def overrides(departures: list[Departure]) -> list[Override]:
    """The carrier accepts more wheelchairs on one flight, by name and reference."""
    flights = [d for d in departures if d.carrier == "TK"]
    return [
        Override(
            rule="wheelchair_limit",
            scope=flight.departure_id,
            by="carrier duty manager",
            reference="TK-2026-0114",
            date=TODAY,
            reason=f"{Need.WCHC.value} passengers up to 6 accepted on this flight",
        )
        for flight in flights[:1]
    ]
