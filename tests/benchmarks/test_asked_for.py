"""What is run for what is asked: limits and parts of them, forms, who sees what."""

from pathlib import Path

import pytest

from benchmarks import __main__ as bench
from benchmarks.specs import METHODS, Spec


@pytest.fixture(autouse=True)
def nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        bench, "mission_folder", lambda size, seed: Path(f"{size}-{seed}")
    )


def asked_for(*words: str) -> list[Spec]:
    return list(bench.specs(bench.arguments(words)))


def limits(found: list[Spec]) -> list[float]:
    return [spec.limit_s for spec in found]


def test_everybody_runs_at_parts_of_every_limit_of_a_size() -> None:
    found = asked_for("--size", "1000", "--seeds", "1", "--method", "movplan")
    # 30, 15 and 7.5 s; 10, 5 and 2.5 s.
    assert limits(found) == [30.0, 15.0, 10.0, 7.5, 5.0, 2.5]


def test_parts_can_be_asked_for() -> None:
    words = ("--size", "250", "--seeds", "1", "--method", "highs", "--fraction", "0.5")
    assert [(s.form, s.limit_s) for s in asked_for(*words)] == [
        ("full", 5.0),
        ("aggregated", 5.0),
    ]


def test_another_limit_is_not_taken_apart() -> None:
    words = ("--size", "250", "--seeds", "1", "--method", "movplan")
    assert limits(asked_for(*words, "--times", "10")) == [100.0]
    assert limits(asked_for(*words, "--limit", "7")) == [7.0]


def test_ours_comes_first_and_first_come_once() -> None:
    found = asked_for("--size", "250", "--seeds", "1")
    assert [spec.method for spec in found[:4]] == ["movplan"] * 3 + ["first_come"]
    assert {spec.method for spec in found} == set(METHODS)
    assert sum(spec.method == "first_come" for spec in found) == 1


def test_a_start_is_given_on_the_aggregated_form_only() -> None:
    found = asked_for("--size", "250", "--seeds", "1", "--method", "highs+hint")
    assert {spec.form for spec in found} == {"aggregated"}


def test_of_the_largest_missions_peers_see_the_first() -> None:
    words = ("--size", "100000", "--seeds", "commit", "--method", "movplan,highs")
    found = asked_for(*words)
    seeds = {name: {s.seed for s in found if s.method == name} for name in METHODS}
    assert len(seeds["movplan"]) == 3
    assert len(seeds["highs"]) == 1
    assert all(len(spec.commit) == 40 for spec in found)
