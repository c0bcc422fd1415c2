"""What keeps a whole family at home, whatever the itinerary."""

from datetime import date

from movplan.domain.people import Family, Medical, Member
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import AssignmentState, MedicalStatus, Reason
from movplan.screening.result import Refusal

STAYS = {
    AssignmentState.NO_SHOW: Reason.NO_SHOW,
    AssignmentState.WITHDRAWN: Reason.WITHDRAWN,
}

Found = tuple[Reason, str]


class Standing:
    """Assignments, consent, medical status and missing files of a family."""

    def __init__(self, scenario: Scenario, files: Files) -> None:
        self._files = files
        self._today = scenario.as_of.date()
        self._stays = {
            row.family_id: row for row in scenario.assignments if row.state in STAYS
        }

    def refusal(self, family: Family) -> Refusal | None:
        """The first thing that refuses the family, or ``None``."""
        found = (
            self._assigned_to_stay(family)
            or self._no_consent(family)
            or self._not_fit(family)
            or self._missing(family)
        )
        if found is None:
            return None
        closes = self._files.closes(family.family_id)
        return Refusal(
            family_id=family.family_id,
            reason=found[0],
            fact=found[1],
            lapses_on=closes[0] if closes else None,
        )

    def _assigned_to_stay(self, family: Family) -> Found | None:
        row = self._stays.get(family.family_id)
        if row is None:
            return None
        return STAYS[row.state], f"assignment to {row.departure_id} is {row.state}"

    def _no_consent(self, family: Family) -> Found | None:
        if family.consent_withdrawn is not None:
            fact = f"consent was withdrawn on {family.consent_withdrawn}"
            return Reason.CONSENT_WITHDRAWN, fact
        if not self._files.programmes[family.programme].consent_required:
            return None
        signed = family.consent_signed
        if signed is None:
            return Reason.CONSENT_MISSING, "no consent has been signed"
        if signed > self._today:
            return Reason.CONSENT_MISSING, f"consent is signed only on {signed}"
        return None

    def _not_fit(self, family: Family) -> Found | None:
        for member in self._files.members[family.family_id]:
            medical = self._files.medical.get(member.member_id)
            fact = _medical_stop(member, medical) if medical else None
            if fact is not None:
                return Reason.MEDICAL_HOLD, fact
        return None

    def _missing(self, family: Family) -> Found | None:
        programme = self._files.programmes[family.programme]
        for member in self._files.members[family.family_id]:
            name = member.member_id
            if programme.medical_required and name not in self._files.medical:
                fact = f"member {name} has no medical examination"
                return Reason.MEDICAL_MISSING, fact
            has = {row.document_type for row in self._files.documents[name]}
            lacks = [kind for kind in programme.required_documents if kind not in has]
            if lacks:
                fact = f"member {name} has no {' and no '.join(lacks)}"
                return Reason.DOCUMENT_MISSING, fact
        return None


def _medical_stop(member: Member, medical: Medical) -> str | None:
    if medical.status is MedicalStatus.NOT_FIT:
        return f"member {member.member_id} is not fit to travel"
    if medical.status is MedicalStatus.HOLD and medical.hold_until is None:
        return f"member {member.member_id} is on medical hold of unknown length"
    return None


def hold_ends(medical: Medical) -> date | None:
    """The last day of a hold that counts."""
    return medical.hold_until if medical.status is MedicalStatus.HOLD else None
