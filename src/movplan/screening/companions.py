"""Families that travel with one another: the same departures in each part, or none."""

from collections import defaultdict
from collections.abc import Iterable

from movplan.domain.people import Family


def companies(families: Iterable[Family]) -> list[tuple[str, ...]]:
    """Groups of two or more that ``travels_with`` ties, directly or through others."""
    ties: dict[str, set[str]] = defaultdict(set)
    for family in families:
        for other in family.travels_with:
            ties[family.family_id].add(other)
            ties[other].add(family.family_id)
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
    return found


def shared_departures(
    choices: Iterable[Iterable[frozenset[str]]],
) -> set[frozenset[str]]:
    """The sets of departures that every family of a company may take."""
    sets = [set(choice) for choice in choices]
    return set.intersection(*sets) if sets else set()
