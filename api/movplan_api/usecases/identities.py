"""Names: kept, counted, sealed again, purged; never shown but on manifests."""

from movplan_api.auth.caller import Caller
from movplan_api.contract.identities import IdentityRow
from movplan_api.problems import (
    BadRequestError,
    InvalidError,
    NotFoundError,
    UnreadableKindError,
)
from movplan_api.store.audit import record
from movplan_api.store.identities import Identities
from movplan_api.usecases.desk import Desk
from movplan_api.vault.reading import NamesRead, read_names_csv, read_names_json
from movplan_api.words import Role, Scope

_READERS = {"application/json": read_names_json, "text/csv": read_names_csv}


def put_identities(desk: Desk, caller: Caller, body: bytes, kind: str) -> int:
    """Read names and keep them; all of them or none."""
    caller.must_be(Role.PLANNER)
    caller.must_see(Scope.NAMES)
    _refuse_closed(desk)
    reader = _READERS.get(kind.partition(";")[0].strip().lower())
    if reader is None:
        words = "Send names as application/json or text/csv."
        raise UnreadableKindError("UNREADABLE_KIND", words)
    rows = _accepted(desk.readers.do(reader, body))
    workspace_id = caller.workspace_id
    sealed = [desk.vault.seal(workspace_id, row) for row in rows]
    with desk.store.transaction() as session:
        kept = Identities(session, workspace_id).put(sealed)
        detail = {"count": kept}
        record(session, caller.actor, "identities.kept", workspace_id, detail)
    return kept


def purge_identities(desk: Desk, caller: Caller, member_id: str | None = None) -> int:
    """Forget all names of the workspace, or one member's; plans stay as they are."""
    caller.must_be(Role.ADMIN)
    with desk.store.transaction() as session:
        gone = Identities(session, caller.workspace_id).purge(member_id)
        if member_id is not None and not gone:
            raise NotFoundError("NO_SUCH_NAME", "This member has no name here.")
        subject = member_id or caller.workspace_id
        detail = {"count": gone}
        record(session, caller.actor, "identities.purged", subject, detail)
    return gone


def reseal_identities(desk: Desk, caller: Caller) -> tuple[int, int]:
    """Seal with the newest key what an older one sealed; how many, and its number."""
    caller.must_be(Role.ADMIN)
    vault, workspace_id = desk.vault, caller.workspace_id
    number = vault.key_number
    with desk.store.transaction() as session:
        identities = Identities(session, workspace_id)
        again = [
            vault.seal(workspace_id, vault.open(workspace_id, row))
            for row in identities.sealed_before(number)
        ]
        identities.put(again)
        detail = {"count": len(again), "key_number": number}
        record(session, caller.actor, "identities.resealed", workspace_id, detail)
    return len(again), number


def _refuse_closed(desk: Desk) -> None:
    """Say so before anything is read."""
    _ = desk.vault.key_number


def _accepted(found: NamesRead) -> tuple[IdentityRow, ...]:
    if found.unreadable:
        raise BadRequestError("UNREADABLE", found.unreadable)
    if found.issues:
        total = found.issues_total
        words = f"The names have {total} issue{'s' * (total != 1)}."
        raise InvalidError(
            "INVALID_NAMES", words, issues=found.issues, issues_total=total
        )
    return found.rows
