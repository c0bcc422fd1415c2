"""The plan in force: notified, approved, pinned and forbidden families."""

from datetime import timedelta

import numpy as np

from movplan.domain.assignments import Assignment
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.words import AssignmentState, Part
from movplan.generation.brief import TODAY, Brief
from movplan.generation.figures import share, whole
from movplan.network.itinerary import Itinerary
from movplan.screening import FamilyPart, Screening, screen

# States in force: of the families chosen, so many pinned, so many of each after that;
# the others are notified.
PINNED = 2
# Smaller missions may have less money on a line than one pinned family takes.
PINNED_FROM_FAMILIES = 40
FORBIDDEN = 2
APPROVED = 3
# Notified departures lie in the next four weeks; pins are for small families.
NOTIFIED_UNTIL = TODAY + timedelta(days=28)
LARGEST_PINNED = 6


def draw_assignments(brief: Brief, scenario: Scenario) -> tuple[Assignment, ...]:
    """Families in the plan in force, each on an itinerary it may take.

    The plan in force was made earlier, for other numbers: it need not fit the seats and
    budgets of today, which is what replanning is for. Pins do: one small family to a
    departure, on ways that screening found open.
    """
    rng = brief.stream(11)
    sample = _sample(brief, scenario, rng)
    screening = screen(sample)
    parts = [p for p in screening.parts if p.part is Part.OUTBOUND]
    wanted = max(PINNED + FORBIDDEN, round(brief.families * share("notified")))
    families = {family.family_id: family for family in sample.families}
    rows: list[Assignment] = []
    pinned: list[set[str]] = []
    pins = PINNED if brief.families >= PINNED_FROM_FAMILIES else 0
    others = 0
    for part in parts[:wanted]:
        family = families[part.family_id]
        shortest = _shortest(screening, part, sure=_sure(scenario, family))
        rides = {ride.departure_id for ride in shortest.rides} if shortest else set()
        free = not any(rides & taken for taken in pinned)
        if shortest and free and len(pinned) < pins:
            pinned.append(rides)
            rows += _rides(family, shortest, AssignmentState.PINNED)
            continue
        rows += _rides(family, _pick(rng, screening, part), _state(others))
        others += 1
    return tuple(rows)


def _sure(scenario: Scenario, family: Family) -> set[str]:
    """Departures that run for this family alone if need be; none for a large family."""
    if family.persons > LARGEST_PINNED:
        return set()
    return {
        departure.departure_id
        for departure in scenario.departures
        if departure.is_firm or departure.min_persons <= family.persons
    }


def _shortest(
    screening: Screening, part: FamilyPart, *, sure: set[str]
) -> Itinerary | None:
    """Of those on sure departures the one with fewest rides, then the earliest."""
    every: list[Itinerary] = [screening.itineraries[k] for k in part.itineraries]
    open_to = [i for i in every if all(r.departure_id in sure for r in i.rides)]
    if not open_to:
        return None
    return min(open_to, key=lambda i: (len(i.rides), i.first_date, i.ends))


def _sample(brief: Brief, scenario: Scenario, rng: np.random.Generator) -> Scenario:
    """A seventh of the mission: families on their own, without patients, one way."""
    family_of = {m.member_id: m.family_id for m in scenario.members}
    patients = {family_of[m.member_id] for m in scenario.medical if m.escort_role}
    simple = [
        family
        for family in scenario.families
        if not family.travels_with
        and family.programme != "workshop"
        and family.family_id not in patients
        and family.ready_from <= TODAY
    ]
    size = max(8, brief.families // 7)
    chosen = sorted(rng.permutation(len(simple))[:size].tolist())
    families = tuple(simple[k] for k in chosen)
    ids = {family.family_id for family in families}
    members = tuple(m for m in scenario.members if m.family_id in ids)
    known = {member.member_id for member in members}
    return scenario.model_copy(
        update={
            "families": families,
            "members": members,
            "medical": tuple(m for m in scenario.medical if m.member_id in known),
            "documents": tuple(d for d in scenario.documents if d.member_id in known),
        }
    )


def _pick(
    rng: np.random.Generator, screening: Screening, part: FamilyPart
) -> Itinerary:
    """An itinerary within the notified weeks, or else the earliest."""
    open_to: list[Itinerary] = [screening.itineraries[k] for k in part.itineraries]
    soon = [i for i in open_to if i.first_date <= NOTIFIED_UNTIL]
    if not soon:
        return min(open_to, key=lambda i: (i.first_date, i.ends))
    return soon[whole(rng, 0, len(soon) - 1)]


def _state(number: int) -> AssignmentState:
    if number < FORBIDDEN:
        return AssignmentState.FORBIDDEN
    if number < FORBIDDEN + APPROVED:
        return AssignmentState.APPROVED
    return AssignmentState.NOTIFIED


def _rides(
    family: Family, itinerary: Itinerary, state: AssignmentState
) -> list[Assignment]:
    rides = itinerary.rides
    if state is AssignmentState.FORBIDDEN:
        rides = rides[:1]
    return [
        Assignment(
            family_id=family.family_id,
            leg=leg,
            departure_id=ride.departure_id,
            from_place=ride.from_place,
            to_place=ride.to_place,
            state=state,
        )
        for leg, ride in enumerate(rides, start=1)
    ]
