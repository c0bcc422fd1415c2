"""Who travels to an orientation held elsewhere: nobody stays behind without an adult.

CLINIC is elsewhere, TOWN is where F1 starts; everything is on 2 and 3 May 2026.
"""

from datetime import date

from movplan.domain.people import Member
from movplan.domain.scenario import Scenario
from movplan.domain.words import Reason
from movplan.screening.language_groups import language_groups
from tests.screening.mission import BASE, changed, refusal
from tests.screening.test_appointments import CO, needing, options, session

AWAY = session(CO, "02 06:00", "03 08:00", place_id="CLINIC")
HERE = session(CO, "04 06:00", "04 08:00")
BORN = {"adult": 1990, "ten": 2015, "four": 2021, "infant": 2025}


def person(number: int, kind: str, language: str | None = None) -> Member:
    return Member(
        member_id=f"M{number}",
        family_id="F1",
        birth_date=date(BORN[kind], 6, 1),
        language=language,
    )


def of(*kinds: str | tuple[str, str | None], here: bool = False) -> Scenario:
    """``of("adult", ("four", "dari"))``: the family, with its members' languages."""
    members = tuple(
        person(k, *((kind,) if isinstance(kind, str) else kind))
        for k, kind in enumerate(kinds)
    )
    family = BASE.families[0].model_copy(update={"persons": len(members)})
    sessions = (AWAY, HERE) if here else (AWAY,)
    return changed(base=needing(CO, *sessions), members=members, families=(family,))


def going(scenario: Scenario, *, slot: int = 0) -> tuple[int, int, tuple[int, ...]]:
    """Who attends the session away, who goes there, and seats of each way."""
    away = next(o for o in options(scenario, slot=slot) if o.session_id == "CO-02")
    return away.persons, away.travelling, away.move_seats


def test_children_too_young_go_along_and_take_no_place() -> None:
    # 2 attend (adult, ten); 4 go; the infant sits on a lap: 3 seats.
    assert going(of("adult", "ten", "four", "infant")) == (2, 4, (3, 3))


def test_places_are_for_those_who_attend() -> None:
    scenario = of("adult", "four", "infant")
    tight = AWAY.model_copy(update={"places": 1})
    assert going(changed(base=scenario, sessions=(tight,))) == (1, 3, (2, 2))


def test_infants_of_a_family_of_counts_go_along() -> None:
    family = BASE.families[0].model_copy(
        update={"persons": 4, "adults": 2, "children": 1, "infants": 1}
    )
    scenario = changed(base=needing(CO, AWAY), families=(family,), members=())
    assert going(scenario) == (3, 4, (3, 3))


def test_small_children_go_with_their_language_else_with_the_leading_group() -> None:
    # dari leads (two attend): the infant goes with it; pashto takes its child of four.
    scenario = of(
        ("adult", "dari"),
        ("ten", "dari"),
        ("adult", "pashto"),
        ("four", "pashto"),
        ("infant", None),
    )
    assert going(scenario, slot=0) == (2, 3, (3, 3))
    assert going(scenario, slot=1) == (1, 2, (2, 2))


def test_a_minor_without_a_language_attends_with_the_adults() -> None:
    assert going(of(("adult", "dari"), ("ten", None))) == (2, 2, (2, 2))


def test_minors_with_a_session_of_their_own_have_it_at_home_or_not_at_all() -> None:
    family = (("adult", "dari"), ("ten", "pashto"))
    both = of(*family, here=True)
    names = {option.session_id for option in options(both, slot=1)}
    assert names == {"CO-04"}
    # The adult goes to CLINIC with the child, who does not attend there.
    assert going(both) == (1, 2, (2, 2))
    found = refusal(of(*family))
    assert found.reason is Reason.NO_APPOINTMENT
    assert found.fact.startswith(
        "no CO session in pashto at TOWN (no adult speaks it) for 1 in time"
    )


def test_without_any_adult_they_go_as_they_are() -> None:
    members = [person(1, "ten", "dari"), person(2, "ten", "pashto"), person(3, "four")]
    today = BASE.as_of.date()
    groups = language_groups(members, today, attend_from=6, adult_from_age=18)
    assert [(g.language, g.travelling, g.only_here) for g in groups] == [
        ("dari", 2, False),
        ("pashto", 1, False),
    ]
