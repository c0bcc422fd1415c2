"""Whether the service lives, and whether it can do its work."""

from typing import cast

from fastapi import APIRouter, Request

from movplan_api.http.openapi import refusals
from movplan_api.usecases.ready import Readiness

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live")
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/ready", responses=refusals(503))
def ready(request: Request) -> dict[str, int | str]:
    """Database, tables, workers, and a tiny case really solved."""
    return cast("Readiness", request.app.state.readiness).look()
