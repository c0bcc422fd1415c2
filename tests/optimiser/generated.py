"""Models of small generated missions, with missions, rosters and money."""

from functools import cache

from movplan.costing.tariffs import Tariffs
from movplan.formulation.build import build_model
from movplan.formulation.model import Model
from movplan.generation import generate
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.blocs import Blocs
from movplan.optimiser.columns import Pool
from movplan.screening import screen


@cache
def mission_model(families: int, seed: int) -> Model:
    """The model of a generated mission."""
    scenario = generate(families, seed)
    return build_model(scenario, screen(scenario), Tariffs(scenario)).model


def moved_level(model: Model) -> int:
    """The first level that is maximised."""
    return next(k for k, level in enumerate(model.levels) if level.sign > 0)


def empty_pool(model: Model) -> BlocPool:
    """A pool of blocs with nothing in it."""
    return BlocPool(model, Blocs(model), Pool(model))
