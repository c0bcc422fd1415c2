"""Give somebody a key."""

from collections.abc import Iterator
from datetime import timedelta

import typer

from movplan_api.auth.keys import make_key, split_key
from movplan_api.clock import now
from movplan_api.store import Store
from movplan_api.store.access import Access, Keys
from movplan_api.store.audit import Actor, record
from movplan_api.store.pages import MOST
from movplan_api.store.tables import ApiKey
from movplan_api.words import Role, Scope

FIRST_WORKSPACE = "default"


def give_key(
    store: Store, workspace: str, name: str, role: Role, scopes: tuple[Scope, ...]
) -> str:
    """A new key's text; the workspace is made if there is none of that name."""
    made = make_key()
    with store.transaction() as session:
        access = Access(session)
        home = access.workspace_named(workspace) or access.add_workspace(workspace)
        access.add_key(
            home,
            key_id=made.key_id,
            secret_sha256=made.secret_sha256,
            name=name,
            role=role,
            scopes=scopes,
        )
        detail = {"role": role.value, "scopes": [scope.value for scope in scopes]}
        record(session, Actor(home.id), "key.created", made.key_id, detail)
    return made.text


def give_first_key(store: Store) -> None:
    """Print an admin key if nobody has any yet."""
    with store.transaction() as session:
        if Access(session).any_key():
            return
    text = give_key(store, FIRST_WORKSPACE, "first admin", Role.ADMIN, tuple(Scope))
    typer.echo(f"Your admin key, shown this once:\n{text}")


def let_expire(store: Store, text: str, days: int) -> None:
    """A key just made ends after so many days."""
    parts = split_key(text)
    assert parts is not None, "just made"
    with store.transaction() as session:
        key = Access(session).key(parts[0])
        assert key is not None, "just made"
        key.expires_at = now() + timedelta(days=days)


def lines_of_keys(store: Store, workspace: str | None) -> Iterator[str]:
    """A line for each key: id, workspace, role, scopes, name, and how it stands."""
    with store.transaction() as session:
        for home in Access(session).workspaces():
            if workspace in (None, home.name):
                page = Keys(session, home.id).page(limit=MOST, cursor=None)
                for key in page.items:
                    yield _line(home.name, key)


def take_key(store: Store, key_id: str) -> bool:
    """Revoke a key of any workspace; whether there is one of that id."""
    with store.transaction() as session:
        key = Access(session).key(key_id)
        if key is None:
            return False
        Keys(session, key.workspace_id).revoke(key_id)
        record(session, Actor(key.workspace_id), "key.revoked", key_id)
    return True


def _line(workspace: str, key: ApiKey) -> str:
    standing = "valid"
    if key.revoked_at is not None:
        standing = "revoked"
    elif key.expires_at is not None:
        ended = key.expires_at <= now()
        standing = "expired" if ended else f"until {key.expires_at:%Y-%m-%d}"
    scopes = ",".join(key.scopes) or "-"
    return f"{key.id}  {workspace}  {key.role}  {scopes}  {standing}  {key.name}"
