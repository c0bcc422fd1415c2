"""The scenario's header: what stands beside the tables in ``scenario.yaml``."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml
from pydantic import ValidationError

from movplan.domain.errors import Issue
from movplan.domain.rules import Rule, default_rules
from movplan.domain.scenario import Scenario
from movplan.files.cells import TOMAN, TOMAN_HINT
from movplan.files.columns import HEADER_FIELDS, REQUIRED_TABLES
from movplan.files.raw import RawRow
from movplan.files.spots import spots
from movplan.files.times import OLDEST_YEAR

NO_ROWS: dict[str, Any] = dict.fromkeys(REQUIRED_TABLES, ())


def parse_header(
    header: dict[str, Any], file: str
) -> tuple[Scenario | None, list[Issue]]:
    """The header as a scenario without rows, or what is wrong with it."""
    raw = RawRow("scenario", file, None, header)
    issues = list(_odd_values(raw))
    try:
        empty = Scenario.model_validate({**header, **NO_ROWS})
    except ValidationError as error:
        return None, [*issues, *_header_issues(raw, error)]
    return (None if issues else empty), issues


def _header_issues(raw: RawRow, error: ValidationError) -> Iterator[Issue]:
    for spot in spots(Scenario, error):
        unknown = spot.problem == "unknown field" and "." not in spot.path
        known = "one of: " + ", ".join(HEADER_FIELDS)
        yield raw.issue(
            code="MISSING" if spot.missing else "BAD_VALUE",
            column=spot.path,
            value=spot.value,
            problem=spot.problem,
            expected=known if unknown else _HINTS.get(spot.path, spot.expected),
        )


_HINTS = {
    "as_of": "a time with offset, e.g. 2026-04-20T08:00:00+04:30",
    "horizon": "first: 2026-05-01 and last: 2026-06-30 below it",
    "horizon.first": "a date, e.g. 2026-05-01",
    "horizon.last": "a date, e.g. 2026-06-30",
    "schema_version": "1",
    "scenario_id": "a short name without spaces, e.g. iran-2026",
    "reporting_currency": "three capital letters of ISO 4217, e.g. USD",
}


def _odd_values(raw: RawRow) -> Iterator[Issue]:
    currency = str(raw.cells.get("reporting_currency", ""))
    if currency.upper() in TOMAN:
        yield raw.issue(
            code="BAD_VALUE",
            column="reporting_currency",
            value=currency,
            problem="toman is not an ISO 4217 currency",
            expected=TOMAN_HINT,
        )
    horizon = raw.cells.get("horizon")
    dates = {"as_of": raw.cells.get("as_of")}
    if isinstance(horizon, dict):
        dates |= {f"horizon.{name}": value for name, value in horizon.items()}
    for name, value in dates.items():
        year = value.year if isinstance(value, date) else _year(str(value))
        if year is not None and year < OLDEST_YEAR:
            yield raw.issue(
                code="BAD_VALUE",
                column=name,
                value=value,
                problem=f"the year {year} is before {OLDEST_YEAR}",
                expected="a Gregorian date; Solar Hijri only in columns [jalali]",
            )


def _year(text: str) -> int | None:
    return int(text[:4]) if text[:4].isdigit() and text[4:5] == "-" else None


def rule_rows(rules: dict[str, Any], file: str) -> list[RawRow]:
    """Raw rule rows by name; unit and type default to the shipped rule's."""
    rows = []
    for name, given in rules.items():
        cells = {"name": name, **(given if isinstance(given, dict) else {})}
        if not isinstance(given, dict):
            cells["value"] = given
        cells = {**_assumed(str(name)), **cells}
        rows.append(RawRow("rules", file, None, cells))
    return rows


def _assumed(name: str) -> dict[str, str]:
    """What a rule's row may leave out: unit and type of the shipped one.

    A name that nothing reads is reported as such, not for all that it lacks.
    """
    if name in default_rules():
        shipped = default_rules()[name]
        return {"unit": shipped.unit, "type": shipped.type.value}
    return {"value": "0", "unit": "-", "type": "P", "source": "-", "label": "CP"}


def header_yaml(scenario: Scenario) -> str:
    """The header as YAML; empty groups are left out."""
    header = scenario.model_dump(mode="json", include=set(HEADER_FIELDS))
    for name in ("levels", "minimums"):
        rows = getattr(scenario, name)
        header[name] = [
            row.model_dump(mode="json", exclude_defaults=True) for row in rows
        ]
    return yaml.safe_dump(header, sort_keys=False, allow_unicode=True)


def rules_yaml(rules: tuple[Rule, ...]) -> str:
    """The scenario's own rules as YAML, by name."""
    rows = {}
    for rule in rules:
        row = rule.model_dump(mode="json", exclude={"name"}, exclude_defaults=True)
        rows[rule.name] = row
    return yaml.safe_dump(rows, sort_keys=False, allow_unicode=True)
