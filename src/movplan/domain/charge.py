"""Who may be in charge of minors, and hold an infant: adults who are not patients."""

from movplan.domain.people import Medical, Member
from movplan.domain.words import Need

PATIENTS = frozenset({Need.STCR, Need.MEDA})


def takes_charge(member: Member, medical: Medical | None) -> bool:
    """Whether the member, once surely adult, is in charge: no patient, no escort."""
    escorted = medical is not None and medical.escort_role is not None
    return not escorted and PATIENTS.isdisjoint(member.needs)
