"""How many examples: a few by default, many where there is time (``slow``)."""

import pytest
from hypothesis import HealthCheck, Phase, settings

from movplan.planning import Limits

LIMITS = Limits(effort=10, seed=1)
FEW = 8
RUNS = pytest.mark.parametrize(
    "examples", [FEW, pytest.param(60, marks=pytest.mark.slow)]
)


def so_many(examples: int) -> settings:
    """A failing example is small enough as it is, and every plan takes time.

    A few are always the same: what most of them do would else be left to chance.
    """
    return settings(
        max_examples=examples,
        derandomize=examples <= FEW,
        deadline=None,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
