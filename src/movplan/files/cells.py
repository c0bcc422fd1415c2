"""One cell of a kind the model alone would read too generously."""

import re
import sys
from datetime import date, datetime

from movplan.files.tidy import LIST_SEPARATOR, split_list, tidy_items, tidy_text
from movplan.files.times import UnreadableError, parse_date, refuse_old

_WHOLE_UNITS = re.compile(r"(?P<whole>-?\d+)\.(?P<part>\d\d)")
TOMAN = frozenset({"TOMAN", "TOMANS", "TUMAN", "TMN", "IRT"})
TOMAN_HINT = "use IRR: 1 toman = 10 IRR, and amounts are in minor units of the rial"


def tidy_cell(cell: object) -> object:
    """The cell, a text tidied; the same text is the same object, kept once.

    Ids and codes stand in many rows.
    """
    return sys.intern(tidy_text(cell)) if isinstance(cell, str) else cell


def read_list(value: object) -> object:
    """The items of a list cell; anything else is left to the model."""
    if isinstance(value, str):
        return split_list(value)
    if not isinstance(value, list | tuple) or not all(
        isinstance(item, str) for item in value
    ):
        return value
    if any(LIST_SEPARATOR in item for item in value):
        raise UnreadableError("a list item contains ';'", "items without ';'")
    return tidy_items(value)


def read_currency(value: object) -> object:
    """The currency, unless it is toman."""
    if isinstance(value, str) and value.upper() in TOMAN:
        raise UnreadableError("toman is not an ISO 4217 currency", TOMAN_HINT)
    return value


def read_cents(value: object) -> object:
    """The amount, unless it is written in whole units: 150.00 is not 150 cents.

    Spreadsheets write whole numbers as ``150.0``; that is let pass.
    """
    found = _WHOLE_UNITS.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return value
    minor = f"{found['whole']}{found['part']}"
    raise UnreadableError(
        "is not a whole number of minor units",
        f"no decimal point: {minor} for {value}",
    )


def read_date(value: object, *, jalali: bool) -> date | None:
    """A date as written in a CSV or a JSON document, or as YAML reads it."""
    if value is None:
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        refuse_old(value)
        return value
    return parse_date(str(value), jalali=jalali)
