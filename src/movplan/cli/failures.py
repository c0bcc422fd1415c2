"""Expected errors become a readable report and an exit code, never a traceback."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer

from movplan.cli.interrupt import STOPPED, TOO_EARLY, Interrupted
from movplan.cli.output import complain, print_json, print_tables
from movplan.domain.errors import (
    ConflictError,
    InputError,
    InternalError,
    Issue,
    StoppedError,
)
from movplan.reports.table import Table, left, wide
from movplan.reports.text import counted

VIOLATIONS = 1
BAD_INPUT = 2
DEFECT = 4


@contextmanager
def failures(*, as_json: bool) -> Iterator[None]:
    """Turn movplan's errors into reports and exit codes."""
    try:
        yield
    except InputError as error:
        _report_issues(error.issues, as_json=as_json)
        raise typer.Exit(BAD_INPUT) from None
    except ConflictError as error:
        _report_conflict(error.conflict, as_json=as_json)
        raise typer.Exit(BAD_INPUT) from None
    except StoppedError as error:
        _report("StoppedError", str(error) or TOO_EARLY, as_json=as_json)
        raise typer.Exit(STOPPED) from None
    except Interrupted:
        _report("StoppedError", TOO_EARLY, as_json=as_json)
        raise typer.Exit(STOPPED) from None
    except InternalError as error:
        words = f"This is a defect of movplan, please report it: {error}"
        _report("InternalError", words, as_json=as_json)
        raise typer.Exit(DEFECT) from None
    except OSError as error:
        _report("OSError", _file_words(error), as_json=as_json)
        raise typer.Exit(BAD_INPUT) from None


def issue_table(issues: Sequence[Issue]) -> Table:
    """All issues in one table: where, what, and what would be right.

    A row that has no number is named by its key.
    """
    rows = tuple(
        (
            issue.file or issue.table,
            issue.key if issue.row is None else str(issue.row),
            issue.column,
            issue.value,
            issue.problem,
            issue.expected,
        )
        for issue in issues
    )
    errors = sum(issue.severity == "error" for issue in issues)
    title = counted(errors, "error") + (
        f", {counted(len(issues) - errors, 'warning')}" if errors < len(issues) else ""
    )
    columns = (
        *left("File", "Row", "Column", "Value"),
        *wide("What is wrong", "What would do"),
    )
    return Table(title, columns, rows)


def _report_issues(issues: Sequence[Issue], *, as_json: bool) -> None:
    if as_json:
        listed = [issue.model_dump(mode="json") for issue in issues]
        print_json({"error": "InputError", "issues": listed})
        return
    if len(issues) == 1 and not _placed(issues[0]):
        complain(_sentence(issues[0]))
        return
    print_tables([issue_table(issues)])
    complain("The input cannot be planned.")


def _placed(issue: Issue) -> bool:
    """Whether it is about a place in a file: then a table says where."""
    return bool(issue.file or issue.column or issue.row is not None)


def _sentence(issue: Issue) -> str:
    """An issue that needs no table."""
    start = f"{issue.value}: " if issue.value else ""
    end = f"; {issue.expected}" if issue.expected else ""
    return f"{start}{issue.problem}{end}."


def _report_conflict(conflict: Sequence[str], *, as_json: bool) -> None:
    if as_json:
        print_json({"error": "ConflictError", "conflict": list(conflict)})
        return
    rows = tuple((str(k), line) for k, line in enumerate(conflict, start=1))
    title = "These cannot all hold" if len(rows) > 1 else "This cannot hold"
    print_tables([Table(title, (*left(""), *wide("Demand")), rows)])
    give_up = "one of them" if len(rows) > 1 else "it"
    complain(f"Give up {give_up} and plan again.")


def _report(name: str, words: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"error": name, "message": words})
    else:
        complain(words)


def _file_words(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename else str(error)
