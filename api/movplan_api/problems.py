"""Faults of the service, each with its HTTP status; the web layer writes them down.

::

    ServiceError
     ├── BadRequestError     400  the request cannot be read
     ├── UnauthorisedError   401  no key, or one that is not valid
     ├── ForbiddenError      403  the key's role or scopes do not reach
     ├── NotFoundError       404  not there, or of another workspace
     ├── ConflictingError    409  not in this state
     ├── GoneError           410  was there, will not come back
     ├── TooLargeError       413  more than a limit allows
     ├── InvalidError        422  read, but wrong; carries issues
     ├── TooManyError        429  slow down
     └── UnavailableError    503  cannot now, try again
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict


class ProblemIssue(BaseModel):
    """One thing wrong with a request: ``path`` says where, ``hint`` what would do."""

    model_config = ConfigDict(frozen=True)

    code: str
    severity: str = "error"
    path: str = ""
    value: str = ""
    problem: str = ""
    hint: str = ""


class ServiceError(Exception):
    """Root of every refusal; ``code`` is for programs, ``detail`` for people."""

    status = 500
    title = "Internal error"

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        issues: Sequence[ProblemIssue] = (),
        issues_total: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.code, self.detail = code, detail
        self.issues, self.headers = tuple(issues), dict(headers or {})
        # More may have been found than are listed.
        self.issues_total = len(self.issues) if issues_total is None else issues_total
        super().__init__(f"{code}: {detail}")

    def __reduce__(self) -> tuple[Any, ...]:
        """Refusals travel between processes: what reads raises them there."""
        said = (self.code, self.detail, self.issues, self.issues_total, self.headers)
        return _again, (type(self), *said)


def _again(
    kind: type[ServiceError],
    code: str,
    detail: str,
    issues: Sequence[ProblemIssue],
    total: int,
    headers: Mapping[str, str],
) -> ServiceError:
    return kind(code, detail, issues=issues, issues_total=total, headers=headers)


class BadRequestError(ServiceError):
    """The request cannot be read."""

    status, title = 400, "Bad request"


class UnauthorisedError(ServiceError):
    """No key, or one that is not valid."""

    status, title = 401, "Not authorised"


class ForbiddenError(ServiceError):
    """The key's role or scopes do not reach."""

    status, title = 403, "Forbidden"


class NotFoundError(ServiceError):
    """Not there, or of another workspace: the two look the same from outside."""

    status, title = 404, "Not found"


class ConflictingError(ServiceError):
    """What is asked does not fit the state it is in."""

    status, title = 409, "Conflict"


class GoneError(ServiceError):
    """It was there and will not come back."""

    status, title = 410, "Gone"


class TooLargeError(ServiceError):
    """More than a limit allows; the detail names the limit."""

    status, title = 413, "Too large"


class UnreadableKindError(ServiceError):
    """What was sent is of a kind that is not read here."""

    status, title = 415, "Unsupported media type"


class InvalidError(ServiceError):
    """Read, but wrong: ``issues`` lists everything that is."""

    status, title = 422, "Invalid"


class TooManyError(ServiceError):
    """Too many requests of one key."""

    status, title = 429, "Too many requests"


class UnavailableError(ServiceError):
    """Cannot now; ``Retry-After`` says when to try again."""

    status, title = 503, "Unavailable"
