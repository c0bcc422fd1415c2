"""Families that want more escorts than missions and rosters let there be."""

from collections import defaultdict

import numpy as np

from movplan.costing.tariffs import Tariffs
from movplan.domain.scenario import Scenario
from movplan.formulation.build import build_model
from movplan.formulation.model import Model
from movplan.planning.bound.scarce import largest_use, most_added
from movplan.screening import Screening

COVER = "escort_cover"
OF_ESCORTS = ("escort_mission", "escort_roster")


def bound_by_escorts(
    scenario: Scenario, screening: Screening, model: Model
) -> dict[str, set[str]]:
    """Families by rule that takes escorts from a chain too few can serve.

    Too few: all who may want cover there > the escorts who may be sent. The rule binds
    them if without it more might be sent.
    """
    bound: dict[str, set[str]] = defaultdict(set)
    names = model.rows.names
    if not any(name.rule == COVER for name in names):
        return bound
    wanted, added = largest_use(model), most_added(model)
    scarce = np.asarray(wanted.sum(axis=0)).ravel() > model.rows.rhs + added
    entries = wanted.tocoo()
    for rule in OF_ESCORTS:
        freed = _added_without(scenario, screening, rule)
        more = {
            k
            for k, name in enumerate(names)
            if name.rule == COVER and scarce[k] and freed.get(name, 0) > added[k]
        }
        for unit, row in zip(entries.row.tolist(), entries.col.tolist(), strict=True):
            if row in more:
                bound[rule].add(model.units.family_ids[model.units.family[unit]])
    return bound


def _added_without(
    scenario: Scenario, screening: Screening, rule: str
) -> dict[object, int]:
    """The most escorts for every row when a rule is not there."""
    left_out = frozenset({rule})
    tariffs = Tariffs(scenario, left_out)
    model = build_model(scenario, screening, tariffs, without=left_out).model
    return dict(zip(model.rows.names, most_added(model).tolist(), strict=True))
