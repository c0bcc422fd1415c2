"""What keeps a whole family at home, whatever the itinerary."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from movplan.domain.people import Family, Medical, Member
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import AssignmentState, Household, MedicalStatus, Reason
from movplan.screening.bars import Why
from movplan.screening.holders import OBTAIN, HolderSpans, have

STAYS = {
    AssignmentState.NO_SHOW: Reason.NO_SHOW,
    AssignmentState.WITHDRAWN: Reason.WITHDRAWN,
}
FIRST_DEGREE = frozenset({"principal", "spouse", "child", "parent"})


class Standing:
    """Assignments, consent, medical status and missing files of a family."""

    def __init__(self, scenario: Scenario, files: Files) -> None:
        self._files = files
        self._today = scenario.as_of.date()
        self._holders = HolderSpans(files)
        self._first_dates = (scenario.horizon.first, scenario.horizon.last)
        self._stays = {
            row.family_id: row for row in scenario.assignments if row.state in STAYS
        }

    def why(self, family: Family, *, without: frozenset[str]) -> Why | None:
        """The first thing that refuses the family, or ``None``."""
        return next(iter(self.whys(family, without=without)), None)

    def whys(self, family: Family, *, without: frozenset[str]) -> list[Why]:
        """All that refuses the family."""
        return [why for why in self._all(family) if why.rule not in without]

    def _all(self, family: Family) -> Iterator[Why]:
        checks = (
            self._assigned_to_stay,
            self._no_consent,
            self._household,
            self._not_fit,
            self._no_medical,
            self._no_document,
        )
        return (why for check in checks for why in check(family))

    def _assigned_to_stay(self, family: Family) -> Iterator[Why]:
        row = self._stays.get(family.family_id)
        if row is not None:
            fact = f"assignment to {row.departure_id} is {row.state}"
            yield Why(STAYS[row.state], fact)

    def _no_consent(self, family: Family) -> Iterator[Why]:
        rule = "consent"
        if family.consent_withdrawn is not None:
            fact = f"consent was withdrawn on {family.consent_withdrawn}"
            anew = f"consent signed anew by {self._today} and the withdrawal deleted"
            yield Why(Reason.CONSENT_WITHDRAWN, fact, rule, change=anew)
        if not self._files.programmes[family.programme].consent_required:
            return
        signed, change = family.consent_signed, f"consent signed by {self._today}"
        if signed is None:
            fact = "no consent has been signed"
            yield Why(Reason.CONSENT_MISSING, fact, rule, change=change)
        elif signed > self._today:
            fact = f"consent is signed only on {signed}"
            yield Why(Reason.CONSENT_MISSING, fact, rule, change=change)

    def _household(self, family: Family) -> Iterator[Why]:
        programme = self._files.programmes[family.programme]
        if programme.household is Household.ANY:
            return
        others = [
            f"member {member.member_id} is {member.relation or 'of unknown relation'}"
            for member in self._files.members[family.family_id]
            if member.relation.casefold() not in FIRST_DEGREE
        ]
        if others:
            whom = "the member needs" if len(others) == 1 else "each of them needs"
            fact = (
                f"{', '.join(others)}, and programme {family.programme} takes"
                f" principal, spouse, child and parent only: {whom} a family of its own"
            )
            yield Why(Reason.HOUSEHOLD, fact, "household")

    def _not_fit(self, family: Family) -> Iterator[Why]:
        for member in self._files.members[family.family_id]:
            medical = self._files.medical.get(member.member_id)
            stop = _medical_stop(member, medical) if medical else None
            if stop is not None:
                fact, change = stop
                rule = "medical_fitness"
                yield Why(Reason.MEDICAL_HOLD, fact, rule, change=change)

    def _no_medical(self, family: Family) -> Iterator[Why]:
        programme = self._files.programmes[family.programme]
        if not programme.medical_required:
            return
        lacking = [
            member.member_id
            for member in self._files.members[family.family_id]
            if member.member_id not in self._files.medical
        ]
        if lacking:
            fact = f"{have(lacking)} no medical examination"
            rule, change = "medical_fitness", "one whose clearance lasts until arrival"
            yield Why(Reason.MEDICAL_MISSING, fact, rule, change=change)

    def _no_document(self, family: Family) -> Iterator[Why]:
        """Documents a member needs on whatever itinerary, and has no row of."""
        programme = self._files.programmes[family.programme]
        if not programme.required_documents:
            return
        lacking: dict[str, list[str]] = defaultdict(list)
        for member in self._files.members[family.family_id]:
            for name, span in self._holders.lacking(family, member):
                if self._holders.always(name, span, self._first_dates):
                    lacking[name].append(member.member_id)
        rule = "document_validity"
        for name, members in lacking.items():
            fact = f"{have(members)} no {name}"
            yield Why(Reason.DOCUMENT_MISSING, fact, rule, change=OBTAIN)


def _medical_stop(member: Member, medical: Medical) -> tuple[str, str] | None:
    """What stops a member whatever the date, and what would do."""
    if medical.status is MedicalStatus.NOT_FIT:
        fact = f"member {member.member_id} is not fit to travel"
        return fact, "a new examination that finds it fit"
    ends = (medical.hold_until, medical.hold_released)
    if medical.status is MedicalStatus.HOLD and ends == (None, None):
        fact = f"member {member.member_id} is on medical hold of unknown length"
        return fact, "the day of its end or release"
    return None


def hold_ends(medical: Medical) -> date | None:
    """The last day of a hold that counts: its own, or the day before its release."""
    if medical.status is not MedicalStatus.HOLD:
        return None
    released = medical.hold_released
    ends = [medical.hold_until, released - timedelta(days=1) if released else None]
    return min((day for day in ends if day is not None), default=None)
