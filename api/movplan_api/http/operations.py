"""What the document says about the operation that a request is for."""

from typing import Any

from fastapi import Request

from movplan_api.problems import InvalidError, ProblemIssue


def refuse_unknown_query(request: Request) -> None:
    """Refuse query parameters the operation does not have: a filter misspelt must not
    give everybody, a ``set_aside`` misspelt not refuse a whole mission.
    """
    if not request.query_params:
        return
    operation = _methods(request).get(request.method.lower(), {})
    known = {
        one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"
    }
    issues = [
        ProblemIssue(
            code="EXTRA_FORBIDDEN",
            path=f"/query/{name}",
            value=value[:80],
            problem="There is no such parameter",
            hint=f"one of: {', '.join(sorted(known))}" if known else "",
        )
        for name, value in request.query_params.items()
        if name not in known
    ]
    if issues:
        words = "Something in the address is wrong."
        raise InvalidError("INVALID_REQUEST", words, issues=issues)


def allowed_methods(request: Request) -> list[str]:
    """The methods that the request's address has."""
    return sorted(method.upper() for method in _methods(request))


def _methods(request: Request) -> dict[str, Any]:
    """The operations of the request's address, by method."""
    path = getattr(request.scope.get("route"), "path_format", None)
    found: dict[str, Any] = request.app.openapi()["paths"].get(path, {})
    return found
