"""Rules left out of a model: their rows are gone, all others stay."""

import pytest

from movplan.costing.tariffs import Tariffs
from movplan.domain.words import LineKind
from movplan.formulation.build import build_model
from movplan.formulation.model import Model
from movplan.screening import screen
from tests.checks.broken.tools import row, updated
from tests.checks.mission import PLAN
from tests.checks.world import SCENARIO
from tests.formulation.fixed import Fixed, journeys_of, pairs_of

SCREENING = screen(SCENARIO)


def without(*rules: str) -> Model:
    left = frozenset(rules)
    tariffs = Tariffs(SCENARIO, left)
    return build_model(SCENARIO, SCREENING, tariffs, without=left).model


def rules_of(model: Model) -> set[str]:
    return {name.rule for name in model.rows.names}


ALL = rules_of(without())


@pytest.mark.parametrize("rule", sorted(ALL - {"fleet", "minimums"}))
def test_only_the_rows_of_the_rule_are_gone(rule: str) -> None:
    model = without(rule)
    # without patients nobody is sent, and there is no roster
    implied = {"escort_roster", "escort_mission"} if rule == "escort_cover" else set()
    assert rules_of(model) == ALL - {rule} - implied
    assert len(model.rows) == model.plant.matrix.shape[1]
    assert len(model.rows) == model.templates.draws.shape[1]
    pairs = pairs_of(model, journeys_of(PLAN))
    assert pairs is not None
    assert Fixed(model, pairs).best(0) is not None


def test_a_loan_pays_only_whoever_signs() -> None:
    loans = tuple(
        updated(line, kind=LineKind.LOAN, needs_approval=False)
        for line in SCENARIO.budget_lines
    )
    scenario = updated(SCENARIO, budget_lines=loans)
    signs = {f.family_id for f in scenario.families if f.promissory_note}

    def travelling(rules: frozenset[str]) -> set[str]:
        screening = screen(scenario)
        tariffs = Tariffs(scenario, rules)
        built = build_model(scenario, screening, tariffs, without=rules)
        model = built.model
        units = set(model.pairs.unit.tolist())
        return {screening.parts[unit].family_id for unit in units}

    everybody = travelling(frozenset({"promissory_note"}))
    assert "RS1" in everybody
    assert travelling(frozenset()) == everybody & signs


def test_what_waits_for_approval_cannot_run() -> None:
    lines = tuple(updated(x, needs_approval=True) for x in SCENARIO.budget_lines)
    scenario = updated(SCENARIO, budget_lines=lines, overrides=())
    model = build_model(scenario, screen(scenario), Tariffs(scenario)).model
    decided = [
        int(upper)
        for name, upper in zip(model.plant.names, model.plant.upper, strict=True)
        if name.kind in ("run", "hire")
    ]
    assert not any(decided)
    assert not [name for name in model.plant.names if name.kind == "mission"]


def test_a_family_ceiling_has_a_row_where_it_could_bind() -> None:
    line = SCENARIO.budget_lines[0].budget_line_id
    for ceiling, some in ((10**9, False), (1, True)):
        change = row("budget_lines", line, max_per_person_cents=ceiling)
        scenario, _ = change(SCENARIO, PLAN)
        model = build_model(scenario, screen(scenario), Tariffs(scenario)).model
        found = [n for n in model.rows.names if n.rule == "family_ceiling"]
        assert bool(found) is some
        assert {name.subject for name in found} <= {line}
