"""Bodies that are either JSON or a zip: told apart, and described as both."""

from typing import Annotated, Any

from fastapi import Header
from pydantic import BaseModel

from movplan_api.http.openapi import body_of
from movplan_api.problems import UnreadableKindError

ZIP = "application/zip"
_ZIPS = frozenset({ZIP, "application/x-zip-compressed", "application/x-zip"})
_JSONS = frozenset({"application/json", ""})

ContentType = Annotated[str, Header(include_in_schema=False)]


def is_zip(content_type: str) -> bool:
    """Whether the body is a zip; refuses what is neither that nor JSON."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind in _ZIPS:
        return True
    if kind in _JSONS or kind.endswith("+json"):
        return False
    words = f"Send application/json or {ZIP}, not {kind[:80]}."
    raise UnreadableKindError("UNREADABLE_KIND", words)


def zip_or(model: type[BaseModel]) -> dict[str, Any]:
    """For ``openapi_extra``: the body is this model as JSON, or a zip of a folder."""
    described = body_of(model)
    schema = {"type": "string", "format": "binary"}
    described["requestBody"]["content"][ZIP] = {"schema": schema}
    return described
