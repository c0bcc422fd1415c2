"""Families that travel with one another: the same departures in each part, or none."""

from collections import defaultdict
from collections.abc import Iterable

from movplan.domain.aside import Aside
from movplan.domain.scenario import Scenario
from movplan.domain.set_out import SetOut


def companies(
    scenario: Scenario, *, without: frozenset[str] = frozenset()
) -> tuple[tuple[str, ...], ...]:
    """Groups of two or more that ``travels_with`` ties, directly or through others.

    A tie is off if both have consented to travel apart by the date of ``as_of``, if one
    of them has set out, or if an override sets the ties of one of them aside.
    """
    if "travels_with" in without:
        return ()
    ties = _ties(scenario)
    seen: set[str] = set()
    found = []
    for start in sorted(ties):
        if start in seen:
            continue
        group, waiting = {start}, [start]
        while waiting:
            new = ties[waiting.pop()] - group
            group |= new
            waiting.extend(new)
        seen |= group
        if len(group) > 1:
            found.append(tuple(sorted(group)))
    return tuple(found)


def _ties(scenario: Scenario) -> dict[str, set[str]]:
    """Per family those it is tied to, ties that are off left out."""
    aside = Aside(scenario, "travels_with")
    today = scenario.as_of.date()
    apart = {
        family.family_id
        for family in scenario.families
        if family.travel_apart_consent and family.travel_apart_consent <= today
    }
    loose = {f.family_id for f in scenario.families if aside and aside.family(f)}
    loose |= SetOut(scenario.assignments).families
    ties: dict[str, set[str]] = defaultdict(set)
    for family in scenario.families:
        for name in family.travels_with:
            both = {family.family_id, name}
            if not both <= apart and loose.isdisjoint(both):
                ties[family.family_id].add(name)
                ties[name].add(family.family_id)
    return ties


def shared_departures(
    choices: Iterable[Iterable[frozenset[str]]],
) -> set[frozenset[str]]:
    """The sets of departures that every family of a company may take."""
    sets = [set(choice) for choice in choices]
    return set.intersection(*sets) if sets else set()
