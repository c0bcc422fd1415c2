"""What is wrong with a value, and what would do, in words for people who plan.

Models say it in words for programmers; nobody else is to see those.
"""

from pydantic_core import ErrorDetails

_PROBLEMS = {
    "missing": "is required",
    "extra_forbidden": "unknown field",
    "enum": "is not a known word",
    "literal_error": "is not a known word",
    "finite_number": "is not a finite number",
    "string_type": "is not a text",
    "string_unicode": "is not a text",
    "string_pattern_mismatch": "has the wrong form",
    "string_too_short": "is too short",
    "string_too_long": "is too long",
    "int_parsing_size": "is too large a number",
    "date_from_datetime_inexact": "has a time of day, which a date has not",
    "timezone_aware": "has no offset",
    "timezone_naive": "has no offset",
    "too_short": "has too few entries",
    "too_long": "has too many entries",
    "invalid_key": "is not a name",
    "recursion_loop": "contains itself",
}
# By the first word of the kind of error: int_type, int_parsing, int_from_float.
_BY_TYPE = {
    "bool": ("is neither true nor false", "true or false"),
    "date": ("is not a date", "a date, e.g. 2026-05-12"),
    "datetime": ("is not a time", "a time with offset, e.g. 2026-05-12T09:30+03:30"),
    "decimal": ("is not a number", "a number, e.g. 1.25"),
    "dict": ("is not a group of fields", "names with values below it"),
    "float": ("is not a number", "a number, e.g. 1.25"),
    "int": ("is not a whole number", "a whole number, e.g. 12"),
    "json": ("is not JSON", "a JSON document"),
    "list": ("is not a list", "a list"),
    "mapping": ("is not a group of fields", "names with values below it"),
    "model": ("is not a group of fields", "names with values below it"),
    "string": ("is not a text", "a text"),
    "time": ("is not a time of day", "a time of day, e.g. 08:00"),
    "timezone": ("has no offset", "a time with offset, e.g. 2026-05-12T09:30+03:30"),
    "tuple": ("is not a list", "a list"),
    "url": ("is not a web address", "an address, e.g. https://example.org/path"),
}
_BOUNDS = {
    "greater_than_equal": ("ge", "is less than {0}", "{0} or more"),
    "greater_than": ("gt", "is not more than {0}", "more than {0}"),
    "less_than_equal": ("le", "is more than {0}", "{0} or less"),
    "less_than": ("lt", "is not less than {0}", "less than {0}"),
}


def problem_of(detail: ErrorDetails) -> str:
    """What is wrong with the value."""
    kind = detail["type"]
    if kind in ("value_error", "assertion_error"):
        return str(detail["ctx"]["error"])
    if kind in _BOUNDS:
        name, problem, _ = _BOUNDS[kind]
        bound = detail["ctx"][name]
        negative = kind == "greater_than_equal" and bound == 0
        return "is negative" if negative else problem.format(bound)
    if kind in _PROBLEMS:
        return _PROBLEMS[kind]
    return _BY_TYPE.get(kind.split("_")[0], ("cannot be read", ""))[0]


def hint_of(detail: ErrorDetails) -> str:
    """What would do, as far as the kind of error says; else nothing."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in ("enum", "literal_error"):
        return f"one of: {context['expected']}".replace("'", "").replace(" or ", ", ")
    if kind in _BOUNDS:
        name, _, hint = _BOUNDS[kind]
        return hint.format(context[name])
    if kind == "string_pattern_mismatch":
        return f"a text of the form {context['pattern']}"
    if kind in ("string_too_long", "too_long"):
        return f"{context['max_length']} at most"
    if kind in ("string_too_short", "too_short"):
        return f"{context['min_length']} at least"
    return _BY_TYPE.get(kind.split("_")[0], ("", ""))[1]
