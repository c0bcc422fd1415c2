"""The application: routers, what every request passes through, and how it ends."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from movplan_api.auth.rate import Rates
from movplan_api.http import (
    audit,
    catalogue,
    checks,
    events,
    export,
    health,
    identities,
    in_force,
    keys,
    manifests,
    metrics,
    movements,
    plans,
    scenarios,
    studies,
    validations,
    views,
    webhooks,
    workspace,
)
from movplan_api.http.envelope import Envelope
from movplan_api.http.failures import handle_failures
from movplan_api.http.openapi import describe
from movplan_api.settings import Settings
from movplan_api.usecases.desk import open_desk
from movplan_api.usecases.ready import Readiness

_WORTH_PACKING_BYTES = 1_000
# Half the time of the highest, for one hundredth more.
_PACKING_LEVEL = 6
# Every router; a new one is one more line.
ROUTERS = (
    health.router,
    plans.router,
    identities.router,
    views.router,
    manifests.router,
    in_force.router,
    events.router,
    metrics.router,
    studies.router,
    scenarios.router,
    validations.router,
    checks.router,
    movements.router,
    catalogue.router,
    webhooks.router,
    keys.router,
    audit.router,
    workspace.router,
    export.router,
)


def create_app(settings: Settings) -> FastAPI:
    """The service's web application; its desk is open while it runs."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.desk = open_desk(settings)
        if settings.warm_up:
            app.state.desk.readers.warm_up()
        app.state.readiness = Readiness(app.state.desk)
        yield
        app.state.desk.close()

    app = FastAPI(
        title="movplan",
        version="1",
        lifespan=lifespan,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    handle_failures(app)
    for router in ROUTERS:
        app.include_router(router)
    describe(app)
    app.add_middleware(
        GZipMiddleware, minimum_size=_WORTH_PACKING_BYTES, compresslevel=_PACKING_LEVEL
    )
    app.state.rates = Rates(settings.rate_burst, settings.rate_per_s)
    app.state.meters = metrics.Meters()
    app.add_middleware(metrics.Measured, meters=app.state.meters)
    app.add_middleware(Envelope)
    return app
