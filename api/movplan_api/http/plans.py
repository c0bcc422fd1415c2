"""Plans: hand in, look, list, cancel."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response

from movplan_api.contract.answers import PlanAnswer, PlanMetadata, PlanPage
from movplan_api.contract.orders import PlanAsked
from movplan_api.contract.queries import PlansQuery
from movplan_api.http.depends import TheBody, TheCaller, TheDesk
from movplan_api.http.openapi import body_of, refusals
from movplan_api.http.showing import PlanId, TheLook
from movplan_api.store.plans import PlanFilter, Plans
from movplan_api.usecases.cancel import cancel
from movplan_api.usecases.looking import document_of
from movplan_api.usecases.submit import submit
from movplan_api.usecases.telling import told
from movplan_api.views import gently
from movplan_api.words import Scope

router = APIRouter(prefix="/v1/plans", tags=["plans"])

Key = Annotated[str | None, Header(min_length=1, max_length=200)]

_NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "Known already, by its entity tag."}
}


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
    return told(plan, caller)


@router.get("", responses=refusals(400, 401, 422))
def list_plans(
    desk: TheDesk, caller: TheCaller, query: Annotated[PlansQuery, Query()]
) -> PlanPage:
    """Plans, newest first."""
    wanted = PlanFilter(**query.model_dump(exclude={"limit", "cursor"}))
    with desk.store.transaction() as session:
        page = Plans(session, caller.workspace_id).page(
            limit=query.limit, cursor=query.cursor, wanted=wanted
        )
    items = tuple(told(plan, caller) for plan in page.items)
    return PlanPage(items=items, next_cursor=page.next_cursor)


@router.get(
    "/{plan_id}/metadata",
    response_model=PlanMetadata,
    responses={**_NOT_MODIFIED, **refusals(401, 404, 406, 422)},
)
def get_metadata(look: TheLook, plan_id: PlanId) -> Response:
    """Where the plan stands: the cheap poll."""
    with look.desk.store.transaction() as session:
        plan = Plans(session, look.caller.workspace_id).get(plan_id)
    said = told(plan, look.caller).model_dump(mode="json")
    return look.document([str(said)], lambda: said)


@router.get(
    "/{plan_id}",
    response_model=PlanAnswer,
    responses={**_NOT_MODIFIED, **refusals(401, 404, 406, 422)},
)
def get_plan(look: TheLook, plan_id: PlanId) -> Response:
    """The plan whole, as far as there is one."""
    caller = look.caller
    with look.desk.store.transaction() as session:
        known = Plans(session, caller.workspace_id).known(plan_id)
    metadata = told(known.plan, caller).model_dump(mode="json")

    def make() -> bytes:
        with look.desk.store.transaction() as session:
            found = Plans(session, caller.workspace_id).document(plan_id)
            text = "null" if found is None else found.document
        if Scope.MEDICAL not in caller.scopes and found is not None:
            text = gently.dumps(document_of(text, caller.scopes)).decode()
        said = gently.dumps(metadata).decode()
        return f'{{"metadata":{said},"plan":{text}}}'.encode()

    return look.text([str(metadata), known.sha256 or ""], make)


@router.post("/{plan_id}:cancel", responses=refusals(401, 403, 404, 422))
def cancel_plan(
    desk: TheDesk, caller: TheCaller, plan_id: PlanId, response: Response
) -> PlanMetadata:
    """Stop; the best plan so far is kept. 202 while the worker is still ending."""
    plan = told(cancel(desk, caller, plan_id), caller)
    response.status_code = 200 if plan.status.final else 202
    return plan
