"""How many families each movement rule binds, without planning anything.

A rule binds a family that it *alone* keeps at home or off some way it could otherwise
take: that much is exact. And a family *in want*: with a way that needs something of
which there is not enough for all who may want it (seats, places, escorts, money). Who
of these goes without is decided by planning; whoever is not counted is never stopped.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from movplan.costing.tariffs import Tariffs
from movplan.domain.scenario import Scenario
from movplan.formulation.build import build_model
from movplan.planning.bound.escorted import bound_by_escorts
from movplan.planning.bound.funded import bound_by_funding
from movplan.planning.bound.minimums import bound_by_minimums
from movplan.planning.bound.money import bound_by_money
from movplan.planning.bound.scarce import bound_by_scarcity
from movplan.planning.bound.screened import bound_by_screening
from movplan.screening import screen

__all__ = ["Bound", "families_bound", "find_bound"]

Families = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Bound:
    """Families by rule: whom it ``alone`` takes a way from, and who is ``in_want``."""

    alone: Families
    in_want: Families

    def by(self, rule: str) -> frozenset[str]:
        """All families a rule binds."""
        return self.alone.get(rule, NOBODY) | self.in_want.get(rule, NOBODY)


NOBODY: frozenset[str] = frozenset()


def families_bound(scenario: Scenario) -> Families:
    """Families by the rule that binds them; rules that bind nobody are absent."""
    bound = find_bound(scenario)
    return {rule: bound.by(rule) for rule in {*bound.alone, *bound.in_want}}


def find_bound(scenario: Scenario) -> Bound:
    """Whom each rule binds, and how."""
    screening = screen(scenario)
    model = build_model(scenario, screening, Tariffs(scenario)).model
    alone = (
        bound_by_screening(scenario, screening),
        bound_by_funding(scenario, screening, model),
        bound_by_minimums(scenario, model),
    )
    in_want = (
        bound_by_scarcity(model),
        bound_by_money(model),
        bound_by_escorts(scenario, screening, model),
    )
    return Bound(_together(alone), _together(in_want))


def _together(parts: Iterable[dict[str, set[str]]]) -> Families:
    found: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        for rule, families in part.items():
            found[rule] |= families
    return {rule: frozenset(ids) for rule, ids in found.items() if ids}
