"""Events on the ground, and the plan made again because of them."""

from datetime import UTC
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from movplan.domain.words import Reason
from movplan_api.auth.caller import Caller
from movplan_api.auth.medical import masked
from movplan_api.contract.answers import PlanMetadata
from movplan_api.contract.movements import (
    EventAnswer,
    EventPage,
    EventsAsked,
    EventsKept,
)
from movplan_api.contract.orders import ReplanAsked
from movplan_api.http.depends import TheBody, TheCaller, TheDesk
from movplan_api.http.openapi import body_of, refusals
from movplan_api.http.plans import Key
from movplan_api.store.movements import Movements
from movplan_api.store.pages import MOST
from movplan_api.store.tables import MovementEvent
from movplan_api.usecases.movements import record_events
from movplan_api.usecases.replan import replan
from movplan_api.usecases.telling import told

router = APIRouter(prefix="/v1", tags=["movements"])

_OF_A_HOLD = frozenset({"plan_id", "on", "hold_until"})

RowId = Annotated[
    str | None, Query(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]


@router.post(
    "/events",
    status_code=201,
    openapi_extra=body_of(EventsAsked),
    responses=refusals(400, 401, 403, 404, 409, 413, 422, 503),
)
def post_events(desk: TheDesk, caller: TheCaller, body: TheBody) -> EventsKept:
    """Say what happened: departed, no-show, cancelled, medical stop, consent withdrawn.

    Told twice it is kept once. The next replan takes it into account.
    """
    plan_id, events, new = record_events(desk, caller, body)
    items = tuple(_answer(caller, event) for event in events)
    return EventsKept(plan_id=plan_id, new=new, items=items)


@router.get("/events", responses=refusals(400, 401, 422))
def list_events(
    desk: TheDesk,
    caller: TheCaller,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    family_id: RowId = None,
    departure_id: RowId = None,
) -> EventPage:
    """Events, newest first; without the scope ``medical`` a stop is only a hold."""
    with desk.store.transaction() as session:
        page = Movements(session, caller.workspace_id).page(
            limit=limit, cursor=cursor, family_id=family_id, departure_id=departure_id
        )
    items = tuple(_answer(caller, event) for event in page.items)
    return EventPage(items=items, next_cursor=page.next_cursor)


@router.post(
    "/plans/{plan_id}:replan",
    status_code=202,
    openapi_extra=body_of(ReplanAsked),
    responses=refusals(400, 401, 403, 404, 409, 413, 422, 503),
)
def post_replan(
    desk: TheDesk,
    caller: TheCaller,
    plan_id: Annotated[str, Path(max_length=60, pattern=r"^[\w-]+$")],
    body: TheBody,
    response: Response,
    idempotency_key: Key = None,
) -> PlanMetadata:
    """Plan again after changes and events; what is notified or locked is kept."""
    plan = replan(desk, caller, plan_id, body, idempotency_key)
    response.headers["Location"] = f"/v1/plans/{plan.id}"
    return told(plan, caller)


def _answer(caller: Caller, event: MovementEvent) -> EventAnswer:
    said = EventAnswer(
        id=event.id,
        kind=event.kind,
        happened_at=event.happened_at.astimezone(UTC),
        recorded_at=event.recorded_at,
        family_id=event.family_id,
        departure_id=event.departure_id,
        detail=event.detail,
    )
    shown = masked(said.model_dump(mode="json"), caller.scopes)
    if shown["kind"] == Reason.MEDICAL_HOLD:
        # A hold and its date, and what is said of every event.
        detail = event.detail or {}
        shown["detail"] = {name: detail[name] for name in _OF_A_HOLD & detail.keys()}
    return EventAnswer.model_validate(shown)
