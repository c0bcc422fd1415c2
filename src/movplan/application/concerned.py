"""Which families a parameter itself can concern, of those that its rules bind.

A rule may read several parameters, and a parameter stand in several rules: no stretcher
makes ``stretcher_seats`` bind anybody, whoever wants a seat. Parameters that are not
listed here concern whom their rules bind.
"""

from collections.abc import Callable
from datetime import timedelta

from movplan.domain.ages import adult_from, infant_until
from movplan.domain.people import Family, Member
from movplan.domain.programmes import Programme
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import DepartureKind, EscortRole, Need, SessionKind, Trip

CONVOY, FLIGHT = DepartureKind.CONVOY, DepartureKind.FLIGHT


class Facts:
    """What of a scenario tells whom its parameters concern."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.files = Files(scenario)
        self.first = scenario.horizon.first
        self.rest_assumed = any(e.rest_hours is None for e in scenario.escorts)

    def members(self, family: Family) -> list[Member]:
        """Those listed; a family given as counts has none."""
        return self.files.members[family.family_id]

    def needs(self, family: Family, *wanted: Need) -> bool:
        """Whether a member has one of some needs."""
        return any(set(m.needs) & set(wanted) for m in self.members(family))

    def has_minor(self, family: Family) -> bool:
        """Whether somebody may not be an adult yet as the horizon begins."""
        age = self.files.values.family("adult_age_years", family)
        young = any(adult_from(m, age) > self.first for m in self.members(family))
        return young or bool(family.children or family.infants)

    def has_infant(self, family: Family) -> bool:
        """Whether somebody may be an infant as the horizon begins."""
        age = self.files.values.family("infant_age_years", family)
        small = any(infant_until(m, age) > self.first for m in self.members(family))
        return small or bool(family.infants)

    def has_newborn(self, family: Family) -> bool:
        """Whether somebody is too young to fly as the horizon begins."""
        days = self.files.values.family("newborn_min_days", family)
        since = self.first - timedelta(days=days)
        return any(member.birth_date > since for member in self.members(family))

    def is_pregnant(self, family: Family, *, with_more: bool = False) -> bool:
        """Whether a member is pregnant (``with_more``: with more than one child)."""
        return any(
            member.pregnancy_weeks is not None
            and (member.pregnancy_multiple or not with_more)
            for member in self.members(family)
        )

    def wants(self, family: Family, role: EscortRole) -> bool:
        """Whether a member has to have an escort of a role."""
        rows = (self.files.medical.get(m.member_id) for m in self.members(family))
        return any(row is not None and row.escort_role is role for row in rows)

    def has_exam(self, family: Family) -> bool:
        """Whether a clearance ends by the validity of its examination."""
        rows = (self.files.medical.get(m.member_id) for m in self.members(family))
        return any(
            row is not None and row.exam_date is not None and row.valid_until is None
            for row in rows
        )

    def rides(self, family: Family, kind: DepartureKind, drivers: int = 0) -> bool:
        """Whether some departure of a kind (with so many drivers) is open to it."""
        return any(
            departure.kind is kind
            and (not departure.programmes or family.programme in departure.programmes)
            and (not drivers or departure.drivers == drivers)
            for departure in self.scenario.departures
        )

    def programme(self, family: Family) -> Programme:
        """What the family travels under."""
        return self.files.programmes[family.programme]

    def attends(self, family: Family, step: SessionKind) -> bool:
        """Whether the family has a step still before it."""
        asked = self.programme(family).required_steps
        return step in asked and step not in family.steps_done


Concerns = Callable[[Facts, Family], bool]
CO, PEC = SessionKind.CULTURAL_ORIENTATION, SessionKind.PRE_EMBARKATION_CHECK
CONCERNS: dict[str, Concerns] = {
    "infant_age_years": Facts.has_infant,
    "lap_infants_per_adult": Facts.has_infant,
    "luggage_kg_per_infant": Facts.has_infant,
    "newborn_min_days": Facts.has_newborn,
    "newborn_report_min_days": Facts.has_newborn,
    "minors_per_escort": Facts.has_minor,
    "patients_per_nurse": lambda facts, f: facts.wants(f, EscortRole.NURSE),
    "patients_per_doctor": lambda facts, f: facts.wants(f, EscortRole.DOCTOR),
    "stretcher_seats": lambda facts, f: facts.needs(f, Need.STCR),
    "stretcher_limit": lambda facts, f: facts.needs(f, Need.STCR),
    "stretcher_attendants": lambda facts, f: facts.needs(f, Need.STCR),
    "wheelchair_limit": lambda facts, f: facts.needs(f, Need.WCHC, Need.WCHS),
    "wheelchair_connection_factor": lambda facts, f: facts.needs(
        f, Need.WCHC, Need.STCR
    ),
    "connection_flight_min": lambda facts, f: facts.rides(f, FLIGHT),
    "connection_regional_min": lambda facts, f: facts.rides(f, FLIGHT),
    "regional_flight_km": lambda facts, f: facts.rides(f, FLIGHT),
    "connection_convoy_min": lambda facts, f: facts.rides(f, CONVOY),
    "flight_max_persons": lambda facts, f: facts.rides(f, FLIGHT),
    "manifest_lock_hours_flight": lambda facts, f: facts.rides(f, FLIGHT),
    "manifest_lock_hours_convoy": lambda facts, f: facts.rides(f, CONVOY),
    "second_driver_km": lambda facts, f: facts.rides(f, CONVOY, drivers=1),
    "escort_rest_hours": lambda facts, _: facts.rest_assumed,
    "pregnancy_refuse_week": Facts.is_pregnant,
    "pregnancy_multiple_weeks_earlier": lambda facts, f: facts.is_pregnant(
        f, with_more=True
    ),
    # A certificate is a deadline and bars nobody, nor does what shifts it alone.
    "pregnancy_certificate_week": lambda *_: False,
    "pregnancy_certificate_days": lambda *_: False,
    "pregnancy_first_weeks_later": lambda *_: False,
    "medical_validity_days": Facts.has_exam,
    "co_age_years": lambda facts, f: facts.attends(f, CO),
    "co_hours_min": lambda facts, f: facts.attends(f, CO),
    "pec_hours_min": lambda facts, f: facts.attends(f, PEC),
    "pec_hours_max": lambda facts, f: facts.attends(f, PEC),
    "doc_hours_min": lambda facts, f: facts.attends(f, SessionKind.DOCUMENT_STEP),
    "return_days_after_horizon": lambda facts, f: (
        facts.programme(f).trip is Trip.ROUND_TRIP
    ),
}


def concerned(facts: Facts, parameter: str) -> frozenset[str]:
    """Families that a parameter can concern at all, by id."""
    concerns = CONCERNS.get(parameter)
    return frozenset(
        family.family_id
        for family in facts.scenario.families
        if concerns is None or concerns(facts, family)
    )
