"""``/metrics`` for Prometheus: requests as they pass, plans and workers as stored."""

import secrets
import time
from typing import Annotated, cast

from fastapi import APIRouter, Header, Request, Response
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from movplan_api.http.depends import TheDesk
from movplan_api.http.openapi import refusals
from movplan_api.problems import ForbiddenError, UnauthorisedError
from movplan_api.settings import Settings
from movplan_api.usecases.measuring import Stock

router = APIRouter(tags=["health"])

_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_NO_ROUTE = "none"


class Meters:
    """What this process counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.requests = Counter(
            "movplan_http_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "movplan_http_request_seconds",
            "Time from a request to the end of its answer; event streams left out.",
            ("method", "route"),
            buckets=_BUCKETS_S,
            registry=self.registry,
        )


class Measured:
    """Wraps the application and counts what passes, by route and not by address."""

    def __init__(self, app: ASGIApp, meters: Meters) -> None:
        self._app, self._meters = app, meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, streamed = time.perf_counter(), 500, False

        async def send_on(message: Message) -> None:
            nonlocal status, streamed
            if message["type"] == "http.response.start":
                status, streamed = message["status"], _is_stream(message)
            await send(message)

        try:
            await self._app(scope, receive, send_on)
        finally:
            method, route = _method(scope), _route(scope)
            self._meters.requests.labels(method, route, status).inc()
            if not streamed:
                took = time.perf_counter() - began
                self._meters.seconds.labels(method, route).observe(took)


@router.get(
    "/metrics",
    response_class=Response,
    responses={
        200: {
            "description": "Prometheus' text format.",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        },
        **refusals(401, 403, 503),
    },
)
def metrics(
    request: Request,
    desk: TheDesk,
    authorization: Annotated[str | None, Header()] = None,
) -> Response:
    """Numbers of the whole installation, no data of any workspace."""
    _let_in(desk.settings, authorization)
    state = request.app.state
    meters = cast("Meters", state.meters)
    stock = CollectorRegistry()
    stock.register(Stock(desk))
    text = generate_latest(meters.registry) + generate_latest(stock)
    return Response(text, headers={"Content-Type": CONTENT_TYPE_LATEST})


def _let_in(settings: Settings, shown: str | None) -> None:
    """Who shows the token; without one, who is on this machine."""
    token = settings.metrics_token
    if token is None:
        if settings.listens_to_loopback:
            return
        words = "Set MOVPLAN_METRICS_TOKEN to have metrics read from elsewhere."
        raise ForbiddenError("NO_METRICS_TOKEN", words)
    wanted = f"Bearer {token.get_secret_value()}"
    if not secrets.compare_digest(wanted.encode(), (shown or "").encode()):
        headers = {"WWW-Authenticate": "Bearer"}
        words = "Send the metrics token: Authorization: Bearer ..."
        raise UnauthorisedError("WRONG_METRICS_TOKEN", words, headers=headers)


def _is_stream(message: Message) -> bool:
    return any(
        name == b"content-type" and value.startswith(b"text/event-stream")
        for name, value in message["headers"]
    )


def _method(scope: Scope) -> str:
    """Callers may write any word for a method: unknown ones count as one."""
    known = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
    return scope["method"] if scope["method"] in known else "OTHER"


def _route(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", _NO_ROUTE))
