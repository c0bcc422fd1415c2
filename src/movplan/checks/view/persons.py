"""Who is an adult, who can help: members on a date."""

from collections.abc import Mapping, Sequence
from datetime import date

from movplan.domain.ages import adult_from, birthday
from movplan.domain.people import Family, Medical, Member
from movplan.domain.values import Values
from movplan.domain.words import Need

# Whoever has one of these cannot look after somebody else.
UNABLE = frozenset(
    {
        Need.WCHR,
        Need.WCHS,
        Need.WCHC,
        Need.STCR,
        Need.OXYG,
        Need.MEDA,
        Need.BLND,
        Need.DPNA,
        Need.UMNR,
    }
)
# What an airline has to clear, and a doctor or nurse to look at on the way.
CLEARED = frozenset({Need.MEDA, Need.STCR, Need.OXYG})


class Persons:
    """Answers about members by their family's values."""

    def __init__(
        self,
        values: Values,
        members: Mapping[str, Sequence[Member]],
        medical: Mapping[str, Medical],
    ) -> None:
        self._values = values
        self._members = members
        self._medical = medical

    def is_adult(self, family: Family, member: Member, on: date) -> bool:
        """Whether the member is surely an adult on that date."""
        return on >= adult_from(member, self._values.family(AGE, family))

    def in_charge_from(self, family: Family) -> date:
        """The first date on which a listed member is in charge of the others."""
        members = self._members.get(family.family_id, ())
        age = self._values.family(AGE, family)
        may = [m for m in members if not is_patient(m, self._medical.get(m.member_id))]
        return min((adult_from(member, age) for member in may), default=date.max)

    def grown_from(self, family: Family) -> date:
        """The first date on which no listed member is a minor any more."""
        members = self._members.get(family.family_id, ())
        age = self._values.family(AGE, family)
        return max((adult_from(member, age) for member in members), default=date.max)

    def may_be_adult(self, family: Family, member: Member, on: date) -> bool:
        """Whether the member is an adult at the oldest they may be."""
        return on >= birthday(member.birth_date, self._values.family(AGE, family))

    def able(self, family: Family, on: date) -> int:
        """Members who can look after another one on that date."""
        members = self._members.get(family.family_id, ())
        return sum(self._is_able(family, member, on) for member in members)

    def _is_able(self, family: Family, member: Member, on: date) -> bool:
        medical = self._medical.get(member.member_id)
        return (
            UNABLE.isdisjoint(member.needs)
            and (medical is None or medical.escort_role is None)
            and member.pregnancy_weeks is None
            and self.is_adult(family, member, on)
        )


AGE = "adult_age_years"


def is_patient(member: Member, medical: Medical | None) -> bool:
    """Whether others look after the member: stretcher, medical case or escorted."""
    if medical is not None and medical.escort_role is not None:
        return True
    return Need.STCR in member.needs or Need.MEDA in member.needs


def needs_companion(member: Member) -> bool:
    """Whether the member needs help in the cabin on a long flight."""
    needs = member.needs
    helpless = Need.WCHC in needs or Need.DPNA in needs
    return helpless and Need.STCR not in needs
