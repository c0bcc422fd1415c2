"""The workspace: how long it keeps things, and forgetting them."""

from typing import Annotated

from fastapi import APIRouter, Path

from movplan_api.contract.keys import (
    PurgeAsked,
    Purged,
    WorkspaceAnswer,
    WorkspaceAsked,
    WorkspaceRemovalAsked,
    WorkspaceRemoved,
)
from movplan_api.http.depends import TheBody, TheCaller, TheDesk
from movplan_api.http.openapi import body_of, refusals
from movplan_api.usecases import purge as use
from movplan_api.usecases.remove_workspace import remove_own

router = APIRouter(prefix="/v1", tags=["workspace"])

PlanId = Annotated[str, Path(max_length=60, pattern=r"^[\w-]+$")]
ScenarioId = Annotated[str, Path(max_length=60, pattern=r"^[\w-]+$")]


@router.get("/workspace", responses=refusals(401))
def get_workspace(desk: TheDesk, caller: TheCaller) -> WorkspaceAnswer:
    """The workspace of this key."""
    return use.look_at_workspace(desk, caller)


@router.put(
    "/workspace",
    openapi_extra=body_of(WorkspaceAsked),
    responses=refusals(400, 401, 403, 413, 422),
)
def put_workspace(desk: TheDesk, caller: TheCaller, body: TheBody) -> WorkspaceAnswer:
    """Say how long final plans are kept; the plan in force always is."""
    return use.change_workspace(desk, caller, body)


@router.post(
    "/workspace:purge",
    openapi_extra=body_of(PurgeAsked),
    responses=refusals(400, 401, 403, 413, 422),
)
def post_purge(desk: TheDesk, caller: TheCaller, body: TheBody) -> Purged:
    """Forget plans, studies, scenarios, events and notices older than a moment."""
    return use.purge_before(desk, caller, body)


@router.post(
    "/workspace:remove",
    openapi_extra=body_of(WorkspaceRemovalAsked),
    responses=refusals(400, 401, 403, 409, 413, 422),
)
def post_removal(desk: TheDesk, caller: TheCaller, body: TheBody) -> WorkspaceRemoved:
    """Remove the workspace with all it holds; ``dry_run`` says what would go."""
    return remove_own(desk, caller, body)


@router.delete(
    "/plans/{plan_id}", status_code=204, responses=refusals(401, 403, 404, 409, 422)
)
def delete_plan(desk: TheDesk, caller: TheCaller, plan_id: PlanId) -> None:
    """Forget a final plan with its documents; refused of the plan in force."""
    use.purge_plan(desk, caller, plan_id)


@router.delete(
    "/scenarios/{scenario_id}",
    status_code=204,
    responses=refusals(401, 403, 404, 409, 422),
)
def delete_scenario(desk: TheDesk, caller: TheCaller, scenario_id: ScenarioId) -> None:
    """Forget a scenario that nothing was made of any more."""
    use.purge_scenario(desk, caller, scenario_id)
