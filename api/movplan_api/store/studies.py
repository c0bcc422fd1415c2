"""Studies: those of a workspace for its callers, all of them for workers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session, undefer

from movplan.domain.words import Status
from movplan_api.clock import now
from movplan_api.ids import new_id
from movplan_api.problems import NotFoundError
from movplan_api.store.audit import Actor, record
from movplan_api.store.pages import Page, id_of, page_of
from movplan_api.store.plans import PlanOrder, Plans
from movplan_api.store.scenarios import ScenarioDraft, Scenarios
from movplan_api.store.tables import (
    StoredPlan,
    StoredScenario,
    StoredStudy,
    StudyVariant,
)

_OPEN = [status.value for status in Status if not status.final]


@dataclass(frozen=True, slots=True)
class StudyOrder:
    """What is asked for: variants are names with changes."""

    scenario_id: str
    name: str
    limits: dict[str, Any]
    variants: tuple[tuple[str, list[str]], ...]


@dataclass(frozen=True, slots=True)
class VariantTask:
    """A variant that has no plan yet."""

    changes: tuple[str, ...]
    document: str
    set_aside: tuple[dict[str, Any], ...]


class Studies:
    """The studies a workspace has. Every look-up names the workspace."""

    def __init__(self, session: Session, workspace_id: str) -> None:
        self._session, self._workspace_id = session, workspace_id

    def add(self, order: StudyOrder, *, by: str | None) -> StoredStudy:
        """A new study, queued."""
        Scenarios(self._session, self._workspace_id).get(order.scenario_id)
        study = StoredStudy(
            id=new_id("std"),
            workspace_id=self._workspace_id,
            scenario_id=order.scenario_id,
            name=order.name,
            status=Status.QUEUED.value,
            limits=order.limits,
            created_at=now(),
            created_by=by,
        )
        self._session.add(study)
        self._session.flush()
        for number, (name, changes) in enumerate(order.variants):
            variant = StudyVariant(
                study_id=study.id, number=number, name=name, changes=changes
            )
            self._session.add(variant)
        self._session.flush()
        return study

    def get(self, study_id: str) -> StoredStudy:
        """The study of that id."""
        found = self._session.scalar(self._own().where(StoredStudy.id == study_id))
        if found is None:
            raise NotFoundError("NO_SUCH_STUDY", f"There is no study {study_id!r}.")
        return found

    def variants(
        self, study: StoredStudy
    ) -> Sequence[tuple[StudyVariant, StoredPlan | None]]:
        """Its variants in order, each with its plan if there is one."""
        query = (
            select(StudyVariant, StoredPlan)
            .outerjoin(StoredPlan, StoredPlan.id == StudyVariant.plan_id)
            .where(StudyVariant.study_id == study.id)
            .order_by(StudyVariant.number)
        )
        return [(row[0], row[1]) for row in self._session.execute(query)]

    def page(self, *, limit: int, cursor: str | None = None) -> Page[StoredStudy]:
        """Studies, newest first."""
        query = self._own().order_by(StoredStudy.id.desc()).limit(limit + 1)
        if cursor is not None:
            query = query.where(StoredStudy.id < id_of(cursor))
        rows = self._session.scalars(query).all()
        return page_of(rows, [row.id for row in rows], limit)

    def ask_to_cancel(self, study: StoredStudy) -> None:
        """No more plans are begun; those begun are asked to stop."""
        if Status(study.status).final:
            return
        study.cancel_requested_at = study.cancel_requested_at or now()
        self._session.flush()
        plans = Plans(self._session, self._workspace_id)
        for _, plan in self.variants(study):
            if plan is not None:
                plans.ask_to_cancel(plan.id)

    def _own(self) -> Select[StoredStudy]:
        return select(StoredStudy).where(StoredStudy.workspace_id == self._workspace_id)


class StudyRuns:
    """What a worker does with studies, of whatever workspace. All may be repeated."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, study_id: str) -> int:
        """How many variants there are; none in a study that is final or gone."""
        study = self._session.get(StoredStudy, study_id)
        if study is None or Status(study.status).final:
            return 0
        study.status = Status.SOLVING.value
        query = select(StudyVariant.number).where(StudyVariant.study_id == study_id)
        return len(self._session.scalars(query).all())

    def task(self, study_id: str, number: int) -> VariantTask | str | None:
        """What a variant needs; its plan's id if it has one; ``None``: it gets none."""
        study = self._session.get(StoredStudy, study_id)
        variant = self._session.get(StudyVariant, (study_id, number))
        if study is None or variant is None or variant.issues is not None:
            return None
        if variant.plan_id is not None:
            return variant.plan_id
        if study.cancel_requested_at is not None:
            return None
        documents = [undefer(StoredScenario.document)]
        scenario = self._session.get_one(
            StoredScenario, study.scenario_id, options=documents
        )
        aside = tuple(scenario.set_aside)
        return VariantTask(tuple(variant.changes), scenario.document, aside)

    def give_plan(
        self, study_id: str, number: int, draft: ScenarioDraft | None
    ) -> str | None:
        """A plan of the changed scenario; of the study's own where there is no draft.

        ``None`` if the study was cancelled meanwhile.
        """
        study = self._session.get_one(StoredStudy, study_id, with_for_update=True)
        variant = self._session.get_one(StudyVariant, (study_id, number))
        if variant.plan_id is not None or study.cancel_requested_at is not None:
            return variant.plan_id
        scenario_id = study.scenario_id
        if draft is not None:
            scenarios = Scenarios(self._session, study.workspace_id)
            kept = scenarios.keep(
                draft, by=study.created_by, parent_id=study.scenario_id
            )
            scenario_id = kept.id
        order = PlanOrder(
            scenario_id=scenario_id,
            limits=study.limits,
            tags=(f"study:{study_id}", f"variant:{variant.name}"),
        )
        plan = Plans(self._session, study.workspace_id).add(order, by=study.created_by)
        variant.plan_id = plan.id
        actor = Actor(study.workspace_id, study.created_by)
        record(self._session, actor, "plan.submitted", plan.id, {"study": study_id})
        return plan.id

    def refuse(self, study_id: str, number: int, issues: list[dict[str, Any]]) -> None:
        """There can be no plan of this variant, and this is why."""
        self._session.get_one(StudyVariant, (study_id, number)).issues = issues

    def all_final(self, study_id: str) -> bool:
        """Whether no plan of the study will change any more."""
        query = (
            select(StoredPlan.id)
            .join(StudyVariant, StudyVariant.plan_id == StoredPlan.id)
            .where(StudyVariant.study_id == study_id, StoredPlan.status.in_(_OPEN))
        )
        return self._session.scalar(query.limit(1)) is None

    def finish(self, study_id: str) -> None:
        """The study is final: cancelled if that was asked for, failed without plans."""
        study = self._session.get(StoredStudy, study_id)
        if study is None or Status(study.status).final:
            return
        has_plan = select(StudyVariant.number).where(
            StudyVariant.study_id == study_id, StudyVariant.plan_id.is_not(None)
        )
        status = Status.COMPLETED
        if study.cancel_requested_at is not None:
            status = Status.CANCELLED
        elif self._session.scalar(has_plan.limit(1)) is None:
            status = Status.FAILED
        self._session.execute(
            update(StoredStudy)
            .where(StoredStudy.id == study_id)
            .values(status=status.value, finished_at=now())
        )
