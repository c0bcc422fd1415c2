"""Each rule alone left out while planning: the plan changes and the checks name it."""

from functools import cache
from pathlib import Path

import pytest

from movplan.checks import CheckReport, run_checks
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.files import read_scenario
from movplan.planning import Limits, draft_plan
from tests.mutation.table import MUTATIONS, Mutation

ROOT = Path(__file__).parents[2] / "scenarios"
DOCS = (ROOT.parent / "docs/rules.md").read_text("utf-8")
LIMITS = Limits(effort=20, seed=1)
FOLDERS = sorted({mutation.folder for mutation in MUTATIONS})


@cache
def scenario_of(folder: str) -> Scenario:
    return read_scenario(ROOT / folder)


@cache
def drafted(folder: str, without: frozenset[str] = frozenset()) -> Plan:
    return draft_plan(scenario_of(folder), LIMITS, without=without)


def checked(folder: str, plan: Plan) -> CheckReport:
    return run_checks(scenario_of(folder), plan)


def movements(plan: Plan, family: str) -> list[tuple[object, ...]]:
    """When and with whom the family moves; empty if it stays."""
    return [
        (x.kind, x.departure_id, x.session_id, x.departs, x.escort_ids)
        for x in plan.schedule
        if x.family_id == family
    ]


def implied(rule: str) -> set[str]:
    """Rules that may break with it: the last column of ``docs/rules.md``."""
    (line,) = [x for x in DOCS.splitlines() if x.startswith(f"| `{rule}` |")]
    return set(line.split("|")[-2].replace(",", " ").split())


@pytest.mark.parametrize("folder", FOLDERS)
def test_with_all_rules_nothing_is_broken(folder: str) -> None:
    assert checked(folder, drafted(folder)).violations == ()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.rule)
def test_without_the_rule_the_plan_is_another(mutation: Mutation) -> None:
    kept = drafted(mutation.folder)
    broken = drafted(mutation.folder, frozenset({mutation.rule}))
    assert movements(kept, mutation.family) != movements(broken, mutation.family)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.rule)
def test_without_the_rule_the_checks_name_it(mutation: Mutation) -> None:
    plan = drafted(mutation.folder, frozenset({mutation.rule}))
    named = checked(mutation.folder, plan).broken_rules
    assert mutation.rule in named
    assert named <= {mutation.rule} | implied(mutation.rule)
