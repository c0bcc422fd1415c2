"""Minors without an adult in charge: from when their company has one."""

from datetime import date

from movplan.domain.ages import adult_from
from movplan.domain.charge import takes_charge
from movplan.domain.people import Family
from movplan.domain.windows import Files


class Unaccompanied:
    """Knows from which date on each family has no minors, or an adult in charge.

    The adult may be anybody of its company, but no patient. A family given as counts
    has one always if it has adults, else never; it is not looked at itself (it has no
    members), but it accompanies others.
    """

    def __init__(self, files: Files, companies: tuple[tuple[str, ...], ...]) -> None:
        self._files = files
        self._known: dict[str, date] = {}
        self._company = {name: group for group in companies for name in group}
        self._in_charge_from = {
            name: self._first_in_charge(family) for name, family in files.family.items()
        }

    def accompanied_from(self, family: Family) -> date:
        """First date on which the family is accompanied; ``date.max``: never."""
        name = family.family_id
        if name not in self._known:
            group = self._company.get(name, (name,))
            in_charge = min(self._in_charge_from[other] for other in group)
            self._known[name] = min(in_charge, self._all_adult(family))
        return self._known[name]

    def _all_adult(self, family: Family) -> date:
        """First date on which all of its members are surely adult."""
        years = self._files.values.family("adult_age_years", family)
        members = self._files.members[family.family_id]
        return max((adult_from(m, years) for m in members), default=date.max)

    def _first_in_charge(self, family: Family) -> date:
        members = self._files.members[family.family_id]
        if not members:
            minors = (family.infants or 0) + (family.children or 0)
            return date.min if family.persons > minors else date.max
        years = self._files.values.family("adult_age_years", family)
        medical = self._files.medical
        return min(
            (
                adult_from(member, years)
                for member in members
                if takes_charge(member, medical.get(member.member_id))
            ),
            default=date.max,
        )
