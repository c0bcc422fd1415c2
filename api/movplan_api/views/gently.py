"""Big documents, read and written a row at a time, so that nobody else has to wait.

The decoder holds the interpreter until it is done: a plan of 30 MB keeps every other
thread, and with them all other callers, waiting for as long. Here the two upper levels
(the document, its tables) are walked in Python, which lets others in between, and the
decoder gets one row after the other.
"""

import json
from collections.abc import Iterator
from json.decoder import JSONDecodeError, JSONDecoder
from re import compile as pattern
from typing import Any

# The document and its tables; their rows go to the decoder as they are.
_WALKED = 2
_DECODER = JSONDecoder()
_SPACE = pattern(r"[ \t\n\r]*")


def loads(text: str) -> Any:  # noqa: ANN401
    """What ``json.loads`` says of the same text."""
    value, at = _value(text, _skip(text, 0), 0)
    at = _skip(text, at)
    if at < len(text):
        raise JSONDecodeError("Extra data", text, at)
    return value


def pieces(value: object, depth: int = 0) -> Iterator[str]:
    """The value as JSON, in pieces; ``"".join`` of them is the whole."""
    if depth < _WALKED and isinstance(value, dict):
        before = "{"
        for name, part in value.items():
            yield f"{before}{_text(name)}:"
            yield from pieces(part, depth + 1)
            before = ","
        yield "}" if before == "," else "{}"
    elif depth < _WALKED and isinstance(value, list | tuple):
        before = "["
        for part in value:
            yield before
            yield from pieces(part, depth + 1)
            before = ","
        yield "]" if before == "," else "[]"
    else:
        yield _text(value)


def dumps(value: object) -> bytes:
    """The value as JSON in UTF-8."""
    return "".join(pieces(value)).encode()


def let_go(document: dict[str, Any], *, but: dict[str, Any]) -> None:
    """Free the tables of a document row by row: at once it would take as long as
    reading it. Those that another document has too are left alone.
    """
    for name, table in document.items():
        if isinstance(table, list) and but.get(name) is not table:
            while table:
                table.pop()


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _value(text: str, at: int, depth: int) -> tuple[Any, int]:
    """The value that begins there, and where it ends."""
    if depth < _WALKED and text.startswith("{", at):
        return _object(text, _skip(text, at + 1), depth)
    if depth < _WALKED and text.startswith("[", at):
        return _list(text, _skip(text, at + 1), depth)
    return _DECODER.raw_decode(text, at)


def _object(text: str, at: int, depth: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    if text.startswith("}", at):
        return found, at + 1
    while True:
        if not text.startswith('"', at):
            raise JSONDecodeError("Expecting a name in double quotes", text, at)
        name, at = _DECODER.raw_decode(text, at)
        at = _skip(text, at)
        if not text.startswith(":", at):
            raise JSONDecodeError("Expecting ':'", text, at)
        found[name], at = _value(text, _skip(text, at + 1), depth + 1)
        at = _skip(text, at)
        if text.startswith("}", at):
            return found, at + 1
        at = _after_comma(text, at)


def _list(text: str, at: int, depth: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    if text.startswith("]", at):
        return found, at + 1
    while True:
        value, at = _value(text, at, depth + 1)
        found.append(value)
        at = _skip(text, at)
        if text.startswith("]", at):
            return found, at + 1
        at = _after_comma(text, at)


def _after_comma(text: str, at: int) -> int:
    if not text.startswith(",", at):
        raise JSONDecodeError("Expecting ','", text, at)
    return _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return at if space is None else space.end()
