"""Names and scopes of rule parameters; overrides, levels and minimums."""

from collections import Counter
from collections.abc import Iterator

from movplan.domain.aside import EVERYTHING
from movplan.domain.assignments import Override
from movplan.domain.errors import Issue
from movplan.domain.rulebook import BY_NAME, OVERRIDABLE
from movplan.domain.rules import default_rules
from movplan.domain.validation.lookup import Lookup, closest
from movplan.domain.values import dimensions

BAGS = (
    "a value by programme or destination, or the column luggage_kg of families and"
    " members: bags are the same on every ride"
)
# Where the difference is written instead, of parameters that are one for all.
INSTEAD = {
    "luggage_kg_per_person": BAGS,
    "luggage_kg_per_infant": BAGS,
    "escort_rest_hours": "one value for all, or the column rest_hours of escorts",
    "assumed_transfer_km": "one value for all, or a row in transfers",
    "assumed_transfer_kmh": "one value for all, or a row in transfers",
    "assumed_transfer_price_per_km_cents": "one value for all, or a row in transfers",
    "assumed_escort_kmh": "one value for all, or a row in escort_travel",
    "assumed_escort_price_per_km_cents": "one value for all, or a row in escort_travel",
    "road_factor_percent": "one value for all, or the column distance_km",
}


def unknown_rules(lookup: Lookup) -> Iterator[Issue]:
    """A scenario's rules are rules that something reads."""
    shipped = default_rules()
    for rule in lookup.scenario.rules:
        if rule.name not in shipped:
            yield lookup.error(
                "rules",
                rule,
                "name",
                f"no rule has the name {rule.name}",
                code="UNKNOWN_RULE",
                expected=closest(rule.name, shipped, what="rules"),
            )


def unread_rule_scopes(lookup: Lookup) -> Iterator[Issue]:
    """A value is for what the parameter can differ by: never ignored, but refused."""
    for rule in lookup.scenario.rules:
        if rule.name not in default_rules():
            continue
        read = dimensions(rule.name)
        for override in rule.overrides:
            for column in ("programme", "destination", "carrier"):
                if getattr(override, column) is not None and column not in read:
                    issue = lookup.error(
                        "rules",
                        rule,
                        "overrides",
                        f"{rule.name} cannot differ by {column}",
                        code="NOT_READ",
                        expected=_instead(rule.name, column),
                    )
                    yield issue.model_copy(
                        update={"value": str(getattr(override, column))}
                    )


def _instead(name: str, column: str) -> str:
    """What to write where a parameter has no values by a dimension."""
    if name in INSTEAD:
        return INSTEAD[name]
    read = dimensions(name)
    if read:
        return f"a value by {' or '.join(read)}: no {column} is known when it is read"
    return "one value for all"


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
                read = column in dimensions(rule.name)
                if read and name is not None and name not in names:
                    issue = lookup.warning(
                        "rules",
                        rule,
                        "overrides",
                        f"no {column} is called {name!r}: the value is never used",
                        code="UNKNOWN_ID",
                        expected=closest(name, names, what=f"{column}s"),
                    )
                    yield issue.model_copy(update={"value": name})


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
            continue
        yield from _idle_override(lookup, override)


def _idle_override(lookup: Lookup, override: Override) -> Iterator[Issue]:
    """An override that changes nothing is worth a warning."""
    tables = BY_NAME[override.rule].scopes
    known = frozenset[str]().union(*(lookup.ids(table) for table in tables))
    if override.scope != EVERYTHING and override.scope not in known:
        yield lookup.warning(
            "overrides",
            override,
            "scope",
            f"is nothing that {override.rule} can be set aside for",
            code="UNKNOWN_ID",
            expected=closest(override.scope, known, what=" or ".join(tables)),
        )
    today = lookup.scenario.as_of.date()
    if override.date > today:
        yield lookup.warning(
            "overrides",
            override,
            "date",
            f"is after as_of {today}: the override does not count yet",
            code="NOT_YET",
            expected=f"{today} or earlier",
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
