"""Minors without a sure adult: from when their company has one."""

from datetime import date

from movplan.domain.ages import adult_from
from movplan.domain.people import Family
from movplan.domain.windows import Files


class Unaccompanied:
    """Knows from which date on each family has a sure adult in its company.

    A family given as counts has one always if it has adults, else never; it is not
    looked at itself (it has no members), but it accompanies others.
    """

    def __init__(self, files: Files, companies: tuple[tuple[str, ...], ...]) -> None:
        self._files = files
        self._company = {name: group for group in companies for name in group}
        self._adult_from = {
            name: self._first_adult(family) for name, family in files.family.items()
        }

    def accompanied_from(self, family: Family) -> date:
        """First date on which the family is accompanied; ``date.max``: never."""
        group = self._company.get(family.family_id, (family.family_id,))
        return min(self._adult_from[name] for name in group)

    def _first_adult(self, family: Family) -> date:
        members = self._files.members[family.family_id]
        if not members:
            minors = (family.infants or 0) + (family.children or 0)
            return date.min if family.persons > minors else date.max
        years = self._files.values.family("adult_age_years", family)
        return min(adult_from(member, years) for member in members)
