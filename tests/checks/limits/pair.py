"""A rule's limit: the world at it, which is kept, and one step beyond, which is not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from movplan.domain.plan import Plan
from movplan.domain.rules import Value
from movplan.domain.scenario import Scenario
from tests.checks.broken.tools import Break, World, both, row, rule_value

Change = Callable[[Scenario, Plan], World]


@dataclass(frozen=True)
class Pair:
    """Two worlds that differ in one value; ``why`` says the arithmetic of the limit.

    ``parameter`` is the rule parameter that the value is of, if it is of one.
    """

    rule: str
    why: str
    change: Callable[[Any], Change]
    at: Any
    beyond: Any
    says: str
    parameter: str = ""
    implies: frozenset[str] = frozenset()
    raw: bool = False

    @property
    def name(self) -> str:
        """For the list of tests."""
        return f"{self.rule}: {self.why}"

    def world(self, value: Any) -> World:
        """The scenario and the plan with a value."""
        return Break(self.rule, self.why, self.change(value), raw=self.raw).world()


def of_parameter(
    rule: str,
    name: str,
    values: tuple[Value, Value],
    why: str,
    says: str,
    *first: Change,
) -> Pair:
    """A rule parameter at its limit and beyond, after other changes of the world."""
    return Pair(
        rule=rule,
        why=f"{name}, {why}",
        change=lambda value: both(*first, rule_value(name, value)),
        at=values[0],
        beyond=values[1],
        says=says,
        parameter=name,
    )


def of_column(
    rule: str,
    where: tuple[str, str, str],
    values: tuple[Any, Any],
    why: str,
    says: str,
    *first: Change,
) -> Pair:
    """A column of a row at its limit and beyond: ``where`` is table, key, column."""
    table, key, column = where
    return Pair(
        rule=rule,
        why=f"{key} {column}, {why}",
        change=lambda value: both(*first, row(table, key, **{column: value})),
        at=values[0],
        beyond=values[1],
        says=says,
    )
