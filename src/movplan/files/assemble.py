"""Raw scenario to ``Scenario``: every row parsed, every issue found and located."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from movplan.domain.errors import Issue
from movplan.domain.scenario import Scenario
from movplan.domain.validation import find_issues
from movplan.domain.validation.lookup import Lookup
from movplan.domain.validation.references import NOT_AN_ID, unknown_names
from movplan.files.header import parse_header
from movplan.files.raw import RawRow, RawScenario
from movplan.files.rows import ParsedTable, RowParser, zones_of


@dataclass(frozen=True, slots=True)
class Assembled:
    """The scenario of the good rows (``None``: bad header) and all issues, located.

    ``tables`` keeps where rows stood and the raw rows that could not be read.
    """

    scenario: Scenario | None
    tables: dict[str, ParsedTable]
    issues: tuple[Issue, ...]

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The issues that are errors."""
        return tuple(issue for issue in self.issues if issue.severity == "error")


def assemble(raw: RawScenario) -> Assembled:
    """Parse header and rows, then look at how the rows fit together."""
    empty, issues = parse_header(raw.header, raw.header_file)
    parser = RowParser(zones_of(raw.tables.get("places", [])))
    tables = {
        table: parser.parse_table(table, raw.tables.get(table, []))
        for table in Scenario.TABLES
    }
    located = [*issues, *_with_family(parser.issues, tables)]
    if empty is None:
        return Assembled(None, tables, (*raw.issues, *_as_read(located)))
    rows: dict[str, Any] = {name: tuple(found.rows) for name, found in tables.items()}
    scenario = empty.model_copy(update=rows)
    located += _with_family(_dangling_in_broken(scenario, tables), tables)
    found = find_issues(scenario, broken=_broken_cells(tables))
    located += locate(found, tables, raw.header_file)
    return Assembled(scenario, tables, (*raw.issues, *_as_read(located)))


def _as_read(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Errors before warnings, file by file, row by row: as they will be mended."""
    tables = {name: position for position, name in enumerate(Scenario.TABLES)}
    return tuple(
        sorted(
            issues,
            key=lambda issue: (
                issue.severity != "error",
                tables.get(issue.table, -1),
                -1 if issue.row is None else issue.row,
            ),
        )
    )


def _broken_cells(tables: dict[str, ParsedTable]) -> dict[str, list[dict[str, Any]]]:
    """Cells of the rows that exist but could not be read, by table."""
    return {
        table: [raw.cells for raw in found.broken]
        for table, found in tables.items()
        if found.broken
    }


def _dangling_in_broken(
    scenario: Scenario, tables: dict[str, ParsedTable]
) -> Iterator[Issue]:
    """Ids named in vain by rows that could not be read for another reason."""
    lookup = Lookup(scenario, _broken_cells(tables))
    for table, found in tables.items():
        for raw in found.broken:
            for column, name, hint in unknown_names(lookup, table, raw.cells):
                yield raw.issue(
                    code="UNKNOWN_ID",
                    column=column,
                    value=name,
                    problem=NOT_AN_ID,
                    expected=hint,
                )


def _id_column(table: str) -> str:
    return Scenario.TABLES[table].KEY[0]


def locate(
    issues: Iterable[Issue], tables: dict[str, ParsedTable], header_file: str
) -> list[Issue]:
    """The issues with file and row of the row they name; a duplicate's last row."""
    places: dict[str, dict[str, list[RawRow]]] = {}
    located = []
    for issue in issues:
        if issue.table not in tables:
            located.append(issue.model_copy(update={"file": header_file}))
            continue
        if issue.table not in places:
            places[issue.table] = _by_key(tables[issue.table])
        raws = places[issue.table].get(issue.key)
        if raws is None:
            located.append(issue)
            continue
        raw = raws[-1 if issue.code == "DUPLICATE_KEY" else 0]
        located.append(issue.model_copy(update={"file": raw.file, "row": raw.row}))
    return located


def _by_key(parsed: ParsedTable) -> dict[str, list[RawRow]]:
    found: dict[str, list[RawRow]] = {}
    for row, raw in zip(parsed.rows, parsed.raws, strict=True):
        found.setdefault(row.key, []).append(raw)
    return found


def _with_family(
    issues: Iterable[Issue], tables: dict[str, ParsedTable]
) -> list[Issue]:
    """The parser's issues with the family each belongs to, and the row's id."""
    listed = list(issues)
    if not listed:
        return []
    broken = {
        (raw.file, raw.row, raw.table): raw
        for found in tables.values()
        for raw in found.broken
    }
    family_of = FamilyOf(tables)
    named = []
    for issue in listed:
        raw = broken[issue.file, issue.row, issue.table]
        key = str(raw.cells.get(_id_column(raw.table), ""))
        update = {"key": key, "family_id": family_of.raw(raw)}
        named.append(issue.model_copy(update=update))
    return named


class FamilyOf:
    """The family a raw row is about, if it is about one."""

    def __init__(self, tables: dict[str, ParsedTable]) -> None:
        members = tables["members"]
        self._by_member = {
            _text(raw, "member_id"): _text(raw, "family_id")
            for raw in (*members.raws, *members.broken)
        }

    def raw(self, raw: RawRow) -> str | None:
        """The family of a row of families, members, medical, documents, assignments."""
        if raw.table in ("families", "members", "assignments"):
            return _text(raw, "family_id") or None
        if raw.table in ("medical", "documents"):
            return self._by_member.get(_text(raw, "member_id")) or None
        return None


def _text(raw: RawRow, column: str) -> str:
    return str(raw.cells.get(column, "")).strip()
