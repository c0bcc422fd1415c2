"""The model written whole: both forms say the same, and counts are handed out right."""

import numpy as np
import pytest

from benchmarks.alike import alike, apart
from benchmarks.decode import decode
from benchmarks.full_model import FullModel, full_model
from benchmarks.mission import Mission
from benchmarks.peers import peer_named
from movplan.costing.tariffs import Tariffs
from movplan.formulation.build import build_model
from movplan.formulation.model import Model
from movplan.generation import generate
from movplan.optimiser.columns import Pool
from movplan.optimiser.solution import nobody
from movplan.planning import Limits, plan_scenario
from movplan.screening import screen


@pytest.fixture(scope="module")
def model() -> Model:
    mission = generate(16, 3, "mixed")
    return build_model(mission, screen(mission), Tariffs(mission)).model


def moved(model: Model) -> int:
    return [level.level.name for level in model.levels].index("moved")


def free(model: Model) -> tuple[int, ...]:
    """Earlier levels held at what a mission where nobody travels has."""
    columns = Pool(model).columns
    return tuple(nobody(model).value(model, columns, k) for k in range(moved(model)))


@pytest.fixture(scope="module")
def forms(model: Model) -> tuple[FullModel, FullModel]:
    held = free(model)
    return full_model(model, held), full_model(model, held, aggregated=True)


def test_columns_are_pairs_options_choices_and_plant(
    model: Model, forms: tuple[FullModel, FullModel]
) -> None:
    full, _ = forms
    several = np.diff(model.templates.choice_ptr)
    choices = int(several[several > 1].sum())
    columns = len(model.pairs) + len(model.pairs.slot_template)
    assert full.program.matrix.shape[1] == columns + choices + len(model.plant)
    held = moved(model)
    rows = len(model.rows) + len(model.units) + len(model.pairs.option_ptr) - 1
    assert full.program.matrix.shape[0] == rows + int((several > 1).sum()) + held


def test_the_aggregated_form_is_smaller(forms: tuple[FullModel, FullModel]) -> None:
    full, aggregated = forms
    assert aggregated.program.matrix.shape[1] < full.program.matrix.shape[1]


def test_both_forms_have_the_same_optimum_and_decode(
    forms: tuple[FullModel, FullModel],
) -> None:
    values = []
    for form in forms:
        found = peer_named("highs")(form.program, 20, 0)
        assert found.x is not None
        solution, _ = decode(form, found.x)
        assert (solution.column >= 0).any()
        value = form.program.value(found.x)
        assert found.bound == value
        values.append(value)
    assert values[0] == values[1]


def test_our_plan_and_bound_stand_on_either_side_of_the_optimum() -> None:
    mission = generate(24, 3, "mixed")
    built = build_model(mission, screen(mission), Tariffs(mission))
    levels = plan_scenario(mission, Limits(time_limit_s=10)).plan.certificate.levels
    held = Mission(mission, built).held(tuple((x.name, x.held_at) for x in levels))
    whole = full_model(built.model, held, aggregated=True)
    best = peer_named("highs")(whole.program, 20, 0)
    ours = next(level for level in levels if level.name == "moved")
    assert best.x is not None
    assert ours.value <= whole.program.value(best.x) <= ours.bound


@pytest.mark.parametrize("name", ["cpsat2", "scip"])
def test_other_peers_find_it_too(name: str, forms: tuple[FullModel, FullModel]) -> None:
    _, aggregated = forms
    best = peer_named("highs")(aggregated.program, 20, 0)
    found = peer_named(name)(aggregated.program, 20, 0)
    assert found.x is not None
    assert best.bound is not None
    assert found.bound is not None
    assert aggregated.program.value(found.x) <= best.bound
    assert found.bound >= best.bound


def test_apart_tells_everything_apart(model: Model) -> None:
    classes = apart(model)
    assert classes.pair_of_class.tolist() == list(range(len(model.pairs)))
    assert (classes.unit_size == 1).all()


def test_alike_merges_charges_with_the_same_choices(model: Model) -> None:
    classes = alike(model)
    templates = model.templates
    for charge, number in enumerate(classes.charge_class.tolist()):
        if number < 0:
            continue
        like = classes.charge_of_class[number]
        mine, other = (
            templates.draws[templates.choice_ptr[c] : templates.choice_ptr[c + 1]]
            for c in (charge, like)
        )
        assert (mine != other).nnz == 0
