"""Look at a finished plan as one caller may see it."""

import threading
from collections.abc import Collection, Sequence
from typing import Any

from movplan.domain.words import Status
from movplan_api.auth.caller import Caller
from movplan_api.auth.medical import masked
from movplan_api.contract.queries import CostsQuery, moment_of
from movplan_api.problems import ConflictingError
from movplan_api.store.plans import Known, Plans
from movplan_api.store.scenarios import Scenarios
from movplan_api.usecases.desk import Desk
from movplan_api.views import gently
from movplan_api.views.costs import CostErrand, costs_of
from movplan_api.views.seen import Row, Seen
from movplan_api.words import Scope

# Documents above so many characters are read one at a time: each that is being read
# makes every other thread wait a little longer for its turn.
_BIG = 1_000_000
_reading_big = threading.Semaphore(1)


def finished(desk: Desk, caller: Caller, plan_id: str) -> Known:
    """A plan that has come out; refuses one that has not, or never will."""
    with desk.store.transaction() as session:
        known = Plans(session, caller.workspace_id).known(plan_id)
    if known.sha256 is not None:
        return known
    status = Status(known.plan.status)
    if status.final:
        words = f"There is no plan to look at: it is {status}; its metadata say why."
        raise ConflictingError("NO_PLAN", words)
    words = f"There is no plan yet: it is {status}."
    raise ConflictingError("NOT_FINISHED", words, headers={"Retry-After": "2"})


def seen(desk: Desk, caller: Caller, known: Known) -> Seen:
    """The plan and its scenario, with what the caller may not see hidden."""
    plan_id, scenario_id = known.plan.id, known.plan.scenario_id
    medical = Scope.MEDICAL in caller.scopes

    def read_plan() -> tuple[Row, int]:
        return _hidden(_plan_text(desk, caller, plan_id), caller)

    def read_scenario() -> tuple[Row, int]:
        return _hidden(_scenario_text(desk, caller, scenario_id), caller)

    def read_both() -> tuple[Seen, int]:
        plan, weight = read_plan()
        key = ("scenario", scenario_id, medical)
        return Seen(plan, desk.shelf.get(key, read_scenario)), weight

    found: Seen = desk.shelf.get(("seen", plan_id, known.sha256, medical), read_both)
    return found


def whole_plan(desk: Desk, caller: Caller, known: Known) -> Row:
    """The plan's document with everything in it: to judge it, not to show it."""
    return document_of(_plan_text(desk, caller, known.plan.id), frozenset(Scope))


def document_of(text: str, scopes: Collection[Scope]) -> Row:
    """A document as one with these scopes may see it; others are let in meanwhile."""
    if len(text) <= _BIG:
        document: Row = masked(gently.loads(text), scopes)
        return document
    with _reading_big:
        whole: Row = gently.loads(text)
        shown: Row = masked(whole, scopes)
        gently.let_go(whole, but=shown)
        return shown


def earlier(desk: Desk, caller: Caller, known: Known, since: str) -> Known | None:
    """The plan to compare with: of that id, or that held by that time."""
    if since.startswith("pln_"):
        return finished(desk, caller, since)
    with desk.store.transaction() as session:
        plans = Plans(session, caller.workspace_id)
        return plans.ancestor_final_by(known.plan, moment_of(since))


def costs(desk: Desk, caller: Caller, known: Known, query: CostsQuery) -> Sequence[Row]:
    """Costs broken down as asked."""
    by, view = query.by.value, query.sharing.value

    def work_out() -> tuple[list[Row], int]:
        plan = _plan_text(desk, caller, known.plan.id)
        scenario = _scenario_text(desk, caller, known.plan.scenario_id)
        rows = desk.readers.do(costs_of, CostErrand(plan, scenario, by, view))
        return rows, 100 * len(rows)

    rows: Sequence[Row] = desk.shelf.get(("costs", known.sha256, by, view), work_out)
    return rows


def input_of(desk: Desk, caller: Caller, known: Known) -> dict[str, Any]:
    """What the plan was made from."""
    with desk.store.transaction() as session:
        scenarios = Scenarios(session, caller.workspace_id)
        scenario = scenarios.get(known.plan.scenario_id)
    said = {
        "scenario_id": scenario.id,
        "name": scenario.name,
        "version": scenario.version,
        "digest": scenario.digest,
        "parent_id": scenario.parent_id,
        "limits": known.plan.limits,
        "changes": scenario.changes,
        "set_aside": scenario.set_aside,
    }
    hidden: dict[str, Any] = masked(said, caller.scopes)
    return {**hidden, "scenario": seen(desk, caller, known).scenario}


def _hidden(text: str, caller: Caller) -> tuple[Row, int]:
    return document_of(text, caller.scopes), len(text)


def _plan_text(desk: Desk, caller: Caller, plan_id: str) -> str:
    with desk.store.transaction() as session:
        found = Plans(session, caller.workspace_id).document(plan_id)
        if found is None:
            raise ConflictingError("NO_PLAN", "The plan was purged just now.")
        return found.document


def _scenario_text(desk: Desk, caller: Caller, scenario_id: str) -> str:
    with desk.store.transaction() as session:
        scenarios = Scenarios(session, caller.workspace_id)
        return scenarios.with_document(scenario_id).document
