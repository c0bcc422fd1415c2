"""Limits of a run, its progress, and who may stop it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to search: a clock, or rounds (``effort``), and what gap is enough.

    With neither, rounds go on until nothing improves. A clock makes a plan
    unrepeatable when it cuts first, or when walks or proofs went on under it side by
    side. ``began`` (``time.monotonic()``): from when the time counts, e.g. the start of
    a command; absent, from when planning begins.
    """

    time_limit_s: float | None = None
    effort: int | None = None
    seed: int = 0
    gap: Fraction | None = None
    began: float | None = None

    def __post_init__(self) -> None:
        if self.time_limit_s is not None and self.time_limit_s <= 0:
            raise ValueError("Expected time_limit_s > 0.")
        if self.effort is not None and self.effort < 0:
            raise ValueError("Expected effort >= 0.")
        if not 0 <= self.enough < 1:
            raise ValueError("Expected 0 <= gap < 1.")

    @property
    def enough(self) -> Fraction:
        """The gap at which a level is good enough; 0 asks for proof."""
        return Fraction(0) if self.gap is None else self.gap


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands, for a bar: stage, level with value, bound and gap."""

    stage: str
    level: str | None = None
    value: int | None = None
    bound: int | None = None
    gap: float | None = None
    fraction: float | None = None
    elapsed_s: float = 0.0


Watch = Callable[[Progress], None]


@dataclass(slots=True)
class Clock:
    """The run's clock: says when time is up, and remembers whether it ever cut.

    ``raced``: threads worked side by side, so the outcome depends on their speed.
    """

    limits: Limits
    asked: Stop
    started: float = field(init=False)
    cut: bool = False
    cancelled: bool = False
    raced: bool = False
    until: float | None = None
    reserved: float = 0.0

    def __post_init__(self) -> None:
        began = self.limits.began
        self.started = time.monotonic() if began is None else began

    def reserve(self, seconds: float) -> None:
        """Keep time back for what comes after the search: finish, costs, checks."""
        self.reserved = seconds

    def elapsed(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self.started

    def share(self, share: float) -> None:
        """Give the next part of the work a share of the time that is left."""
        left = self.until_due()
        if left is not None:
            self.until = self.elapsed() + left * share

    def until_due(self) -> float | None:
        """Seconds until the search has to end; ``None`` without a time limit."""
        if self.limits.time_limit_s is None:
            return None
        return max(0.0, self.limits.time_limit_s - self.reserved - self.elapsed())

    def left(self) -> float | None:
        """Seconds left of the current share; ``None`` without a time limit."""
        return None if self.until is None else max(0.0, self.until - self.elapsed())

    def until_share(self, share: float) -> Stop:
        """A stop for a first part of the current share of time."""
        left = self.left()
        end = None if left is None else self.elapsed() + left * share

        def stop() -> bool:
            if end is not None and self.elapsed() >= end:
                self.cut = True
                return True
            return self.stop()

        return stop

    def stop(self) -> bool:
        """Whether to stop now: cancelled, or the share of time is used up."""
        if self.asked():
            self.cancelled = True
        elif self.until is not None and self.elapsed() >= self.until:
            self.cut = True
        else:
            return False
        return True
