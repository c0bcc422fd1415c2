"""Every rule: kept by the small mission, broken on purpose, named in docs/rules.md."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

import movplan.checks
from movplan.checks import run_checks
from movplan.checks.registry import RULES, check_of
from movplan.domain.assignments import Override
from movplan.domain.errors import InternalError
from movplan.domain.rulebook import RULEBOOK
from movplan.domain.rules import default_rules
from tests.checks.broken import BREAKS, KEPT, Break, row
from tests.checks.mission import PLAN
from tests.checks.world import SCENARIO, may

DOCS = Path(__file__).parents[2] / "docs" / "rules.md"
CHECKS = Path(movplan.checks.__path__[0])


def table() -> dict[str, list[str]]:
    """The table of docs/rules.md: cells of each row by rule name."""
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in DOCS.read_text("utf-8").splitlines()
        if line.startswith("| `")
    ]
    return {cells[0].strip("`"): cells[1:] for cells in rows}


def words(cell: str) -> set[str]:
    return {word.strip(" `") for word in cell.split(",")} - {"", "-"}


def implied(rule: str) -> set[str]:
    return words(table()[rule][-1])


def test_the_registry_is_the_rulebook() -> None:
    wanted = [(rule.name, rule.type) for rule in RULEBOOK]

    assert [(rule.name, rule.type) for rule in RULES] == wanted


def test_every_file_that_names_a_rule_is_that_rules_check() -> None:
    naming = {
        path.stem
        for path in CHECKS.glob("*.py")
        if "\nRULE = " in path.read_text("utf-8")
    }

    assert naming == {rule.name for rule in RULEBOOK}


def test_a_rule_without_a_file_has_no_check() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"movplan\.checks\.no_such_rule"):
        check_of("no_such_rule")


def test_a_file_that_names_another_rule_is_not_its_check() -> None:
    with pytest.raises(InternalError, match="does not say RULE = 'draws'"):
        check_of("draws")


def test_a_file_without_a_check_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    hollow = ModuleType("movplan.checks.hollow")
    hollow.RULE = "hollow"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, hollow.__name__, hollow)

    with pytest.raises(InternalError, match=r"hollow has no check\(view\)"):
        check_of("hollow")


def test_the_documentation_is_the_rulebook() -> None:
    documented = [
        (name, cells[0], cells[2].replace("-", "")) for name, cells in table().items()
    ]

    assert documented == [
        (rule.name, rule.type.value, ", ".join(rule.parameters)) for rule in RULEBOOK
    ]


def test_the_parameters_exist() -> None:
    named = {name for rule in RULEBOOK for name in rule.parameters}

    assert named <= set(default_rules())
    assert named


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_kept(rule: str) -> None:
    assert rule not in run_checks(SCENARIO, PLAN).broken_rules


def name(case: Break) -> str:
    return f"{case.rule}: {case.label}"


@pytest.mark.parametrize("case", KEPT, ids=name)
def test_kept_at_the_limit(case: Break) -> None:
    scenario, plan = case.world()

    assert list(map(str, run_checks(scenario, plan).violations)) == []


@pytest.mark.parametrize("case", BREAKS, ids=name)
def test_broken(case: Break) -> None:
    scenario, plan = case.world()

    report = run_checks(scenario, plan)

    assert report.broken_rules == {case.rule} | case.implies
    facts = [v.fact for v in report.violations if v.rule == case.rule]
    assert any(case.says in fact for fact in facts), facts


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_what_a_broken_rule_implies_is_documented(rule: str) -> None:
    seen = [case.implies for case in BREAKS if case.rule == rule]

    assert seen, f"no plan is broken in {rule}"
    assert set().union(*seen) == implied(rule)


def test_an_override_by_a_named_authority_sets_an_overridable_rule_aside() -> None:
    closed, plan = row("departures", "F1", programmes=("WORKSHOP",))(SCENARIO, PLAN)
    letter = Override(
        rule="open_to_programme",
        scope="RS1",
        by="chief of mission",
        reference="memo 7",
        date=may(1),
    )
    overridden = closed.model_copy(update={"overrides": (letter,)})

    report = run_checks(overridden, plan)

    result = {row.rule: row for row in report.results()}["open_to_programme"]
    assert report.passed
    assert (result.violations, result.overridden) == (0, 1)


def test_a_hard_rule_cannot_be_overridden() -> None:
    full, plan = row("departures", "F1", seats=3)(SCENARIO, PLAN)
    letter = Override(rule="seats", scope="*", by="x", reference="y", date=may(1))
    overridden = full.model_copy(update={"overrides": (letter,)})

    assert run_checks(overridden, plan).broken_rules == {"seats"}


def test_families_given_as_counts_are_counted_as_unchecked() -> None:
    results = {row.rule: row for row in run_checks(SCENARIO, PLAN).results()}

    # RA2 is two counts; VOLREP asks for an exit permit of every member.
    assert results["document_validity"].unchecked == 1
    assert results["document_validity"].checked == 4
