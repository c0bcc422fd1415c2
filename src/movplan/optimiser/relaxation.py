"""The linear relaxation of the model at one level: value, use, shadow prices."""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from movplan.formulation.model import Model
from movplan.optimiser.columns import no_columns
from movplan.optimiser.master import Held
from movplan.optimiser.program import _highs_model
from movplan.optimiser.solution import nobody
from movplan.optimiser.whole import write_whole

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """LP optimum: ``value`` (internal), ``pairs`` and ``plant`` as used (0 .. upper),
    ``left`` of every model row as a share of its right-hand side (nan where that is 0)
    and whether one more of a row's right-hand side is worth anything (``scarce``).
    """

    value: float
    pairs: FloatArray
    plant: FloatArray
    left: FloatArray
    scarce: NDArray[np.bool_]


def relax(model: Model, level: int) -> Relaxation:
    """Solve the LP of a level without holding the earlier ones."""
    nothing, stay = no_columns(model), nobody(model)
    held = Held(tuple(stay.value(model, nothing, k) for k in range(level)))
    whole = write_whole(model, held, np.arange(len(model.pairs)))
    lp = _highs_model(whole.program)
    lp.integrality_ = []
    engine = highspy.Highs()
    engine.setOptionValue("output_flag", False)  # noqa: FBT003
    engine.setOptionValue("threads", 1)
    engine.passModel(lp)
    engine.run()
    solution = engine.getSolution()
    x = np.array(solution.col_value)
    rows = slice(0, len(model.rows))
    program = whole.program
    used, rhs = (program.matrix @ x)[rows], program.upper[rows].astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(rhs > 0, (rhs - used) / rhs, np.nan)
    return Relaxation(
        value=float(program.objective @ x),
        pairs=x[: len(model.pairs)],
        plant=x[len(x) - len(model.plant) :],
        left=left,
        scarce=-np.array(solution.row_dual)[rows] > 1e-7,
    )
