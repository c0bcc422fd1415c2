"""How many families each movement rule binds, without planning anything.

A rule binds a family that it alone keeps at home or off some way it could otherwise
take; and one with a way in a scarce row of the rule: one that could not hold all who
may want it.
"""

from collections import defaultdict

from movplan.costing.tariffs import Tariffs
from movplan.domain.scenario import Scenario
from movplan.formulation.build import build_model
from movplan.planning.bound.escorted import bound_by_escorts
from movplan.planning.bound.funded import bound_by_funding
from movplan.planning.bound.minimums import bound_by_minimums
from movplan.planning.bound.scarce import bound_by_scarcity
from movplan.planning.bound.screened import bound_by_screening
from movplan.screening import screen

__all__ = ["families_bound"]


def families_bound(scenario: Scenario) -> dict[str, frozenset[str]]:
    """Families by the rule that binds them; rules that bind nobody are absent."""
    screening = screen(scenario)
    model = build_model(scenario, screening, Tariffs(scenario)).model
    bound: dict[str, set[str]] = defaultdict(set)
    for found in (
        bound_by_screening(scenario, screening),
        bound_by_funding(scenario, screening, model),
        bound_by_scarcity(model),
        bound_by_minimums(scenario, model),
        bound_by_escorts(scenario, screening, model),
    ):
        for rule, families in found.items():
            bound[rule] |= families
    return {rule: frozenset(ids) for rule, ids in bound.items() if ids}
