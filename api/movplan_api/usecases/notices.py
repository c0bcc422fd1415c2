"""What others are told when a plan comes into force. Thin: ids, links, one code.

Whoever listens may not know about health, so the differences are those that a caller
without the scope ``medical`` sees: a hold and a date.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from sqlalchemy.orm import Session

from movplan.domain.words import Reason
from movplan_api.auth.caller import Caller
from movplan_api.store.in_force import InForcePlans
from movplan_api.store.notices import Endpoints, NoticeKind, Said, announce
from movplan_api.usecases import looking
from movplan_api.usecases.desk import Desk
from movplan_api.views.differences import departure_changes, family_changes
from movplan_api.views.seen import Row, Seen

_NOTHING = Seen(
    plan={"schedule": [], "left_out": [], "departures": []},
    scenario={"families": [], "departures": [], "members": []},
)
_OF_CHANGES = (
    NoticeKind.FAMILY_CHANGED,
    NoticeKind.FAMILY_LEFT_OUT,
    NoticeKind.DEPARTURE_CHANGED,
)


def read_ahead(desk: Desk, caller: Caller, plan_id: str) -> None:
    """Read what the notices of an approval are made of, before anything is held.

    Reading a big plan takes a second or two, in which nobody else could write.
    """
    with desk.store.transaction() as session:
        if not _somebody_listens(session, caller):
            return
        current = InForcePlans(session, caller.workspace_id).current()
    nobody = replace(caller, scopes=frozenset())
    _seen(desk, nobody, plan_id)
    if current is not None:
        _seen(desk, nobody, current.plan_id)


def tell_of_approval(
    desk: Desk, session: Session, caller: Caller, plan_id: str, replaced: str | None
) -> None:
    """Notices of the approval, and of what it changes for families and departures."""
    links = {"plan": f"/v1/plans/{plan_id}"}
    if replaced is not None:
        links["diff"] = f"/v1/plans/{plan_id}/diff?against={replaced}"
    detail = {"plan_id": plan_id, "replaced": replaced, "links": links}
    approved = Said(NoticeKind.PLAN_APPROVED, plan_id, detail)
    announce(session, caller.workspace_id, [approved])
    if _somebody_listens(session, caller):
        nobody = replace(caller, scopes=frozenset())
        before = _NOTHING if replaced is None else _seen(desk, nobody, replaced)
        after = _seen(desk, nobody, plan_id)
        said = _changes(plan_id, before, after)
        announce(session, caller.workspace_id, said)


def _somebody_listens(session: Session, caller: Caller) -> bool:
    endpoints = Endpoints(session, caller.workspace_id)
    return any(endpoints.listening(kind) for kind in _OF_CHANGES)


def _seen(desk: Desk, caller: Caller, plan_id: str) -> Seen:
    return looking.seen(desk, caller, looking.finished(desk, caller, plan_id))


def _changes(plan_id: str, before: Seen, after: Seen) -> Iterator[Said]:
    for row in family_changes(before, after):
        yield _of_family(plan_id, row, after)
    for row in departure_changes(before, after):
        departure_id = row["departure_id"]
        yield Said(
            NoticeKind.DEPARTURE_CHANGED,
            departure_id,
            {
                "plan_id": plan_id,
                "ran": row["ran"],
                "runs": row["runs"],
                "links": _links(plan_id, "departures", departure_id),
            },
        )


def _of_family(plan_id: str, row: Row, after: Seen) -> Said:
    family_id = row["family_id"]
    detail: dict[str, Any] = {
        "plan_id": plan_id,
        "change": row["change"],
        "case_ids": row["case_ids"],
        "external_ref": row["external_ref"],
        "links": _links(plan_id, "families", family_id),
    }
    left_out = after.left_out.get(family_id)
    if left_out is None:
        return Said(NoticeKind.FAMILY_CHANGED, family_id, detail)
    detail["reason"] = left_out["reason"]
    if left_out["reason"] == Reason.MEDICAL_HOLD:
        # What a masked row has for a fact is the date.
        detail["date"] = left_out["fact"]
    return Said(NoticeKind.FAMILY_LEFT_OUT, family_id, detail)


def _links(plan_id: str, view: str, name: str) -> dict[str, str]:
    own = f"/v1/plans/{plan_id}/{view}/{quote(name, safe='')}"
    return {"self": own, "plan": f"/v1/plans/{plan_id}"}
