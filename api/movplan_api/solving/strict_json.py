"""JSON as it is defined, of a size and depth that can be read in a moment."""

import json
import math
import re

from movplan_api.problems import BadRequestError, TooLargeError

MOST_CONTAINERS = 1_000_000
# As JSON writes it: after no backslash, or after pairs of them.
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def parse(body: bytes) -> object:
    """The document; refuses NaN, infinities, NUL, half characters, endless nesting."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_json(f"byte {error.start} is not UTF-8") from None
    if body.count(b"{") + body.count(b"[") > MOST_CONTAINERS:
        words = f"A body may have {MOST_CONTAINERS} objects and lists at most."
        raise TooLargeError("TOO_MANY_ROWS", words)
    try:
        document = json.loads(text, parse_constant=_refuse, parse_float=_finite)
        if "\\u" in text:
            _refuse_half_characters(document)
    except RecursionError:
        raise _no_json("it is nested too deeply") from None
    except ValueError as error:
        raise _no_json(str(error)) from None
    return document


def parse_object(body: bytes) -> dict[str, object]:
    """The same, which must be an object."""
    document = parse(body)
    if not isinstance(document, dict):
        raise _no_json("expected an object")
    return document


def _refuse(word: str) -> float:
    raise ValueError(f"{word} is no JSON number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:40]} is too large a number")
    return number


def _refuse_half_characters(document: object) -> None:
    """Databases keep neither NUL nor half a pair of surrogates."""
    text = json.dumps(document, ensure_ascii=False)
    if _NUL.search(text):
        raise ValueError("a text contains NUL")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("a text contains half a character") from None


def _no_json(why: str) -> BadRequestError:
    return BadRequestError("NOT_JSON", f"The body is no JSON as we need it: {why}.")
