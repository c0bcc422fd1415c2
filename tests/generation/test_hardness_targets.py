"""The benchmark missions are as hard as promised, measured on the LP of the model."""

import pytest

from benchmarks.hardness import measured_hardness
from benchmarks.mission import Mission
from movplan.costing.tariffs import Tariffs
from movplan.formulation.build import build_model
from movplan.generation import generate
from movplan.screening import screen

SLOW = pytest.mark.slow
BENCHMARK = [
    pytest.param(250, 1),
    pytest.param(250, 2, marks=SLOW),
    pytest.param(250, 3, marks=SLOW),
    pytest.param(1000, 1, marks=SLOW),
]


@pytest.mark.parametrize(("families", "seed"), BENCHMARK)
def test_a_benchmark_mission_is_hard(families: int, seed: int) -> None:
    scenario = generate(families, seed, "mixed")
    built = build_model(scenario, screen(scenario), Tariffs(scenario))
    found = measured_hardness(Mission(scenario, built))
    assert found["distinct_signatures"] >= 0.60
    assert found["itineraries_per_family_median"] >= 5
    assert found["multi_ride"] >= 0.30
    assert found["bound_of_total"] <= 0.85
    assert found["greedy_below_bound"] >= 0.03
    assert max(found["weight_classes"].values()) <= 0.60
    lines = found["budget_lines_bound"]
    assert [line for line, binds in lines.items() if not binds] == []
    binding = found["binding"]
    assert [name for name, count in binding.items() if not count] == []
    assert set(binding) == {
        "seats",
        "budget_lines",
        "escorts",
        "beds",
        "appointments",
        "expiry",
    }
