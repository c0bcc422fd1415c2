"""How long answers take, as one who asks sees it."""

import math
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

_EVERY_S = 0.05


@dataclass(frozen=True, slots=True)
class Times:
    """Quantiles of some times, in milliseconds."""

    count: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    worst_ms: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Times":
        """The smallest values that so many of the times do not exceed."""
        rows = sorted(seconds)

        def quantile(share: float) -> float:
            return round(1000 * rows[math.ceil(share * len(rows)) - 1], 1)

        return cls(
            len(rows), quantile(0.5), quantile(0.95), quantile(0.99), quantile(1)
        )


@contextmanager
def probing(
    client: httpx.Client, path: str, every_s: float = _EVERY_S
) -> Iterator[list[float]]:
    """Ask meanwhile, by default twenty times a second; the times stand in the list."""
    seconds: list[float] = []
    ended = threading.Event()

    def ask() -> None:
        while not ended.wait(every_s):
            began = time.perf_counter()
            client.get(path).raise_for_status()
            seconds.append(time.perf_counter() - began)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield seconds
    finally:
        ended.set()
        thread.join()
