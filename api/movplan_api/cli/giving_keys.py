"""Give somebody a key."""

import typer

from movplan_api.auth.keys import make_key
from movplan_api.store import Store
from movplan_api.store.access import Access
from movplan_api.store.audit import Actor, record
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
