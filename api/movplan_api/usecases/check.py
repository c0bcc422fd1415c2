"""Check and price a plan made elsewhere."""

from movplan_api.auth.caller import Caller
from movplan_api.contract.orders import CheckAsked
from movplan_api.solving.checking import CheckFound, CheckTask, check_plan
from movplan_api.solving.intake import Body, read_head
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.fetching import finished_plan, stored_scenario
from movplan_api.words import Role


def check_sent(desk: Desk, caller: Caller, body: bytes) -> CheckFound:
    """Check the plan of the request against its scenario by every rule."""
    caller.must_be(Role.PLANNER)
    asked = desk.readers.do(read_head, Body(CheckAsked, body))
    stored = plan = None
    if asked.scenario_id is not None:
        stored = stored_scenario(desk, caller, asked.scenario_id)
    if asked.plan_id is not None:
        found = finished_plan(desk, caller, asked.plan_id)
        plan = found.plan
        # Its own scenario, unless the request brings or names another.
        if asked.scenario is None and stored is None:
            stored = found.scenario
    return desk.readers.do(check_plan, CheckTask(body, stored, plan))
