"""Forget: one plan, one scenario, or all that was final before a moment."""

from dataclasses import asdict

from movplan_api.auth.caller import Caller
from movplan_api.clock import now
from movplan_api.contract.keys import (
    PurgeAsked,
    Purged,
    WorkspaceAnswer,
    WorkspaceAsked,
)
from movplan_api.problems import InvalidError, ProblemIssue
from movplan_api.store.access import Access
from movplan_api.store.audit import record
from movplan_api.store.purging import Purge
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.fetching import read_small
from movplan_api.words import Role


def look_at_workspace(desk: Desk, caller: Caller) -> WorkspaceAnswer:
    """The caller's workspace."""
    with desk.store.transaction() as session:
        found = Access(session).workspace(caller.workspace_id)
        return WorkspaceAnswer.model_validate(found)


def change_workspace(desk: Desk, caller: Caller, body: bytes) -> WorkspaceAnswer:
    """How long final plans are kept; workers forget what is older, now and then."""
    caller.must_be(Role.ADMIN)
    asked = read_small(desk, WorkspaceAsked, body)
    with desk.store.transaction() as session:
        found = Access(session).workspace(caller.workspace_id)
        found.retention_days = asked.retention_days
        detail = {"retention_days": asked.retention_days}
        record(session, caller.actor, "workspace.retention", found.id, detail)
        session.flush()
        return WorkspaceAnswer.model_validate(found)


def purge_before(desk: Desk, caller: Caller, body: bytes) -> Purged:
    """All that was final before a moment, but what is in force."""
    caller.must_be(Role.ADMIN)
    asked = read_small(desk, PurgeAsked, body)
    if asked.before > now():
        issue = ProblemIssue(
            code="IN_THE_FUTURE",
            path="/before",
            value=asked.before.isoformat(),
            problem="what is not yet there cannot be purged",
        )
        words = "The moment is yet to come."
        raise InvalidError("INVALID_REQUEST", words, issues=[issue])
    with desk.store.transaction() as session:
        gone = Purge(session, caller.workspace_id).before(asked.before)
        detail = {"before": asked.before.isoformat(), **asdict(gone)}
        record(session, caller.actor, "workspace.purged", caller.workspace_id, detail)
    return Purged.model_validate(gone)


def purge_plan(desk: Desk, caller: Caller, plan_id: str) -> None:
    """One plan."""
    caller.must_be(Role.ADMIN)
    with desk.store.transaction() as session:
        Purge(session, caller.workspace_id).plan(plan_id)
        record(session, caller.actor, "plan.purged", plan_id)


def purge_scenario(desk: Desk, caller: Caller, scenario_id: str) -> None:
    """One scenario."""
    caller.must_be(Role.ADMIN)
    with desk.store.transaction() as session:
        Purge(session, caller.workspace_id).scenario(scenario_id)
        record(session, caller.actor, "scenario.purged", scenario_id)
