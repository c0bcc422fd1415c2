"""Scenarios and plans shared by the tests of planning."""

from pathlib import Path

import pytest

from movplan.domain.scenario import Scenario
from movplan.files import read_scenario
from movplan.planning import Limits, PlanningResult, plan_scenario

ROOT = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="session")
def first_convoy() -> Scenario:
    return read_scenario(ROOT / "first-convoy")


@pytest.fixture(scope="session")
def planned(first_convoy: Scenario) -> PlanningResult:
    return plan_scenario(first_convoy, Limits(effort=1, seed=1))
