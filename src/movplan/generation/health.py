"""Medical clearances: status, dates, escort level. No diagnosis, no cause."""

from datetime import date, timedelta

import numpy as np

from movplan.domain.people import Family, Medical, Member
from movplan.domain.words import (
    EscortLegs,
    EscortRole,
    EscortShare,
    MedicalStatus,
    Need,
)
from movplan.generation.brief import FIRST, LAST, TODAY, Brief
from movplan.generation.figures import happens, share, whole

MEDICAL_PROGRAMMES = ("resettlement", "self-payer")


def draw_medical(
    brief: Brief, families: list[Family], members: list[Member]
) -> list[Medical]:
    """A row per member of programmes with medicals, and per patient elsewhere."""
    rng = brief.stream(3)
    by_id = {family.family_id: family for family in families}
    by_family: dict[str, list[Member]] = {}
    for member in members:
        by_family.setdefault(member.family_id, []).append(member)
    rows: list[Medical] = []
    for family_id, household in by_family.items():
        rows += _family_medical(rng, by_id[family_id], household)
    return rows


def _family_medical(
    rng: np.random.Generator, family: Family, household: list[Member]
) -> list[Medical]:
    if family.programme in ("rqa", "workshop"):
        return []
    ready = max(family.ready_from, FIRST)
    exam = None
    if family.programme in MEDICAL_PROGRAMMES:
        exam = min(TODAY, ready - timedelta(days=whole(rng, 15, 155)))
    patient = _patient(rng, household)
    stop = _stop(rng)
    rows = []
    for k, member in enumerate(household):
        needs_row = exam is not None or k == patient or Need.UMNR in member.needs
        if needs_row or (stop and k == len(household) - 1):
            row = _clearance(rng, member, exam, ready)
            row = row.model_copy(
                update=_escort(rng, member, ready, is_patient=k == patient)
            )
            if stop and k == len(household) - 1:
                row = row.model_copy(update=stop)
            rows.append(row)
    return rows


def _patient(rng: np.random.Generator, household: list[Member]) -> int | None:
    """Which member needs a nurse or doctor, if any: a stretcher case always does."""
    for k, member in enumerate(household):
        if Need.STCR in member.needs:
            return k
    if rng.random() < share("nurse") + share("doctor"):
        return whole(rng, 0, len(household) - 1)
    return None


def _clearance(
    rng: np.random.Generator, member: Member, exam: date | None, ready: date
) -> Medical:
    """Fit; the clearance ends after the rule's validity, some explicitly earlier."""
    valid_until = None
    if exam is not None and rng.random() < 0.35:
        valid_until = ready + timedelta(days=whole(rng, 18, 90))
    conditions = bool(member.needs) and rng.random() < 0.5
    fit = MedicalStatus.FIT_WITH_CONDITIONS if conditions else MedicalStatus.FIT
    return Medical(
        member_id=member.member_id,
        status=fit,
        exam_date=exam,
        valid_until=valid_until,
    )


def _escort(
    rng: np.random.Generator, member: Member, ready: date, *, is_patient: bool
) -> dict[str, object]:
    if is_patient:
        return _medical_escort(rng, ready, stretcher=Need.STCR in member.needs)
    if Need.UMNR in member.needs:
        return {"escort_role": EscortRole.OPERATIONAL, "escort_legs": EscortLegs.ALL}
    return {}


def _medical_escort(
    rng: np.random.Generator, ready: date, *, stretcher: bool
) -> dict[str, object]:
    doctor = rng.random() < share("doctor") / (share("doctor") + share("nurse"))
    role = EscortRole.DOCTOR if doctor or stretcher else EscortRole.NURSE
    own = role is EscortRole.DOCTOR or rng.random() < 0.2
    cleared = ready + timedelta(days=whole(rng, 14, 50))
    return {
        "status": MedicalStatus.FIT_WITH_CONDITIONS,
        "escort_role": role,
        "escort_share": EscortShare.OWN if own else EscortShare.SHARED,
        "escort_legs": EscortLegs.AIR if rng.random() < 0.15 else EscortLegs.ALL,
        "airline_clearance_until": cleared,
        "family_companion_allowed": bool(rng.random() < 0.2),
    }


def _stop(rng: np.random.Generator) -> dict[str, object] | None:
    """What stops the last member, if anything does: a hold or an unfit finding."""
    if happens(rng, "hold_known"):
        until = TODAY + timedelta(days=whole(rng, 5, (LAST - TODAY).days))
        return {"status": MedicalStatus.HOLD, "hold_until": until}
    if happens(rng, "hold_unknown"):
        return {"status": MedicalStatus.HOLD}
    if happens(rng, "not_fit"):
        return {"status": MedicalStatus.NOT_FIT}
    return None
