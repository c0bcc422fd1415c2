"""A progress bar with level, value, bound and gap."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol, TypeVar

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from movplan.cli.interrupt import StopSwitch
from movplan.cli.output import console
from movplan.domain.levels import effective_levels
from movplan.domain.scenario import Scenario
from movplan.domain.words import Measure
from movplan.reports.text import gap_percent, level_value

if TYPE_CHECKING:
    from movplan.planning import Progress as Step

Result = TypeVar("Result", covariant=True)


class Work(Protocol[Result]):
    """Something that plans: it tells how far it is and asks whether to stop."""

    def __call__(
        self, watch: "Watcher", stop: StopSwitch
    ) -> Result:  # pragma: no cover - a shape, not code
        """Do the work."""


class Watcher:
    """Draws every step into the bar; called from the working thread."""

    def __init__(self, bar: Progress, scenario: Scenario) -> None:
        self._bar = bar
        self._task: TaskID = bar.add_task("reading", total=1.0, facts="")
        self._measures = {lv.name: lv.measure for lv in effective_levels(scenario)}
        self._currency = scenario.reporting_currency

    def __call__(self, step: "Step") -> None:
        """Show one step."""
        self._bar.update(
            self._task,
            description=f"{step.stage} {step.level}" if step.level else step.stage,
            completed=step.fraction or 0.0,
            total=None if step.fraction is None else 1.0,
            facts=step_facts(step, self._measures, self._currency),
        )


def step_facts(step: "Step", measures: Mapping[str, Measure], currency: str) -> str:
    """Value, bound and gap in words, e.g. ``812 persons, bound 820, gap 0.976 %``."""
    measure = measures.get(step.level or "")
    facts = []
    if step.value is not None:
        facts.append(_amount(measure, step.value, currency))
    if step.bound is not None:
        facts.append(f"bound {_amount(measure, step.bound, currency)}")
    if step.gap is not None:
        gap = Fraction(step.gap).limit_denominator(10**9)
        facts.append(f"gap {gap_percent(gap)}")
    return ", ".join(facts)


def _amount(measure: Measure | None, value: int, currency: str) -> str:
    return f"{value:,}" if measure is None else level_value(measure, value, currency)


def run_watched(
    work: Work[Result], scenario: Scenario, switch: StopSwitch, *, quiet: bool
) -> Result:
    """Run the work in a thread, so that Ctrl-C and the bar stay alive meanwhile."""
    screen = console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[facts]}"),
        TimeElapsedColumn(),
        console=screen,
        transient=True,
        disable=quiet or not screen.is_terminal,
    )
    with bar, ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(work, Watcher(bar, scenario), switch).result()
