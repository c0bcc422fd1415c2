"""Every refusal and fault as ``application/problem+json`` (RFC 9457)."""

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from movplan.domain.wording import hint_of, problem_of
from movplan_api.contract.answers import Problem
from movplan_api.http.operations import allowed_methods
from movplan_api.problems import (
    InvalidError,
    ProblemIssue,
    ServiceError,
    UnavailableError,
)

log = structlog.get_logger()

PROBLEM_JSON = "application/problem+json"
_NOT_ALLOWED = 405
_CODES = {404: "NO_SUCH_ADDRESS", 405: "METHOD_NOT_ALLOWED"}


def handle_failures(app: FastAPI) -> None:
    """Answer with problem details, whatever is raised."""
    app.exception_handler(ServiceError)(_service_error)
    app.exception_handler(RequestValidationError)(_request_error)
    app.exception_handler(HTTPException)(_http_error)
    app.exception_handler(OperationalError)(_database_away)
    app.exception_handler(Exception)(_defect)


def problem(request: Request, error: ServiceError) -> JSONResponse:
    """The answer that says what is wrong."""
    said = Problem(
        type=f"urn:movplan:problem:{error.code.lower()}",
        title=error.title,
        status=error.status,
        code=error.code,
        detail=error.detail,
        request_id=getattr(request.state, "request_id", None),
        issues=error.issues,
        issues_total=error.issues_total,
    )
    return JSONResponse(
        said.model_dump(mode="json"),
        status_code=error.status,
        headers=error.headers,
        media_type=PROBLEM_JSON,
    )


async def _service_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ServiceError)
    return problem(request, error)


async def _request_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    issues = [
        ProblemIssue(
            code=found["type"].upper(),
            path="/" + "/".join(str(part) for part in found["loc"]),
            value=str(found.get("input", ""))[:80],
            problem=problem_of(found),
            hint=hint_of(found),
        )
        for found in error.errors()
    ]
    words = "Something in the address, the headers or the body is wrong."
    return problem(request, InvalidError("INVALID_REQUEST", words, issues=issues))


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == _NOT_ALLOWED and (methods := allowed_methods(request)):
        # The router only knows those of the first route that fits.
        headers["Allow"] = ", ".join(methods)
    code = _CODES.get(error.status_code, f"HTTP_{error.status_code}")
    said = ServiceError(code, str(error.detail), headers=headers)
    said.status, said.title = error.status_code, str(error.detail)
    return problem(request, said)


async def _database_away(request: Request, error: Exception) -> JSONResponse:
    log.error("database away", error=type(error).__name__)
    words = "The database does not answer just now."
    away = UnavailableError("DATABASE_AWAY", words, headers={"Retry-After": "5"})
    return problem(request, away)


async def _defect(request: Request, error: Exception) -> JSONResponse:
    """A defect of ours: the log has all of it, the answer the id to find it by."""
    log.error(
        "defect",
        request_id=getattr(request.state, "request_id", None),
        exc_info=error,
    )
    words = "This is a defect of movplan; the request id finds it in the log."
    return problem(request, ServiceError("DEFECT", words))
