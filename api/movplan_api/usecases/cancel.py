"""Stop a plan: what is queued at once, what is being solved with the best so far."""

import time

from movplan.domain.words import Status
from movplan_api.auth.caller import Caller
from movplan_api.store.audit import record
from movplan_api.store.plans import Plans
from movplan_api.store.tables import StoredPlan
from movplan_api.usecases.desk import Desk
from movplan_api.words import Role

# The answer comes within two seconds, whether or not the solver has ended by then.
_WAIT_S, _LOOK_S = 1.7, 0.1


def cancel(desk: Desk, caller: Caller, plan_id: str) -> StoredPlan:
    """Ask, and wait a little for it; a plan that is final already stays as it is."""
    caller.must_be(Role.PLANNER)
    until = time.monotonic() + _WAIT_S
    with desk.store.transaction() as session:
        plans = Plans(session, caller.workspace_id)
        plans.get(plan_id)
        plans.ask_to_cancel(plan_id)
        record(session, caller.actor, "plan.cancel", plan_id)
    while True:
        with desk.store.transaction() as session:
            plan = Plans(session, caller.workspace_id).get(plan_id)
        if Status(plan.status).final or time.monotonic() > until:
            return plan
        time.sleep(_LOOK_S)
