"""Export of everything the workspace has."""

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from movplan_api.http.depends import TheCaller, TheDesk
from movplan_api.http.openapi import refusals
from movplan_api.http.uploads import ZIP
from movplan_api.usecases.export import export

router = APIRouter(prefix="/v1/export", tags=["workspace"])


@router.get(
    "",
    response_class=Response,
    responses={
        200: {
            "description": "Tables as lines of JSON, scenarios and plans as documents.",
            "content": {ZIP: {"schema": {"type": "string", "format": "binary"}}},
        },
        **refusals(401, 403),
    },
)
def get_export(desk: TheDesk, caller: TheCaller) -> StreamingResponse:
    """Everything as a zip; names and health only with those scopes, secrets never."""
    headers = {
        "Content-Disposition": 'attachment; filename="movplan-export.zip"',
        # Packed already.
        "Content-Encoding": "identity",
    }
    return StreamingResponse(export(desk, caller), media_type=ZIP, headers=headers)
