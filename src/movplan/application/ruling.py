"""Every movement rule with its parameters and how many families it binds."""

from dataclasses import dataclass

from movplan.application.concerned import Facts, concerned
from movplan.application.loading import Loaded
from movplan.domain.aside import Aside
from movplan.domain.rule_sources import RULE_SOURCES
from movplan.domain.rulebook import RULEBOOK, MovementRule, rules_reading
from movplan.domain.rules import Rule, RuleOverride, Value, default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.words import RuleType
from movplan.planning.bound import Bound, find_bound


@dataclass(frozen=True, slots=True)
class Ruling:
    """A rule, or a parameter.

    A parameter has the value of the scenario (else the shipped one) and its values for
    a programme, destination or carrier as ``overrides``; a rule has none, and its
    ``overrides`` are what a named authority has taken out of it. ``rules`` are the
    rules it belongs to, ``families_bound`` the families any of them binds and, of a
    parameter, that it can concern (``concerned``); ``families_in_want`` those of them
    that nothing takes a way from by itself: they may want something of which there is
    not enough for all.
    """

    name: str
    value: Value | None
    unit: str
    type: RuleType
    source: str
    label: str
    families_bound: int
    families_in_want: int
    rules: tuple[str, ...]
    overrides: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """The first rule it belongs to; empty for prices and assumptions."""
        return self.rules[0] if self.rules else ""


def rulings(loaded: Loaded) -> tuple[Ruling, ...]:
    """Rules in the order of the rulebook, each followed by its parameters by name.

    A rule named as its parameter is that one row; a parameter of several rules stands
    with the first, those of none (prices, assumptions) at the end. Screens and
    builds the model; solves nothing.
    """
    scenario = loaded.scenario
    bound, facts = find_bound(scenario), Facts(scenario)
    found: list[Ruling] = []
    listed: set[str] = set()
    for rule in RULEBOOK:
        if rule.name not in rule.parameters:
            found.append(_of_rule(scenario, rule, _counted(bound, (rule.name,))))
        for name in sorted(set(rule.parameters) - listed):
            readers = tuple(reader.name for reader in rules_reading(name))
            counts = _counted(bound, readers, concerned(facts, name))
            found.append(_of_parameter(scenario.rule(name), readers, counts))
        listed.update(rule.parameters)
    others = sorted(set(default_rules()) - listed)
    found += [_of_parameter(scenario.rule(name), (), (0, 0)) for name in others]
    return tuple(found)


def _counted(
    bound: Bound, rules: tuple[str, ...], among: frozenset[str] | None = None
) -> tuple[int, int]:
    """Families (``among`` some) any of the rules binds; those of them only in want."""
    families = frozenset[str]().union(*(bound.by(rule) for rule in rules))
    alone = frozenset[str]().union(*(bound.alone.get(rule, ()) for rule in rules))
    if among is not None:
        families, alone = families & among, alone & among
    return len(families), len(families - alone)


def _of_rule(scenario: Scenario, rule: MovementRule, counts: tuple[int, int]) -> Ruling:
    origin = RULE_SOURCES[rule.name]
    return Ruling(
        name=rule.name,
        value=None,
        unit="",
        type=rule.type,
        source=origin.source,
        label=origin.label_text,
        families_bound=counts[0],
        families_in_want=counts[1],
        rules=(rule.name,),
        overrides=tuple(
            f"{row.scope} by {row.by} ({row.reference}, {row.date})"
            for row in Aside(scenario, rule.name).overrides
        ),
    )


def _of_parameter(
    rule: Rule, readers: tuple[str, ...], counts: tuple[int, int]
) -> Ruling:
    return Ruling(
        name=rule.name,
        value=rule.value,
        unit=rule.unit,
        type=rule.type,
        source=rule.source,
        label=rule.label.value,
        families_bound=counts[0],
        families_in_want=counts[1],
        rules=readers,
        overrides=tuple(_in_words(override) for override in rule.overrides),
    )


def _in_words(override: RuleOverride) -> str:
    """For whom a value is another, e.g. ``carrier TK: 2``."""
    dimensions = (
        ("programme", override.programme),
        ("destination", override.destination),
        ("carrier", override.carrier),
    )
    named = ", ".join(f"{what} {name}" for what, name in dimensions if name is not None)
    return f"{named or 'everybody'}: {override.value}"
