"""Plan again from a plan: what happened and changed since, promises kept."""

from datetime import date

from movplan_api.auth.caller import Caller
from movplan_api.contract.orders import ReplanAsked
from movplan_api.solving.replanning import HappenedEvent, ReplanTask, prepare_replan
from movplan_api.store.movements import Movements
from movplan_api.store.tables import MovementEvent, StoredPlan
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.fetching import Finished, finished_plan, read_small
from movplan_api.usecases.handing_in import Order, Request, hand_in
from movplan_api.words import Role


def replan(
    desk: Desk, caller: Caller, plan_id: str, body: bytes, key: str | None
) -> StoredPlan:
    """Order a plan that keeps what is notified or locked in this one."""
    caller.must_be(Role.PLANNER)
    request = Request.of(key, b"replan", plan_id.encode(), body)
    return hand_in(desk, caller, request, lambda: _read(desk, caller, plan_id, body))


def _read(desk: Desk, caller: Caller, plan_id: str, body: bytes) -> Order:
    asked = read_small(desk, ReplanAsked, body)
    before = finished_plan(desk, caller, plan_id)
    events = _events(desk, caller, before) if asked.take_events else ()
    taken = tuple(happened(event) for event in events)
    task = ReplanTask(before.scenario, before.plan, taken, asked)
    return Order(
        asked=asked.model_copy(update={"changes": ()}),
        draft=desk.readers.do(prepare_replan, task),
        scenario_id=before.scenario_id,
        parent_id=before.plan_id,
    )


def _events(desk: Desk, caller: Caller, before: Finished) -> tuple[MovementEvent, ...]:
    """What was recorded since the plan was ordered; earlier is in its scenario."""
    with desk.store.transaction() as session:
        return Movements(session, caller.workspace_id).since(before.ordered_at)


def happened(event: MovementEvent) -> HappenedEvent:
    """An event as the reader processes take it."""
    return HappenedEvent(
        kind=event.kind,
        on=date.fromisoformat(event.detail["on"]),
        family_id=event.family_id,
        departure_id=event.departure_id,
        detail=event.detail,
    )
