"""Companies: families that travel together, and whether one of them is in charge."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from movplan.checks.view.journeys import Journey
from movplan.checks.view.plan_view import PlanView
from movplan.domain.people import Family


class Companies:
    """Families that travel together, as the ties that are on say."""

    def __init__(self, view: PlanView) -> None:
        self.groups = _companies(
            view.families,
            lambda family: (
                family.family_id in view.set_out.families
                or view.aside("travels_with").family(family)
            ),
            view.as_of_date,
        )
        """Companies of two families or more, sorted."""
        self._view = view
        self._company = {name: group for group in self.groups for name in group}
        self._in_charge = cache(self._find_in_charge)

    def is_unaccompanied(self, journey: Journey) -> bool:
        """Whether it has minors on the part's first date, and nobody in charge."""
        first, family = journey.first_date, journey.family
        if first is None or first >= self._view.persons.grown_from(family):
            return False
        company = self._company.get(family.family_id, (family.family_id,))
        return first < min(self._in_charge(name) for name in company)

    def _find_in_charge(self, family_id: str) -> date:
        return _in_charge_from(self._view, self._view.families[family_id])


def _companies(
    families: Mapping[str, Family], is_loose: Callable[[Family], bool], today: date
) -> list[tuple[str, ...]]:
    """Groups of families whose ties are on, sorted.

    A tie is off if both have recorded their consent to travel apart by today, or one is
    loose: it has set out, or an override sets its ties aside.
    """
    leader: dict[str, str] = {}

    def find(family_id: str) -> str:
        while leader.setdefault(family_id, family_id) != family_id:
            family_id = leader[family_id]
        return family_id

    for family in families.values():
        for other_id in family.travels_with:
            other = families.get(other_id)
            if other is not None and not _is_off(family, other, is_loose, today):
                leader[find(other_id)] = find(family.family_id)
    together: dict[str, list[str]] = defaultdict(list)
    for family_id in sorted(leader):
        together[find(family_id)].append(family_id)
    return [tuple(group) for group in together.values() if len(group) > 1]


def _is_off(
    one: Family, other: Family, is_loose: Callable[[Family], bool], today: date
) -> bool:
    dates = one.travel_apart_consent, other.travel_apart_consent
    apart = all(on is not None for on in dates) and max(filter(None, dates)) <= today
    return apart or is_loose(one) or is_loose(other)


def _in_charge_from(view: PlanView, family: Family) -> date:
    """The first date on which a family has somebody in charge; counts: their adults."""
    if view.members_of(family):
        return view.persons.in_charge_from(family)
    grown = family.persons - (family.children or 0) - (family.infants or 0)
    return date.min if grown > 0 else date.max
