"""One departure of a plan, and who is aboard."""

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from movplan_api.contract.rows import DepartureDetail, ManifestRow
from movplan_api.contract.views import Manifest
from movplan_api.http.openapi import refusals
from movplan_api.http.showing import A_DOCUMENT, A_TABLE, CSV, PlanId, TheLook, ThingId
from movplan_api.problems import NotFoundError
from movplan_api.usecases import looking
from movplan_api.usecases.manifest import manifest_of
from movplan_api.views.departures import departure_detail
from movplan_api.views.seen import Row
from movplan_api.views.table import as_csv

router = APIRouter(prefix="/v1/plans/{plan_id}/departures", tags=["views"])


@router.get(
    "/{departure_id:path}/manifest",
    response_model=Manifest,
    responses={**A_TABLE, **refusals(503)},
)
def get_manifest(look: TheLook, plan_id: PlanId, departure_id: ThingId) -> Response:
    """Who is aboard, person by person; names for keys with the scope ``names``."""
    known = looking.finished(look.desk, look.caller, plan_id)
    asked = manifest_of(look.desk, look.caller, known, departure_id)

    def answer(as_table: bool) -> Response:
        made = asked.make()
        if not as_table:
            return JSONResponse(made)
        text = as_csv(made["items"], tuple(ManifestRow.model_fields))
        headers = {"Movplan-Names": made["names"]}
        return Response(text, headers=headers, media_type=CSV)

    response = look.either(asked.tag, answer)
    # Names are nothing to be kept on the way.
    response.headers["Cache-Control"] = "no-store"
    return response


@router.get(
    "/{departure_id:path}", response_model=DepartureDetail, responses=A_DOCUMENT
)
def get_departure(look: TheLook, plan_id: PlanId, departure_id: ThingId) -> Response:
    """All that the plan says about one departure."""
    known = looking.finished(look.desk, look.caller, plan_id)

    def make() -> Row:
        seen = looking.seen(look.desk, look.caller, known)
        found = departure_detail(seen, departure_id)
        if found is None:
            words = f"The plan has no {departure_id!r}."
            raise NotFoundError("NO_SUCH_DEPARTURE", words)
        return found

    return look.document([known.plan.id, known.sha256 or ""], make)
