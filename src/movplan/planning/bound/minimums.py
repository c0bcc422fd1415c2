"""Families with a way by a departure that too few can take for it ever to run."""

import numpy as np

from movplan.domain.scenario import Scenario
from movplan.formulation.model import Model

DEPARTURE_RUNS = "departure_runs"


def bound_by_minimums(scenario: Scenario, model: Model) -> dict[str, set[str]]:
    """Families by ``departure_runs``: all who may take it < its ``min_persons``."""
    least = {
        row.departure_id: row.min_persons
        for row in scenario.departures
        if not row.is_firm
    }
    units, bound = model.units, set[str]()
    taken = model.pair_departures.tocsc()
    for column, departure_id in enumerate(model.departure_ids):
        pairs = taken.indices[taken.indptr[column] : taken.indptr[column + 1]]
        own = np.unique(units.family[model.pairs.unit[pairs]]).tolist()
        names = {units.family_ids[k] for k in own}
        persons = sum(f.persons for f in scenario.families if f.family_id in names)
        if persons < least.get(departure_id, 0):
            bound |= names
    return {DEPARTURE_RUNS: bound}
