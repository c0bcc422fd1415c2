"""Whose escorts come first where there are too few: those earlier levels count."""

from collections import defaultdict

from movplan.costing.tariffs import Tariffs
from movplan.formulation.build import build_model
from movplan.generation import generate
from movplan.optimiser.columns import Pool
from movplan.optimiser.what_counts import counts_few
from movplan.planning.escorting import COUNTS_FEW, Escorting
from movplan.planning.riding import Riding
from movplan.screening import screen


def test_families_weigh_what_levels_of_few_count_them() -> None:
    """Also on the way back, which no level counts."""
    scenario = generate(150, 1)
    built = build_model(scenario, screen(scenario), Tariffs(scenario))
    model = built.model
    riding = Riding(scenario, model, Pool(model))
    levels = [k for k in range(len(model.levels)) if counts_few(model, k)]
    counted_at: dict[str, list[int]] = defaultdict(list)
    for k in levels:
        units = model.pairs.unit[model.levels[k].pair_value > 0]
        for family in sorted({riding.family_id(unit) for unit in units.tolist()}):
            counted_at[family].append(k)
    weight = Escorting(scenario, built, riding).weight
    first = {family: at[0] for family, at in counted_at.items() if len(at) == 1}
    assert len(set(first.values())) > 1
    for family, k in first.items():
        assert weight[family] > COUNTS_FEW
        later = [weight[other] for other, j in first.items() if j > k]
        assert all(weight[family] > other for other in later)
    others = {f.family_id for f in scenario.families} - set(counted_at)
    assert {weight[family] for family in others} == {1}
