"""The plans of the ``rules-*`` folders are those their READMEs work out by hand."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from movplan.checks import run_checks
from movplan.domain.plan import Plan
from movplan.domain.words import LegKind
from movplan.files import read_scenario
from movplan.planning import Limits, plan_scenario
from scenarios.builders.catalogue import RULES

ROOT = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="module", params=list(RULES))
def folder(request: pytest.FixtureRequest) -> Path:
    return ROOT / str(request.param)


@pytest.fixture(scope="module")
def plan(folder: Path) -> Plan:
    return plan_scenario(read_scenario(folder), Limits(effort=20, seed=1)).plan


@pytest.fixture(scope="module")
def expected(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((folder / "expected.yaml").read_text())
    return found


def rides(plan: Plan) -> dict[str, str]:
    """Departures of each family in order, outbound before return."""
    found: dict[str, list[str]] = defaultdict(list)
    legs = sorted(plan.schedule, key=lambda x: (x.part.value, x.departs))
    for leg in legs:
        if leg.kind is LegKind.RIDE and leg.departure_id is not None:
            found[leg.family_id].append(leg.departure_id)
    return {family: " ".join(names) for family, names in found.items()}


def test_everybody_rides_what_was_worked_out(
    plan: Plan, expected: dict[str, Any]
) -> None:
    assert rides(plan) == expected["travels"]


def test_those_left_out_are_by_that_rule(plan: Plan, expected: dict[str, Any]) -> None:
    assert {row.family_id: row.rule for row in plan.left_out} == expected["left_out"]


def test_every_level_is_proved(plan: Plan) -> None:
    assert all(level.proved for level in plan.certificate.levels)


def test_every_check_passes(folder: Path, plan: Plan) -> None:
    assert run_checks(read_scenario(folder), plan).violations == ()
