"""Small bodies, read here; big ones go to another process."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from movplan_api.problems import BadRequestError, InvalidError, ProblemIssue

M = TypeVar("M", bound=BaseModel)


def small_body(model: type[M], body: bytes) -> M:
    """The body as this model; an empty one as ``{}``."""
    try:
        return model.model_validate_json(body or b"{}")
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False)
    if any(one["type"] == "json_invalid" for one in found):
        raise BadRequestError("NOT_JSON", "The body is no JSON.")
    issues = [
        ProblemIssue(
            code=one["type"].upper(),
            path="/" + "/".join(str(part) for part in one["loc"]),
            value=str(one["input"])[:80],
            problem=one["msg"],
        )
        for one in found
    ]
    raise InvalidError("INVALID_REQUEST", "The request is wrong.", issues=issues)
