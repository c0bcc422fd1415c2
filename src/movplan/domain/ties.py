"""Which families are tied to travel together: the ties of ``travels_with`` that are on.

A look-up for all sides but the checks, as ``aside.py`` is.
"""

from collections import defaultdict
from datetime import date

from movplan.domain.aside import Aside
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario


def find_ties(scenario: Scenario) -> dict[str, set[str]]:
    """The families tied to each family that has a tie, said on either side.

    A tie is off if both families have recorded their consent to travel apart by the
    date of ``as_of``, or an override of ``travels_with`` sets one of them aside. A tie
    to a family that is not in the scenario is listed.
    """
    aside = Aside(scenario, "travels_with")
    today = scenario.as_of.date()
    families = {family.family_id: family for family in scenario.families}
    ties: dict[str, set[str]] = defaultdict(set)
    for family in scenario.families:
        for name in family.travels_with:
            other = families.get(name)
            if other is None or not _is_off(family, other, aside, today):
                ties[family.family_id].add(name)
                ties[name].add(family.family_id)
    return dict(ties)


def _is_off(one: Family, other: Family, aside: Aside, today: date) -> bool:
    consents = (one.travel_apart_consent, other.travel_apart_consent)
    by_consent = all(on is not None and on <= today for on in consents)
    return by_consent or aside.family(one) or aside.family(other)
