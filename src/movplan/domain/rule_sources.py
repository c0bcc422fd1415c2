"""Where each movement rule comes from: held equal to ``docs/rules.md`` by test.

Codes such as F1 are rows of ``docs/sources.md``; the label is how well the rule itself
is sourced. What follows from a definition or from somebody's contract has no evidence
to weigh: it is labelled with a dash, as in ``docs/rules.md``.
"""

from typing import NamedTuple

from movplan.domain.words import EvidenceLabel

S, S2 = EvidenceLabel.SOURCED, EvidenceLabel.SECOND_HAND
OLD, CP = EvidenceLabel.OLD, EvidenceLabel.COMMON_PRACTICE
BY_DEFINITION = None
NO_LABEL = "\N{EN DASH}"


class RuleSource(NamedTuple):
    """Source and evidence label of a rule; no label where it is true by definition."""

    source: str
    label: EvidenceLabel | None

    @property
    def label_text(self) -> str:
        """The label as documents and tables write it."""
        return NO_LABEL if self.label is None else self.label.value


RULE_SOURCES: dict[str, RuleSource] = {
    "conservation": RuleSource("definition", BY_DEFINITION),
    "family_whole": RuleSource("F1, F7, F9, M16", S),
    "travels_with": RuleSource("F2", S),
    "newborn_age": RuleSource("F8", S),
    "unaccompanied_minor": RuleSource("F5", S),
    "household": RuleSource("Q1", OLD),
    "round_trip": RuleSource("definition", BY_DEFINITION),
    "journey_chain": RuleSource("A14, M20", CP),
    "stay_limit": RuleSource("A12", CP),
    "overnight_transit": RuleSource("A13", S),
    "travel_window": RuleSource("definition", BY_DEFINITION),
    "consent": RuleSource("F4", S),
    "document_validity": RuleSource("D1, D5", S),
    "document_order": RuleSource("D1, D3, D7", S),
    "promissory_note": RuleSource("D11", S),
    "medical_fitness": RuleSource("M4, M9, M10", S),
    "airline_clearance": RuleSource("M23", S),
    "special_notice": RuleSource("M18, M19", S2),
    "pregnancy": RuleSource("M12, M14, M13", S),
    "companion": RuleSource("M20, M21", S),
    "fitness_between": RuleSource("M23", S),
    "pins": RuleSource("A16, D12", S),
    "open_to_programme": RuleSource("contract", BY_DEFINITION),
    "departure_runs": RuleSource("contract", BY_DEFINITION),
    "departure_deadlines": RuleSource("A16", CP),
    "manifest_lock": RuleSource("A16", S),
    "seats": RuleSource("F7, F9, M16", S),
    "special_places": RuleSource("M17, M22", CP),
    "vehicle_load": RuleSource("F1, C7", S),
    "daylight_driving": RuleSource("C6", CP),
    "driving_hours": RuleSource("C11", CP),
    "overnight_stop": RuleSource("C5", CP),
    "convoy_days": RuleSource("C1", OLD),
    "convoy_size": RuleSource("C3", OLD),
    "convoy_staff": RuleSource("C9, C10", CP),
    "convoy_ambulance": RuleSource("C10", CP),
    "luggage": RuleSource("C4, C6, A17", CP),
    "escort_cover": RuleSource("F5, M23, F6, M16, M24", S),
    "escort_mission": RuleSource("A14, M26", CP),
    "escort_roster": RuleSource("definition", BY_DEFINITION),
    "appointments": RuleSource("M1, D9, D4", S),
    "step_order": RuleSource("D4", S),
    "session_places": RuleSource("clinic and trainer capacity", CP),
    "place_capacity": RuleSource("A7, A1, A10", S),
    "beds": RuleSource("centre capacity", CP),
    "place_open": RuleSource("border hours not found", CP),
    "public_holidays": RuleSource("A3, C12", S),
    "arrival_notice": RuleSource("A5", S),
    "late_arrival": RuleSource("A4", OLD),
    "budget_ceiling": RuleSource("donor agreement", BY_DEFINITION),
    "budget_eligibility": RuleSource("donor agreement", BY_DEFINITION),
    "line_approval": RuleSource("donor agreement", BY_DEFINITION),
    "family_ceiling": RuleSource("self-payer contracts", BY_DEFINITION),
    "enrolment": RuleSource("donor agreement", BY_DEFINITION),
    "payers": RuleSource("contract", BY_DEFINITION),
    "ledger": RuleSource("definition", BY_DEFINITION),
    "objective": RuleSource("definition", BY_DEFINITION),
}
