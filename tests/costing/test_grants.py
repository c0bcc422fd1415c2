"""Grants per person, per principal and per company."""

from datetime import date

from movplan.costing.grants import Grants
from movplan.domain.assignments import Override
from movplan.domain.people import Family, Member
from movplan.domain.scenario import Scenario
from tests.costing.story import SCENARIO


def family(family_id: str, persons: int, **fields: object) -> Family:
    row = Family(
        family_id=family_id,
        programme="returns",
        persons=persons,
        origin="MHD",
        destination="IST",
        ready_from=date(2026, 5, 1),
    )
    return row.model_copy(update=fields)


def granting(*families: Family, **fields: int) -> Scenario:
    """Programme returns grants 300.00 per person, and these."""
    programmes = tuple(p.model_copy(update=fields) for p in SCENARIO.programmes)
    return SCENARIO.model_copy(
        update={"families": families, "members": (), "programmes": programmes}
    )


def test_per_principal() -> None:
    """Two of three are principals: 3 x 300 + 2 x 50; counts have one: 900 + 50."""
    members = tuple(
        Member(
            member_id=name,
            family_id="a",
            birth_date=date(1990, 1, 1),
            relation=relation,
        )
        for name, relation in (("1", "principal"), ("2", "Principal"), ("3", "child"))
    )
    plain = granting(family("a", 3), family("b", 3), grant_per_principal_cents=5_000)
    grants = Grants(plain.model_copy(update={"members": members}))
    assert (grants.cents("a"), grants.cents("b")) == (100_000, 95_000)


def heads(scenario: Scenario) -> list[str]:
    """Families that get the 700.00 per family, besides 300.00 per person."""
    grants = Grants(scenario)
    return [
        f.family_id
        for f in scenario.families
        if grants.cents(f.family_id) == f.persons * 30_000 + 70_000
    ]


AGREED = date(2024, 1, 1)
ONCE = {"grant_per_family_cents": 70_000}


def test_a_family_split_in_three_earns_it_once() -> None:
    """A company of c - a - b: to the largest family; d is alone."""
    rows = (
        family("a", 2, travels_with=("b",)),
        family("b", 3),
        family("c", 1, travels_with=("a",)),
        family("d", 1),
    )
    assert heads(granting(*rows, **ONCE)) == ["b", "d"]


def test_between_equals_who_waits_longest_then_the_first_id() -> None:
    rows = (
        family("a", 2, travels_with=("b", "c")),
        family("b", 2, waiting_since=date(2024, 5, 1)),
        family("c", 2, waiting_since=date(2024, 4, 1)),
    )
    assert heads(granting(*rows, **ONCE)) == ["c"]
    same = tuple(row.model_copy(update={"waiting_since": None}) for row in rows)
    assert heads(granting(*same, **ONCE)) == ["a"]


def test_consent_of_both_to_travel_apart_makes_two_companies() -> None:
    one = family("a", 2, travels_with=("b",), travel_apart_consent=AGREED)
    assert heads(granting(one, family("b", 2), **ONCE)) == ["a"]
    both = (one, family("b", 2, travel_apart_consent=AGREED))
    assert heads(granting(*both, **ONCE)) == ["a", "b"]


def test_an_override_of_the_tie_makes_two_companies() -> None:
    rows = (family("a", 2, travels_with=("b",)), family("b", 2))
    override = Override(
        rule="travels_with",
        scope="b",
        by="head of office",
        reference="note 7",
        reason="one of them flies to hospital",
        date=date(2026, 4, 30),
    )
    apart = granting(*rows, **ONCE).model_copy(update={"overrides": (override,)})
    assert heads(apart) == ["a", "b"]


def test_each_programme_pays_its_own() -> None:
    rows = (
        family("a", 2, travels_with=("b",)),
        family("b", 2, programme="self"),
    )
    grants = Grants(granting(*rows, **ONCE))
    # The programme self grants nothing per person
    assert (grants.cents("a"), grants.cents("b")) == (130_000, 70_000)
