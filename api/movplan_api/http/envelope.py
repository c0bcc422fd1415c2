"""What every request passes through: an id, secure headers, one line in the log."""

import re
import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from movplan_api.ids import new_id

log = structlog.get_logger()

_ID = re.compile(r"[\w.-]{8,80}")
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cache-control", b"no-store"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
# Only said over TLS; elsewhere browsers ignore it.
_TLS_ONLY = (b"strict-transport-security", b"max-age=31536000")


class Envelope:
    """Wraps the application. Logs say method, path, status and time; no bodies."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        began, status = time.perf_counter(), 500

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(message, request_id, scope["scheme"])
            await send(message)

        try:
            await self._app(scope, receive, send_on)
        finally:
            log.info(
                "request",
                request_id=request_id,
                method=scope["method"],
                path=scope["path"],
                status=status,
                ms=round(1000 * (time.perf_counter() - began), 1),
            )


def _request_id(scope: Scope) -> str:
    """The caller's own id for the request if it is a fit one, else a new one."""
    for name, value in scope["headers"]:
        said = value.decode("latin-1")
        if name == b"x-request-id" and _ID.fullmatch(said):
            return str(said)
    return new_id("req")


def _add_headers(message: Message, request_id: str, scheme: str) -> None:
    headers = list(message["headers"])
    given = {name.lower() for name, _ in headers}
    ours = (*_HEADERS, _TLS_ONLY) if scheme == "https" else _HEADERS
    headers += [(name, value) for name, value in ours if name not in given]
    message["headers"] = [*headers, (b"x-request-id", request_id.encode())]
