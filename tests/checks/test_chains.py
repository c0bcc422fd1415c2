"""Waits between rides: where the night is spent, when the transfer leaves."""

from datetime import date

import pytest

from movplan.checks import run_checks
from movplan.checks.view import PlanView
from movplan.checks.view.roads import Chain
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Transfer
from movplan.domain.words import Part
from tests.checks.broken import both, leg, row
from tests.checks.mission import PLAN
from tests.checks.world import SCENARIO, at


def chain_of(scenario: Scenario, plan: Plan, family_id: str) -> Chain:
    view = PlanView(scenario, plan)
    return view.chains.of_journey(view.journeys[family_id, Part.OUTBOUND])


def from_a_town(scenario: Scenario) -> Scenario:
    """C2 leaves from a town three hours' road from Herat."""
    herat = next(p for p in scenario.places if p.place_id == "HERAT")
    town = herat.model_copy(
        update={"place_id": "TOWN", "night_price_cents": 200, "handover": False}
    )
    road = Transfer(from_place="HERAT", to_place="TOWN", minutes=180, currency="USD")
    moved = row("departures", "C2", from_place="TOWN")(scenario, PLAN)[0]
    return moved.model_copy(
        update={
            "places": (*scenario.places, town),
            "transfers": (*scenario.transfers, road),
        }
    )


LATER = both(leg("RA1", 3, from_place="TOWN"), leg("RA2", 3, from_place="TOWN"))


def test_the_night_is_spent_where_the_ride_arrives() -> None:
    scenario, plan = LATER(from_a_town(SCENARIO), PLAN)

    chain = chain_of(scenario, plan, "RA1")

    # C2 leaves at 08:00; an hour before, three hours' road: off at 04:00 on the 15th.
    move = chain.moves[0]
    assert chain.nights == [("HERAT", date(2026, 5, 14))]
    assert (move.departs, move.arrives) == (
        at("05-15 04:00+04:30"),
        at("05-15 07:00+04:30"),
    )
    # 16:00 to 08:00 is 16 hours, less 3 on the road.
    assert chain.waits[0][1].total_seconds() == 13 * 3600


def test_the_night_is_spent_further_on_if_nobody_can_sleep_there() -> None:
    scenario, plan = LATER(from_a_town(SCENARIO), PLAN)
    scenario, plan = row("places", "HERAT", night_price_cents=None)(scenario, plan)

    chain = chain_of(scenario, plan, "RA1")

    # C1 arrives at 16:00, the road takes until 19:00 the same evening.
    assert chain.nights == [("TOWN", date(2026, 5, 14))]
    assert chain.moves[0].departs == at("05-14 16:00+04:30")


def test_without_a_bed_on_either_side_there_is_no_connection() -> None:
    scenario, plan = LATER(from_a_town(SCENARIO), PLAN)
    no_beds = both(
        row("places", "HERAT", night_price_cents=None),
        row("places", "TOWN", night_price_cents=None),
    )

    chain = chain_of(*no_beds(scenario, plan), "RA1")

    assert chain.faults == ["nobody can sleep at HERAT or TOWN before C2"]


@pytest.mark.parametrize(("minutes", "fits"), [(390, True), (391, False)])
def test_a_connection_just_fits(minutes: int, fits: bool) -> None:
    # F1 is in Istanbul at 07:30, F2 leaves at 14:00: 390 minutes. RS1 has a wheelchair.
    rules = tuple(
        SCENARIO.rule(name).model_copy(update={"value": value})
        for name, value in (
            ("connection_flight_min", minutes),
            ("wheelchair_connection_factor", 1),
        )
    )
    scenario = SCENARIO.model_copy(update={"rules": rules})

    chain = chain_of(scenario, PLAN, "RS1")

    assert (chain.faults == []) == fits


def test_an_override_for_the_carrier_of_the_next_ride_counts() -> None:
    scenario, plan = row("departures", "F2", carrier="TK")(SCENARIO, PLAN)
    rule = SCENARIO.rule("connection_flight_min")
    slow = rule.model_validate(
        {**rule.model_dump(), "overrides": [{"carrier": "TK", "value": 196}]}
    )
    scenario = scenario.model_copy(update={"rules": (*scenario.rules, slow)})

    # 2 x 196 = 392 minutes for a wheelchair, there are 390.
    assert run_checks(scenario, plan).broken_rules == {"journey_chain"}
