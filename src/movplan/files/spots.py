"""Where in a document an error is: the path, the column, and its hint."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from movplan.domain.wording import hint_of, problem_of
from movplan.files.columns import Column, base_type, column_of

_MOST_CHARS = 80


@dataclass(frozen=True, slots=True)
class Spot:
    """One error of a document: where it is, what it is, what would do.

    ``path`` are names and positions (from 0) joined by dots, ``value`` the value there,
    nothing where it is missing.
    """

    path: str
    value: str
    problem: str
    expected: str
    missing: bool


def spots(model: type[BaseModel], error: ValidationError) -> Iterator[Spot]:
    """The errors of a document, one for each place."""
    seen: set[str] = set()
    for detail in error.errors(include_url=False):
        path, column, siblings = _at(model, detail["loc"])
        # A value of one type or another is wrong once for each type.
        if path in seen:
            continue
        seen.add(path)
        missing = detail["type"] == "missing"
        yield Spot(
            path=path,
            value="" if missing else str(detail["input"])[:_MOST_CHARS],
            problem=problem_of(detail),
            expected=_expected(detail, path.split(".")[-1], column, siblings),
            missing=missing,
        )


def _at(
    model: type[BaseModel], place: Sequence[int | str]
) -> tuple[str, Column | None, tuple[str, ...]]:
    """Path and column of a place, and the names that there are beside it."""
    here: object = model
    names: list[str] = []
    column: Column | None = None
    siblings: tuple[str, ...] = ()
    for part in place:
        if isinstance(part, int):
            here = (*get_args(here), object)[0]
        elif isinstance(here, type) and issubclass(here, BaseModel):
            siblings = tuple(here.model_fields)
            field = here.model_fields.get(part)
            column = None if field is None else column_of(part, field)
            here = None if field is None else base_type(field.annotation)
        else:
            # One of several types that the value may have: no name of the document.
            break
        names.append(str(part))
    return ".".join(names), column, siblings


def _expected(
    detail: ErrorDetails, name: str, column: Column | None, siblings: Sequence[str]
) -> str:
    if column is None:
        close = get_close_matches(name, siblings, n=1)
        if close:
            return f"did you mean {close[0]}?"
        return "one of: " + ", ".join(siblings)
    return expected_in(detail, column)


def expected_in(detail: ErrorDetails, column: Column) -> str:
    """What would do in a column: its words or units, else what the error says."""
    if column.choices or column.is_currency:
        return column.expected
    if column.is_money and detail["type"] != "greater_than_equal":
        return column.expected
    return hint_of(detail) or column.expected
