"""Every rule is kept exactly at its limit, and named one step beyond it."""

import pytest

from movplan.checks import run_checks
from movplan.domain.rulebook import BY_NAME
from tests.checks.broken import BREAKS
from tests.checks.limits import PAIRS, Pair


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_at_the_limit_everything_is_kept(pair: Pair) -> None:
    report = run_checks(*pair.world(pair.at))

    assert [f"{v.rule}: {v.fact}" for v in report.violations] == []


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_one_step_beyond_the_rule_is_named(pair: Pair) -> None:
    report = run_checks(*pair.world(pair.beyond))

    assert report.broken_rules == {pair.rule} | pair.implies
    facts = [v.fact for v in report.violations if v.rule == pair.rule]
    assert any(pair.says in fact for fact in facts), facts


def test_every_rule_has_a_pair_and_a_broken_plan() -> None:
    assert {pair.rule for pair in PAIRS} == set(BY_NAME)
    assert {case.rule for case in BREAKS} == set(BY_NAME)


def test_the_two_values_of_a_pair_differ() -> None:
    assert [pair.name for pair in PAIRS if pair.at == pair.beyond] == []
    assert len({pair.name for pair in PAIRS}) == len(PAIRS)
