"""Keys of the workspace, for its admins; and who one is."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from movplan_api.contract.keys import (
    CallerAnswer,
    KeyAnswer,
    KeyAsked,
    KeyMade,
    KeyPage,
)
from movplan_api.http.depends import TheBody, TheCaller, TheDesk
from movplan_api.http.openapi import body_of, refusals
from movplan_api.store.pages import MOST
from movplan_api.usecases import keys as use

router = APIRouter(prefix="/v1", tags=["keys"])

KeyId = Annotated[str, Path(max_length=60, pattern=r"^[\w-]+$")]


@router.get("/me", responses=refusals(401))
def get_me(desk: TheDesk, caller: TheCaller) -> CallerAnswer:
    """Whose key this is: workspace, role and scopes."""
    return use.who_am_i(desk, caller)


@router.post(
    "/keys",
    status_code=201,
    openapi_extra=body_of(KeyAsked),
    responses=refusals(400, 401, 403, 413, 422),
)
def post_key(
    desk: TheDesk, caller: TheCaller, body: TheBody, response: Response
) -> KeyMade:
    """Make a key; its text is in the answer, this once."""
    made = use.add_key(desk, caller, body)
    response.headers["Location"] = f"/v1/keys/{made.id}"
    return made


@router.get("/keys", responses=refusals(400, 401, 403, 422))
def get_keys(
    desk: TheDesk,
    caller: TheCaller,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> KeyPage:
    """Keys of the workspace, newest first, revoked and expired ones too."""
    return use.list_keys(desk, caller, limit, cursor)


@router.get("/keys/{key_id}", responses=refusals(401, 403, 404, 422))
def get_key(desk: TheDesk, caller: TheCaller, key_id: KeyId) -> KeyAnswer:
    """One key, without its secret."""
    return use.look_at_key(desk, caller, key_id)


@router.post("/keys/{key_id}:revoke", responses=refusals(401, 403, 404, 409, 422))
def post_key_revoke(desk: TheDesk, caller: TheCaller, key_id: KeyId) -> KeyAnswer:
    """Let the key open nothing any more; refused of the last admin's."""
    return use.revoke_key(desk, caller, key_id)
