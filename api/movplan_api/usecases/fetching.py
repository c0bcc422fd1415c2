"""What use cases fetch first: stored scenarios, finished plans, small requests."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from pydantic import BaseModel

from movplan_api.auth.caller import Caller
from movplan_api.problems import ConflictingError
from movplan_api.solving.intake import Body, read_asked
from movplan_api.solving.reading import Stored
from movplan_api.store.plans import Plans
from movplan_api.store.scenarios import Scenarios
from movplan_api.usecases.desk import Desk

M = TypeVar("M", bound=BaseModel)

# Reading so little takes a millisecond; sending it to another process does too.
_SMALL_BYTES = 50_000


@dataclass(frozen=True, slots=True)
class Finished:
    """A plan that is there, with its scenario."""

    plan_id: str
    ordered_at: datetime
    scenario_id: str
    scenario: Stored
    plan: str


def read_small(desk: Desk, model: type[M], body: bytes) -> M:
    """A request of this model; a big one is read in another process."""
    sent = Body(model, body)
    if len(body) <= _SMALL_BYTES:
        return read_asked(sent)
    found: M = desk.readers.do(read_asked, sent)
    return found


def stored_scenario(desk: Desk, caller: Caller, scenario_id: str) -> Stored:
    """A scenario of the caller's workspace."""
    with desk.store.transaction() as session:
        scenarios = Scenarios(session, caller.workspace_id)
        row = scenarios.with_document(scenario_id)
        return Stored(row.document, tuple(row.set_aside))


def finished_plan(desk: Desk, caller: Caller, plan_id: str) -> Finished:
    """A plan of the caller's workspace that has come out; refuses others."""
    with desk.store.transaction() as session:
        plans = Plans(session, caller.workspace_id)
        row, found = plans.get(plan_id), plans.document(plan_id)
        if found is None:
            words = f"The plan is {row.status}: there is nothing to go on from."
            raise ConflictingError("NO_PLAN_YET", words)
        scenario = Scenarios(session, caller.workspace_id).with_document(
            row.scenario_id
        )
        return Finished(
            plan_id=row.id,
            ordered_at=row.created_at,
            scenario_id=scenario.id,
            scenario=Stored(scenario.document, tuple(scenario.set_aside)),
            plan=found.document,
        )
