"""HiGHS on the programs CP-SAT solves: a second engine, to compare answers with."""

import time

import highspy
import numpy as np
from scipy.sparse import csr_array

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.program import Answer, Effort, Program, interrupt_when, verified
from movplan.optimiser.progress import Stop


def solve_highs(
    program: Program, effort: Effort, start: IntArray | None, stop: Stop
) -> Answer:
    """Branch and cut with HiGHS on one thread; ``work`` limits nodes."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)  # noqa: FBT003
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", effort.seed)
    highs.setOptionValue("mip_rel_gap", effort.gap)
    highs.setOptionValue("mip_feasibility_tolerance", 1e-7)
    if effort.work is not None:
        highs.setOptionValue("mip_max_nodes", max(1, int(effort.work * 100)))
        highs.setOptionValue("mip_max_stall_nodes", max(1, int(effort.work * 100)))
    deadline = None if effort.seconds is None else time.monotonic() + effort.seconds
    interrupt_when(
        highs,
        lambda: stop() or (deadline is not None and time.monotonic() > deadline),
    )
    highs.passModel(_highs_model(program))
    if start is not None:
        given = highspy.HighsSolution()
        given.col_value = start.astype(float).tolist()
        highs.setSolution(given)
    highs.run()
    info = highs.getInfo()
    x = None
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        x = np.rint(np.array(highs.getSolution().col_value)).astype(np.int64)
    return verified(
        program,
        start,
        x,
        bound=-info.mip_dual_bound,
        proved=highs.getModelStatus() == highspy.HighsModelStatus.kOptimal,
    )


def _highs_model(program: Program) -> highspy.HighsLp:
    top = np.ones(program.matrix.shape[0])
    if program.matrix.nnz:
        top = np.maximum(top, abs(program.matrix).max(axis=1).toarray().ravel())
    scale = 2.0 ** -np.round(np.log2(top) - 3)
    matrix = csr_array(program.matrix.multiply(scale[:, np.newaxis]))
    upper = program.upper * scale
    largest = max(1.0, float(np.abs(program.objective).max(initial=0)))
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.col_cost_ = -program.objective * 2.0 ** -np.round(np.log2(largest) - 6)
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = program.bound.astype(float)
    lp.row_lower_ = np.where(program.equal, upper, -highspy.kHighsInf)
    lp.row_upper_ = upper
    lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    lp.a_matrix_.index_ = matrix.indices.astype(np.int32)
    lp.a_matrix_.value_ = matrix.data
    return lp
