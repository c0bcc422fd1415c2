"""Applying changes to a scenario: a new scenario, or every reason why not."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from movplan.application.revise import closed_line, closure_of, made, scaled, updated
from movplan.domain.budgets import BudgetLine
from movplan.domain.changes import EVERY_ROW, Change, Verb, describe, refusal
from movplan.domain.errors import InputError, Issue
from movplan.domain.rows import Row
from movplan.domain.rules import default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.validation import find_issues
from movplan.domain.validation.lookup import closest
from movplan.domain.words import DepartureStatus
from movplan.files.times import find_zone

# Rows that are nothing without the row they belong to: (table, column that names it).
BELONGINGS = {
    "members": (("medical", "member_id"), ("documents", "member_id")),
    "escorts": (("payers", "subject_id"),),
}


def apply_changes(scenario: Scenario, changes: Iterable[Change]) -> Scenario:
    """The scenario after all changes, in order; changed tables are in key order.

    Raises ``InputError`` for changes that cannot be made (all of them), or with the
    errors that the changed scenario has and the given one had not.
    """
    tables = _Tables(scenario)
    issues: list[Issue] = []
    for change in changes:
        try:
            tables.apply(change)
        except InputError as error:
            issues += error.issues
    if issues:
        raise InputError(issues)
    changed = tables.scenario()
    _refuse_new_errors(scenario, changed)
    return changed


def _refuse_new_errors(before: Scenario, after: Scenario) -> None:
    errors = [issue for issue in find_issues(after) if issue.severity == "error"]
    if errors:
        known = set(find_issues(before))
        errors = [issue for issue in errors if issue not in known]
    if errors:
        raise InputError(errors)


class _Tables:
    """The tables while they are being changed: rows by key."""

    def __init__(self, scenario: Scenario) -> None:
        self._given = scenario
        self._changed: dict[str, dict[str, Row]] = {}

    def scenario(self) -> Scenario:
        rows = {
            name: tuple(sorted(table.values(), key=lambda row: row.sort_key))
            for name, table in self._changed.items()
        }
        return self._given.model_copy(update=rows)

    def apply(self, change: Change) -> None:
        if change.table not in Scenario.TABLES:
            expected = closest(change.table, Scenario.TABLES, what="tables")
            raise refusal(describe(change), "there is no such table", expected)
        if change.verb is Verb.ADD:
            self._add(change)
            return
        for row in self._rows(change):
            self._apply_to_row(change, row)

    def _apply_to_row(self, change: Change, row: Row) -> None:
        match change.verb:
            case Verb.UPDATE:
                self._replace(change.table, row, updated(change, row, self._zones()))
            case Verb.SCALE:
                self._replace(change.table, row, scaled(change, row))
            case Verb.CLOSE:
                self._close(change, row)
            case _:
                self._withdraw(change.table, row)

    def _table(self, name: str) -> dict[str, Row]:
        if name not in self._changed:
            self._changed[name] = {row.key: row for row in getattr(self._given, name)}
        return self._changed[name]

    def _zones(self) -> dict[str, ZoneInfo]:
        """Time zone by place id, as the places are now."""
        places = self._changed.get("places")
        rows = self._given.places if places is None else places.values()
        found = {row.key: find_zone(getattr(row, "timezone", "")) for row in rows}
        return {key: zone for key, zone in found.items() if zone is not None}

    def _rows(self, change: Change) -> list[Row]:
        table = self._table(change.table)
        if change.key == EVERY_ROW:
            return list(table.values())
        if change.table == "rules":
            table = {**default_rules(), **table}
        if change.key not in table:
            expected = closest(change.key, table, what=change.table)
            problem = f"no row of {change.table} has that key"
            raise refusal(describe(change), problem, expected)
        return [table[change.key]]

    def _add(self, change: Change) -> None:
        row = made(change, self._zones())
        if row.key in self._table(change.table):
            raise refusal(describe(change), "the row exists already", "an update of it")
        self._table(change.table)[row.key] = row

    def _replace(self, table: str, row: Row, changed: Row) -> None:
        rows = self._table(table)
        if changed.key != row.key:
            if changed.key in rows:
                problem = f"{changed.key} is another row of {table}"
                raise refusal(f"{table} {row.key}", problem, "a key not in use")
            rows.pop(row.key, None)
        rows[changed.key] = changed

    def _withdraw(self, table: str, row: Row) -> None:
        if table == "families":
            withdrawn = {"consent_withdrawn": self._given.as_of.date()}
            self._replace(table, row, row.model_copy(update=withdrawn))
        elif table == "departures":
            cancelled = {"status": DepartureStatus.CANCELLED}
            self._replace(table, row, row.model_copy(update=cancelled))
        else:
            self._table(table).pop(row.key, None)
            self._remove_belongings(table, row.key)

    def _remove_belongings(self, table: str, key: str) -> None:
        for other, column in BELONGINGS.get(table, ()):
            rows = self._table(other)
            for row in [r for r in rows.values() if getattr(r, column) == key]:
                del rows[row.key]

    def _close(self, change: Change, row: Row) -> None:
        first, last = change.date_from, change.date_until
        if first is None or last is None:
            expected = "close 2026-05-01..2026-05-04"
            raise refusal(describe(change), "has no dates", expected)
        if change.table == "places":
            closure = closure_of(row.key, first, last)
            self._table("closures")[closure.key] = closure
        elif isinstance(row, BudgetLine):
            self._replace(change.table, row, closed_line(change, row, first, last))
        else:
            problem = f"{change.table} cannot be closed"
            expected = "a place or a budget line; departures are cancelled"
            raise refusal(describe(change), problem, expected)
