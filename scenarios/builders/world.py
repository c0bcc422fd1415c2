"""A scenario written by hand: its tables, levels, parameters and exceptions."""

from typing import Any, Unpack

from movplan.domain.assignments import Override
from movplan.domain.rules import Rule, RuleOverride, Value, default_rules
from movplan.domain.scenario import Horizon, Level, Scenario
from movplan.domain.words import EvidenceLabel, Measure
from scenarios.builders.columns import Tables
from scenarios.builders.days import AS_OF, day

ASSUMPTIONS = (
    "Families are invented; no person stands behind them.",
    "Flights, carriers' figures and prices are illustrative.",
)
LEVELS = (
    Level(name="moved", measure=Measure.WEIGHTED_PERSONS),
    Level(name="waiting", measure=Measure.WAITING_DAYS),
    Level(name="cost", measure=Measure.COST),
)


def rule(name: str, value: Value | None, source: str, **carriers: Value) -> Rule:
    """A parameter of the scenario: the shipped one with another value or carriers."""
    shipped = default_rules()[name]
    by_carrier = tuple(RuleOverride(carrier=c, value=v) for c, v in carriers.items())
    return shipped.model_copy(
        update={
            "value": shipped.value if value is None else value,
            "source": source,
            "label": EvidenceLabel.COMMON_PRACTICE,
            "overrides": (*by_carrier, *shipped.overrides),
        }
    )


def approved(name: str, scope: str, reason: str) -> Override:
    """A named authority sets a rule aside on the day."""
    return Override(
        rule=name,
        scope=scope,
        by="chief of mission",
        reference="MP-2026-0200",
        date=AS_OF.date(),
        reason=reason,
    )


def scenario(name: str, title: str, last: str, **tables: Unpack[Tables]) -> Scenario:
    """The scenario with every table in key order."""
    given: dict[str, Any] = {**tables}
    ordered = {
        table: tuple(sorted(rows, key=lambda row: row.key))
        for table, rows in given.items()
    }
    return Scenario(
        scenario_id=name,
        title=title,
        as_of=AS_OF,
        horizon=Horizon(first=day("04-07"), last=day(last)),
        levels=LEVELS,
        assumptions=ASSUMPTIONS,
        **ordered,
    )
