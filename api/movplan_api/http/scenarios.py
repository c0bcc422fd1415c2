"""Scenarios: sent once, never changed; changes make another version."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Response

from movplan_api.auth.caller import Caller
from movplan_api.auth.medical import masked
from movplan_api.contract.intake import (
    ScenarioAnswer,
    ScenarioPage,
    ScenarioSummary,
)
from movplan_api.contract.orders import ScenarioAsked, VersionAsked
from movplan_api.http.depends import TheBody, TheCaller, TheDesk
from movplan_api.http.openapi import body_of, refusals
from movplan_api.http.piecewise import Piecewise
from movplan_api.http.uploads import ContentType, is_zip, zip_or
from movplan_api.store.pages import MOST
from movplan_api.store.scenarios import Scenarios
from movplan_api.store.tables import StoredScenario
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.looking import document_of
from movplan_api.usecases.upload import add_version, upload, upload_zip
from movplan_api.views import gently
from movplan_api.words import Scope

router = APIRouter(prefix="/v1/scenarios", tags=["scenarios"])

ScenarioId = Annotated[str, Path(max_length=60, pattern=r"^[\w-]+$")]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Cursor = Annotated[str | None, Query(max_length=200)]
Name = Annotated[
    str | None, Query(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]


@router.post(
    "",
    status_code=201,
    openapi_extra=zip_or(ScenarioAsked),
    responses={
        200: {"model": ScenarioAnswer, "description": "It was here already"},
        **refusals(400, 401, 403, 413, 415, 422, 503),
    },
)
def post_scenario(
    desk: TheDesk,
    caller: TheCaller,
    body: TheBody,
    response: Response,
    content_type: ContentType = "",
    set_aside: Annotated[
        bool, Query(description="Of a zip: leave families with errors out.")
    ] = False,
) -> ScenarioAnswer:
    """Send a scenario: JSON, or its folder as a zip. The same content is kept once."""
    if is_zip(content_type):
        found = upload_zip(desk, caller, body, set_aside=set_aside)
    else:
        found = upload(desk, caller, body)
    return _kept(caller, response, *found)


@router.get("", responses=refusals(400, 401, 422))
def list_scenarios(
    desk: TheDesk,
    caller: TheCaller,
    limit: Limit = 50,
    cursor: Cursor = None,
    name: Name = None,
) -> ScenarioPage:
    """Scenarios, newest first; ``name`` is what a scenario calls itself."""
    return _page(desk, caller, limit, cursor, name)


@router.get("/{scenario_id}", responses=refusals(401, 404, 422))
def get_scenario(
    desk: TheDesk, caller: TheCaller, scenario_id: ScenarioId
) -> ScenarioAnswer:
    """What is known of a scenario, without its rows."""
    with desk.store.transaction() as session:
        row = Scenarios(session, caller.workspace_id).get(scenario_id)
    return _answer(caller, row)


@router.get("/{scenario_id}/document", responses=refusals(401, 404, 422))
def get_document(
    desk: TheDesk,
    caller: TheCaller,
    scenario_id: ScenarioId,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Its canonical JSON. Without the scope ``medical`` health data are left out."""
    with desk.store.transaction() as session:
        scenarios = Scenarios(session, caller.workspace_id)
        row = scenarios.with_document(scenario_id)
    whole = Scope.MEDICAL in caller.scopes
    tag = f'"{row.digest}"' if whole else f'"{row.digest}:masked"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in {part.strip() for part in (if_none_match or "").split(",")}:
        return Response(status_code=304, headers=headers)
    text = row.document
    if not whole:
        text = gently.dumps(document_of(text, caller.scopes)).decode()
    return Piecewise(text, headers=headers, media_type="application/json")


@router.get("/{scenario_id}/versions", responses=refusals(400, 401, 404, 422))
def list_versions(
    desk: TheDesk,
    caller: TheCaller,
    scenario_id: ScenarioId,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ScenarioPage:
    """Every version of the scenario's name, newest first."""
    with desk.store.transaction() as session:
        name = Scenarios(session, caller.workspace_id).get(scenario_id).name
    return _page(desk, caller, limit, cursor, name)


@router.post(
    "/{scenario_id}/versions",
    status_code=201,
    openapi_extra=body_of(VersionAsked),
    responses={
        200: {"model": ScenarioAnswer, "description": "It was here already"},
        **refusals(400, 401, 403, 404, 413, 422, 503),
    },
)
def post_version(
    desk: TheDesk,
    caller: TheCaller,
    scenario_id: ScenarioId,
    body: TheBody,
    response: Response,
) -> ScenarioAnswer:
    """Send what changed (add, update, withdraw, scale, close): all of it or nothing."""
    return _kept(caller, response, *add_version(desk, caller, scenario_id, body))


def _kept(
    caller: Caller, response: Response, row: StoredScenario, new: bool
) -> ScenarioAnswer:
    response.status_code = 201 if new else 200
    response.headers["Location"] = f"/v1/scenarios/{row.id}"
    return _answer(caller, row)


def _answer(caller: Caller, row: StoredScenario) -> ScenarioAnswer:
    said: dict[str, Any] = ScenarioAnswer.model_validate(row).model_dump()
    free = {name: said[name] for name in ("set_aside", "warnings", "changes")}
    return ScenarioAnswer.model_validate(said | masked(free, caller.scopes))


def _page(
    desk: Desk, caller: Caller, limit: int, cursor: str | None, name: str | None
) -> ScenarioPage:
    with desk.store.transaction() as session:
        page = Scenarios(session, caller.workspace_id).page(
            limit=limit, cursor=cursor, name=name
        )
    items = tuple(ScenarioSummary.model_validate(row) for row in page.items)
    return ScenarioPage(items=items, next_cursor=page.next_cursor)
