"""Keys of a workspace: make, look, revoke. Who asks gives no more than they have."""

from movplan_api.auth.caller import Caller
from movplan_api.auth.keys import make_key
from movplan_api.clock import now
from movplan_api.contract.keys import (
    CallerAnswer,
    KeyAnswer,
    KeyAsked,
    KeyMade,
    KeyPage,
)
from movplan_api.problems import ConflictingError, InvalidError, ProblemIssue
from movplan_api.store.access import Access, Keys
from movplan_api.store.audit import record
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.fetching import read_small
from movplan_api.words import Role


def add_key(desk: Desk, caller: Caller, body: bytes) -> KeyMade:
    """A new key of the caller's workspace, with no scope the caller lacks."""
    caller.must_be(Role.ADMIN)
    asked = read_small(desk, KeyAsked, body)
    for scope in asked.scopes:
        caller.must_see(scope)
    _refuse_past(asked)
    made = make_key()
    with desk.store.transaction() as session:
        access = Access(session)
        key = access.add_key(
            access.workspace(caller.workspace_id),
            key_id=made.key_id,
            secret_sha256=made.secret_sha256,
            name=asked.name,
            role=asked.role,
            scopes=tuple(dict.fromkeys(asked.scopes)),
        )
        key.expires_at = asked.expires_at
        detail = {"role": asked.role.value, "scopes": key.scopes}
        record(session, caller.actor, "key.created", made.key_id, detail)
        said = KeyAnswer.model_validate(key).model_dump()
    return KeyMade(**said, key=made.text)


def list_keys(desk: Desk, caller: Caller, limit: int, cursor: str | None) -> KeyPage:
    """Keys of the workspace, newest first."""
    caller.must_be(Role.ADMIN)
    with desk.store.transaction() as session:
        page = Keys(session, caller.workspace_id).page(limit=limit, cursor=cursor)
    items = tuple(KeyAnswer.model_validate(row) for row in page.items)
    return KeyPage(items=items, next_cursor=page.next_cursor)


def look_at_key(desk: Desk, caller: Caller, key_id: str) -> KeyAnswer:
    """One of them."""
    caller.must_be(Role.ADMIN)
    with desk.store.transaction() as session:
        found = Keys(session, caller.workspace_id).get(key_id)
        return KeyAnswer.model_validate(found)


def revoke_key(desk: Desk, caller: Caller, key_id: str) -> KeyAnswer:
    """It opens nothing any more; the last admin's key stays, or nobody could help."""
    caller.must_be(Role.ADMIN)
    with desk.store.transaction() as session:
        keys = Keys(session, caller.workspace_id)
        keys.get(key_id)
        key = keys.revoke(key_id)
        if key.role == Role.ADMIN.value and not keys.valid_admins():
            words = "It is the last valid key of an admin: make another first."
            raise ConflictingError("LAST_ADMIN", words)
        record(session, caller.actor, "key.revoked", key_id)
        return KeyAnswer.model_validate(key)


def who_am_i(desk: Desk, caller: Caller) -> CallerAnswer:
    """The caller, as their key says."""
    with desk.store.transaction() as session:
        name = Access(session).workspace(caller.workspace_id).name
    return CallerAnswer(
        workspace_id=caller.workspace_id,
        workspace=name,
        key_id=caller.key_id,
        role=caller.role,
        scopes=tuple(sorted(caller.scopes)),
    )


def _refuse_past(asked: KeyAsked) -> None:
    if asked.expires_at is not None and asked.expires_at <= now():
        issue = ProblemIssue(
            code="IN_THE_PAST",
            path="/expires_at",
            value=asked.expires_at.isoformat(),
            problem="the key would be of no use",
        )
        words = "The key would have ended already."
        raise InvalidError("INVALID_REQUEST", words, issues=[issue])
