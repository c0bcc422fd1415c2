"""Validations: everything that is wrong with a scenario; nothing is stored."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query

from movplan_api.auth.medical import masked
from movplan_api.contract.intake import ValidationAnswer
from movplan_api.contract.orders import ValidationAsked
from movplan_api.http.depends import TheBody, TheCaller, TheDesk
from movplan_api.http.openapi import refusals
from movplan_api.http.uploads import ContentType, is_zip, zip_or
from movplan_api.usecases.validate import look_at, look_at_zip

router = APIRouter(prefix="/v1/validations", tags=["scenarios"])


@router.post(
    "",
    openapi_extra=zip_or(ValidationAsked),
    responses=refusals(400, 401, 403, 404, 413, 415, 422, 503),
)
def post_validation(
    desk: TheDesk,
    caller: TheCaller,
    body: TheBody,
    content_type: ContentType = "",
    set_aside: Annotated[
        bool, Query(description="Of a zip: leave families with errors out.")
    ] = False,
) -> ValidationAnswer:
    """Look at a scenario: 200 whether it is valid or not, with every issue counted."""
    if is_zip(content_type):
        found = look_at_zip(desk, caller, body, set_aside=set_aside)
    else:
        found = look_at(desk, caller, body)
    said = asdict(found)
    said["issues"] = [issue.model_dump() for issue in found.issues]
    return ValidationAnswer.model_validate(masked(said, caller.scopes))
