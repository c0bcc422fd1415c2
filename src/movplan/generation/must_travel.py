"""Families with a duty to travel: emergencies that nothing stands against."""

from movplan.domain.people import Family, Medical, Member
from movplan.domain.words import MedicalStatus, Priority
from movplan.generation.brief import TODAY, Brief


def must_travel(
    brief: Brief, families: list[Family], members: list[Member], medical: list[Medical]
) -> list[Family]:
    """One ready emergency family in two hundred must travel; at least one, if any.

    Families with a stopped or escorted member, linked ones and those that withdrew are
    not chosen: a duty that cannot be met is a conflict, not a plan.
    """
    family_of = {m.member_id: m.family_id for m in members}
    burdened = {
        family_of[m.member_id]
        for m in medical
        if m.status is not MedicalStatus.FIT or m.escort_role is not None
    }
    open_to = [
        f.family_id
        for f in families
        if f.priority is Priority.EMERGENCY
        and f.ready_from <= TODAY
        and f.latest is None
        and not f.travels_with
        and f.consent_withdrawn is None
        and f.family_id not in burdened
    ]
    chosen = set(open_to[: max(1, brief.families // 200)])
    return [
        f.model_copy(update={"must_travel": f.family_id in chosen}) for f in families
    ]
