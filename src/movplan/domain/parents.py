"""Who of a family are parents of a member, by what is surely said.

A ``guardian_id`` names one; relations are those to the principal of the family, or of
the member's case where linked cases have one each.
"""

from collections.abc import Sequence

from movplan.domain.people import Member

PRINCIPAL = "principal"
PARENTS = {
    "child": (PRINCIPAL, "spouse"),
    PRINCIPAL: ("parent",),
    "sibling": ("parent",),
}
"""By relation of a member, those of its parents."""


def parents_of(member: Member, members: Sequence[Member]) -> list[Member]:
    """The member's parents among the members, of whatever age."""
    roles = PARENTS.get(_relation(member), ())
    related = _related(member, members) if roles else []
    return [
        other
        for other in members
        if other is not member
        and (
            other.member_id == member.guardian_id
            or (other in related and _relation(other) in roles)
        )
    ]


def _related(member: Member, members: Sequence[Member]) -> Sequence[Member]:
    """Those whose relations are to the same principal; none if that is not sure."""
    if _principals(members) < 2:
        return members
    case = [other for other in members if other.case_id == member.case_id]
    return case if _principals(case) == 1 else []


def _principals(members: Sequence[Member]) -> int:
    return sum(_relation(member) == PRINCIPAL for member in members)


def _relation(member: Member) -> str:
    return member.relation.casefold()
