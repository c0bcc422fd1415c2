"""Five rules nothing can leave out: without them the same plan comes out, and why.

What is left out of them instead, how plans are written: ``test_broken_writers.py``.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from movplan.domain.plan import Plan
from movplan.files import read_scenario
from movplan.planning import Limits, draft_plan
from tests.mutation.table import BY_CONSTRUCTION

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs/rules.md").read_text("utf-8")
LIMITS = Limits(effort=20, seed=1)
# A night, a convoy, flights, payers of several lines and a family left out.
FOLDERS = ("first-convoy", "rules-departures")


@cache
def drafted(folder: str, without: frozenset[str] = frozenset()) -> Plan:
    scenario = read_scenario(ROOT / "scenarios" / folder)
    return draft_plan(scenario, LIMITS, without=without)


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("rule", sorted(BY_CONSTRUCTION))
def test_without_it_the_plan_is_the_same(rule: str, folder: str) -> None:
    assert drafted(folder, frozenset({rule})) == drafted(folder)


def test_the_documentation_says_of_each_why() -> None:
    _, after = DOCS.split("Five have nothing to leave out")
    section, _ = after.split("No rules of their own")
    said = dict(re.findall(r"^- `(\w+)`: ((?:.+\n)+?)(?=-|\n)", section, re.M))
    assert set(said) == BY_CONSTRUCTION
    for rule, why in said.items():
        assert why.count(". ") == 0, rule
        assert why.strip().endswith("."), rule
