"""A mission read, screened and formulated, for the methods that are not ours."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.decode import decode
from benchmarks.first_plan import counted, first_plan
from benchmarks.full_model import FullModel, full_model
from benchmarks.peers import peer_named
from benchmarks.specs import AGGREGATED, HINT, Spec
from movplan.application.loading import load
from movplan.costing.tariffs import Tariffs
from movplan.domain.scenario import Scenario
from movplan.formulation.build import Built, build_model
from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.columns import Pool
from movplan.optimiser.solution import Solution
from movplan.planning.finish import Finisher
from movplan.planning.first_come import first_come
from movplan.screening import screen

Stage = Callable[[str], AbstractContextManager[None]]
Trace = list[tuple[float, int | None, int | None]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a method found at the measured level; values as people read them.

    ``values`` are those of every level by name, where they are known; ``hint`` is the
    value of the start a peer took up.
    """

    level: str
    status: str
    solution: Solution | None
    pool: Pool | None
    raw_value: int | None
    bound: int | None
    trace: Trace
    shape: tuple[int, ...] = ()
    values: dict[str, int] = field(default_factory=dict)
    hint: int | None = None

    def record(self) -> dict[str, object]:
        """The part that goes into a record."""
        return {
            "level": self.level,
            "status": self.status,
            "raw_value": self.raw_value,
            "bound": self.bound,
            "shape": self.shape,
            "values": self.values,
            "hint": self.hint,
            "trace": self.trace,
            "time_to": {},
        }


def read_mission(folder: Path, stage: Stage) -> "Mission":
    """Read, screen and formulate."""
    with stage("read"):
        scenario = load(folder).scenario
    with stage("screen"):
        screening = screen(scenario)
    with stage("model"):
        built = build_model(scenario, screening, Tariffs(scenario))
    return Mission(scenario, built)


@dataclass(frozen=True, slots=True)
class Mission:
    """Scenario and model."""

    scenario: Scenario
    built: Built

    @property
    def model(self) -> Model:
        """The model."""
        return self.built.model

    @property
    def level(self) -> int:
        """The first non-trivial level: the first that is maximised."""
        signs = [level.sign for level in self.model.levels]
        return signs.index(1) if 1 in signs else len(signs) - 1

    def held(
        self, values: tuple[tuple[str, int], ...], level: int | None = None
    ) -> tuple[int, ...]:
        """Internal values the levels before one (the measured one) are held at.

        ``values`` are external, by level name; pins are held at nobody left out.
        """
        named = dict(values)
        earlier = self.model.levels[: self.level if level is None else level]
        return tuple(
            (named.get(row.level.name, 0) - row.constant) * row.sign for row in earlier
        )

    def first_come(self) -> Answer:
        """First come, first served."""
        found = first_come(self.scenario, self.model)
        return Answer(
            level=self.model.levels[self.level].level.name,
            status="feasible",
            solution=found.solution,
            pool=found.pool,
            raw_value=found.values[self.level],
            bound=None,
            trace=[],
            values={
                row.level.name: value
                for row, value in zip(self.model.levels, found.values, strict=True)
            },
        )

    def peer(self, spec: Spec, elapsed: Callable[[], float], stage: Stage) -> Answer:
        """A peer on the model written whole, with what is left of the time."""
        with stage("write_whole"):
            held = self.held(spec.held)
            full = full_model(self.model, held, aggregated=spec.form == AGGREGATED)
        start = None
        if spec.method.endswith(HINT):
            with stage("hint"):
                start = self._start(full, max(1.0, (spec.limit_s - elapsed()) / 2))
        level, before = self.model.levels[self.level], elapsed()
        with stage("search"):
            seconds = max(1.0, spec.limit_s - before)
            found = peer_named(spec.method)(full.program, seconds, spec.seed, start)
        solution, pool = (None, None) if found.x is None else decode(full, found.x)
        outside, value = level.external, full.program.value

        def told(internal: int | None) -> int | None:
            return None if internal is None else outside(internal)

        return Answer(
            level=level.level.name,
            status=found.status,
            solution=solution,
            pool=pool,
            raw_value=None if found.x is None else outside(value(found.x)),
            bound=told(found.bound),
            trace=[(round(before + t, 3), told(v), told(b)) for t, v, b in found.trace],
            shape=full.program.matrix.shape,
            hint=outside(value(start)) if start is not None and found.started else None,
        )

    def _start(self, full: FullModel, seconds: float) -> IntArray | None:
        """Our first plan, if it keeps every row of the peer's model."""
        plan = first_plan(self.scenario, self.built, self.level, seconds)
        return counted(full, *plan)

    def finished_value(self, found: Answer) -> int:
        """The level's value after packing and rostering."""
        if found.solution is None or found.pool is None:
            raise ValueError("there is nothing to finish")
        reached = tuple(
            found.solution.value(self.model, found.pool.columns, k)
            for k in range(self.level + 1)
        )
        finisher = Finisher(self.scenario, self.built, found.pool)
        finished = finisher.finish(found.solution, reached)
        value = finished.solution.value(self.model, found.pool.columns, self.level)
        return self.model.levels[self.level].external(value)
