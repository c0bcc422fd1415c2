"""Values, units and types of rule parameters: sense, and nothing loosened unsaid."""

import re
from collections.abc import Iterator

from movplan.domain.errors import Issue
from movplan.domain.rules import Rule, RuleOverride, Value, default_rules
from movplan.domain.strictest import strictest
from movplan.domain.validation.lookup import Lookup
from movplan.domain.words import RuleType

WEEKDAYS = re.compile(r"[1-7]+")
# Least and most by how the unit begins; what is counted has no most.
BY_UNIT: dict[str, tuple[int, int]] = {
    "hour of the day": (0, 24),
    "hour;": (0, 24),
    "hours": (0, 8760),
    "minutes": (0, 10_080),
    "working days": (0, 260),
    "days": (0, 3650),
    "completed weeks": (0, 45),
    "weeks": (0, 45),
    "years": (0, 120),
    "km per hour": (1, 1200),
}
# Of parameters whose unit does not tell. All seats kept spare would move nobody; a road
# is never shorter than the great circle; a wheelchair never changes faster.
BY_NAME: dict[str, tuple[int, int]] = {
    "spare_percent": (0, 99),
    "border_opens_hour": (0, 23),
    "lapse_bonus_percent": (0, 1000),
    "road_factor_percent": (100, 1000),
    "wheelchair_connection_factor": (1, 100),
}
MOST = 1_000_000_000
# Parameters that have to be in this order to be kept by anything.
IN_ORDER = (
    ("infant_age_years", "child_age_years"),
    ("child_age_years", "adult_age_years"),
    ("drive_from_hour", "drive_until_hour"),
    ("border_opens_hour", "border_closes_hour"),
    ("pec_hours_min", "pec_hours_max"),
    ("pregnancy_certificate_week", "pregnancy_refuse_week"),
)


def bad_rule_values(lookup: Lookup) -> Iterator[Issue]:
    """A rule's values are of the shipped kind, and make sense in its unit."""
    for rule, shipped in _known(lookup):
        values = (rule.value, *(override.value for override in rule.overrides))
        for value in values:
            if not _fits(rule.name, value, shipped.value):
                yield _bad_value(lookup, shipped, rule, value)


def rule_range(name: str) -> tuple[int, int]:
    """Least and most that a parameter can sensibly be."""
    if name in BY_NAME:
        return BY_NAME[name]
    unit = default_rules()[name].unit
    found = (span for start, span in BY_UNIT.items() if unit.startswith(start))
    return next(found, (0, MOST))


def _fits(name: str, value: Value, wanted: Value) -> bool:
    if type(value) is not type(wanted):
        return False
    if isinstance(value, str):
        return WEEKDAYS.fullmatch(value) is not None
    least, most = rule_range(name)
    return least <= value <= most


def _bad_value(lookup: Lookup, shipped: Rule, rule: Rule, value: Value) -> Issue:
    span = ""
    if isinstance(shipped.value, int):
        least, most = rule_range(rule.name)
        span = f"a whole number of {least} or more, "
        if most < MOST:
            span = f"a whole number from {least} to {most}, "
    issue = lookup.error(
        "rules",
        rule,
        "value",
        f"is no value that {rule.name} can have",
        code="BAD_VALUE",
        expected=f"{span}in {shipped.unit}, e.g. {shipped.value}",
    )
    return issue.model_copy(update={"value": str(value)})


def changed_units(lookup: Lookup) -> Iterator[Issue]:
    """Unit and type are the shipped ones: values are read in no other unit."""
    for rule, shipped in _known(lookup):
        for column in ("unit", "type"):
            wanted = str(getattr(shipped, column))
            if str(getattr(rule, column)) != wanted:
                yield lookup.error(
                    "rules",
                    rule,
                    column,
                    f"is not the {column} of {rule.name}",
                    code="BAD_VALUE",
                    expected=f"{wanted}, or leave it out",
                )


def values_out_of_order(lookup: Lookup) -> Iterator[Issue]:
    """Pairs of values that contradict each other: nothing could keep them."""
    own = {rule.name: rule for rule, _ in _known(lookup)}
    for first, then in IN_ORDER:
        one, other = lookup.rule_int(first), lookup.rule_int(then)
        if one <= other or not {first, then} & own.keys():
            continue
        at = own.get(then) or own[first]
        yield lookup.error(
            "rules",
            at,
            "value",
            f"{first} is {one}, more than {then}, which is {other}",
            code="BAD_VALUE",
            expected=f"{first} of at most {then}",
        )


def laxer_than_shipped(lookup: Lookup) -> Iterator[Issue]:
    """A parameter of type H that allows more than the shipped one is worth a warning.

    The strictest of both values is then the shipped one.
    """
    for rule, shipped in _known(lookup):
        if shipped.type is not RuleType.HARD:
            continue
        own = RuleOverride(value=rule.value)
        for each in (own, *rule.overrides):
            usual = shipped.value_for(
                programme=each.programme,
                destination=(each.destination,) if each.destination else (),
                carrier=each.carrier,
            )
            if each.value != usual and _is_laxer(rule.name, each.value, usual):
                yield _laxer(lookup, rule, each.value, usual)


def _is_laxer(name: str, value: Value, usual: Value) -> bool:
    both = isinstance(value, int) and isinstance(usual, int)
    return both and strictest(name, (int(value), int(usual))) == usual


def _laxer(lookup: Lookup, rule: Rule, value: Value, usual: Value) -> Issue:
    issue = lookup.warning(
        "rules",
        rule,
        "value",
        f"is laxer than the shipped {usual} of {rule.name}, a rule of type H that is"
        " never broken",
        code="LAXER",
        expected=f"{usual}, or a source that allows it",
    )
    return issue.model_copy(update={"value": str(value)})


def _known(lookup: Lookup) -> Iterator[tuple[Rule, Rule]]:
    """The scenario's rules that something reads, each with the shipped one."""
    shipped = default_rules()
    for rule in lookup.scenario.rules:
        if rule.name in shipped:
            yield rule, shipped[rule.name]
