"""All rules by name, in the order of the rulebook (``domain/rulebook.py``)."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from movplan.checks import (
    airline_clearance,
    appointments,
    arrival_notice,
    beds,
    budget_ceiling,
    budget_eligibility,
    companion,
    consent,
    conservation,
    convoy_ambulance,
    convoy_days,
    convoy_size,
    convoy_staff,
    daylight_driving,
    departure_deadlines,
    departure_runs,
    document_order,
    document_validity,
    driving_hours,
    enrolment,
    escort_cover,
    escort_mission,
    escort_roster,
    family_ceiling,
    family_whole,
    fitness_between,
    household,
    journey_chain,
    late_arrival,
    ledger,
    line_approval,
    luggage,
    manifest_lock,
    medical_fitness,
    newborn_age,
    objective,
    open_to_programme,
    overnight_stop,
    overnight_transit,
    payers,
    pins,
    place_capacity,
    place_open,
    pregnancy,
    promissory_note,
    public_holidays,
    round_trip,
    seats,
    session_places,
    special_notice,
    special_places,
    stay_limit,
    step_order,
    travel_window,
    travels_with,
    unaccompanied_minor,
    vehicle_load,
)
from movplan.checks.outcome import Outcome
from movplan.checks.view import PlanView
from movplan.domain.rulebook import RULEBOOK
from movplan.domain.words import RuleType


@dataclass(frozen=True, slots=True)
class RuleCheck:
    """A rule: its name, its type (H never, P parameter, O overridable), its check."""

    name: str
    type: RuleType
    check: Callable[[PlanView], Outcome]


MODULES: tuple[ModuleType, ...] = (
    airline_clearance,
    appointments,
    arrival_notice,
    beds,
    budget_ceiling,
    budget_eligibility,
    companion,
    consent,
    conservation,
    convoy_ambulance,
    convoy_days,
    convoy_size,
    convoy_staff,
    daylight_driving,
    departure_deadlines,
    departure_runs,
    document_order,
    document_validity,
    driving_hours,
    enrolment,
    escort_cover,
    escort_mission,
    escort_roster,
    family_ceiling,
    family_whole,
    fitness_between,
    household,
    journey_chain,
    late_arrival,
    ledger,
    line_approval,
    luggage,
    manifest_lock,
    medical_fitness,
    newborn_age,
    objective,
    open_to_programme,
    overnight_stop,
    overnight_transit,
    payers,
    pins,
    place_capacity,
    place_open,
    pregnancy,
    promissory_note,
    public_holidays,
    round_trip,
    seats,
    session_places,
    special_notice,
    special_places,
    stay_limit,
    step_order,
    travel_window,
    travels_with,
    unaccompanied_minor,
    vehicle_load,
)
CHECKS: dict[str, Callable[[PlanView], Outcome]] = {
    module.RULE: module.check for module in MODULES
}
RULES: tuple[RuleCheck, ...] = tuple(
    RuleCheck(rule.name, rule.type, CHECKS[rule.name]) for rule in RULEBOOK
)
