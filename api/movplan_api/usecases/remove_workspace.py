"""Remove a workspace with all it holds, or say what would go."""

from movplan_api.auth.caller import Caller
from movplan_api.contract.keys import WorkspaceRemovalAsked, WorkspaceRemoved
from movplan_api.problems import ConflictingError
from movplan_api.store import Store
from movplan_api.store.access import Access
from movplan_api.store.audit import Actor, record
from movplan_api.store.removing import Removal
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.fetching import read_small
from movplan_api.words import Role


def remove_own(desk: Desk, caller: Caller, body: bytes) -> WorkspaceRemoved:
    """The caller's workspace; its name has to be said, so that none goes by a slip."""
    caller.must_be(Role.ADMIN)
    asked = read_small(desk, WorkspaceRemovalAsked, body)
    with desk.store.transaction() as session:
        name = Access(session).workspace(caller.workspace_id).name
    if asked.name != name:
        words = "That is not the name of this key's workspace: nothing was removed."
        raise ConflictingError("ANOTHER_NAME", words)
    removed = remove(desk.store, caller.actor, dry_run=asked.dry_run)
    if not asked.dry_run:
        # Plans read lately are in memory, too.
        desk.shelf.clear()
    return removed


def remove(store: Store, actor: Actor, *, dry_run: bool) -> WorkspaceRemoved:
    """All of the actor's workspace; the audit log says so, and how much went."""
    with store.transaction() as session:
        name = Access(session).workspace(actor.workspace_id).name
        removal = Removal(session, actor.workspace_id)
        if dry_run:
            counts = removal.counts()
        else:
            counts = removal.remove()
            # No name: that of a mission may say more than the log should keep.
            record(session, actor, "workspace.removed", actor.workspace_id, counts)
    return WorkspaceRemoved(id=actor.workspace_id, name=name, dry_run=dry_run, **counts)
