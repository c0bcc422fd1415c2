"""A study as a workflow: each variant's plan is a child workflow of its own.

The children go to the queue of all plans, so they spread over all workers, and each is
taken up like any plan when its worker dies. The study itself only hands out and waits.
"""

import time
from dataclasses import dataclass, field

import structlog
from dbos import DBOS
from sqlalchemy.exc import IntegrityError

from movplan_api.contract.orders import VersionAsked
from movplan_api.jobs.job import Bench, Job
from movplan_api.jobs.words import RUN_STUDY, SOLVE_PLAN, SOLVE_QUEUE, STUDY_QUEUE
from movplan_api.problems import InvalidError
from movplan_api.solving.intake import Revision, revise
from movplan_api.solving.readers import Readers
from movplan_api.solving.reading import Stored
from movplan_api.store import Store
from movplan_api.store.scenarios import ScenarioDraft
from movplan_api.store.studies import StudyRuns, VariantTask

log = structlog.get_logger()

_LOOK_S = 1.0
_TRIES = 5
_MOST_ISSUES = 20


@dataclass(slots=True)
class Studying:
    """The steps of a study, for one worker; every step may be repeated."""

    store: Store
    _readers: dict[str, Readers] = field(default_factory=dict)

    def begin(self, study_id: str) -> int:
        """How many variants there are to hand out."""
        return self.store.patiently(lambda s: StudyRuns(s).begin(study_id))

    def prepare(self, study_id: str, number: int) -> str | None:
        """The plan of a variant, stored but not yet queued; ``None``: it gets none."""
        task = self.store.patiently(lambda s: StudyRuns(s).task(study_id, number))
        if not isinstance(task, VariantTask):
            return task
        try:
            draft = self._draft(study_id, task)
        except InvalidError as error:
            issues = [issue.model_dump() for issue in error.issues[:_MOST_ISSUES]]
            self.store.patiently(
                lambda s: StudyRuns(s).refuse(study_id, number, issues)
            )
            return None
        return self._give_plan(study_id, number, draft)

    def wait(self, study_id: str) -> None:
        """Until all plans of the study are final."""
        readers = self._readers.pop(study_id, None)
        if readers is not None:
            readers.close()
        while not self.store.patiently(lambda s: StudyRuns(s).all_final(study_id)):
            time.sleep(_LOOK_S)

    def finish(self, study_id: str) -> None:
        """Close it."""
        self.store.patiently(lambda s: StudyRuns(s).finish(study_id))
        log.info("study ended", study_id=study_id)

    def _draft(self, study_id: str, task: VariantTask) -> ScenarioDraft | None:
        """Changed and validated in another process: big scenarios take a while."""
        if not task.changes:
            return None
        if study_id not in self._readers:
            self._readers[study_id] = Readers()
        stored = Stored(task.document, task.set_aside)
        asked = VersionAsked(changes=task.changes)
        return self._readers[study_id].do(revise, Revision(stored, asked))

    def _give_plan(
        self, study_id: str, number: int, draft: ScenarioDraft | None
    ) -> str | None:
        for _ in range(_TRIES - 1):
            try:
                return self.store.patiently(
                    lambda s: StudyRuns(s).give_plan(study_id, number, draft)
                )
            except IntegrityError:
                # Somebody stores the same scenario at once: the later looks again.
                log.info("scenario stored elsewhere at once", study_id=study_id)
        return self.store.patiently(
            lambda s: StudyRuns(s).give_plan(study_id, number, draft)
        )


def _register(bench: Bench) -> None:
    studying = Studying(bench.store)

    @DBOS.step(name="begin_study", retries_allowed=True, max_attempts=_TRIES)
    def begin(study_id: str) -> int:
        return studying.begin(study_id)

    @DBOS.step(name="prepare_variant", retries_allowed=True, max_attempts=_TRIES)
    def prepare(study_id: str, number: int) -> str | None:
        return studying.prepare(study_id, number)

    @DBOS.step(name="wait_for_plans", retries_allowed=True, max_attempts=_TRIES)
    def wait(study_id: str) -> None:
        studying.wait(study_id)

    @DBOS.step(name="finish_study", retries_allowed=True, max_attempts=_TRIES)
    def finish(study_id: str) -> None:
        studying.finish(study_id)

    @DBOS.workflow(name=RUN_STUDY, max_recovery_attempts=None)
    def run_study(study_id: str) -> None:
        for number in range(begin(study_id)):
            plan_id = prepare(study_id, number)
            if plan_id is not None:
                _hand_out(plan_id)
        wait(study_id)
        finish(study_id)

    # The engine keeps them under their names.
    _ = run_study


def _hand_out(plan_id: str) -> None:
    """Queue a plan as a child of the study; the same one is never queued twice."""
    DBOS.enqueue_workflow_with_options(
        {
            "workflow_name": SOLVE_PLAN,
            "queue_name": SOLVE_QUEUE,
            "workflow_id": plan_id,
        },
        plan_id,
    )


# Studies mostly wait; the solving is done by the queue of plans.
STUDYING = Job(STUDY_QUEUE, at_once=4, register=_register)
