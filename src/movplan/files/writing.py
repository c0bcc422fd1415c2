"""Writing a scenario as a folder or a JSON document, whole or not at all."""

from datetime import datetime, time
from enum import Enum
from pathlib import Path

from movplan.domain.errors import InputError, Issue
from movplan.domain.rows import Row
from movplan.domain.scenario import Scenario
from movplan.files.atomic import write_all, write_whole
from movplan.files.canonical import canonical, canonical_json
from movplan.files.columns import CSV_TABLES, REQUIRED_TABLES, Column
from movplan.files.columns import table_columns as columns_of
from movplan.files.folder import HEADER_FILE, RULES_FILE
from movplan.files.header import header_yaml, rules_yaml
from movplan.files.tidy import LIST_SEPARATOR


def write_json(scenario: Scenario, path: Path | str) -> None:
    """Write the canonical form as one JSON document with stable bytes."""
    text = canonical(scenario).model_dump_json()
    write_whole(Path(path), canonical_json(text))


def write_folder(scenario: Scenario, path: Path | str) -> None:
    """Write the canonical form as a folder; tables without rows have no file.

    Columns in which every row has the default are left out. Other files of the folder
    (a README) stay; files of tables that have no rows any more go.
    """
    folder = Path(path)
    plain = canonical(scenario)
    texts = {HEADER_FILE: header_yaml(plain)}
    if plain.rules:
        texts[RULES_FILE] = rules_yaml(plain.rules)
    for table in CSV_TABLES:
        rows = getattr(plain, table)
        if rows or table in REQUIRED_TABLES:
            texts[f"{table}.csv"] = table_csv(table, rows)
    write_all(folder, texts)
    for name in (RULES_FILE, *(f"{table}.csv" for table in CSV_TABLES)):
        if name not in texts:
            (folder / name).unlink(missing_ok=True)


def table_csv(table: str, rows: tuple[Row, ...]) -> str:
    """A table as CSV text with the columns that say something."""
    import pandas as pd  # a fifth of a second that reading does not need

    cells = {}
    for column in columns_of(table).values():
        values = [getattr(row, column.name) for row in rows]
        if column.required or any(value != column.default for value in values):
            cells[column.name] = [cell_text(column, value) for value in values]
    frame = pd.DataFrame(cells, dtype=str)
    text: str = frame.to_csv(index=False, lineterminator="\n")
    return text


def cell_text(column: Column, value: object) -> str:
    """A value as it stands in a cell; ``None`` and empty lists are empty cells."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        items = [_word(item) for item in value]
        _refuse_separator(column, items)
        return LIST_SEPARATOR.join(items)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, time):
        return value.isoformat(
            "auto" if value.second or value.microsecond else "minutes"
        )
    return _word(value)


def instant_text(value: datetime) -> str:
    """ISO time with offset, without seconds that are zero."""
    whole = not value.second and not value.microsecond
    return value.isoformat(timespec="minutes" if whole else "auto")


def _word(value: object) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)


def _refuse_separator(column: Column, items: list[str]) -> None:
    for item in items:
        if LIST_SEPARATOR in item:
            issue = Issue(
                code="BAD_VALUE",
                table="",
                column=column.name,
                value=item,
                problem="a list item contains ';' and cannot be written as CSV",
            )
            raise InputError([issue])
