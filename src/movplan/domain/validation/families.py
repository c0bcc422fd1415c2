"""Families and the persons in them."""

from collections.abc import Iterator

from movplan.domain.errors import Issue
from movplan.domain.people import Family
from movplan.domain.relations import MEANT, RELATIONS
from movplan.domain.validation.lookup import Lookup


def wrong_persons(lookup: Lookup) -> Iterator[Issue]:
    """``persons`` is the number of members listed, or the sum of the counts."""
    partly_read = lookup.broken_values("members", "family_id")
    for family in lookup.scenario.families:
        listed = lookup.members_per_family[family.family_id]
        if listed and listed != family.persons and family.family_id not in partly_read:
            yield _wrong_persons(lookup, family, listed, "members are listed")
        counts = (family.adults, family.children, family.infants)
        counted = sum(count or 0 for count in counts)
        if any(count is not None for count in counts) and counted != family.persons:
            problem = "is the sum of adults, children and infants"
            yield _wrong_persons(lookup, family, counted, problem)


def _wrong_persons(lookup: Lookup, family: Family, found: int, what: str) -> Issue:
    return lookup.error(
        "families",
        family,
        "persons",
        f"does not fit: {found} {what}",
        code="WRONG_PERSONS",
        expected=str(found),
    )


def going_nowhere(lookup: Lookup) -> Iterator[Issue]:
    """A family goes somewhere else."""
    for family in lookup.scenario.families:
        if family.origin == family.destination:
            yield lookup.error(
                "families",
                family,
                "destination",
                "is where the family comes from",
                code="BAD_VALUE",
                expected=f"another place than {family.origin}",
            )


def unknown_relations(lookup: Lookup) -> Iterator[Issue]:
    """A relation that no rule knows counts as none: not of the household, no parent."""
    for member in lookup.scenario.members:
        word = member.relation.casefold()
        if word and word not in RELATIONS:
            known = f"one of: {', '.join(RELATIONS)}"
            yield lookup.warning(
                "members",
                member,
                "relation",
                "is no relation the rules know, and counts as none",
                code="UNKNOWN_RELATION",
                expected=f"{MEANT[word]}, {known}" if word in MEANT else known,
            )


def one_sided_companions(lookup: Lookup) -> Iterator[Issue]:
    """``travels_with`` is said on both sides (it holds both ways all the same)."""
    named = {f.family_id: set(f.travels_with) for f in lookup.scenario.families}
    for family in lookup.scenario.families:
        for other in family.travels_with:
            if other == family.family_id:
                yield lookup.error(
                    "families",
                    family,
                    "travels_with",
                    "the family travels with itself",
                    code="BAD_VALUE",
                    expected="other families",
                )
            elif other in named and family.family_id not in named[other]:
                yield lookup.warning(
                    "families",
                    family,
                    "travels_with",
                    f"{other} does not name {family.family_id} in return",
                    code="ONE_SIDED",
                    expected=f"add {family.family_id} to {other}'s travels_with",
                )


def consents_to_come(lookup: Lookup) -> Iterator[Issue]:
    """Consent to travel apart counts from its date on, and if both families gave it."""
    today = lookup.scenario.as_of.date()
    for family in lookup.scenario.families:
        if family.travel_apart_consent and family.travel_apart_consent > today:
            yield lookup.warning(
                "families",
                family,
                "travel_apart_consent",
                f"is after as_of {today}: the consent does not count yet",
                code="NOT_YET",
                expected=f"{today} or earlier",
            )


def bad_legs(lookup: Lookup) -> Iterator[Issue]:
    """Legs of assignments count from 1."""
    for assignment in lookup.scenario.assignments:
        if assignment.leg < 1:
            yield lookup.error(
                "assignments",
                assignment,
                "leg",
                "legs count from 1",
                code="BAD_VALUE",
                expected="1 for the first ride of the part",
            )
