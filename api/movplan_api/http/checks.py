"""Checks: a plan made by hand or elsewhere, against every rule, with its price."""

import json
from dataclasses import asdict

from fastapi import APIRouter

from movplan_api.auth.medical import masked
from movplan_api.contract.intake import CheckAnswer
from movplan_api.contract.orders import CheckAsked
from movplan_api.http.depends import TheBody, TheCaller, TheDesk
from movplan_api.http.openapi import body_of, refusals
from movplan_api.usecases.check import check_sent

router = APIRouter(prefix="/v1/checks", tags=["checks"])


@router.post(
    "",
    openapi_extra=body_of(CheckAsked),
    responses=refusals(400, 401, 403, 404, 409, 413, 422, 503),
)
def post_check(desk: TheDesk, caller: TheCaller, body: TheBody) -> CheckAnswer:
    """Check and price a plan; assignments are written up as they stand."""
    found = check_sent(desk, caller, body)
    violations = {
        rule.rule: masked(list(rule.violations), caller.scopes) for rule in found.rules
    }
    said = asdict(found)
    for rule in said["rules"]:
        rule["violations"] = violations[rule["rule"]]
    said["plan"] = masked(json.loads(found.plan), caller.scopes)
    return CheckAnswer.model_validate(said)
