"""All rules by name, in the order of ``docs/rules.md``."""

from collections.abc import Callable
from dataclasses import dataclass

from movplan.checks import (
    appointments,
    beds,
    budget_ceiling,
    budget_eligibility,
    consent,
    conservation,
    departure_runs,
    document_validity,
    enrolment,
    escort_cover,
    escort_mission,
    escort_roster,
    family_whole,
    journey_chain,
    ledger,
    medical_fitness,
    objective,
    open_to_programme,
    overnight_transit,
    payers,
    pins,
    place_capacity,
    place_open,
    round_trip,
    seats,
    session_places,
    special_places,
    travel_window,
    travels_with,
    vehicle_load,
)
from movplan.checks.outcome import Outcome
from movplan.checks.view import PlanView
from movplan.domain.words import RuleType


@dataclass(frozen=True, slots=True)
class RuleCheck:
    """A rule: its name, its type (H never, P parameter, O overridable), its check."""

    name: str
    type: RuleType
    check: Callable[[PlanView], Outcome]


H, P, O = RuleType.HARD, RuleType.PARAMETER, RuleType.OVERRIDABLE  # noqa: E741

RULES: tuple[RuleCheck, ...] = (
    RuleCheck(conservation.RULE, H, conservation.check),
    RuleCheck(family_whole.RULE, H, family_whole.check),
    RuleCheck(travels_with.RULE, O, travels_with.check),
    RuleCheck(round_trip.RULE, H, round_trip.check),
    RuleCheck(journey_chain.RULE, P, journey_chain.check),
    RuleCheck(overnight_transit.RULE, O, overnight_transit.check),
    RuleCheck(travel_window.RULE, P, travel_window.check),
    RuleCheck(consent.RULE, H, consent.check),
    RuleCheck(document_validity.RULE, H, document_validity.check),
    RuleCheck(medical_fitness.RULE, H, medical_fitness.check),
    RuleCheck(pins.RULE, H, pins.check),
    RuleCheck(open_to_programme.RULE, O, open_to_programme.check),
    RuleCheck(departure_runs.RULE, P, departure_runs.check),
    RuleCheck(seats.RULE, H, seats.check),
    RuleCheck(special_places.RULE, P, special_places.check),
    RuleCheck(vehicle_load.RULE, P, vehicle_load.check),
    RuleCheck(escort_cover.RULE, O, escort_cover.check),
    RuleCheck(escort_mission.RULE, H, escort_mission.check),
    RuleCheck(escort_roster.RULE, H, escort_roster.check),
    RuleCheck(appointments.RULE, O, appointments.check),
    RuleCheck(session_places.RULE, P, session_places.check),
    RuleCheck(place_capacity.RULE, O, place_capacity.check),
    RuleCheck(beds.RULE, P, beds.check),
    RuleCheck(place_open.RULE, O, place_open.check),
    RuleCheck(budget_ceiling.RULE, H, budget_ceiling.check),
    RuleCheck(budget_eligibility.RULE, H, budget_eligibility.check),
    RuleCheck(enrolment.RULE, P, enrolment.check),
    RuleCheck(payers.RULE, H, payers.check),
    RuleCheck(ledger.RULE, H, ledger.check),
    RuleCheck(objective.RULE, H, objective.check),
)
