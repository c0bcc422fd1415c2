"""Studies: one scenario under different conditions, a plan for each."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from movplan_api.contract.studies import StudyAnswer, StudyAsked, StudyPage
from movplan_api.http.depends import TheBody, TheCaller, TheDesk
from movplan_api.http.openapi import body_of, refusals
from movplan_api.http.plans import Key
from movplan_api.store.pages import MOST
from movplan_api.usecases.studies import (
    begin_study,
    cancel_study,
    list_studies,
    look_at_study,
)

router = APIRouter(prefix="/v1/studies", tags=["studies"])


@router.post(
    "",
    status_code=202,
    openapi_extra=body_of(StudyAsked),
    responses=refusals(400, 401, 403, 404, 413, 422, 503),
)
def post_study(
    desk: TheDesk,
    caller: TheCaller,
    body: TheBody,
    response: Response,
    idempotency_key: Key = None,
) -> StudyAnswer:
    """Hand in a study: variants are lists of changes, or shares of the budgets."""
    study = begin_study(desk, caller, body, idempotency_key)
    response.headers["Location"] = f"/v1/studies/{study.id}"
    return study


@router.get("", responses=refusals(400, 401, 422))
def get_studies(
    desk: TheDesk,
    caller: TheCaller,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> StudyPage:
    """Studies, newest first."""
    return list_studies(desk, caller, limit=limit, cursor=cursor)


@router.get("/{study_id}", responses=refusals(401, 404))
def get_study(desk: TheDesk, caller: TheCaller, study_id: str) -> StudyAnswer:
    """What each variant came to so far, and how that differs from the first."""
    return look_at_study(desk, caller, study_id)


@router.post("/{study_id}:cancel", responses=refusals(401, 403, 404))
def post_study_cancel(
    desk: TheDesk, caller: TheCaller, study_id: str, response: Response
) -> StudyAnswer:
    """Begin no more plans, stop those begun. 202 while some are still ending."""
    study = cancel_study(desk, caller, study_id)
    response.status_code = 200 if study.status.final else 202
    return study
