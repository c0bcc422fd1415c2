"""Prepare a replan in a reader process: events and changes in, a scenario out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from movplan.application.changing import Clock, parsed_changes
from movplan.application.documents import plan_of_text
from movplan.application.event_changes import event_changes
from movplan.application.happenings import Concern, Event, Happening, concerns
from movplan.application.replanning import prepared
from movplan.domain.changes import Change
from movplan.domain.errors import InputError
from movplan_api.contract.orders import ReplanAsked
from movplan_api.problems import ConflictingError
from movplan_api.solving.reading import Stored, draft_of, invalid, issue_of
from movplan_api.store.scenarios import ScenarioDraft


@dataclass(frozen=True, slots=True)
class HappenedEvent:
    """An event as it is stored."""

    kind: str
    on: date
    family_id: str | None
    departure_id: str | None
    detail: Mapping[str, Any]

    def read(self) -> Event:
        """As the library takes it."""
        until = self.detail.get("hold_until")
        return Event(
            kind=Happening(self.kind),
            on=self.on,
            family_id=self.family_id,
            departure_id=self.departure_id,
            member_id=self.detail.get("member_id"),
            hold_until=None if until is None else date.fromisoformat(until),
        )


@dataclass(frozen=True, slots=True)
class ReplanTask:
    """The plan to keep to, its scenario, what happened, and what is asked."""

    stored: Stored
    plan: str
    events: tuple[HappenedEvent, ...]
    asked: ReplanAsked


def prepare_replan(task: ReplanTask) -> ScenarioDraft:
    """The scenario to plan: events, then changes, promises of the plan notified."""
    loaded, plan = task.stored.load(), plan_of_text(task.plan)
    happened = [event.read() for event in task.events]
    # A workspace may have events of scenarios that know nothing of these families.
    ours = [e for e in happened if not concerns(loaded.scenario, plan, e)]
    from_events = event_changes(loaded.scenario, plan, ours)
    clock = Clock(task.asked.as_of, task.asked.horizon)
    own = _own_changes(task.asked)
    try:
        ready = prepared(loaded, plan, (*from_events, *own), clock)
    except InputError as error:
        found = [issue_of(issue) for issue in error.issues]
        if from_events and not task.asked.changes:
            raise _events_do_not_fit(found) from None
        # Places count the caller's changes, which stand after those of events.
        raise invalid(_moved(issue, len(from_events)) for issue in found) from None
    return draft_of(ready, (*from_events, *own))


def _own_changes(asked: ReplanAsked) -> tuple[Change, ...]:
    try:
        return parsed_changes(asked.changes)
    except InputError as error:
        raise invalid(issue_of(issue) for issue in error.issues) from None


def _events_do_not_fit(issues: list[Any]) -> ConflictingError:
    words = "What was recorded as events does not fit the plan's scenario."
    return ConflictingError("EVENTS_DO_NOT_FIT", words, issues=issues)


def _moved(issue: Any, by: int) -> Any:  # noqa: ANN401
    parts = issue.path.split("/")
    if parts[1:2] == ["changes"] and len(parts) > 2 and parts[2].isdecimal():
        at = int(parts[2]) - by
        parts[1:3] = ["changes", str(at)] if at >= 0 else ["events"]
    return issue.model_copy(update={"path": "/".join(parts)})


@dataclass(frozen=True, slots=True)
class EventsTask:
    """Events that are said to have happened to a plan."""

    stored: Stored
    plan: str
    events: tuple[HappenedEvent, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """Why an event cannot have happened, if so; and the family it happened to."""

    concerns: tuple[Concern, ...]
    family_id: str | None


def judge_events(task: EventsTask) -> tuple[Judged, ...]:
    """Each event against the plan; a member's is its family's too."""
    scenario, plan = task.stored.load().scenario, plan_of_text(task.plan)
    family_of = {row.member_id: row.family_id for row in scenario.members}
    return tuple(
        Judged(
            concerns(scenario, plan, event.read()),
            event.family_id or family_of.get(event.detail.get("member_id", "")),
        )
        for event in task.events
    )
