"""Numbers of the whole installation as they are stored, for monitoring."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from movplan_api.clock import now
from movplan_api.store.numbers import Numbers, Recent
from movplan_api.usecases.desk import Desk

_QUANTILES = (0.5, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Stock(Collector):
    """Asked at each scrape; a few counts over indexed columns."""

    desk: Desk

    def collect(self) -> Iterable[Metric]:
        """The numbers of now."""
        with self.desk.store.transaction() as session:
            numbers = Numbers(session, now())
            yield from _plans(numbers)
            yield _gauge(
                "movplan_workers",
                "Workers that have beaten lately.",
                numbers.workers(within_s=self.desk.settings.lost_after_s),
            )
            yield from _recent(numbers.recent())


def _plans(numbers: Numbers) -> Iterator[Metric]:
    plans = GaugeMetricFamily(
        "movplan_plans", "Plans stored, by where they stand.", labels=["status"]
    )
    for status, count in numbers.plans().items():
        plans.add_metric([status], count)
    yield plans
    deliveries = GaugeMetricFamily(
        "movplan_webhook_deliveries", "Deliveries stored, by state.", labels=["state"]
    )
    for state, count in numbers.deliveries().items():
        deliveries.add_metric([state], count)
    yield deliveries
    yield _gauge(
        "movplan_queue_oldest_seconds",
        "How long the plan waits that has waited longest; 0 when none does.",
        numbers.longest_wait_s(),
    )
    yield _gauge(
        "movplan_solving_longest_seconds",
        "How long ago the longest running solve began; 0 when none runs.",
        numbers.longest_solve_s(),
    )


def _recent(plans: tuple[Recent, ...]) -> Iterator[Metric]:
    """Of the plans that became final within the last quarter of an hour."""
    yield _gauge(
        "movplan_recent_plans", "Plans final within 15 minutes.", float(len(plans))
    )
    yield _gauge(
        "movplan_recent_takeovers",
        "Attempts beyond the first of plans final within 15 minutes.",
        sum(max(0, plan.attempts - 1) for plan in plans),
    )
    seconds = GaugeMetricFamily(
        "movplan_recent_plan_seconds",
        "Quantiles of the time in the queue and of solving, of recent plans.",
        labels=["phase", "quantile"],
    )
    for phase, values in (
        ("queued", sorted(plan.queued_s for plan in plans)),
        ("solving", sorted(plan.solving_s for plan in plans)),
    ):
        for share in _QUANTILES if values else ():
            place = min(len(values) - 1, int(share * len(values)))
            seconds.add_metric([phase, f"{share:g}"], values[place])
    yield seconds


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=value)
