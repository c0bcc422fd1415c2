"""Plans: hand in, look, list, cancel."""

import json
from typing import Annotated

from fastapi import APIRouter, Header, Query, Response

from movplan_api.contract.answers import PlanAnswer, PlanMetadata, PlanPage
from movplan_api.contract.orders import PlanAsked
from movplan_api.http.depends import TheBody, TheCaller, TheDesk
from movplan_api.http.openapi import body_of, refusals
from movplan_api.store.pages import MOST
from movplan_api.store.plans import Plans
from movplan_api.usecases.cancel import cancel
from movplan_api.usecases.submit import submit
from movplan_api.words import Status

router = APIRouter(prefix="/v1/plans", tags=["plans"])

Key = Annotated[str | None, Header(min_length=1, max_length=200)]


@router.post(
    "",
    status_code=202,
    openapi_extra=body_of(PlanAsked),
    responses=refusals(400, 401, 403, 404, 413, 422, 503),
)
def post_plan(
    desk: TheDesk,
    caller: TheCaller,
    body: TheBody,
    response: Response,
    idempotency_key: Key = None,
) -> PlanMetadata:
    """Hand in a plan to be made; ``Location`` says where it will be."""
    plan = submit(desk, caller, body, idempotency_key)
    response.headers["Location"] = f"/v1/plans/{plan.id}"
    return PlanMetadata.of(plan)


@router.get("", responses=refusals(400, 401, 422))
def list_plans(
    desk: TheDesk,
    caller: TheCaller,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    status: Status | None = None,
) -> PlanPage:
    """Plans, newest first."""
    with desk.store.transaction() as session:
        page = Plans(session, caller.workspace_id).page(
            limit=limit, cursor=cursor, status=status
        )
    items = tuple(PlanMetadata.of(plan) for plan in page.items)
    return PlanPage(items=items, next_cursor=page.next_cursor)


@router.get("/{plan_id}/metadata", responses=refusals(401, 404))
def get_metadata(desk: TheDesk, caller: TheCaller, plan_id: str) -> PlanMetadata:
    """Where the plan stands: the cheap poll."""
    with desk.store.transaction() as session:
        return PlanMetadata.of(Plans(session, caller.workspace_id).get(plan_id))


@router.get("/{plan_id}", responses=refusals(401, 404))
def get_plan(desk: TheDesk, caller: TheCaller, plan_id: str) -> PlanAnswer:
    """The plan, as far as there is one."""
    with desk.store.transaction() as session:
        plans = Plans(session, caller.workspace_id)
        plan, found = plans.get(plan_id), plans.document(plan_id)
        document = None if found is None else json.loads(found.document)
    return PlanAnswer(metadata=PlanMetadata.of(plan), plan=document)


@router.post("/{plan_id}:cancel", responses=refusals(401, 403, 404))
def cancel_plan(
    desk: TheDesk, caller: TheCaller, plan_id: str, response: Response
) -> PlanMetadata:
    """Stop; the best plan so far is kept. 202 while the worker is still ending."""
    plan = PlanMetadata.of(cancel(desk, caller, plan_id))
    response.status_code = 200 if plan.status.final else 202
    return plan
