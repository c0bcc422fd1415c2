"""Grants of families: per person, per principal, and one per company."""

from collections import defaultdict
from datetime import date
from functools import cached_property

from movplan.domain.people import Family, Member
from movplan.domain.programmes import Programme
from movplan.domain.scenario import Scenario
from movplan.domain.ties import find_ties

PRINCIPAL = "principal"


class Grants:
    """What every family is granted when it travels, in its programme's currency.

    grant = persons x ``grant_per_person_cents``
    + principals x ``grant_per_principal_cents``
    + ``grant_per_family_cents``, once per company and programme: to its family of that
    programme with most persons, then waiting longest, then first id. Companies travel
    whole or not at all, so nothing of this depends on a plan.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario

    @cached_property
    def _families(self) -> dict[str, Family]:
        return {family.family_id: family for family in self._scenario.families}

    @cached_property
    def _programmes(self) -> dict[str, Programme]:
        return {row.programme_id: row for row in self._scenario.programmes}

    @cached_property
    def _members(self) -> dict[str, list[Member]]:
        found: dict[str, list[Member]] = defaultdict(list)
        for member in self._scenario.members:
            found[member.family_id].append(member)
        return found

    @cached_property
    def _heads(self) -> frozenset[str]:
        return _heads(self._scenario)

    def cents(self, family_id: str) -> int:
        """The family's whole grant in minor units."""
        family = self._families[family_id]
        programme = self._programmes[family.programme]
        members = self._members.get(family_id)
        persons = len(members) if members else family.persons
        per_person = persons * programme.grant_per_person_cents
        per_head = self._principals(members) * programme.grant_per_principal_cents
        once = programme.grant_per_family_cents
        if once and family_id not in self._heads:
            once = 0
        return per_person + per_head + once

    def _principals(self, members: list[Member] | None) -> int:
        """Members with relation principal; a family given as counts has one."""
        if members is None:
            return 1
        return sum(member.relation.casefold() == PRINCIPAL for member in members)


def _heads(scenario: Scenario) -> frozenset[str]:
    """The families that get the grant per family of their company and programme."""
    groups: dict[tuple[str, str], list[Family]] = defaultdict(list)
    company = _company_of(scenario)
    for family in scenario.families:
        groups[company[family.family_id], family.programme].append(family)
    return frozenset(min(group, key=_rank).family_id for group in groups.values())


def _rank(family: Family) -> tuple[int, date, str]:
    return -family.persons, family.waiting_since or date.max, family.family_id


def _company_of(scenario: Scenario) -> dict[str, str]:
    """The company of every family: the first id of those tied to it."""
    ties = find_ties(scenario)
    company: dict[str, str] = {}
    for first in sorted(family.family_id for family in scenario.families):
        waiting = [first]
        while waiting:
            name = waiting.pop()
            if name not in company:
                company[name] = first
                waiting.extend(ties.get(name, ()))
    return company
