"""Rows as CSV (RFC 4180, UTF-8): lists by semicolon, nothing for nothing.

Spreadsheets take cells that begin with certain characters for formulas; such texts get
an apostrophe before them (telephone numbers and other plain numbers do not).
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from movplan_api.views.seen import Row

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-][\d ().-]*\d")


def as_csv(rows: Iterable[Row], columns: Sequence[str]) -> str:
    """A header line and a line per row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    return out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _safe(";".join(_item(part) for part in value))
    return _safe(value) if isinstance(value, str) else str(value)


def _item(part: object) -> str:
    """An item of a list; of a vehicle its name, of an escort's ride its departure."""
    if isinstance(part, dict):
        return str(part.get("vehicle") or part["departure_id"])
    return str(part)


def _safe(text: str) -> str:
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text
