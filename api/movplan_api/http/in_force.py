"""Approve a plan, and see which is in force."""

from fastapi import APIRouter
from starlette.responses import Response

from movplan_api.contract.approvals import ApprovalAsked
from movplan_api.contract.views import PlanInForce
from movplan_api.http.depends import TheBody, TheCaller, TheDesk
from movplan_api.http.openapi import body_of, refusals
from movplan_api.http.showing import A_DOCUMENT, PlanId, TheLook
from movplan_api.usecases.approve import approve, plan_in_force
from movplan_api.usecases.fetching import read_small

router = APIRouter(prefix="/v1", tags=["plans"])

_body = body_of(ApprovalAsked)
_body["requestBody"]["required"] = False


@router.post(
    "/plans/{plan_id}:approve",
    openapi_extra=_body,
    responses=refusals(400, 401, 403, 404, 409, 413, 422),
)
def approve_plan(
    desk: TheDesk, caller: TheCaller, plan_id: PlanId, body: TheBody
) -> PlanInForce:
    """Put the plan in force, unless rules are broken or left unchecked unwaived."""
    return approve(
        desk, caller, plan_id, read_small(desk, ApprovalAsked, body or b"{}")
    )


@router.get("/plan-in-force", response_model=PlanInForce, responses=A_DOCUMENT)
def get_plan_in_force(look: TheLook) -> Response:
    """The plan in force: its id, since when, and where it stands."""
    said = plan_in_force(look.desk, look.caller).model_dump(mode="json")
    return look.document([str(said)], lambda: said)
