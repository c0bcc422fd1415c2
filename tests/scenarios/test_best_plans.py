"""The best plans of the small missions are those their READMEs speak of."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from movplan.domain.words import Reason
from movplan.files import read_scenario
from movplan.planning import Limits, plan_scenario
from movplan.screening import screen

ROOT = Path(__file__).parents[2] / "scenarios"
SMALL = ("resettlement-transit", "rqa-kabul", "self-payers", "workshop")


@pytest.mark.parametrize("name", SMALL)
def test_the_best_plan_is_that_of_the_readme(name: str) -> None:
    folder = ROOT / name
    expected: dict[str, Any] = yaml.safe_load((folder / "expected.yaml").read_text())
    plan = plan_scenario(read_scenario(folder), Limits(effort=20, seed=1)).plan
    levels = {level.name: level for level in plan.certificate.levels}

    assert all(level.proved for level in levels.values())
    assert {row: levels[row].value for row in expected["levels"]} == expected["levels"]
    stands_for = expected.get("as_good", {})
    left_out = {
        stands_for.get(row.family_id, row.family_id): row.rule for row in plan.left_out
    }
    assert left_out == expected["left_out"]
    told = (folder / "README.md").read_text("utf-8")
    moved, waited, cost = (expected["levels"][k] for k in ("moved", "waiting", "cost"))
    assert f"{moved / 100:.2f} moved by weight, {waited:,} person-days waited" in told
    assert f"USD {cost / 100:,.2f}" in told
    assert all(family in told for family in expected["left_out"])


def test_who_cannot_go_by_road() -> None:
    refusals = screen(read_scenario(ROOT / "avrr-herat")).refusals
    assert {refusal.family_id: refusal.reason for refusal in refusals} == {
        "F00002": Reason.MEDICAL_HOLD,
        "F00008": Reason.COMPANION_LEFT_OUT,
        "F00014": Reason.WINDOW_CLOSED,
    }
