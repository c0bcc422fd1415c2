"""Families with ways that no line may pay for, or that wait for an approval."""

from collections import Counter, defaultdict

import numpy as np

from movplan.costing.approvals import LINE_APPROVAL, PROMISSORY_NOTE
from movplan.costing.tariffs import Tariffs
from movplan.domain.scenario import Scenario
from movplan.domain.words import SubjectKind
from movplan.formulation.build import build_model
from movplan.formulation.model import Model
from movplan.screening import Screening

ELIGIBILITY = "budget_eligibility"


def bound_by_funding(
    scenario: Scenario, screening: Screening, model: Model
) -> dict[str, set[str]]:
    """Families by rule of money that takes ways from them.

    A way that a line would pay for once approved, or once a note is signed, counts for
    that rule; one that no line may pay for in any case, for ``budget_eligibility``.
    """
    bound: dict[str, set[str]] = defaultdict(set)
    paid = _ways(model)
    could = Counter[str]()
    for part in screening.parts:
        could[part.family_id] += len(part.itineraries)
    short = {name for name, ways in could.items() if ways > paid[name]}
    tariffs = Tariffs(scenario)
    for rule in (LINE_APPROVAL, PROMISSORY_NOTE):
        if short and _withholds(scenario, tariffs, rule):
            more = _ways(_without(scenario, screening, rule))
            bound[rule] |= {name for name in short if more[name] > paid[name]}
    bound[ELIGIBILITY] |= short - bound[LINE_APPROVAL] - bound[PROMISSORY_NOTE]
    bound[LINE_APPROVAL] |= _of_waiting_departures(scenario, tariffs, model)
    return bound


def _ways(model: Model) -> Counter[str]:
    """Pairs a line may pay for, by family."""
    units = model.units
    return Counter(
        units.family_ids[units.family[unit]] for unit in model.pairs.unit.tolist()
    )


def _withholds(scenario: Scenario, tariffs: Tariffs, rule: str) -> bool:
    approvals = tariffs.approvals
    of = approvals.unapproved if rule == LINE_APPROVAL else approvals.unsigned
    return any(of(family) for family in scenario.families)


def _without(scenario: Scenario, screening: Screening, rule: str) -> Model:
    left_out = frozenset({rule})
    tariffs = Tariffs(scenario, left_out)
    return build_model(scenario, screening, tariffs, without=left_out).model


def _of_waiting_departures(
    scenario: Scenario, tariffs: Tariffs, model: Model
) -> set[str]:
    """Families with a way by a departure one of whose payers is not approved."""
    waiting = {
        departure.departure_id
        for departure in scenario.departures
        if tariffs.approvals.waiting_for(SubjectKind.DEPARTURE, departure.departure_id)
    }
    if not waiting:
        return set()
    columns = [k for k, name in enumerate(model.departure_ids) if name in waiting]
    pairs = np.unique(model.pair_departures[:, columns].tocoo().row).tolist()
    units = model.units
    return {units.family_ids[units.family[model.pairs.unit[pair]]] for pair in pairs}
