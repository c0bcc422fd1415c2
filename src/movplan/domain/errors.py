"""Errors and issues.

::

    MovplanError
     ├── InputError            the input cannot be planned; carries every Issue found
     ├── ConflictError         pins or contracts contradict each other; carries the set
     ├── StoppedError          stopped before any plan existed
     └── InternalError         a plan broke a rule or did not add up: our fault
"""

from collections.abc import Sequence

from movplan.domain.rows import Frozen


class Issue(Frozen):
    """One thing wrong with the input, or worth a warning.

    ``table``, ``key`` and ``column`` say where in the scenario; ``file`` and ``row``
    where in the folder (row counts from 1 for the header line, as editors show it).
    """

    code: str
    table: str
    key: str = ""
    column: str = ""
    value: str = ""
    problem: str
    expected: str = ""
    severity: str = "error"
    file: str = ""
    row: int | None = None
    family_id: str | None = None

    def __str__(self) -> str:
        place = self.file or self.table
        if self.row is not None:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        value = f" {self.value!r}:" if self.value else ""
        hint = f" ({self.expected})" if self.expected else ""
        return f"{place}:{value} {self.problem}{hint}"


class MovplanError(Exception):
    """Root of every error movplan raises on purpose."""


class InputError(MovplanError):
    """The input cannot be planned; ``issues`` lists everything that is wrong."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("\n".join(str(issue) for issue in self.issues))


class ConflictError(MovplanError):
    """Pins, must-travel families or contracts cannot all hold together.

    ``conflict`` holds sentences naming each member of one conflicting set, then what
    they fight over; the set was confirmed by solving it again, and every proper subset
    of it is satisfiable.
    """

    def __init__(self, conflict: Sequence[str]) -> None:
        self.conflict = tuple(conflict)
        super().__init__("These cannot all hold:\n" + "\n".join(self.conflict))


class StoppedError(MovplanError):
    """The search was stopped before any plan existed."""


class InternalError(MovplanError):
    """A plan failed its own checks: a defect of movplan, never a plan."""
