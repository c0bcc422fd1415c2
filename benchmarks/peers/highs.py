"""HiGHS, as ``highspy`` has it."""

import time

import highspy

from benchmarks.peers.found import Found
from benchmarks.scaled import lp_of, scaled
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.program import Program


def highs(
    program: Program, seconds: float, seed: int, start: IntArray | None = None
) -> Found:
    """HiGHS on two threads."""
    data, found, started = scaled(program), Found(), time.monotonic()
    highspy.Highs.resetGlobalScheduler(True)  # noqa: FBT003 - HiGHS takes no keyword
    engine = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("threads", 2),
        ("random_seed", seed),
        ("time_limit", seconds),
        ("mip_rel_gap", 0.0),
        ("mip_feasibility_tolerance", 1e-7),
    ):
        engine.setOptionValue(option, value)
    lp = lp_of(data, data.lower, data.upper)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    engine.passModel(lp)
    if start is not None:
        found.started = _set_start(engine, start)

    def note(event: highspy.highs.HighsCallbackEvent) -> None:
        value = data.whole_bound(-event.data_out.mip_primal_bound)
        bound = data.whole_bound(-event.data_out.mip_dual_bound)
        if not found.trace or found.trace[-1][1:] != (value, bound):
            found.trace.append((time.monotonic() - started, value, bound))

    engine.cbMipInterrupt += note
    engine.cbMipImprovingSolution += note
    engine.run()
    # The scheduler belongs to the process: whoever comes next asks for one thread.
    highspy.Highs.resetGlobalScheduler(True)  # noqa: FBT003 - HiGHS takes no keyword
    info = engine.getInfo()
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        found.x = data.whole(list(engine.getSolution().col_value))
    found.bound = data.whole_bound(-info.mip_dual_bound)
    found.status = engine.modelStatusToString(engine.getModelStatus())
    return found


def _set_start(engine: highspy.Highs, start: IntArray) -> bool:
    """Hand over a solution to begin from; columns are not scaled, so as it is."""
    given = highspy.HighsSolution()
    given.col_value = start.astype(float).tolist()
    return bool(engine.setSolution(given) == highspy.HighsStatus.kOk)
