"""What kind of value each column of a table holds, read off the models."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import AwareDatetime
from pydantic.fields import FieldInfo

from movplan.domain.rows import Row
from movplan.domain.scenario import Scenario

# The place whose clock a time column is read on: (table, time column) -> place column.
CLOCK_OF = {
    ("departures", "departs"): "from_place",
    ("departures", "arrives"): "to_place",
    ("departure_stops", "arrives"): "place_id",
    ("departure_stops", "departs"): "place_id",
    ("sessions", "starts"): "place_id",
    ("sessions", "ends"): "place_id",
}

# ``rules`` nest, so they are YAML; every other table is one CSV file.
CSV_TABLES = tuple(table for table in Scenario.TABLES if table != "rules")
REQUIRED_TABLES = tuple(
    table for table in Scenario.TABLES if Scenario.model_fields[table].is_required()
)
HEADER_FIELDS = tuple(
    name for name in Scenario.model_fields if name not in Scenario.TABLES
)


class Kind(StrEnum):
    """How a cell of a column is read before the model validates it."""

    TEXT = "text"
    DATE = "date"
    INSTANT = "instant"
    TIME = "time"
    LIST = "list"
    NUMBER = "number"
    BOOLEAN = "boolean"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; ``choices`` are the words a code column accepts."""

    name: str
    kind: Kind
    required: bool
    default: Any
    choices: tuple[str, ...] = ()

    @property
    def is_money(self) -> bool:
        """Whether the column holds integer minor units."""
        return self.name.endswith("_cents")

    @property
    def is_currency(self) -> bool:
        """Whether the column holds a currency code."""
        return self.name == "currency" or self.name.endswith("_currency")

    @property
    def expected(self) -> str:
        """What would be right in a cell of this column."""
        if self.choices:
            listed = ", ".join(self.choices)
            some = "any of, separated by ;" if self.kind is Kind.LIST else "one of"
            return f"{some}: {listed}"
        if self.is_money:
            return "whole minor units (cents), e.g. 125000 for 1250.00"
        if self.is_currency:
            return "three capital letters of ISO 4217, e.g. USD"
        return _EXPECTED[self.kind]


_EXPECTED = {
    Kind.TEXT: "a text",
    Kind.DATE: "a date, e.g. 2026-05-12",
    Kind.INSTANT: "a local time, e.g. 2026-05-12T09:30",
    Kind.TIME: "a time of day, e.g. 08:00",
    Kind.LIST: "texts separated by ;",
    Kind.NUMBER: "a number",
    Kind.BOOLEAN: "true or false",
    Kind.CODE: "a code",
}


@cache
def table_columns(table: str) -> dict[str, Column]:
    """The columns of a table in model order."""
    return model_columns(Scenario.TABLES[table])


@cache
def model_columns(model: type[Row]) -> dict[str, Column]:
    """The columns of a row model in field order."""
    return {name: column_of(name, field) for name, field in model.model_fields.items()}


def column_of(name: str, field: FieldInfo) -> Column:
    """What kind of value a field of a model holds."""
    base = base_type(field.annotation)
    return Column(
        name=name,
        kind=_kind(base),
        required=field.is_required(),
        default=None if field.is_required() else field.default,
        choices=_choices(base),
    )


def base_type(annotation: object) -> object:
    """Strip ``Annotated`` and ``| None``; an unresolved union of values is text."""
    if get_origin(annotation) is Annotated:
        return base_type(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        inner = [arg for arg in get_args(annotation) if arg is not NoneType]
        return base_type(inner[0]) if len(inner) == 1 else str
    return annotation


def _kind(base: object) -> Kind:
    if get_origin(base) is tuple:
        return Kind.LIST
    known: dict[object, Kind] = {
        str: Kind.TEXT,
        date: Kind.DATE,
        AwareDatetime: Kind.INSTANT,
        time: Kind.TIME,
        bool: Kind.BOOLEAN,
    }
    if isinstance(base, type) and issubclass(base, StrEnum):
        return Kind.CODE
    return known.get(base, Kind.NUMBER)


def _choices(base: object) -> tuple[str, ...]:
    item = get_args(base)[0] if get_origin(base) is tuple else base
    if isinstance(item, type) and issubclass(item, StrEnum):
        return tuple(member.value for member in item)
    return ()
