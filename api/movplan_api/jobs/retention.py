"""Keep plans no longer than their workspace wants to."""

from dataclasses import asdict
from datetime import timedelta

from movplan_api.clock import now
from movplan_api.store import Store
from movplan_api.store.access import Access
from movplan_api.store.audit import Actor, record
from movplan_api.store.purging import Purge


def forget_what_is_old(store: Store) -> int:
    """Purge every workspace that has a retention; how many plans went in all.

    A workspace at a time, so that none waits for all. What went is in its audit log,
    if anything did; done by two workers at once the second finds nothing.
    """
    with store.transaction() as session:
        found = [
            (workspace.id, workspace.retention_days)
            for workspace in Access(session).workspaces()
        ]
    plans = 0
    for workspace_id, days in found:
        if days is None:
            continue
        with store.transaction() as session:
            gone = Purge(session, workspace_id).before(now() - timedelta(days=days))
            plans += gone.plans
            if any(asdict(gone).values()):
                detail = {"retention_days": days, **asdict(gone)}
                actor = Actor(workspace_id)
                record(session, actor, "workspace.purged", workspace_id, detail)
    return plans
