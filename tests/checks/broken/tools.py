"""How to change the small mission: its world, its plan, both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from movplan.domain.assignments import Assignment, Override
from movplan.domain.plan import Charge, Leg, Plan, PlannedDeparture
from movplan.domain.rules import Rule, Value, default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.words import (
    AssignmentState,
)
from tests.checks.mission import LINE_OF, PLAN, certified, costed
from tests.checks.world import SCENARIO, may

World = tuple[Scenario, Plan]


@dataclass(frozen=True)
class Break:
    """One way to break a rule (or to keep it: ``says`` nothing).

    Costed and certified again unless ``raw``.
    """

    rule: str
    label: str
    change: Callable[[Scenario, Plan], World]
    says: str = ""
    implies: frozenset[str] = frozenset()
    raw: bool = False
    lines: Mapping[str, str] = field(default_factory=lambda: LINE_OF)

    def world(self) -> World:
        """The scenario and the broken plan."""
        scenario, plan = self.change(SCENARIO, PLAN)
        if self.raw:
            return scenario, plan
        return scenario, certified(scenario, costed(scenario, plan, self.lines))


def updated(model: Any, **values: object) -> Any:
    """Columns changed; one that there is not would change nothing."""
    assert values.keys() <= type(model).model_fields.keys(), sorted(values)
    return model.model_copy(update=values)


def row(table: str, key: str, **values: object) -> Callable[[Scenario, Plan], World]:
    """Change one row of the scenario."""

    def change(scenario: Scenario, plan: Plan) -> World:
        rows = getattr(scenario, table)
        assert any(each.key == key for each in rows), key
        changed = tuple(
            updated(each, **values) if each.key == key else each for each in rows
        )
        return updated(scenario, **{table: changed}), plan

    return change


def world(**values: object) -> Callable[[Scenario, Plan], World]:
    """Change fields of the scenario itself."""
    return lambda scenario, plan: (updated(scenario, **values), plan)


def rule_value(name: str, value: Value) -> Callable[[Scenario, Plan], World]:
    """Another value for everybody, instead of the world's own or the shipped one."""

    def change(scenario: Scenario, plan: Plan) -> World:
        rule: Rule = updated(default_rules()[name], value=value, overrides=())
        others = tuple(row for row in scenario.rules if row.name != name)
        return updated(scenario, rules=(*others, rule)), plan

    return change


def override(rule: str, scope: str) -> Callable[[Scenario, Plan], World]:
    """A named authority sets a rule aside for a scope."""

    def change(scenario: Scenario, plan: Plan) -> World:
        new = Override(
            rule=rule,
            scope=scope,
            by="chief of mission",
            reference="memo 7",
            date=may(1),
        )
        return updated(scenario, overrides=(*scenario.overrides, new)), plan

    return change


def limits(**values: int) -> Callable[[Scenario, Plan], World]:
    return world(limits=updated(SCENARIO.limits, **values))


def assigned(
    family_id: str, departure_id: str, state: str, *sessions: str, **more: object
) -> Any:
    """Add one assignment to the scenario."""
    new = Assignment.model_validate(
        {
            "family_id": family_id,
            "departure_id": departure_id,
            "state": AssignmentState(state),
            "session_ids": sessions,
            **more,
        }
    )

    def change(scenario: Scenario, plan: Plan) -> World:
        rows = (*scenario.assignments, new)
        return updated(scenario, assignments=rows), plan

    return change


def leg(
    name: str, sequence: int, **values: object
) -> Callable[[Scenario, Plan], World]:
    """Change one row of the schedule, or take it out (``gone=True``)."""
    family_id, _, part = name.partition("/")

    def change(scenario: Scenario, plan: Plan) -> World:
        rows: list[Leg] = []
        for each in plan.schedule:
            mine = each.family_id == family_id and each.part == (part or "outbound")
            if mine and each.sequence == sequence:
                if values.get("gone"):
                    continue
                each = updated(each, **values)
            if mine and values.get("gone") and each.sequence > sequence:
                each = updated(each, sequence=each.sequence - 1)
            rows.append(each)
        return scenario, updated(plan, schedule=tuple(rows))

    return change


def planned(departure_id: str, **values: object) -> Callable[[Scenario, Plan], World]:
    """Change one row of the plan's departures."""

    def change(scenario: Scenario, plan: Plan) -> World:
        rows: tuple[PlannedDeparture, ...] = tuple(
            updated(each, **values) if each.departure_id == departure_id else each
            for each in plan.departures
        )
        return scenario, updated(plan, departures=rows)

    return change


def mission(mission_id: str, **values: object) -> Callable[[Scenario, Plan], World]:
    """Change one escort mission, or take it out (``gone=True``)."""

    def change(scenario: Scenario, plan: Plan) -> World:
        rows = tuple(
            updated(each, **values) if each.mission_id == mission_id else each
            for each in plan.missions
            if each.mission_id != mission_id or not values.get("gone")
        )
        return scenario, updated(plan, missions=rows)

    return change


def charge(
    subject_id: str, item: str, line_id: str, **values: object
) -> Callable[[Scenario, Plan], World]:
    """Change one charge of the ledger, or take it out (``gone=True``)."""

    def change(scenario: Scenario, plan: Plan) -> World:
        rows: list[Charge] = []
        for each in plan.ledger:
            mine = (each.subject_id, each.item, each.budget_line_id)
            if mine != (subject_id, item, line_id):
                rows.append(each)
            elif not values.get("gone"):
                rows.append(updated(each, **values))
        return scenario, certified(scenario, updated(plan, ledger=tuple(rows)))

    return change


def level(name: str, **values: object) -> Callable[[Scenario, Plan], World]:
    """Change one level of the certificate."""

    def change(scenario: Scenario, plan: Plan) -> World:
        levels = tuple(
            updated(each, **values) if each.name == name else each
            for each in plan.certificate.levels
        )
        certificate = updated(plan.certificate, levels=levels)
        return scenario, updated(plan, certificate=certificate)

    return change


def both(
    *changes: Callable[[Scenario, Plan], World],
) -> Callable[[Scenario, Plan], World]:
    """Several changes, one after the other."""

    def change(scenario: Scenario, plan: Plan) -> World:
        for each in changes:
            scenario, plan = each(scenario, plan)
        return scenario, plan

    return change
