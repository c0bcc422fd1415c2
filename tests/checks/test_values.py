"""Whose value a rule reads: the carrier's, the family's, the ride's."""

import pytest

from movplan.checks import run_checks
from movplan.checks.view import PlanView
from movplan.domain.plan import Plan
from movplan.domain.rules import RuleOverride
from movplan.domain.scenario import Scenario
from movplan.domain.words import Part
from tests.checks.broken.tools import World, both, row, updated
from tests.checks.mission import PLAN
from tests.checks.world import SCENARIO, at, rule


def also(name: str, *overrides: RuleOverride) -> World:
    """The small mission on two carriers, with a rule of more than one value."""
    carriers = both(
        row("departures", "F1", carrier="TK"),
        row("departures", "F2", carrier="QR"),
        row("departures", "C1", carrier="bus"),
        row("departures", "C2", carrier="coach"),
    )
    scenario, plan = carriers(SCENARIO, PLAN)
    own = {r.name: r.value for r in scenario.rules}
    value = own.get(name, SCENARIO.rule(name).value)
    rules = tuple(r for r in scenario.rules if r.name != name)
    return updated(scenario, rules=(*rules, rule(name, value, *overrides))), plan


def seats(scenario: Scenario, plan: Plan) -> list[int]:
    """Seats RS1 takes on its two flights: four persons, one a lap infant."""
    view = PlanView(scenario, plan)
    journey = view.journeys["RS1", Part.OUTBOUND]
    return [
        view.load(journey.family, ride).seats(is_flight=True) for ride in journey.rides
    ]


def test_laps_of_one_day_differ_by_carrier() -> None:
    assert seats(SCENARIO, PLAN) == [3, 3]
    none = RuleOverride(carrier="QR", value=0)
    assert seats(*also("lap_infants_per_adult", none)) == [3, 4]


def test_ages_differ_by_carrier_and_programme() -> None:
    # RS1-4 is fourteen months old.
    one = RuleOverride(carrier="TK", value=1)
    assert seats(*also("infant_age_years", one)) == [4, 3]
    both_named = RuleOverride(carrier="TK", programme="RESETTLE", value=2)
    assert seats(*also("infant_age_years", one, both_named)) == [3, 3]


@pytest.mark.parametrize(
    ("name", "override", "broken"),
    [
        # A departure's value is its carrier's, its last place's, its programmes'.
        ("convoy_max_persons", RuleOverride(destination="HERAT", value=6), "C1"),
        ("spare_percent", RuleOverride(carrier="bus", value=80), "C1"),
        ("drive_until_hour", RuleOverride(carrier="bus", value=15), "C1"),
        ("drive_until_hour", RuleOverride(carrier="coach", value=19), "C2"),
        ("convoy_max_persons", RuleOverride(carrier="bus", value=6), "C1"),
        # A family's value is its programme's or its destination's.
        ("latest_arrival_hour", RuleOverride(destination="DE", value=16), "RS1"),
        ("latest_arrival_hour", RuleOverride(destination="BERLIN", value=16), "RS1"),
        # A ride's value is all of these.
        ("newborn_min_days", RuleOverride(carrier="QR", value=446), "RS1"),
        ("pregnancy_refuse_week", RuleOverride(carrier="QR", value=34), "RS1"),
        ("pregnancy_refuse_week", RuleOverride(destination="DE", value=34), "RS1"),
    ],
)
def test_the_value_that_applies(name: str, override: RuleOverride, broken: str) -> None:
    found = run_checks(*also(name, override)).violations

    assert {v.subjects[0] for v in found} == {broken}


@pytest.mark.parametrize(
    ("name", "override"),
    [
        ("drive_until_hour", RuleOverride(destination="TR", value=10)),
        ("convoy_max_persons", RuleOverride(carrier="TK", value=1)),
        ("latest_arrival_hour", RuleOverride(destination="TR", value=24)),
        ("newborn_min_days", RuleOverride(carrier="bus", value=999)),
    ],
)
def test_a_value_that_does_not_apply(name: str, override: RuleOverride) -> None:
    assert run_checks(*also(name, override)).passed


@pytest.mark.parametrize(
    ("open_to", "broken"),
    [
        ((), {"C1", "C2"}),
        (("VOLREP", "WORKSHOP"), {"C1", "C2"}),
        (("VOLREP",), set()),
    ],
)
def test_a_convoy_keeps_the_values_of_all_it_is_open_to(
    open_to: tuple[str, ...], broken: set[str]
) -> None:
    """WORKSHOP drives until ten in the morning: so does whatever is open to it."""
    early = RuleOverride(programme="WORKSHOP", value=10)
    scenario, plan = both(
        row("departures", "C1", programmes=open_to),
        row("departures", "C2", programmes=open_to),
    )(*also("drive_until_hour", early))

    found = run_checks(scenario, plan).violations
    assert {v.subjects[0] for v in found if v.rule == "daylight_driving"} == broken


@pytest.mark.parametrize(
    ("zone", "arrives", "late"),
    [
        ("Etc/GMT-9", "05-15 15:30+00:00", True),  # 00:30
        ("Etc/GMT-14", "05-15 14:59+00:00", True),  # 04:59
        ("Etc/GMT-14", "05-15 15:00+00:00", False),  # 05:00
    ],
)
def test_the_small_hours_belong_to_the_evening_before(
    zone: str, arrives: str, late: bool
) -> None:
    scenario, plan = both(
        row("places", "KABUL", timezone=zone),
        row("departures", "C2", arrives=at(arrives)),
    )(SCENARIO, PLAN)

    violations = run_checks(scenario, plan).violations
    found = {v.subjects[0] for v in violations if v.rule == "late_arrival"}

    assert found == ({"RA1", "RA2"} if late else set())


@pytest.mark.parametrize(("day", "refused"), [(26, False), (27, True)])
def test_the_last_ride_of_the_part_says_which_week_it_is(
    day: int, refused: bool
) -> None:
    """F2 leaves days after F1: from 27 May on it is week 35, for F1 too."""
    moved = row(
        "departures",
        "F2",
        departs=at(f"05-{day} 14:00+03:00"),
        arrives=at(f"05-{day} 16:00+02:00"),
    )
    found = run_checks(*moved(SCENARIO, PLAN)).violations
    facts = [v.fact for v in found if v.rule == "pregnancy"]

    wanted = [f"in week 35 on 2026-05-27, F{n} refuses from week 35" for n in (1, 2)]
    assert [fact.partition("RS1-2 is ")[2] for fact in facts] == (
        wanted if refused else []
    )
