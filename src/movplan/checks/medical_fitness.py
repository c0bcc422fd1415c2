"""medical_fitness: every member is fit and cleared on the days of the journey."""

from collections.abc import Iterator
from datetime import date, timedelta

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.people import Family, Medical
from movplan.domain.words import MedicalStatus, Part

RULE = "medical_fitness"


def check(view: PlanView) -> Outcome:
    """Status, end of a hold, end of the clearance."""
    tally = Tally(RULE)
    for family_id in sorted(view.travelling):
        family = view.families[family_id]
        if not view.members_of(family):
            tally.unchecked += view.programme_of(family).medical_required
            continue
        tally.judge(_facts(view, family), family_id)
    return tally.outcome()


def _facts(view: PlanView, family: Family) -> Iterator[str]:
    required = view.programme_of(family).medical_required
    for member in view.members_of(family):
        medical = view.files.medical.get(member.member_id)
        name = f"{family.family_id}: {member.member_id}"
        if medical is None:
            if required:
                yield f"{name} has no medical clearance"
            continue
        yield from (f"{name} {fact}" for fact in _status(view, family, medical))
        if required:
            yield from (f"{name} {fact}" for fact in _ends(view, family, medical))


def _status(view: PlanView, family: Family, medical: Medical) -> Iterator[str]:
    if medical.status is MedicalStatus.NOT_FIT:
        yield "is not fit to travel"
    if medical.status is not MedicalStatus.HOLD:
        return
    journey = view.outbound(family.family_id)
    first = journey.first_date if journey else None
    until = _held_until(medical)
    if until is None:
        yield "is on medical hold of unknown length"
    elif first is not None and first <= until:
        yield f"is on medical hold until {until}, sets out on {first}"


def _held_until(medical: Medical) -> date | None:
    """The last day of a hold: its end, or the day before it is released."""
    released = medical.hold_released
    ends = [] if released is None else [released - timedelta(days=1)]
    if medical.hold_until is not None:
        ends.append(medical.hold_until)
    return min(ends, default=None)


def _ends(view: PlanView, family: Family, medical: Medical) -> Iterator[str]:
    until = view.files.medical_valid_until(medical)
    for part in Part:
        journey = view.journeys.get((family.family_id, part))
        final = journey.final_date if journey else None
        if until is not None and final is not None and final > until:
            yield f"is cleared until {until}, arrives on {final}"
