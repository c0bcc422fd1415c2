"""The progress bar's words, and work that can be stopped."""

from dataclasses import dataclass

from movplan.cli.interrupt import StopSwitch
from movplan.cli.progress import run_watched, step_facts
from movplan.domain.words import Measure
from tests.reports.by_hand import SCENARIO


@dataclass(frozen=True)
class Step:
    """A step as planning reports it."""

    stage: str = "improve"
    level: str | None = "moved"
    value: int | None = None
    bound: int | None = None
    gap: float | None = None
    fraction: float | None = None


MEASURES = {"moved": Measure.WEIGHTED_PERSONS, "cost": Measure.COST}


def test_value_bound_and_gap_in_words():
    step = Step(value=60_000, bound=80_000, gap=0.25)
    words = step_facts(step, MEASURES, "USD")
    assert words == "600.00, bound 800.00, gap 25.000 %"


def test_costs_are_money():
    step = Step(level="cost", value=121_750)
    assert step_facts(step, MEASURES, "USD") == "USD 1,217.50"


def test_a_stage_without_level_has_no_facts():
    assert step_facts(Step(level=None), MEASURES, "USD") == ""


def test_the_result_of_the_work_comes_back():
    def work(watch, stop):
        watch(Step(value=1, fraction=0.5))
        watch(Step(value=2, fraction=None))
        return stop()

    assert run_watched(work, SCENARIO, StopSwitch(), quiet=True) is False
