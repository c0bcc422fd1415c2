"""Which resources a plan uses up: seats, budget lines, beds, appointments, escorts.

Read from scenario, screening and plan, without a solver. A resource *binds* where a
family left out could have used it and it has too little left for that family; a budget
line binds when at most ``BOUND_SHARE`` of its money, or none of its places, is left.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from movplan.costing.draws import line_draws
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import CapacityKind, EscortRole, LegKind, Part
from movplan.network.itinerary import Itinerary
from movplan.screening import FamilyPart, Screening

BOUND_SHARE = 0.03


def bound_lines(scenario: Scenario, plan: Plan) -> dict[str, bool]:
    """Whether each budget line with a ceiling is used up."""
    drawn = line_draws(scenario, plan.ledger)
    binds = {}
    for line in scenario.budget_lines:
        available = line.available_cents
        if available is not None:
            left = available - drawn[line.budget_line_id]
            binds[line.budget_line_id] = left <= BOUND_SHARE * available
    return binds


def left_out_parts(screening: Screening, plan: Plan) -> list[FamilyPart]:
    """Parts of families that could travel but were left out."""
    left = {row.family_id for row in plan.left_out}
    return [part for part in screening.parts if part.family_id in left]


def full_departures(screening: Screening, plan: Plan) -> set[str]:
    """Departures without seats enough for some family left out that could ride them."""
    free = _free_seats(plan)
    seats = dict(
        zip(
            screening.loads.family_ids,
            screening.loads.flight_seats.max(axis=1),
            strict=True,
        )
    )
    full: set[str] = set()
    for part, itinerary in _chances(screening, left_out_parts(screening, plan)):
        for ride in itinerary.rides:
            left = free.get(ride.departure_id)
            if left is not None and left < seats[part.family_id]:
                full.add(ride.departure_id)
    return full


def _free_seats(plan: Plan) -> dict[str, int]:
    """Largest number of seats together: of the flight, or of one hired vehicle.

    Convoys that do not run are not in the answer: they lack no seats.
    """
    free: dict[str, int] = {}
    for row in plan.departures:
        if row.seats is not None:
            free[row.departure_id] = row.seats - row.peak_seats
        elif row.runs:
            room = [v.seats - v.spare_seats - v.peak_seats for v in row.vehicles]
            free[row.departure_id] = max([0, *room])
    return free


def full_sessions(scenario: Scenario, screening: Screening, plan: Plan) -> set[str]:
    """Sessions without places enough for some family left out that could attend."""
    left = {row.session_id: row.places for row in scenario.sessions}
    for leg in plan.schedule:
        if leg.kind is LegKind.APPOINTMENT and leg.session_id is not None:
            left[leg.session_id] -= leg.persons
    full: set[str] = set()
    for part in left_out_parts(screening, plan):
        for slots in part.options:
            for option in (o for slot in slots for o in slot):
                if left[option.session_id] < option.persons:
                    full.add(option.session_id)
    return full


def full_nights(
    scenario: Scenario, screening: Screening, plan: Plan
) -> set[tuple[str, date]]:
    """Places and nights without beds for some family left out that needs them."""
    beds = {
        row.place_id: row.limit
        for row in scenario.capacities
        if row.kind is CapacityKind.BEDS
    }
    slept: Counter[tuple[str, date]] = Counter()
    for leg in plan.schedule:
        if leg.kind is LegKind.NIGHT:
            slept[leg.from_place, leg.departs.date()] += leg.persons
    persons = {family.family_id: family.persons for family in scenario.families}
    return {
        night
        for part in left_out_parts(screening, plan)
        for night in _nights(part, screening)
        if night[0] in beds and beds[night[0]] - slept[night] < persons[part.family_id]
    }


def _nights(part: FamilyPart, screening: Screening) -> set[tuple[str, date]]:
    stays = [n for k in part.itineraries for n in screening.itineraries[k].nights]
    for slots in part.options:
        stays += [n for slot in slots for option in slot for n in option.nights]
    return {(night.place_id, night.on) for night in stays}


def patients_without_escort(
    scenario: Scenario, screening: Screening, plan: Plan
) -> set[str]:
    """Families left out with a patient, on some itinerary of whom no escort is free.

    An escort is free if it is available throughout and on no mission at the time;
    positioning is not counted, so this says too little rather than too much.
    """
    family_of = {m.member_id: m.family_id for m in scenario.members}
    roles: dict[str, set[EscortRole]] = defaultdict(set)
    for row in scenario.medical:
        if row.escort_role is not None:
            roles[family_of[row.member_id]].add(row.escort_role)
    without: set[str] = set()
    for part in left_out_parts(screening, plan):
        chances = [screening.itineraries[k] for k in part.itineraries]
        for role in roles.get(part.family_id, ()):
            if not all(_is_free(scenario, plan, role, i) for i in chances):
                without.add(part.family_id)
    return without


def _is_free(
    scenario: Scenario, plan: Plan, role: EscortRole, itinerary: Itinerary
) -> bool:
    starts, ends = itinerary.rides[0].departs, itinerary.ends
    for escort in scenario.escorts:
        ready = max(
            escort.available_from or starts.date(),
            _plus(scenario.as_of.date(), escort.lead_days),
        )
        until = min(
            escort.available_until or ends.date(), escort.documents_until or ends.date()
        )
        if escort.role != role or starts.date() < ready or ends.date() > until:
            continue
        busy = sum(
            m.escort_id == escort.escort_id
            and m.leaves_base < ends
            and starts < m.free_from
            for m in plan.missions
        )
        if busy < escort.headcount:
            return True
    return False


def _plus(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() + days)


def _chances(
    screening: Screening, parts: Iterable[FamilyPart]
) -> Iterator[tuple[FamilyPart, Itinerary]]:
    for part in parts:
        for k in part.itineraries:
            yield part, screening.itineraries[k]


def count_connections(plan: Plan) -> tuple[int, int]:
    """Families travelling, and those of them with more than one ride out."""
    rides: Counter[str] = Counter()
    for leg in plan.schedule:
        if leg.kind is LegKind.RIDE and leg.part is Part.OUTBOUND:
            rides[leg.family_id] += 1
    return len(rides), sum(count > 1 for count in rides.values())
