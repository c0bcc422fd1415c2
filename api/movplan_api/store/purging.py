"""Forget what is no longer needed of one workspace. The audit log is never touched."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CursorResult, Delete, delete, exists, select, update
from sqlalchemy.orm import Session

from movplan.domain.words import Status
from movplan_api.problems import ConflictingError
from movplan_api.store.plans import Plans
from movplan_api.store.scenarios import Scenarios
from movplan_api.store.tables import (
    InForce,
    MovementEvent,
    Notice,
    StoredPlan,
    StoredScenario,
    StoredStudy,
)

_OPEN = [status.value for status in Status if not status.final]


@dataclass(frozen=True, slots=True)
class Gone:
    """How much went."""

    plans: int
    studies: int
    scenarios: int
    events: int
    notices: int


class Purge:
    """What may go of one workspace."""

    def __init__(self, session: Session, workspace_id: str) -> None:
        self._session, self._workspace_id = session, workspace_id

    def before(self, moment: datetime) -> Gone:
        """Forget what was final, or had happened, before a moment.

        The plan in force stays with its scenario; events stay while they are of it.
        Scenarios go when nothing is left that was made of them.
        """
        events, notices = self._events(moment), self._notices(moment)
        studies = self._count(
            delete(StoredStudy).where(
                StoredStudy.workspace_id == self._workspace_id,
                StoredStudy.finished_at < moment,
            )
        )
        plans = self._plans(moment)
        return Gone(plans, studies, self._scenarios(moment), events, notices)

    def plan(self, plan_id: str) -> None:
        """Forget one plan; refuses one that is being made, or is in force."""
        plan = Plans(self._session, self._workspace_id).get(plan_id)
        if not Status(plan.status).final:
            words = f"It is {plan.status}: cancel it first."
            raise ConflictingError("NOT_FINAL", words)
        if plan_id in self._in_force():
            raise ConflictingError("IN_FORCE", "It is the plan in force.")
        self._drop_plans([plan_id])

    def scenario(self, scenario_id: str) -> None:
        """Forget one scenario; refuses one that something was made of."""
        Scenarios(self._session, self._workspace_id).get(scenario_id)
        for made in (StoredPlan, StoredStudy):
            query = select(made.id).where(made.scenario_id == scenario_id).limit(1)
            if self._session.scalar(query) is not None:
                words = "Plans or studies were made of it: purge those first."
                raise ConflictingError("STILL_NEEDED", words)
        self._drop_scenarios([scenario_id])

    def _plans(self, moment: datetime) -> int:
        query = select(StoredPlan.id).where(
            StoredPlan.workspace_id == self._workspace_id,
            StoredPlan.finished_at < moment,
            StoredPlan.status.not_in(_OPEN),
            StoredPlan.id.not_in(self._in_force()),
        )
        return self._drop_plans(list(self._session.scalars(query)))

    def _drop_plans(self, plan_ids: list[str]) -> int:
        """With their documents; plans made from them lose their lineage."""
        for some in _some(plan_ids):
            self._session.execute(
                update(StoredPlan)
                .where(StoredPlan.parent_id.in_(some))
                .values(parent_id=None)
            )
            self._session.execute(delete(StoredPlan).where(StoredPlan.id.in_(some)))
        return len(plan_ids)

    def _scenarios(self, moment: datetime) -> int:
        query = select(StoredScenario.id).where(
            StoredScenario.workspace_id == self._workspace_id,
            StoredScenario.created_at < moment,
            ~exists().where(StoredPlan.scenario_id == StoredScenario.id),
            ~exists().where(StoredStudy.scenario_id == StoredScenario.id),
        )
        return self._drop_scenarios(list(self._session.scalars(query)))

    def _drop_scenarios(self, scenario_ids: list[str]) -> int:
        for some in _some(scenario_ids):
            self._session.execute(
                update(StoredScenario)
                .where(StoredScenario.parent_id.in_(some))
                .values(parent_id=None)
            )
            self._session.execute(
                delete(StoredScenario).where(StoredScenario.id.in_(some))
            )
        return len(scenario_ids)

    def _events(self, moment: datetime) -> int:
        in_force = self._in_force()
        query = select(MovementEvent).where(
            MovementEvent.workspace_id == self._workspace_id,
            MovementEvent.recorded_at < moment,
        )
        old = [
            event.id
            for event in self._session.scalars(query)
            if event.detail.get("plan_id") not in in_force
        ]
        for some in _some(old):
            self._session.execute(
                delete(MovementEvent).where(MovementEvent.id.in_(some))
            )
        return len(old)

    def _notices(self, moment: datetime) -> int:
        """Their deliveries go with them, sent or not."""
        return self._count(
            delete(Notice).where(
                Notice.workspace_id == self._workspace_id, Notice.at < moment
            )
        )

    def _in_force(self) -> list[str]:
        found = self._session.get(InForce, self._workspace_id)
        return [] if found is None else [found.plan_id]

    def _count(self, query: Delete) -> int:
        done = self._session.execute(query)
        assert isinstance(done, CursorResult)
        return done.rowcount


def _some(ids: list[str]) -> list[list[str]]:
    """Ids in portions that one statement can carry."""
    return [ids[at : at + 500] for at in range(0, len(ids), 500)]
