"""Names: sent in, counted, sealed again, purged. Reading them is for manifests."""

from typing import Annotated

from fastapi import APIRouter, Header, Query

from movplan_api.contract.identities import (
    IdentitiesAsked,
    IdentitiesGone,
    IdentitiesKept,
    IdentitiesResealed,
    IdentityEntry,
    IdentityPage,
)
from movplan_api.http.depends import TheBody, TheCaller, TheDesk
from movplan_api.http.openapi import body_of, refusals
from movplan_api.store.identities import Identities
from movplan_api.store.pages import MOST
from movplan_api.usecases.identities import (
    purge_identities,
    put_identities,
    reseal_identities,
)
from movplan_api.words import Scope

router = APIRouter(prefix="/v1/identities", tags=["identities"])

_body = body_of(IdentitiesAsked)
_body["requestBody"]["content"]["text/csv"] = {"schema": {"type": "string"}}


@router.put(
    "",
    openapi_extra=_body,
    responses=refusals(400, 401, 403, 413, 415, 422, 503),
)
def put_names(
    desk: TheDesk,
    caller: TheCaller,
    body: TheBody,
    content_type: Annotated[str, Header(include_in_schema=False)] = "",
) -> IdentitiesKept:
    """Keep names, sealed; a member known already gets the new one."""
    return IdentitiesKept(kept=put_identities(desk, caller, body, content_type))


@router.get("", responses=refusals(400, 401, 403, 422))
def list_names(
    desk: TheDesk,
    caller: TheCaller,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> IdentityPage:
    """Which members have names here; the names themselves are on manifests only."""
    caller.must_see(Scope.NAMES)
    with desk.store.transaction() as session:
        identities = Identities(session, caller.workspace_id)
        page = identities.page(limit=limit, cursor=cursor)
        total = identities.count()
    items = tuple(IdentityEntry.model_validate(row) for row in page.items)
    return IdentityPage(items=items, total=total, next_cursor=page.next_cursor)


@router.delete("", responses=refusals(401, 403))
def purge_names(desk: TheDesk, caller: TheCaller) -> IdentitiesGone:
    """Forget every name of the workspace; scenarios and plans stay."""
    return IdentitiesGone(purged=purge_identities(desk, caller))


@router.delete("/{member_id}", responses=refusals(401, 403, 404))
def purge_name(desk: TheDesk, caller: TheCaller, member_id: str) -> IdentitiesGone:
    """Forget one member's name."""
    return IdentitiesGone(purged=purge_identities(desk, caller, member_id))


@router.post(":reseal", responses=refusals(401, 403, 503))
def reseal_names(desk: TheDesk, caller: TheCaller) -> IdentitiesResealed:
    """After a new key was added: seal every name with it, so the old one can go."""
    resealed, number = reseal_identities(desk, caller)
    return IdentitiesResealed(resealed=resealed, key_number=number)
