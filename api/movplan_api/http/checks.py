"""Checks: a plan made by hand or elsewhere, against every rule, with its price."""

from dataclasses import asdict

from fastapi import APIRouter
from starlette.responses import Response

from movplan_api.auth.medical import masked
from movplan_api.contract.intake import CheckAnswer
from movplan_api.contract.orders import CheckAsked
from movplan_api.http.depends import TheBody, TheCaller, TheDesk
from movplan_api.http.openapi import body_of, refusals
from movplan_api.http.piecewise import as_json
from movplan_api.usecases.check import check_sent
from movplan_api.usecases.looking import document_of
from movplan_api.views import gently

router = APIRouter(prefix="/v1/checks", tags=["checks"])


@router.post(
    "",
    response_model=CheckAnswer,
    openapi_extra=body_of(CheckAsked),
    responses=refusals(400, 401, 403, 404, 409, 413, 422, 503),
)
def post_check(desk: TheDesk, caller: TheCaller, body: TheBody) -> Response:
    """Check and price a plan; assignments are written up as they stand."""
    found = check_sent(desk, caller, body)
    said = asdict(found) | {"plan": {}}
    for rule in said["rules"]:
        rule["violations"] = masked(list(rule["violations"]), caller.scopes)
    # The plan may be big: it is no part of what is looked through here.
    head = CheckAnswer.model_validate(said).model_dump(mode="json")
    plan = document_of(found.plan, caller.scopes)
    return as_json(gently.dumps(head | {"plan": plan}))
