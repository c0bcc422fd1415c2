"""How hard the benchmark missions are: the LP of the model, beside first come.

Measured on the LP optimum of the aggregated model with no earlier level held, so that
nothing depends on how well anybody searches:

- ``bound_of_total``: its value of everybody travelling (a bound on every plan);
- ``greedy_below_bound``: how far first come, first served stays below it;
- ``multi_ride``: share of the units moved on more than one ride;
- ``binding``: rows used up (no seat, bed or place left; at most 3 % of a line's money),
  or whose price is not zero: one more would be worth something. Escorts: cover rows
  with a price.
"""

from collections import Counter
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from benchmarks.full_model import full_model
from benchmarks.mission import Mission
from benchmarks.scaled import lp_of, scaled
from movplan.domain.words import Part
from movplan.formulation.model import Model
from movplan.generation import static_hardness
from movplan.generation.hardness import Hardness
from movplan.optimiser.columns import no_columns
from movplan.optimiser.solution import nobody

LEFT_SHARE = 0.03
RESOURCES = {
    "seats": ("seats", "vehicle_load"),
    "beds": ("beds",),
    "appointments": ("session_places",),
    "escorts": ("escort_cover", "escort_roster"),
}
FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lp:
    """LP optimum: value, use of pair classes, and per model row share left and price.

    ``left`` is infinite where the right-hand side is not positive.
    """

    value: float
    pairs: FloatArray
    pair_of_class: NDArray[np.int64]
    left: FloatArray
    price: FloatArray


def solve_lp(mission: Mission) -> Lp:
    """Solve the LP of the measured level, no earlier level held."""
    model = mission.model
    stay, none = nobody(model), no_columns(model)
    free = tuple(stay.value(model, none, k) for k in range(mission.level))
    full = full_model(model, free, aggregated=True)
    data = scaled(full.program)
    engine = highspy.Highs()
    engine.setOptionValue("output_flag", False)  # noqa: FBT003 - HiGHS takes no keyword
    engine.passModel(lp_of(data, data.lower, data.upper))
    engine.run()
    solution = engine.getSolution()
    x = np.array(solution.col_value)
    rows = slice(0, len(model.rows))
    used, rhs = (full.program.matrix @ x)[rows], full.program.upper[rows].astype(float)
    left = np.full(len(rhs), np.inf)
    left[rhs > 0] = (rhs[rhs > 0] - used[rhs > 0]) / rhs[rhs > 0]
    return Lp(
        value=float(full.program.objective @ x),
        pairs=x[: full.num_x],
        pair_of_class=full.classes.pair_of_class,
        left=left,
        price=-np.array(solution.row_dual)[rows],
    )


def measured_hardness(mission: Mission) -> Hardness:
    """All measures of a mission."""
    model, scenario = mission.model, mission.scenario
    static = static_hardness(scenario, model.screening)
    lp = solve_lp(mission)
    greedy = mission.first_come().raw_value or 0
    lines = binding_lines(model, lp)
    return {
        **static,
        "bound_of_total": round(lp.value / max(1, static["total_value"]), 4),
        "greedy_below_bound": round(1 - greedy / max(1.0, lp.value), 4),
        "multi_ride": round(multi_ride_share(model, lp), 4),
        "budget_lines_bound": lines,
        "binding": {
            **binding_rows(model, lp),
            "budget_lines": sum(lines.values()),
            "expiry": static["expiring_families"],
        },
    }


def binding_lines(model: Model, lp: Lp) -> dict[str, bool]:
    """Whether each line with a ceiling binds."""
    return {
        name.subject: bool(lp.left[k] <= LEFT_SHARE or lp.price[k] > 1e-7)
        for k, name in enumerate(model.rows.names)
        if name.rule == "budget_ceiling"
    }


def binding_rows(model: Model, lp: Lp) -> dict[str, int]:
    """Rows that bind, by resource."""
    scarce = (lp.left <= 1e-6) | (lp.price > 1e-7)
    counts = Counter(model.rows.names[k].rule for k in np.flatnonzero(scarce).tolist())
    return {
        name: sum(counts[rule] for rule in rules) for name, rules in RESOURCES.items()
    }


def multi_ride_share(model: Model, lp: Lp) -> float:
    """Share of outbound units moved by the LP on more than one ride."""
    rides = np.diff(model.pair_departures.indptr)[lp.pair_of_class]
    unit = model.pairs.unit[lp.pair_of_class]
    out = np.array([part is Part.OUTBOUND for part in model.units.parts])[unit]
    moved = float(lp.pairs[out].sum())
    return float(lp.pairs[out & (rides > 1)].sum()) / max(1.0, moved)
