"""Rule parameters, overrides, levels and minimums."""

from collections import Counter
from collections.abc import Iterator

from movplan.domain.errors import Issue
from movplan.domain.rules import Rule, Value, default_rules
from movplan.domain.validation.lookup import Lookup, closest

# The rules of type O, by the names their checks have (held equal by a test).
OVERRIDABLE = frozenset(
    {
        "appointments",
        "escort_cover",
        "open_to_programme",
        "overnight_transit",
        "place_capacity",
        "place_open",
        "travels_with",
    }
)


def unknown_rules(lookup: Lookup) -> Iterator[Issue]:
    """A scenario's rules are rules that something reads."""
    shipped = default_rules()
    for rule in lookup.scenario.rules:
        if rule.name not in shipped:
            yield lookup.error(
                "rules",
                rule,
                "name",
                "no rule has that name",
                code="UNKNOWN_RULE",
                expected=closest(rule.name, shipped, what="rules"),
            )


def bad_rule_values(lookup: Lookup) -> Iterator[Issue]:
    """A rule's values are of the shipped kind and not negative."""
    shipped = default_rules()
    for rule in lookup.scenario.rules:
        if rule.name not in shipped:
            continue
        wanted = shipped[rule.name].value
        values = (rule.value, *(override.value for override in rule.overrides))
        for value in values:
            if not _fits(value, wanted):
                yield _bad_rule(lookup, rule, value, wanted)


def _fits(value: Value, wanted: Value) -> bool:
    if type(value) is not type(wanted):
        return False
    return not isinstance(value, int) or value >= 0


def _bad_rule(lookup: Lookup, rule: Rule, value: Value, wanted: Value) -> Issue:
    issue = lookup.error(
        "rules",
        rule,
        "value",
        "does not fit the rule",
        code="BAD_VALUE",
        expected=f"{rule.unit}, e.g. {wanted}",
    )
    return issue.model_copy(update={"value": str(value)})


def unknown_rule_scopes(lookup: Lookup) -> Iterator[Issue]:
    """Rule values are for programmes, destinations and carriers that exist."""
    scenario = lookup.scenario
    countries = {place.country for place in scenario.places}
    known = {
        "programme": lookup.ids("programmes"),
        "destination": lookup.ids("places") | countries,
        "carrier": frozenset(d.carrier for d in scenario.departures if d.carrier),
    }
    for rule in scenario.rules:
        for override in rule.overrides:
            for column, names in known.items():
                name = getattr(override, column)
                if name is not None and name not in names:
                    yield lookup.warning(
                        "rules",
                        rule,
                        "overrides",
                        f"no {column} is called {name!r}: the value is never used",
                        code="UNKNOWN_ID",
                        expected=closest(name, names, what=f"{column}s"),
                    )


def bad_overrides(lookup: Lookup) -> Iterator[Issue]:
    """A named authority sets aside only rules that may be (type O)."""
    for override in lookup.scenario.overrides:
        if override.rule not in OVERRIDABLE:
            yield lookup.error(
                "overrides",
                override,
                "rule",
                "is not a rule that a named authority may set aside",
                code="UNKNOWN_RULE",
                expected=closest(override.rule, OVERRIDABLE, what="rules"),
            )


def bad_levels(lookup: Lookup) -> Iterator[Issue]:
    """Levels and minimums have names of their own; a minimum asks for something."""
    scenario = lookup.scenario
    for column in ("levels", "minimums"):
        names = Counter(item.name for item in getattr(scenario, column))
        for name, times in names.items():
            if times > 1:
                yield _header_error(column, name, "appears more than once", "own names")
    for minimum in scenario.minimums:
        if (minimum.persons is None) == (minimum.percent is None):
            problem = "asks for persons and percent, or for neither"
            yield _header_error("minimums", minimum.name, problem, "one of the two")
        elif minimum.percent is not None and minimum.percent > 100:
            problem = f"asks for {minimum.percent} percent"
            yield _header_error("minimums", minimum.name, problem, "0 to 100")


def _header_error(column: str, name: str, problem: str, expected: str) -> Issue:
    return Issue(
        code="BAD_VALUE",
        table="scenario",
        key=name,
        column=column,
        value=name,
        problem=problem,
        expected=expected,
    )
