"""A movement rule is finished when six places know it: their lists are equal."""

from pathlib import Path

from movplan.checks.registry import RULES
from movplan.domain.rule_sources import RULE_SOURCES
from movplan.domain.rulebook import RULEBOOK
from tests.checks.broken import BREAKS
from tests.mutation.table import BY_CONSTRUCTION, MUTATIONS

ROOT = Path(__file__).parents[2]
NAMES = [rule.name for rule in RULEBOOK]
# What keeps rules while planning: the sources that name them.
PLANNING = ("network", "screening", "costing", "formulation")


def documented() -> dict[str, list[str]]:
    """Cells of the table in ``docs/rules.md`` by rule."""
    lines = (ROOT / "docs/rules.md").read_text("utf-8").splitlines()
    rows = [line.split("|")[1:-1] for line in lines if line.startswith("| `")]
    return {row[0].strip(" `"): [cell.strip() for cell in row] for row in rows}


def test_the_checks_judge_the_rulebook() -> None:
    assert [rule.name for rule in RULES] == NAMES


def test_every_rule_has_a_broken_plan() -> None:
    assert {case.rule for case in BREAKS} == set(NAMES)


def test_every_rule_is_documented() -> None:
    assert list(documented()) == NAMES


def test_types_parameters_and_labels_are_those_the_code_has() -> None:
    """The first label in the column is that of the rule: ``RULE_SOURCES`` has it."""
    rows = documented()
    for rule in RULEBOOK:
        _, kind, _, parameters, source, *_ = rows[rule.name]
        assert kind == rule.type.value, rule.name
        assert parameters == (", ".join(rule.parameters) or "-"), rule.name
        label = source.split(" (", 1)[1].split(")")[0].split(",")[0]
        assert label == RULE_SOURCES[rule.name].label_text, rule.name


def test_every_rule_is_left_out_somewhere_or_true_by_construction() -> None:
    named = [mutation.rule for mutation in MUTATIONS]
    assert len(named) == len(set(named))
    assert set(named).isdisjoint(BY_CONSTRUCTION)
    assert set(named) | BY_CONSTRUCTION == set(NAMES)


def test_every_rule_that_can_be_left_out_is_named_where_planning_keeps_it() -> None:
    text = "".join(
        path.read_text("utf-8")
        for package in PLANNING
        for path in sorted((ROOT / "src/movplan" / package).rglob("*.py"))
    )
    missing = [m.rule for m in MUTATIONS if f'"{m.rule}"' not in text]
    assert missing == []


def test_the_documentation_says_by_construction_of_the_same_rules() -> None:
    elsewhere = {"by construction", "costing", "planning"}
    where = {name: row[5] for name, row in documented().items()}
    assert {n for n, place in where.items() if place in elsewhere} == BY_CONSTRUCTION
