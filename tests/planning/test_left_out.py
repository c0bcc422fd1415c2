"""Why families are left out."""

from datetime import date

import numpy as np
import pytest

from movplan.costing.beneficiary import Beneficiary
from movplan.costing.tariffs import Tariffs
from movplan.domain.plan import LeftOut
from movplan.domain.rules import RuleOverride, default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Capacity
from movplan.domain.words import (
    CapacityKind,
    CostCategory,
    LineKind,
    Reason,
    StopReason,
)
from movplan.formulation.build import build_model
from movplan.formulation.ragged import pointers
from movplan.generation import generate
from movplan.optimiser.columns import Pool
from movplan.optimiser.solution import nobody
from movplan.planning import Limits, plan_scenario
from movplan.planning.first_come import first_come
from movplan.planning.left_out import CUT_SHORT, Reasons
from movplan.screening import screen
from tests.reports.by_hand import SCENARIO as FIVE

QUICK = Limits(effort=1, seed=1)
FLIGHT = FIVE.model_copy(
    update={
        "departures": tuple(d for d in FIVE.departures if d.departure_id == "FL-0509"),
        "departure_vehicles": (),
        "payers": (),
    }
)


def left_out(scenario: Scenario) -> dict[str, LeftOut]:
    plan = plan_scenario(scenario, QUICK).plan
    return {row.family_id: row for row in plan.left_out}


def departures(scenario: Scenario, **values: object) -> Scenario:
    rows = tuple(row.model_copy(update=values) for row in scenario.departures)
    return scenario.model_copy(update={"departures": rows})


def test_a_full_flight(first_convoy: Scenario) -> None:
    # F6 needs 4 of 3 seats left when F7's infant sits on a lap: 6 - 2 = 4; with 5
    # seats in all F6 4 + F7 2 = 6 do not fit, and F7 (6) counts more than F6 (4).
    scenario = departures(first_convoy, seats=5)
    found = left_out(scenario)
    assert found["F6"].reason in (Reason.SEATS_FULL, Reason.BUDGET_EXHAUSTED)
    assert "F7" not in found


def test_what_two_segments_lack_is_said_once(first_convoy: Scenario) -> None:
    fact = left_out(first_convoy)["F1"].fact
    assert fact.count("needs 5 seats on convoy MH-0414, 3 are free") == 1


def test_a_place_that_takes_few(first_convoy: Scenario) -> None:
    # Kabul takes 4 persons a day: F6 with 4 or F7 with 3
    limit = Capacity(
        capacity_id="few", place_id="kbl", kind=CapacityKind.ARRIVAL, limit=4
    )
    (line,) = first_convoy.budget_lines
    rich = line.model_copy(update={"spent_cents": 0, "ceiling_cents": 10_000_000})
    changed = {"capacities": (limit,), "budget_lines": (rich,)}
    found = left_out(first_convoy.model_copy(update=changed))
    assert found["F6"].reason is Reason.PLACE_FULL
    assert found["F6"].rule == "place_capacity"
    assert "kbl" in found["F6"].fact
    assert "would do, to depart 2026-04-15 (" in found["F6"].fact


def test_a_flight_that_carries_few_of_our_people(first_convoy: Scenario) -> None:
    """Seats for all, but four persons a flight: F7 with 3, so not F6 with 4 too."""
    (line,) = first_convoy.budget_lines
    rich = line.model_copy(update={"spent_cents": 0, "ceiling_cents": 10_000_000})
    few = default_rules()["flight_max_persons"].model_copy(
        update={"overrides": (RuleOverride(destination="AF", value=4),)}
    )
    changed = {"rules": (*first_convoy.rules, few), "budget_lines": (rich,)}
    roomy = departures(first_convoy, seats=50).model_copy(update=changed)
    found = left_out(roomy)
    assert found["F6"].rule == "place_capacity"
    assert "may carry 1 of our people more, the family is 4" in found["F6"].fact
    assert "F7" not in found
    fewer = few.model_copy(update={"value": 3, "overrides": ()})
    rules = (*first_convoy.rules, fewer)
    found = left_out(roomy.model_copy(update={"rules": rules}))
    assert found["F6"].fact == (
        "flight W5-0415 may carry 3 of our people at most, the family is 4, first"
        " departure otherwise possible 2026-04-15 (W5-0415) with 4 allowed on one"
        " flight, or an override of place_capacity"
    )


def test_whoever_could_travel_in_an_empty_plan_was_outranked() -> None:
    model = build_model(FIVE, screen(FIVE), Tariffs(FIVE)).model
    reasons = Reasons(
        FIVE, model, Pool(model), nobody(model), stop_reason=StopReason.PROVED
    )
    rows = list(reasons.left_out())
    assert [row.family_id for row in rows] == ["F1", "F2", "F3", "F4", "F5"]
    assert {row.reason for row in rows} == {Reason.OUTRANKED}


@pytest.mark.parametrize("stop", sorted(CUT_SHORT))
def test_whoever_has_room_when_the_search_is_stopped_was_not_tried(
    stop: StopReason,
) -> None:
    """An empty plan: nobody came first. F1's first way leaves Tehran on 5 May."""
    found = reasons_of(FIVE, stop)["F1"]
    assert found.reason is Reason.OUTRANKED
    assert found.fact.startswith("the search stopped before the family was placed; the")
    assert "the way to depart 2026-05-" in found.fact
    assert "expense of others" in reasons_of(FIVE)["F1"].fact


def test_a_search_that_is_stopped_does_not_excuse_what_is_full() -> None:
    short = reasons_of(departures(FIVE, min_persons=20), StopReason.TIME_LIMIT)
    assert short["F1"].reason is Reason.BELOW_MINIMUM
    poor = lines(FLIGHT, ceiling_cents=30_000, parent=None, overhead_percent=0)
    assert reasons_of(poor, StopReason.TIME_LIMIT)["F3"].rule == "budget_ceiling"


def test_lapsing_and_deferring(first_convoy: Scenario) -> None:
    found = left_out(first_convoy)
    # F8's passports end on 10 April: it lapses. F1's papers are still to be obtained
    assert found["F8"].lapses_on == date(2026, 4, 10)
    assert not found["F8"].deferred
    assert found["F1"].lapses_on is None
    assert found["F1"].deferred


def reasons_of(
    scenario: Scenario, stop: StopReason = StopReason.PROVED
) -> dict[str, LeftOut]:
    """Why everybody stays in a plan that moves nobody."""
    model = build_model(scenario, screen(scenario), Tariffs(scenario)).model
    reasons = Reasons(scenario, model, Pool(model), nobody(model), stop_reason=stop)
    return {row.family_id: row for row in reasons.left_out()}


def test_too_few_for_a_departure() -> None:
    # Every departure asks for 20 persons: F1 alone is 3, so 17 others are missing
    found = reasons_of(departures(FIVE, min_persons=20))["F1"]
    assert (found.reason, found.rule) == (Reason.BELOW_MINIMUM, "departure_runs")
    assert "runs with 20 persons or more, the family is 3; 17 others" in found.fact


def lines(scenario: Scenario, **values: object) -> Scenario:
    rows = tuple(row.model_copy(update=values) for row in scenario.budget_lines)
    return scenario.model_copy(update={"budget_lines": rows})


def test_money_that_waits_for_approval_or_a_note() -> None:
    # Convoys cost a family nothing, so only the flight is left
    found = reasons_of(lines(FLIGHT, needs_approval=True))["F1"]
    assert (found.reason, found.rule) == (Reason.NOT_APPROVED, "line_approval")
    assert found.fact == "line EU is not approved; its approval would do"
    found = reasons_of(lines(FLIGHT, kind=LineKind.LOAN))["F1"]
    assert (found.reason, found.rule) == (Reason.NO_BUDGET_LINE, "promissory_note")
    # The flight leaves on 9 May
    assert found.fact.startswith("budget line EU is a loan and asks for a promissory")
    assert found.fact.endswith("by every adult of the family by 2026-05-08 would do")
    found = reasons_of(lines(FLIGHT, programmes=("other",)))["F1"]
    assert (found.reason, found.rule) == (Reason.NO_BUDGET_LINE, "budget_eligibility")
    assert found.fact == (
        "no budget line may pay its fare on 2026-05-09; line EU comes nearest, "
        "but pays only for programme other"
    )


def test_a_line_with_nothing_against_it_is_eligible() -> None:
    wanted = [
        (category, programme, destination, on)
        for category in CostCategory
        for programme in ("avrr", "other")
        for destination in ("herat", "elsewhere")
        for on in (date(2026, 1, 1), date(2026, 5, 9))
    ]
    narrow = lines(
        FIVE,
        programmes=("avrr",),
        categories=(CostCategory.FARE,),
        destinations=("herat",),
        nationalities=("AFG",),
        service_from=date(2026, 5, 1),
    )
    for scenario in (FIVE, narrow):
        book = Tariffs(scenario).lines
        for category, programme, destination, on in wanted:
            for nationality in ("AFG", "IRN"):
                who = Beneficiary(programme, destination, (nationality,), None)
                charge = (who, category, on)
                free = {x for x in book.by_id if not book.against(x, *charge)}
                assert free == set(book.eligible(*charge))


def test_a_companion_too_dear() -> None:
    # Only the flight is left, at 200.00 EUR each: no line has the 800.00 of F3 (4
    # persons), each the 200.00 of F2 (1), who travels with it
    tied = tuple(
        row.model_copy(update={"travels_with": ("F3",)})
        if row.family_id == "F2"
        else row
        for row in FIVE.families
    )
    poor = lines(FLIGHT, ceiling_cents=30_000, parent=None, overhead_percent=0)
    found = reasons_of(poor.model_copy(update={"families": tied}))
    assert found["F3"].rule == "budget_ceiling"
    assert found["F2"].reason is Reason.COMPANION_LEFT_OUT
    assert found["F2"].fact == f"travels with F3, which stays: {found['F3'].fact}"


def test_families_tried_together_stay_for_the_same_reasons_as_one_by_one() -> None:
    scenario = generate(60, 5, "mixed")
    model = build_model(scenario, screen(scenario), Tariffs(scenario)).model
    served = first_come(scenario, model)
    reasons = Reasons(
        scenario, model, served.pool, served.solution, stop_reason=StopReason.PROVED
    )
    num_ways = np.diff(model.pairs.unit_ptr)
    stay = np.flatnonzero((served.solution.column < 0) & (num_ways > 0))
    together = reasons.full.causes(reasons.ways.of(stay), pointers(num_ways[stay]))
    alone = [
        cause
        for unit in stay
        for cause in reasons.full.causes(
            reasons.ways.of(np.array([unit])), pointers(num_ways[[unit]])
        )
    ]
    assert len(set(alone)) > 1
    assert together == alone
