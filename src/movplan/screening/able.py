"""Members of a family who are able to accompany another one."""

from bisect import bisect_right
from datetime import date

from movplan.domain.ages import adult_from
from movplan.domain.people import Family, Member
from movplan.domain.windows import Files
from movplan.domain.words import Need

HINDERS = frozenset(
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


class Able:
    """Able: surely adult, no hindering need, no escort asked for, not pregnant."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._from: dict[str, list[date]] = {}

    def on(self, family: Family, day: date) -> int:
        """How many members are able on a date."""
        return bisect_right(self.dates(family), day)

    def dates(self, family: Family) -> list[date]:
        """First date on which each of those without hindrance is surely adult."""
        if family.family_id not in self._from:
            years = self._files.values.family("adult_age_years", family)
            self._from[family.family_id] = sorted(
                adult_from(member, years)
                for member in self._files.members[family.family_id]
                if self._is_unhindered(member)
            )
        return self._from[family.family_id]

    def _is_unhindered(self, member: Member) -> bool:
        medical = self._files.medical.get(member.member_id)
        return (
            HINDERS.isdisjoint(member.needs)
            and member.pregnancy_weeks is None
            and (medical is None or medical.escort_role is None)
        )
