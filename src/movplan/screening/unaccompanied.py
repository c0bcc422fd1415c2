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
        self._company = {name: group for group in companies for name in group}
        self._in_charge_from: dict[str, date] = {}
        self._all_adult_from: dict[str, date] = {}
        for name, family in files.family.items():
            in_charge, all_adult = self._dates(family)
            self._in_charge_from[name] = in_charge
            self._all_adult_from[name] = all_adult

    def accompanied_from(self, family: Family) -> date:
        """First date on which the family is accompanied; ``date.max``: never."""
        name = family.family_id
        in_charge = min(
            self._in_charge_from[other] for other in self._company.get(name, (name,))
        )
        return min(in_charge, self._all_adult_from[name])

    def _dates(self, family: Family) -> tuple[date, date]:
        """First dates on which somebody is in charge, and on which all are adult."""
        members = self._files.members[family.family_id]
        if not members:
            minors = (family.infants or 0) + (family.children or 0)
            in_charge = date.min if family.persons > minors else date.max
            return in_charge, date.max
        years = self._files.values.family("adult_age_years", family)
        medical = self._files.medical
        grown_from = [adult_from(member, years) for member in members]
        in_charge_from = (
            grown
            for member, grown in zip(members, grown_from, strict=True)
            if takes_charge(member, medical.get(member.member_id))
        )
        return min(in_charge_from, default=date.max), max(grown_from)
