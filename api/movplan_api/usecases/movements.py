"""Record what happened on the ground; the next replan takes it into account."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from movplan.application.happenings import Concern
from movplan_api.auth.caller import Caller
from movplan_api.contract.movements import EventAsked, EventsAsked
from movplan_api.problems import ConflictingError, ProblemIssue
from movplan_api.solving.reading import invalid
from movplan_api.solving.replanning import EventsTask, HappenedEvent, judge_events
from movplan_api.store.audit import record
from movplan_api.store.movements import EventDraft, Movements
from movplan_api.store.tables import InForce, MovementEvent
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.fetching import finished_plan, read_small
from movplan_api.words import Role


def record_events(
    desk: Desk, caller: Caller, body: bytes
) -> tuple[str, tuple[MovementEvent, ...], int]:
    """Keep events of a plan: its id, the events as kept, how many are new."""
    caller.must_be(Role.PLANNER)
    asked = read_small(desk, EventsAsked, body)
    plan_id = asked.plan_id or _in_force(desk, caller)
    drafts = [_draft(event, plan_id) for event in asked.events]
    drafts = _judged(desk, caller, plan_id, drafts)
    with desk.store.transaction() as session:
        movements = Movements(session, caller.workspace_id)
        kept = [movements.keep(draft, by=caller.key_id) for draft in drafts]
        new = sum(fresh for _, fresh in kept)
        if new:
            detail = {"events": new}
            record(session, caller.actor, "events.recorded", plan_id, detail)
    return plan_id, tuple(event for event, _ in kept), new


def _in_force(desk: Desk, caller: Caller) -> str:
    with desk.store.transaction() as session:
        row = session.get(InForce, caller.workspace_id)
    if row is None:
        words = "No plan is in force; say by plan_id which plan the events are of."
        raise ConflictingError("NO_PLAN_IN_FORCE", words)
    return row.plan_id


def _draft(event: EventAsked, plan_id: str) -> EventDraft:
    detail: dict[str, Any] = {
        "plan_id": plan_id,
        # The date where it happened: the moment itself is kept in UTC.
        "on": event.happened_at.date().isoformat(),
    }
    more = event.model_dump(
        mode="json",
        include={"member_id", "hold_until", "reference"},
        exclude_none=True,
    )
    return EventDraft(
        kind=event.kind.value,
        happened_at=event.happened_at,
        family_id=event.family_id,
        departure_id=event.departure_id,
        detail={**detail, **more},
    )


def _judged(
    desk: Desk, caller: Caller, plan_id: str, drafts: list[EventDraft]
) -> list[EventDraft]:
    """The events with the families they happened to; refuses what cannot have been."""
    before = finished_plan(desk, caller, plan_id)
    events = tuple(_happened(draft) for draft in drafts)
    task = EventsTask(before.scenario, before.plan, events)
    judged = desk.readers.do(judge_events, task)
    issues = list(_issues((one.concerns for one in judged), events))
    if issues:
        raise invalid(issues, code="IMPOSSIBLE_EVENTS")
    return [
        replace(draft, family_id=one.family_id)
        for draft, one in zip(drafts, judged, strict=True)
    ]


def _happened(draft: EventDraft) -> HappenedEvent:
    return HappenedEvent(
        kind=draft.kind,
        on=draft.happened_at.date(),
        family_id=draft.family_id,
        departure_id=draft.departure_id,
        detail=draft.detail,
    )


def _issues(
    found: Iterable[Iterable[Concern]], events: tuple[HappenedEvent, ...]
) -> Iterator[ProblemIssue]:
    for number, (concerns, event) in enumerate(zip(found, events, strict=True)):
        for concern in concerns:
            yield ProblemIssue(
                code="IMPOSSIBLE_EVENT",
                path=f"/events/{number}/{concern.field}",
                value=str(
                    getattr(event, concern.field, None)
                    or event.detail.get(concern.field, "")
                ),
                problem=concern.problem,
            )
