"""How a run went: times, machine, trace. Apart from the plan, whose bytes repeat."""

import os
import platform
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager

from movplan.domain.rows import Frozen
from movplan.optimiser.progress import Progress


class TracePoint(Frozen):
    """A level's value and bound at a time of the run."""

    elapsed_s: float
    stage: str
    level: str | None
    value: int | None
    bound: int | None
    gap: float | None


class StageTime(Frozen):
    """How long a stage took, and the most memory held by its end."""

    stage: str
    seconds: float
    peak_memory_mb: float


class RunRecord(Frozen):
    """Everything about a run that repeatability ignores."""

    started_at: float
    seconds: float
    stages: tuple[StageTime, ...]
    trace: tuple[TracePoint, ...]
    machine: str
    cores: int
    load: tuple[float, float, float]


class Recorder:
    """Takes the times and the trace of one run."""

    def __init__(self) -> None:
        self._started_at, self._started = time.time(), time.monotonic()
        self._stages: list[StageTime] = []
        self._trace: list[TracePoint] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage."""
        started = time.monotonic()
        yield
        usage = resource.getrusage(resource.RUSAGE_SELF)
        self._stages.append(
            StageTime(
                stage=name,
                seconds=round(time.monotonic() - started, 3),
                peak_memory_mb=round(usage.ru_maxrss / 1024, 1),
            )
        )

    def note(self, progress: Progress) -> None:
        """Keep a progress report in the trace."""
        if progress.level is None:
            return
        self._trace.append(
            TracePoint(
                elapsed_s=round(progress.elapsed_s, 3),
                stage=progress.stage,
                level=progress.level,
                value=progress.value,
                bound=progress.bound,
                gap=progress.gap,
            )
        )

    def record(self) -> RunRecord:
        """The record so far."""
        return RunRecord(
            started_at=round(self._started_at, 3),
            seconds=round(time.monotonic() - self._started, 3),
            stages=tuple(self._stages),
            trace=tuple(self._trace),
            machine=f"{platform.system()} {platform.machine()}",
            cores=os.cpu_count() or 1,
            load=os.getloadavg(),
        )
