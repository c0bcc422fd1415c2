"""What a reader hands on: a header and tables of raw rows, each with its position.

The folder, the JSON document and, later, an Excel workbook differ only up to here.
"""

from dataclasses import dataclass, field
from typing import Any

from movplan.domain.errors import Issue


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row before validation. Cells of a CSV are strings; empty ones are absent.

    ``row`` counts as editors do, the header line being 1; in a JSON document it is the
    position in its list, from 1. ``jalali`` names columns declared as Solar Hijri.
    """

    table: str
    file: str
    row: int | None
    cells: dict[str, Any]
    jalali: frozenset[str] = frozenset()

    def issue(
        self,
        *,
        code: str,
        column: str,
        value: object,
        problem: str,
        expected: str = "",
    ) -> Issue:
        """An issue at a cell of this row."""
        return Issue(
            code=code,
            table=self.table,
            column=column,
            value="" if value is None else str(value),
            problem=problem,
            expected=expected,
            file=self.file,
            row=self.row,
        )


@dataclass(frozen=True, slots=True)
class RawScenario:
    """The header and the tables as they were found, with what could not be read."""

    header: dict[str, Any]
    header_file: str
    tables: dict[str, list[RawRow]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
