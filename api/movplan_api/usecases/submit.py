"""Hand in a plan to be made."""

from movplan_api.auth.caller import Caller
from movplan_api.solving.intake import Revision, read_order, revise
from movplan_api.store.tables import StoredPlan
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.fetching import stored_scenario
from movplan_api.usecases.handing_in import Order, Request, hand_in
from movplan_api.words import Role


def submit(desk: Desk, caller: Caller, body: bytes, key: str | None) -> StoredPlan:
    """Store the scenario and the plan, and queue it: all of it or nothing.

    The same request under the same key gives the plan that is there already.
    """
    caller.must_be(Role.PLANNER)
    return hand_in(
        desk, caller, Request.of(key, body), lambda: _read(desk, caller, body)
    )


def _read(desk: Desk, caller: Caller, body: bytes) -> Order:
    found = desk.readers.do(read_order, body)
    asked, draft = found.asked, found.draft
    if asked.scenario_id is not None and asked.changes_something:
        stored = stored_scenario(desk, caller, asked.scenario_id)
        draft = desk.readers.do(revise, Revision(stored, asked))
    # What was sent is in the draft now.
    light = asked.model_copy(update={"scenario": None, "overrides": ()})
    return Order(light, draft, asked.scenario_id)
