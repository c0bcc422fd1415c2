"""What a run may write about its plan, and only while it is the plan's latest run.

Each run takes a number when it begins (``begin``) and writes only where the plan still
has that number: a worker thought dead that wakes up can change nothing any more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, undefer

from movplan.domain.words import Status
from movplan_api.clock import now
from movplan_api.store.notices import announce_finished
from movplan_api.store.tables import Incumbent, PlanDocument, StoredPlan, StoredScenario


class SupersededError(Exception):
    """Another run has taken this plan over, or it is final: stop, write nothing."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A run of a plan: the token is its number."""

    plan_id: str
    number: int


@dataclass(frozen=True, slots=True)
class Found:
    """A checked plan and how its run went, as texts; its levels for cheap polls."""

    plan: str
    run: str
    sha256: str
    outcome: str
    stop_reason: str
    levels: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """What the run has to do: the scenario's text, limits, and where to start.

    ``before`` is the plan that a replan replaces, ``start`` what a run before found.

    ``spent_s``: how long the runs before it have searched.
    """

    scenario: str
    limits: dict[str, Any]
    changes: tuple[str, ...]
    set_aside: tuple[dict[str, Any], ...]
    start: str | None
    before: str | None
    spent_s: float


class Attempts:
    """Runs of plans of all workspaces: workers serve them all."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, plan_id: str, worker_id: str) -> Attempt | None:
        """The next run of a plan, or ``None`` when there is nothing left to do."""
        row = self._session.execute(
            update(StoredPlan)
            .where(StoredPlan.id == plan_id)
            .where(StoredPlan.status.in_([Status.QUEUED.value, Status.SOLVING.value]))
            .values(
                attempt=StoredPlan.attempt + 1,
                status=Status.SOLVING.value,
                worker_id=worker_id,
                started_at=func.coalesce(StoredPlan.started_at, now()),
            )
            .returning(StoredPlan.attempt)
        ).one_or_none()
        return None if row is None else Attempt(plan_id, row[0])

    def assignment(self, attempt: Attempt) -> Assignment:
        """What this run has to do, from the best plan that a run before it kept.

        A replan's first run starts from the plan that it is to keep to.
        """
        plan = self._session.get_one(StoredPlan, attempt.plan_id)
        scenario = self._session.get_one(
            StoredScenario, plan.scenario_id, options=[undefer(StoredScenario.document)]
        )
        best = self.best(attempt.plan_id)
        return Assignment(
            scenario=scenario.document,
            limits=plan.limits,
            changes=tuple(plan.changes),
            set_aside=tuple(scenario.set_aside),
            start=None if best is None else best.document,
            before=self._parents(plan),
            spent_s=plan.spent_s,
        )

    def _parents(self, plan: StoredPlan) -> str | None:
        if plan.parent_id is None:
            return None
        return self._session.scalar(
            select(PlanDocument.document).where(PlanDocument.plan_id == plan.parent_id)
        )

    def cancel_asked(self, attempt: Attempt) -> bool:
        """Whether the caller wants it to end now. Raises if this run is superseded."""
        query = select(StoredPlan.cancel_requested_at).where(*_mine(attempt))
        row = self._session.execute(query).one_or_none()
        if row is None:
            raise SupersededError(attempt)
        return row[0] is not None

    def note_spent(self, attempt: Attempt, spent_s: float) -> None:
        """Say how long all runs so far, this one included, have searched."""
        self._update(attempt, {"spent_s": spent_s})

    def note_progress(self, attempt: Attempt, progress: dict[str, Any]) -> None:
        """Say how far it is."""
        self._update(attempt, {"progress": progress})

    def keep_incumbent(self, attempt: Attempt, found: Found) -> bool:
        """Keep a checked plan found on the way, unless a better one is kept already.

        Only one is kept; an attempt that starts afresh does not lose what others found.
        """
        best = self.best(attempt.plan_id)
        if best is not None and is_better(best.levels, found.levels):
            self._update(attempt, {})
            return False
        self._update(attempt, {"levels": list(found.levels)})
        if best is not None:
            self._session.delete(best)
        self._session.add(
            Incumbent(
                plan_id=attempt.plan_id,
                number=1 if best is None else best.number + 1,
                attempt=attempt.number,
                found_at=now(),
                levels=list(found.levels),
                document=found.plan,
                run=found.run,
            )
        )
        return True

    def best(self, plan_id: str) -> Incumbent | None:
        """The best checked plan kept so far."""
        query = (
            select(Incumbent)
            .where(Incumbent.plan_id == plan_id)
            .order_by(Incumbent.number.desc())
            .limit(1)
            .options(undefer(Incumbent.document), undefer(Incumbent.run))
        )
        return self._session.scalar(query)

    def complete(self, attempt: Attempt, found: Found, *, log: str) -> None:
        """Store what came out; the plan is final from here on."""
        self._finish(
            attempt,
            {
                "status": Status.COMPLETED.value,
                "outcome": found.outcome,
                "stop_reason": found.stop_reason,
                "levels": list(found.levels),
            },
        )
        self._session.add(
            PlanDocument(
                plan_id=attempt.plan_id,
                attempt=attempt.number,
                stored_at=now(),
                sha256=found.sha256,
                document=found.plan,
                run=found.run,
                log=log,
            )
        )

    def conflict(self, attempt: Attempt, failure: dict[str, Any]) -> None:
        """There is no plan: the demands contradict each other, and these are they."""
        self._finish(
            attempt,
            {
                "status": Status.COMPLETED.value,
                "outcome": "INFEASIBLE",
                "failure": failure,
            },
        )

    def fail(self, attempt: Attempt, failure: dict[str, Any]) -> None:
        """Say why there is no plan."""
        self._finish(attempt, {"status": Status.FAILED.value, "failure": failure})

    def cancelled(self, attempt: Attempt) -> None:
        """It was stopped before there was any plan."""
        self._finish(
            attempt, {"status": Status.CANCELLED.value, "stop_reason": "CANCELLED"}
        )

    def _finish(self, attempt: Attempt, values: dict[str, Any]) -> None:
        plan = self._session.get_one(StoredPlan, attempt.plan_id)
        done = None if plan.progress is None else {**plan.progress, "fraction": 1.0}
        self._update(attempt, {"finished_at": now(), "progress": done, **values})
        # What was found on the way has served.
        kept = delete(Incumbent).where(Incumbent.plan_id == attempt.plan_id)
        self._session.execute(kept)
        announce_finished(self._session, attempt.plan_id)

    def _update(self, attempt: Attempt, values: dict[str, Any]) -> None:
        """Only where the plan is still this run's; without values, a look whether."""
        held = values or {"attempt": attempt.number}
        query = update(StoredPlan).where(*_mine(attempt)).values(held)
        if self._session.execute(query.returning(StoredPlan.id)).one_or_none() is None:
            raise SupersededError(attempt)


def _mine(attempt: Attempt) -> tuple[Any, ...]:
    return (
        StoredPlan.id == attempt.plan_id,
        StoredPlan.attempt == attempt.number,
        StoredPlan.status == Status.SOLVING.value,
    )


def is_better(
    one: Sequence[Mapping[str, Any]], other: Sequence[Mapping[str, Any]]
) -> bool:
    """Whether the first is better at the first level where that can be said.

    Levels of one scenario are the same in the same order. A level may give up a little
    for later ones: a value is worse only when it is beyond what the other ``held_at``.
    """
    for a, b in zip(one, other, strict=False):
        if _beyond(b["value"], a):
            return True
        if _beyond(a["value"], b):
            return False
    return False


def _beyond(value: int, level: Mapping[str, Any]) -> bool:
    """Whether a value is worse than a level would have allowed."""
    if value == level["value"]:
        return False
    if level["maximise"]:
        return bool(value < min(level["held_at"], level["value"]))
    return bool(value > max(level["held_at"], level["value"]))
