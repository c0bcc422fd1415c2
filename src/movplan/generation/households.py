"""The members of invented families: ages, sexes, needs, and who is counted only."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from movplan.domain.people import Family, Member
from movplan.domain.words import DatePrecision, Need, Sex
from movplan.generation.brief import TODAY, Brief
from movplan.generation.figures import distribution, happens, whole

RELATIVES = ("sibling", "parent", "cousin")


@dataclass(frozen=True, slots=True)
class Person:
    """Age in years, sex and relation to the principal."""

    age: int
    sex: Sex
    relation: str


def draw_members(
    brief: Brief, families: list[Family]
) -> tuple[list[Family], list[Member]]:
    """Members of every family; some returning families carry counts only."""
    rng = brief.stream(2)
    kept: list[Family] = []
    members: list[Member] = []
    for family in families:
        household = _household(rng, family)
        if family.programme == "avrr" and happens(rng, "counts_only"):
            kept.append(family.model_copy(update=_counts(household)))
            continue
        kept.append(family)
        members += _members(rng, family, household)
    return kept, members


def _household(rng: np.random.Generator, family: Family) -> list[Person]:
    alone = family.programme in ("avrr", "resettlement") and family.persons <= 2
    if alone and rng.random() < UNACCOMPANIED_AMONG_SMALL:
        return [
            Person(whole(rng, 10, 16), _sex(rng), "principal")
            for _ in range(family.persons)
        ]
    head = Sex.FEMALE if happens(rng, "female_headed") else Sex.MALE
    if family.programme == "workshop":
        return [Person(whole(rng, 24, 55), _sex(rng), "principal")] + [
            Person(whole(rng, 24, 55), _sex(rng), "colleague")
            for _ in range(family.persons - 1)
        ]
    return _relatives(rng, family.persons, head)


# Unaccompanied children travel alone or with one sibling: the carried share of all
# families (5 %), met within the fifth of them that have one or two persons.
UNACCOMPANIED_AMONG_SMALL = 0.24


def _relatives(rng: np.random.Generator, size: int, head: Sex) -> list[Person]:
    children = _children(rng, size)
    ages = sorted((whole(rng, 0, 17) for _ in range(children)), reverse=True)
    oldest = ages[0] if ages else whole(rng, 0, 14)
    people = [Person(oldest + whole(rng, 19, 28), head, "principal")]
    if size - children >= 2:
        other = Sex.MALE if head is Sex.FEMALE else Sex.FEMALE
        people.append(Person(oldest + whole(rng, 19, 28), other, "spouse"))
    while len(people) < size - children:
        age = whole(rng, 60, 79) if rng.random() < 0.35 else whole(rng, 18, 30)
        people.append(Person(age, _sex(rng), RELATIVES[whole(rng, 0, 2)]))
    return people + [Person(age, _sex(rng), "child") for age in ages]


def _children(rng: np.random.Generator, size: int) -> int:
    """So many children that 53 % of all land returnees are under eighteen."""
    if size == 1:
        return 0
    parents = 1 if rng.random() < 0.2 else 2
    others = sum(rng.random() < 0.2 for _ in range(max(0, size - parents)))
    return max(0, size - parents - int(others))


def _sex(rng: np.random.Generator) -> Sex:
    return Sex.FEMALE if rng.random() < 0.5 else Sex.MALE


def _counts(household: list[Person]) -> dict[str, int]:
    infants = sum(person.age < 2 for person in household)
    children = sum(2 <= person.age < 12 for person in household)
    adults = len(household) - infants - children
    return {"adults": adults, "children": children, "infants": infants}


def _members(
    rng: np.random.Generator, family: Family, household: list[Person]
) -> list[Member]:
    language = distribution("language").draw_one(rng)
    minors_only = all(person.age < 18 for person in household)
    return [
        _member(rng, family, number, person, language, minors_only=minors_only)
        for number, person in enumerate(household, start=1)
    ]


def _member(
    rng: np.random.Generator,
    family: Family,
    number: int,
    person: Person,
    language: str,
    *,
    minors_only: bool,
) -> Member:
    born, precision = _birth(rng, person.age)
    expecting = _pregnancy_weeks(rng, person)
    case = family.case_ids[-1] if number > family.persons // 2 else family.case_ids[0]
    guardian = f"{family.family_id}-1" if person.age < 18 and not minors_only else None
    return Member(
        member_id=f"{family.family_id}-{number}",
        family_id=family.family_id,
        case_id=case,
        birth_date=born,
        birth_precision=precision,
        sex=person.sex,
        relation=person.relation,
        guardian_id=guardian,
        language=language,
        needs=_needs(rng, family, person, minors_only=minors_only),
        pregnancy_weeks=expecting,
        pregnancy_as_of=TODAY if expecting is not None else None,
        luggage_kg=whole(rng, 10, 30) if person.age >= 2 else None,
    )


def _birth(rng: np.random.Generator, age: int) -> tuple[date, DatePrecision]:
    born = TODAY - timedelta(days=age * 365 + age // 4 + whole(rng, 1, 360))
    if age > 20 and happens(rng, "birth_year_only"):
        return date(born.year, 1, 1), DatePrecision.YEAR
    if age > 12 and rng.random() < 0.03:
        return born.replace(day=1), DatePrecision.MONTH
    return born, DatePrecision.DAY


def _needs(
    rng: np.random.Generator, family: Family, person: Person, *, minors_only: bool
) -> tuple[Need, ...]:
    if family.programme in ("workshop", "rqa"):
        return ()
    needs: list[Need] = [Need.UMNR] if minors_only else []
    if happens(rng, "stretcher"):
        needs.append(Need.STCR)
    elif happens(rng, "wheelchair_wchc"):
        needs.append(Need.WCHC)
    elif happens(rng, "wheelchair_wchr"):
        needs.append(Need.WCHR)
    if happens(rng, "blind_or_deaf"):
        needs.append(Need.BLND if rng.random() < 0.5 else Need.DEAF)
    alone = person.relation == "principal" and person.sex is Sex.FEMALE
    if alone and person.age >= 18 and happens(rng, "woman_at_risk"):
        needs.append(Need.WOMAN_AT_RISK)
    return tuple(needs)


def _pregnancy_weeks(rng: np.random.Generator, person: Person) -> int | None:
    fertile = person.sex is Sex.FEMALE and 20 <= person.age <= 40
    return whole(rng, 6, 26) if fertile and happens(rng, "pregnant") else None
