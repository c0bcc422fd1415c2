"""More persons than usual were allowed on one flight, by a named authority."""

from pathlib import Path

from movplan.checks import run_checks
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import LegKind
from movplan.files import read_scenario
from movplan.planning import Limits, draft_plan
from scenarios.builders.world import approved

FOLDER = Path(__file__).parents[2] / "scenarios" / "rules-arrivals"


def flown(scenario: Scenario) -> tuple[Plan, set[str]]:
    """A plan, and who is on the full flight of 21 April."""
    plan = draft_plan(scenario, Limits(effort=5))
    legs = (leg for leg in plan.schedule if leg.kind is LegKind.RIDE)
    return plan, {leg.family_id for leg in legs if leg.departure_id == "AC-0421"}


def test_who_waited_for_the_limit_of_one_flight_is_aboard() -> None:
    """Ten government-assisted persons a flight: C (3) waits for A and B, 5 + 4."""
    usual = read_scenario(FOLDER)
    letter = approved("place_capacity", "AC-0421", "more than ten on one flight")
    more = usual.model_copy(update={"overrides": (*usual.overrides, letter)})
    _, before = flown(usual)
    plan, after = flown(more)

    assert after - before == {"FLIGHT-C"}
    assert run_checks(more, plan).violations == ()
    assert run_checks(usual, plan).broken_rules == {"place_capacity"}
