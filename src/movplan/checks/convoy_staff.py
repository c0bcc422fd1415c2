"""convoy_staff: a convoy has operational escorts, a nurse and a doctor by its size."""

from collections import Counter
from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.checks.view.convoys import Convoy, convoys_of
from movplan.domain.words import EscortRole, EscortShare

RULE = "convoy_staff"
DOCTOR, NURSE, OPERATIONAL = (
    EscortRole.DOCTOR,
    EscortRole.NURSE,
    EscortRole.OPERATIONAL,
)


def check(view: PlanView) -> Outcome:
    """Standing staff and missions of share ``convoy``; escorts of patients are not."""
    tally = Tally(RULE)
    for convoy in view.once(convoys_of):
        facts = (
            f"{convoy.name} carries {convoy.persons} persons: {fact}"
            for fact in _facts(view, convoy, _staff(view, convoy))
        )
        tally.judge(facts, convoy.name)
    return tally.outcome()


def _staff(view: PlanView, convoy: Convoy) -> Counter[EscortRole]:
    found = Counter(convoy.departure.standing_staff)
    for mission, _, _ in view.escorts_on.get(convoy.name, ()):
        if mission.mission.share is EscortShare.CONVOY:
            found[mission.mission.role] += 1
    return found


def _facts(view: PlanView, convoy: Convoy, staff: Counter[EscortRole]) -> Iterator[str]:
    values, persons = view.files.values, convoy.persons
    each = values.departure("persons_per_operational_escort", convoy.departure)
    wanted = -(-persons // each) if each else 0
    if staff[OPERATIONAL] < wanted:
        yield f"{staff[OPERATIONAL]} operational escorts, {wanted} are asked for"
    without_doctor = values.departure("nurse_up_to_persons", convoy.departure)
    if not without_doctor:
        return
    if staff[NURSE] + staff[DOCTOR] == 0:
        yield "no nurse or doctor goes with it"
    elif persons > without_doctor and not staff[DOCTOR]:
        yield f"no doctor goes with it, a nurse is enough up to {without_doctor}"
