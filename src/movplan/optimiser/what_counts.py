"""How much of a model a level counts: it says how the level is best solved."""

import numpy as np

from movplan.formulation.model import Model

# Share of the time left that the first maximised level may take, and at least that of
# each that counts few families: these are soon proved, and nothing makes up for them.
FIRST_SHARE, FEW_SHARE = 0.85, 0.5
# Units beyond which levels of few families are walked and have an equal share: parts no
# longer do, and the walks of the first large level find more of these families still
# (100,000 families, 900 s: `emergency` 6,978 left when its half was over, 5,657 in the
# end; 10,000, 60 s: 220 by parts, of at least 208, where walks stay at 250).
VAST_UNITS = 50_000


def share_of_time(model: Model, k: int) -> float:
    """Share of the time left that a level may take."""
    later = len(model.levels) - k
    first = next((j for j, lv in enumerate(model.levels) if lv.sign > 0), 0)
    if later > 1 and k == first:
        return FIRST_SHARE
    even = 1.0 / later
    half = counts_few(model, k) and not is_vast(model)
    return max(FEW_SHARE, even) if half else even


def is_vast(model: Model) -> bool:
    """Whether there are too many families for parts alone to decide a level."""
    return len(model.units) > VAST_UNITS


def is_large(model: Model, k: int) -> bool:
    """Whether a level is the first that counts most of the model."""
    return k == first_large(model) < len(model.levels)


def first_large(model: Model) -> int:
    """The first level that counts most of the model; behind the last if none does."""
    levels = range(len(model.levels))
    return next((j for j in levels if _values_most(model, j)), len(levels))


def counts_few(model: Model, k: int) -> bool:
    """Whether a level comes before the first that counts most, and counts no cost."""
    return k < first_large(model) and not model.levels[k].counts_cost


def counts_most(model: Model, k: int) -> bool:
    """Whether a level counts most of the model's pairs, or what everything costs."""
    return _values_most(model, k) or model.levels[k].counts_cost


def _values_most(model: Model, k: int) -> bool:
    return bool(2 * np.count_nonzero(model.levels[k].pair_value) > len(model.pairs))
