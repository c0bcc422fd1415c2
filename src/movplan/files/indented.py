"""JSON with sorted keys and an indent of one space, as ``json.dumps`` writes it.

The standard library indents in Python, value by value. Here objects and lists that hold
no others, most rows of a table, go whole to its C encoder: line breaks and spaces are
then part of what separates their items.
"""

import json
from collections.abc import Callable
from functools import cache
from json.encoder import encode_basestring
from typing import Any

_NESTED = frozenset({dict, list})


def indented(value: Any, depth: int = 0) -> str:  # noqa: ANN401 -- any JSON value
    """The text of a value that stands ``depth`` levels deep in its document."""
    if type(value) is str:
        return encode_basestring(value)
    if type(value) not in _NESTED or not value:
        return _separated(0)(value)
    inside = value.values() if type(value) is dict else value
    line = "\n" + " " * (depth + 1)
    if _NESTED.isdisjoint(map(type, inside)):
        body = _separated(depth + 1)(value)[1:-1]
    elif type(value) is dict:
        keyed = ((encode_basestring(key), value[key]) for key in sorted(value))
        body = f",{line}".join(f"{key}: {indented(v, depth + 1)}" for key, v in keyed)
    else:
        body = f",{line}".join([indented(v, depth + 1) for v in value])
    opening, closing = "{}" if type(value) is dict else "[]"
    return f"{opening}{line}{body}{line[:-1]}{closing}"


@cache
def _separated(depth: int) -> Callable[[Any], str]:
    """Encodes a value whose items begin on lines with so many spaces."""
    between = f",\n{' ' * depth}"
    return json.JSONEncoder(
        ensure_ascii=False, sort_keys=True, separators=(between, ": ")
    ).encode
