"""Studies: hand in, look, list, stop."""

from sqlalchemy.orm import Session

from movplan_api.auth.caller import Caller
from movplan_api.contract.studies import StudyAnswer, StudyAsked, StudyPage, lines_of
from movplan_api.contract.studies import StudySummary as Summary
from movplan_api.store.audit import record
from movplan_api.store.idempotency import IdempotencyKeys
from movplan_api.store.studies import Studies, StudyOrder
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.fetching import read_small
from movplan_api.usecases.handing_in import Request, find_or_store, limits_within
from movplan_api.words import Role


def begin_study(
    desk: Desk, caller: Caller, body: bytes, key: str | None
) -> StudyAnswer:
    """Store a study and queue it: a worker makes and queues its plans.

    The same request under the same key gives the study that is there already.
    """
    caller.must_be(Role.PLANNER)
    request = Request.of(key, b"study", body)
    asked = read_small(desk, StudyAsked, body)
    order = StudyOrder(
        scenario_id=asked.scenario_id,
        name=asked.name,
        limits=limits_within(asked.limits, desk.settings),
        variants=tuple((one.name, lines_of(one.changes)) for one in asked.all_variants),
    )
    return find_or_store(
        desk,
        find=lambda session: _known(session, caller, request),
        store=lambda session: _store(desk, session, caller, order, request),
    )


def _known(session: Session, caller: Caller, request: Request) -> StudyAnswer | None:
    if request.key is None:
        return None
    keys = IdempotencyKeys(session, caller.workspace_id)
    study_id = keys.study_of(request.key, request.sha256)
    if study_id is None:
        return None
    studies = Studies(session, caller.workspace_id)
    study = studies.get(study_id)
    return StudyAnswer.of(study, studies.variants(study))


def _store(
    desk: Desk, session: Session, caller: Caller, order: StudyOrder, request: Request
) -> StudyAnswer:
    studies = Studies(session, caller.workspace_id)
    study = studies.add(order, by=caller.key_id)
    if request.key is not None:
        keys = IdempotencyKeys(session, caller.workspace_id)
        keys.keep(request.key, request.sha256, study_id=study.id)
    record(session, caller.actor, "study.submitted", study.id)
    desk.queueing.put_study(session, study.id)
    return StudyAnswer.of(study, studies.variants(study))


def look_at_study(desk: Desk, caller: Caller, study_id: str) -> StudyAnswer:
    """Where it stands, with what each variant came to so far."""
    with desk.store.transaction() as session:
        studies = Studies(session, caller.workspace_id)
        study = studies.get(study_id)
        return StudyAnswer.of(study, studies.variants(study))


def list_studies(
    desk: Desk, caller: Caller, *, limit: int, cursor: str | None
) -> StudyPage:
    """Studies, newest first."""
    with desk.store.transaction() as session:
        page = Studies(session, caller.workspace_id).page(limit=limit, cursor=cursor)
        items = tuple(Summary.model_validate(study) for study in page.items)
    return StudyPage(items=items, next_cursor=page.next_cursor)


def cancel_study(desk: Desk, caller: Caller, study_id: str) -> StudyAnswer:
    """No more plans are begun; those being solved keep their best so far."""
    caller.must_be(Role.PLANNER)
    with desk.store.transaction() as session:
        studies = Studies(session, caller.workspace_id)
        study = studies.get(study_id)
        studies.ask_to_cancel(study)
        record(session, caller.actor, "study.cancel", study_id)
        return StudyAnswer.of(study, studies.variants(study))
