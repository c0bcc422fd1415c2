"""What keeps a whole family at home: each rule kept, then broken."""

import pytest

from movplan.domain.assignments import Assignment
from movplan.domain.people import Medical
from movplan.domain.words import AssignmentState, MedicalStatus, Reason
from movplan.screening import screen
from tests.screening.mission import (
    BASE,
    changed,
    eligible,
    may,
    refusal,
    with_family,
    with_programme,
)

CONSENT = with_programme(consent_required=True)


def test_consent_is_signed_by_as_of() -> None:
    assert eligible(with_family(CONSENT, consent_signed=may(1)))
    for signed in (None, may(2)):
        found = refusal(with_family(CONSENT, consent_signed=signed))
        assert found.reason is Reason.CONSENT_MISSING
        assert found.fact.endswith(
            ", first departure otherwise possible 2026-05-05 (C05) with consent signed"
            " by 2026-05-01"
        )


def test_withdrawn_consent_refuses_whatever_the_programme() -> None:
    found = refusal(with_family(BASE, consent_withdrawn=may(20)))
    assert found.reason is Reason.CONSENT_WITHDRAWN
    assert found.fact == (
        "consent was withdrawn on 2026-05-20, first departure otherwise possible "
        "2026-05-05 (C05) with consent signed anew by 2026-05-01 and the withdrawal "
        "deleted"
    )
    assert "consent signed anew by 2026-05-01" in found.fact


def test_fit_with_conditions_travels_and_not_fit_does_not() -> None:
    fit = Medical(member_id="M1", status=MedicalStatus.FIT_WITH_CONDITIONS)
    assert eligible(changed(medical=(fit,)))
    for status in (MedicalStatus.NOT_FIT, MedicalStatus.HOLD):
        row = fit.model_copy(update={"status": status})
        assert refusal(changed(medical=(row,))).reason is Reason.MEDICAL_HOLD


def test_every_member_has_an_examination_if_required() -> None:
    rows = (Medical(member_id="M1"), Medical(member_id="M2"))
    needed = with_programme(medical_required=True)
    assert eligible(changed(base=needed, medical=rows))
    found = refusal(changed(base=needed, medical=rows[:1]))
    assert found.reason is Reason.MEDICAL_MISSING
    assert "M2" in found.fact


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (AssignmentState.NO_SHOW, Reason.NO_SHOW),
        (AssignmentState.WITHDRAWN, Reason.WITHDRAWN),
        (AssignmentState.PROPOSED, None),
        (AssignmentState.NOTIFIED, None),
    ],
)
def test_assignments_to_stay(state: AssignmentState, reason: Reason | None) -> None:
    row = Assignment(family_id="F1", departure_id="C05", state=state)
    refusals = screen(changed(assignments=(row,))).refusals
    assert [r.reason for r in refusals] == ([reason] if reason else [])
