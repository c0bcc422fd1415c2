"""The OpenAPI document, with the bodies that FastAPI does not read itself.

Big bodies are read in another process, so their endpoints take bytes; what those bytes
must be is said here.
"""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from movplan_api.contract.answers import Problem
from movplan_api.contract.approvals import ApprovalAsked
from movplan_api.contract.identities import IdentitiesAsked
from movplan_api.contract.keys import (
    KeyAsked,
    PurgeAsked,
    WorkspaceAsked,
    WorkspaceRemovalAsked,
)
from movplan_api.contract.movements import EventsAsked
from movplan_api.contract.orders import (
    CheckAsked,
    PlanAsked,
    ReplanAsked,
    ScenarioAsked,
    ValidationAsked,
    VersionAsked,
)
from movplan_api.contract.studies import StudyAsked
from movplan_api.contract.webhooks import WebhookAsked
from movplan_api.http.failures import PROBLEM_JSON

_AT = "#/components/schemas/"
# No key, too many requests of one, no database: any operation may say so.
_OF_ALL = (401, 429, 503)
# Every model of a body that is read elsewhere; a new one is one more line.
READ_ELSEWHERE: tuple[type[BaseModel], ...] = (
    PlanAsked,
    ScenarioAsked,
    VersionAsked,
    ValidationAsked,
    CheckAsked,
    ReplanAsked,
    EventsAsked,
    IdentitiesAsked,
    ApprovalAsked,
    StudyAsked,
    WebhookAsked,
    KeyAsked,
    WorkspaceAsked,
    PurgeAsked,
    WorkspaceRemovalAsked,
)


def body_of(model: type[BaseModel]) -> dict[str, Any]:
    """For ``openapi_extra``: the body is this model as JSON."""
    schema = {"$ref": f"{_AT}{model.__name__}"}
    content = {"application/json": {"schema": schema}}
    return {"requestBody": {"required": True, "content": content}}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For ``responses``: these statuses come with problem details."""
    content = {PROBLEM_JSON: {"schema": {"$ref": f"{_AT}{Problem.__name__}"}}}
    return {
        status: {"description": "Problem", "content": content} for status in statuses
    }


def describe(app: FastAPI) -> None:
    """Make the document of this application, once, when it is first asked for."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(title=app.title, version=app.version, routes=app.routes)
    inputs = [(model, "validation") for model in READ_ELSEWHERE]
    _, found = models_json_schema(
        [*inputs, (Problem, "serialization")],  # type: ignore[list-item]
        ref_template=_AT + "{model}",
    )
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    for name, schema in found["$defs"].items():
        schemas.setdefault(name, schema)
    made["components"]["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer"},
    }
    made["security"] = [{"key": []}]
    for path, methods in made["paths"].items():
        for operation in methods.values():
            _say_what_all_say(path, operation)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return made


def _say_what_all_say(path: str, operation: dict[str, Any]) -> None:
    """Refusals that any operation may come with; health needs no key."""
    answers: dict[str, Any] = operation["responses"]
    # FastAPI describes its own words for 422; ours are problem details.
    if "422" in answers:
        answers["422"] = refusals(422)[422]
    if not path.startswith("/v1/"):
        operation["security"] = []
        return
    for status in _OF_ALL:
        answers.setdefault(str(status), refusals(status)[status])
