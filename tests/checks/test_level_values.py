"""Objective levels and minimums, counted by hand."""

import pytest

from movplan.checks import findings, level_values
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from tests.checks.broken import assigned, stays, without_ra2
from tests.checks.mission import PLAN, UNPRICED
from tests.checks.world import SCENARIO


def test_levels_of_the_small_mission() -> None:
    values = level_values(SCENARIO, PLAN)

    # RA1 3, RA2 2, RA3 2, RS1 4, WS1 1; RS2 stays.
    assert values["persons"] == 3 + 2 + 2 + 4 + 1
    assert values["left"] == 1
    # Windows of RA1, RA3 and RS1 close within four weeks of 31 May: half as much again.
    assert values["moved"] == 3 * 150 + 2 * 100 + 2 * 150 + 4 * 150 + 1 * 100
    # From 1 May to 14, 20 and 11 May; RS2 waits until 1 June.
    assert values["waiting"] == 7 * 13 + 4 * 19 + 1 * 10 + 1 * 31
    # A minimum of 3 persons with a stretcher case; two travel.
    assert values["minimums"] == 1
    assert values["changes"] == 0


def test_cost_of_the_small_mission_in_cents() -> None:
    convoys = 100_001 + 3 * 20_000 + 5_000
    nurses = (3 * 10_000 + 8_000) + (15_000 + 8_000)
    # 7 % on RET: 60 % of C1 (60,001) and its vehicles, C2, C9, nurses, grants, nights.
    grants, nights = 7 * 10_000, 5 * 300
    overhead = 4_200 + 2 * 840 + 1_400 + 350 + 2_100 + 560 + 1_050 + 560
    overhead += 2_100 + 1_400 + 1_400 + 63 + 42
    # 2 days of 300 USD, two fares of 200 EUR, positioning, return.
    doctor = 2 * 30_000 + 2 * 22_000 + 2 * 8_000
    # 2 adults, a child and a tenth for the infant: 3.1 x 200 EUR on each flight.
    flights = 30_000 + 2 * 68_200
    steps = 7 * 1_000 + 9 * 1_000 + 2 * 200 + 4 * 200 + 4 * 500 + 4 * 700
    # The workshop's seats are credited to EU: its transfers remain.
    workshop = 2 * (400 + 600)

    cost = convoys + nurses + grants + nights + overhead + doctor + flights + steps
    assert level_values(SCENARIO, PLAN)["cost"] == cost + workshop


def test_a_group_counts_its_own_families_only() -> None:
    scenario, plan = without_ra2(SCENARIO, UNPRICED)

    assert level_values(scenario, plan)["persons"] == 10
    assert level_values(scenario, plan)["left"] == 1


@pytest.mark.parametrize(
    ("departure_id", "days_ahead"), [("F3", 21), ("C1", 13), ("W1", 10)]
)
def test_a_change_weighs_more_the_nearer_it_is(
    departure_id: str, days_ahead: int
) -> None:
    scenario, plan = assigned("RS1", departure_id, "notified")(SCENARIO, PLAN)

    expected = 1 + (28 - days_ahead) // 7
    assert level_values(scenario, plan)["changes"] == expected


def test_a_notified_family_that_keeps_its_departures_is_no_change() -> None:
    scenario, plan = assigned("RA3", "C1", "notified")(SCENARIO, PLAN)

    assert level_values(scenario, plan)["changes"] == 0
    assert level_values(*stays("RA3")(scenario, plan))["changes"] == 1 + 15 // 7


def test_a_shortfall_is_a_finding() -> None:
    found = findings(SCENARIO, PLAN)

    assert [(f.rule, f.subject) for f in found] == [("minimums", "stretchers")]
    assert found[0].fact == (
        "2 persons of stretchers travel, 3 are asked for: 1 are missing"
    )


def test_a_plan_made_by_hand_needs_no_certified_levels() -> None:
    by_hand: tuple[Scenario, Plan] = (SCENARIO, UNPRICED)

    assert UNPRICED.certificate.levels == ()
    assert level_values(*by_hand)["cost"] == 0
