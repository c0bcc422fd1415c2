"""The audit log, for admins: entries are only ever added."""

from typing import Annotated

from fastapi import APIRouter, Query

from movplan_api.contract.keys import AuditAnswer, AuditPage, AuditQuery
from movplan_api.http.depends import TheCaller, TheDesk
from movplan_api.http.openapi import refusals
from movplan_api.store.audit import AuditFilter, entries
from movplan_api.words import Role

router = APIRouter(prefix="/v1/audit", tags=["audit"])


@router.get("", responses=refusals(400, 401, 403, 422))
def get_audit(
    desk: TheDesk, caller: TheCaller, query: Annotated[AuditQuery, Query()]
) -> AuditPage:
    """What was done in the workspace, by which key, newest first."""
    caller.must_be(Role.ADMIN)
    wanted = AuditFilter(**query.model_dump(exclude={"limit", "cursor"}))
    with desk.store.transaction() as session:
        page = entries(
            session,
            caller.workspace_id,
            wanted,
            limit=query.limit,
            cursor=query.cursor,
        )
    items = tuple(AuditAnswer.model_validate(row) for row in page.items)
    return AuditPage(items=items, next_cursor=page.next_cursor)
