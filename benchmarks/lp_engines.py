"""``python -m benchmarks.lp_engines SPEC``: the root LP of a mission by one engine.

All but our descent are given the LP of the aggregated model. The descent works on the
compact one, the same but for sets of departures a bloc does not fit on, which it leaves
out; so it may end below the LP. Seconds count from when the engine is called. What
prices prove is the Lagrangian at them: a bound at any prices, whoever found them.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import highspy
import numpy as np
from ortools.math_opt.python import mathopt
from ortools.pdlp import solvers_pb2

from benchmarks.full_model import full_model
from benchmarks.mission import Mission, read_mission
from benchmarks.peers.scip import as_math_opt
from benchmarks.scaled import FloatArray, Scaled, lp_of, scaled
from benchmarks.specs import Record
from benchmarks.stages import Stages
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.blocs import Blocs
from movplan.optimiser.columns import Pool
from movplan.optimiser.descent import Descent
from movplan.optimiser.lagrangian import Lagrangian
from movplan.optimiser.master import Held

STEPS = 5_000


@dataclass(frozen=True, slots=True)
class Solved:
    """What an engine says: the LP's value (``None``: none), internal, and its word.

    ``prices`` are those of the program's rows; ``trace`` seconds and values on the way,
    where an engine tells.
    """

    value: float | None
    status: str
    prices: FloatArray | None = None
    trace: tuple[tuple[float, float], ...] = ()


def highs(data: Scaled, seconds: float, **options: str) -> Solved:
    """HiGHS with some options."""
    engine = highspy.Highs()
    for name, value in (
        ("output_flag", False),
        ("time_limit", seconds),
        *options.items(),
    ):
        engine.setOptionValue(name, value)
    engine.passModel(lp_of(data, data.lower, data.upper))
    engine.run()
    status = engine.getModelStatus()
    # Without crossover an optimum that is one within tolerances is called unknown.
    ended = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kUnknown)
    value = -engine.getInfo().objective_function_value / data.unit
    name = engine.modelStatusToString(status)
    if status not in ended:
        return Solved(None, name)
    # HiGHS minimises: what a row costs there is less than nothing.
    return Solved(value, name, data.prices(-np.array(engine.getSolution().row_dual)))


def math_opt(
    data: Scaled, seconds: float, engine: mathopt.SolverType, loose: float | None = None
) -> Solved:
    """An engine behind MathOpt; ``loose`` is the relative tolerance of PDLP."""
    model = mathopt.Model.from_model_proto(as_math_opt(data, whole=False))
    parameters = mathopt.SolveParameters(time_limit=timedelta(seconds=seconds))
    if engine is mathopt.SolverType.PDLP:
        parameters.pdlp = _pdlp(loose)
    result = mathopt.solve(model, engine, params=parameters)
    name = result.termination.reason.name
    if result.termination.reason is not mathopt.TerminationReason.OPTIMAL:
        return Solved(None, name)
    dual = np.array(result.dual_values(list(model.linear_constraints())))
    return Solved(result.objective_value() / data.unit, name, data.prices(dual))


def _pdlp(loose: float | None) -> solvers_pb2.PrimalDualHybridGradientParams:
    found = solvers_pb2.PrimalDualHybridGradientParams(num_threads=2)
    if loose is not None:
        within = found.termination_criteria.simple_optimality_criteria
        within.eps_optimal_relative = within.eps_optimal_absolute = loose
    return found


def descent(mission: Mission, held: tuple[int, ...], seconds: float) -> Solved:
    """Our own descent, from no prices, for all the steps there is time for."""
    started = time.monotonic()
    own = Descent.from_nothing(lagrangian_of(mission, held))
    trace: list[tuple[float, float]] = []

    def told(found: Descent) -> None:
        trace.append((round(time.monotonic() - started, 3), found.value))

    own.run(STEPS, lambda: time.monotonic() - started > seconds, told)
    return Solved(own.value, "ended", trace=tuple(trace))


def lagrangian_of(mission: Mission, held: tuple[int, ...]) -> Lagrangian:
    """The Lagrangian of the measured level."""
    pool = BlocPool(mission.model, Blocs(mission.model), Pool(mission.model))
    return Lagrangian(pool, Held(held))


def proved(mission: Mission, held: tuple[int, ...], found: Solved) -> float | None:
    """The bound at an engine's prices: of the model's rows, then of held levels."""
    if found.prices is None:
        return found.value
    rows = found.prices[: len(mission.model.rows)]
    levels = found.prices[len(found.prices) - len(held) :]
    return lagrangian_of(mission, held).evaluate(np.concatenate([rows, levels])).value


Engine = Callable[[Scaled, float], Solved]
ENGINES: dict[str, Engine] = {
    "GLOP": lambda data, s: math_opt(data, s, mathopt.SolverType.GLOP),
    "PDLP": lambda data, s: math_opt(data, s, mathopt.SolverType.PDLP),
    "PDLP, 1e-4": lambda data, s: math_opt(data, s, mathopt.SolverType.PDLP, 1e-4),
    "PDLP, 1e-3": lambda data, s: math_opt(data, s, mathopt.SolverType.PDLP, 1e-3),
    "HiGHS simplex": lambda data, s: highs(data, s, solver="simplex"),
    "HiGHS interior point": lambda data, s: highs(
        data, s, solver="ipm", run_crossover="off"
    ),
    "HiGHS interior point, crossover": lambda data, s: highs(
        data, s, solver="ipm", run_crossover="on"
    ),
}
DESCENT = "our descent"
NAMES = (*ENGINES, DESCENT)


def solve(
    folder: Path, engine: str, seconds: float, held: list[list[object]]
) -> Record:
    """One engine on one mission; values as people read them."""
    mission = read_mission(folder, Stages().stage)
    values = mission.held(tuple((str(name), int(str(v))) for name, v in held))
    level = mission.model.levels[mission.level]

    def outside(value: float) -> float:
        return round(level.constant + level.sign * value, 2)

    data = None
    if engine != DESCENT:
        data = scaled(full_model(mission.model, values, aggregated=True).program)
    started, cpu = time.monotonic(), time.process_time()
    found = (
        descent(mission, values, seconds)
        if data is None
        else ENGINES[engine](data, seconds)
    )
    took, used = time.monotonic() - started, time.process_time() - cpu
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bound = proved(mission, values, found)
    return {
        "value": None if found.value is None else outside(found.value),
        "proves": None if bound is None else outside(bound),
        "status": found.status,
        "seconds": round(took, 3),
        "cpu_s": round(used, 3),
        "shape": None if data is None else data.matrix.shape,
        "trace": [(t, outside(value)) for t, value in found.trace],
        "memory_mb": round(peak_kb / 1024),
    }


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    answer = solve(
        Path(given["folder"]), given["engine"], given["limit_s"], given["held"]
    )
    print(json.dumps(answer))
