"""Every movement rule by name: type, the parameters it reads, what may be set aside.

The one list of names: the checks' registry, ``docs/rules.md`` and ``movplan rules`` are
held equal to it by tests. What a rule means stands in ``docs/semantics.md``.
"""

from dataclasses import dataclass
from enum import StrEnum

from movplan.domain.words import RuleType


class Section(StrEnum):
    """The part of ``docs/semantics.md`` a rule belongs to."""

    PLAN = "plan"
    FAMILIES = "families"
    JOURNEYS = "journeys"
    STEPS = "steps and documents"
    HEALTH = "health"
    DEPARTURES = "departures"
    CONVOYS = "convoys"
    ESCORTS = "escorts"
    RECEIVING = "receiving side"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class MovementRule:
    """A rule: its name, type, section, parameters (``rules.yaml``) and scopes.

    ``scopes`` are the tables whose ids an override of the rule may name, besides ``*``;
    only rules of type O have any.
    """

    name: str
    type: RuleType
    section: Section
    parameters: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()


H, P, O = RuleType.HARD, RuleType.PARAMETER, RuleType.OVERRIDABLE  # noqa: E741
S = Section

FAMILY_SCOPES = ("families", "programmes")
SEAT_AGES = ("infant_age_years", "adult_age_years", "lap_infants_per_adult")
AT_A_TIME = ("patients_per_nurse", "patients_per_doctor", "minors_per_escort")
CONNECTION = (
    "connection_flight_min",
    "connection_regional_min",
    "regional_flight_km",
    "connection_convoy_min",
)

RULEBOOK: tuple[MovementRule, ...] = (
    MovementRule("conservation", H, S.PLAN),
    MovementRule("family_whole", H, S.FAMILIES, (*SEAT_AGES, "stretcher_seats")),
    MovementRule("travels_with", O, S.FAMILIES, scopes=FAMILY_SCOPES),
    MovementRule(
        "newborn_age",
        P,
        S.FAMILIES,
        ("newborn_min_days", "newborn_report_min_days"),
    ),
    MovementRule("unaccompanied_minor", H, S.FAMILIES, ("adult_age_years",)),
    MovementRule("household", P, S.FAMILIES),
    MovementRule(
        "round_trip",
        P,
        S.JOURNEYS,
        ("arrive_days_before_event", "leave_days_after_event"),
    ),
    MovementRule(
        "journey_chain",
        P,
        S.JOURNEYS,
        (*CONNECTION, "wheelchair_connection_factor"),
    ),
    MovementRule("stay_limit", P, S.JOURNEYS),
    MovementRule("overnight_transit", O, S.JOURNEYS, scopes=FAMILY_SCOPES),
    MovementRule("travel_window", P, S.JOURNEYS, ("return_days_after_horizon",)),
    MovementRule("consent", H, S.FAMILIES),
    MovementRule("document_validity", H, S.STEPS, ("adult_age_years",)),
    MovementRule("document_order", H, S.STEPS, ("days_to_firm",)),
    MovementRule("promissory_note", H, S.STEPS),
    MovementRule("medical_fitness", H, S.HEALTH, ("medical_validity_days",)),
    MovementRule("airline_clearance", P, S.HEALTH, ("airline_clearance_days",)),
    MovementRule("special_notice", P, S.HEALTH, ("special_notice_hours",)),
    MovementRule(
        "pregnancy",
        P,
        S.HEALTH,
        (
            "pregnancy_certificate_week",
            "pregnancy_refuse_week",
            "pregnancy_certificate_days",
            "pregnancy_multiple_weeks_earlier",
            "pregnancy_first_weeks_later",
        ),
    ),
    MovementRule(
        "companion", P, S.HEALTH, ("companion_flight_hours", "adult_age_years")
    ),
    MovementRule("fitness_between", H, S.HEALTH),
    MovementRule("pins", H, S.DEPARTURES),
    MovementRule(
        "open_to_programme", O, S.DEPARTURES, scopes=(*FAMILY_SCOPES, "departures")
    ),
    MovementRule("departure_runs", P, S.DEPARTURES),
    MovementRule("departure_deadlines", P, S.DEPARTURES),
    MovementRule(
        "manifest_lock",
        P,
        S.DEPARTURES,
        ("manifest_lock_hours_flight", "manifest_lock_hours_convoy"),
    ),
    MovementRule("seats", H, S.DEPARTURES, (*SEAT_AGES, "stretcher_seats")),
    MovementRule(
        "special_places", P, S.DEPARTURES, ("wheelchair_limit", "stretcher_limit")
    ),
    MovementRule("vehicle_load", P, S.CONVOYS, ("spare_percent",)),
    MovementRule(
        "daylight_driving", P, S.CONVOYS, ("drive_from_hour", "drive_until_hour")
    ),
    MovementRule(
        "driving_hours",
        P,
        S.CONVOYS,
        (
            "max_driving_hours",
            "rest_after_hours",
            "rest_minutes",
            "driver_rest_hours",
            "second_driver_km",
        ),
    ),
    MovementRule("overnight_stop", H, S.CONVOYS),
    MovementRule("convoy_days", P, S.CONVOYS, ("convoy_days",)),
    MovementRule("convoy_size", P, S.CONVOYS, ("convoy_max_persons",)),
    MovementRule(
        "convoy_staff",
        P,
        S.CONVOYS,
        ("persons_per_operational_escort", "nurse_up_to_persons"),
    ),
    MovementRule("convoy_ambulance", P, S.CONVOYS, ("persons_per_ambulance",)),
    MovementRule(
        "luggage",
        P,
        S.CONVOYS,
        ("luggage_kg_per_person", "luggage_kg_per_infant", "luggage_kg_per_seat"),
    ),
    MovementRule(
        "escort_cover",
        O,
        S.ESCORTS,
        (*AT_A_TIME, "stretcher_attendants", "adult_age_years"),
        (*FAMILY_SCOPES, "departures"),
    ),
    MovementRule("escort_mission", H, S.ESCORTS, (*CONNECTION, "escort_rest_hours")),
    MovementRule("escort_roster", H, S.ESCORTS),
    MovementRule(
        "appointments",
        O,
        S.STEPS,
        (
            "co_age_years",
            "co_hours_min",
            "doc_hours_min",
            "pec_hours_min",
            "pec_hours_max",
        ),
        FAMILY_SCOPES,
    ),
    MovementRule("step_order", H, S.STEPS),
    MovementRule("session_places", P, S.STEPS),
    MovementRule(
        "place_capacity",
        O,
        S.RECEIVING,
        ("flight_max_persons",),
        scopes=(*FAMILY_SCOPES, "capacities", "places", "departures"),
    ),
    MovementRule("beds", P, S.RECEIVING),
    MovementRule(
        "place_open",
        O,
        S.RECEIVING,
        ("border_opens_hour", "border_closes_hour"),
        (*FAMILY_SCOPES, "closures", "places"),
    ),
    MovementRule("public_holidays", O, S.RECEIVING, scopes=(*FAMILY_SCOPES, "places")),
    MovementRule("arrival_notice", H, S.RECEIVING, ("arrival_notice_working_days",)),
    MovementRule(
        "late_arrival",
        O,
        S.RECEIVING,
        ("latest_arrival_hour", "earliest_arrival_hour"),
        (*FAMILY_SCOPES, "places"),
    ),
    MovementRule("budget_ceiling", H, S.MONEY),
    MovementRule("budget_eligibility", H, S.MONEY),
    MovementRule(
        "line_approval",
        O,
        S.MONEY,
        scopes=(*FAMILY_SCOPES, "budget_lines", "departures", "escorts"),
    ),
    MovementRule("family_ceiling", P, S.MONEY),
    MovementRule("enrolment", P, S.MONEY),
    MovementRule("payers", H, S.MONEY),
    MovementRule("ledger", H, S.MONEY),
    MovementRule(
        "objective",
        H,
        S.PLAN,
        (
            "change_notice_days",
            "lapse_days_after_horizon",
            "lapse_bonus_percent",
            "weight_emergency",
            "weight_urgent",
            "weight_normal",
        ),
    ),
)

BY_NAME: dict[str, MovementRule] = {rule.name: rule for rule in RULEBOOK}
OVERRIDABLE = frozenset(rule.name for rule in RULEBOOK if rule.type is O)


def rules_reading(parameter: str) -> tuple[MovementRule, ...]:
    """The rules that read a parameter, in order; none for prices and assumptions."""
    return tuple(rule for rule in RULEBOOK if parameter in rule.parameters)
