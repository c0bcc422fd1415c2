"""Answers are what the OpenAPI document says, with and without scopes."""

import json

import pytest

from movplan_api.contract import rows, views
from movplan_api.contract.answers import PlanAnswer, PlanMetadata
from movplan_api.words import Role
from tests.api.views.conftest import key

MODELS = {
    "": PlanAnswer,
    "/metadata": PlanMetadata,
    "/schedule": views.SchedulePage,
    "/departures": views.DeparturePage,
    "/departures/{departure}": rows.DepartureDetail,
    "/departures/{departure}/manifest": views.Manifest,
    "/families": views.FamilyPage,
    "/families/F00007": rows.FamilyDetail,
    "/families/F00017": rows.FamilyDetail,
    "/costs?by=departure": views.CostPage,
    "/ledger?limit=1000": views.LedgerPage,
    "/left-out": views.LeftOutPage,
    "/deadlines?limit=1000": views.DeadlinePage,
    "/missions": views.MissionPage,
    "/certificate": views.CertificateAnswer,
    "/input": views.InputAnswer,
    "/diff?against={before}": views.DiffPage,
}


@pytest.mark.parametrize("path", MODELS)
@pytest.mark.parametrize("who", ["plain", "medical", "full"])
def test_answers_are_as_documented(house, first, path, who):
    loads = first.document["departures"]
    busy = next(row["departure_id"] for row in loads if row["persons"])
    path = path.format(departure=busy, before=house.before)
    model = MODELS[path.replace(busy, "{departure}").replace(house.before, "{before}")]
    for plan_id in (house.before, house.after):
        at = f"/v1/plans/{plan_id}{path}"
        said = house.client.get(at, headers=getattr(house, who)).json()
        model.model_validate_json(json.dumps(said))
        assert set(said) <= set(model.model_fields)


def test_the_document_lists_every_view_with_its_answers(house):
    paths = house.client.get("/v1/openapi.json").json()["paths"]
    for path in MODELS:
        at = "/v1/plans/{plan_id}" + path.partition("?")[0]
        at = at.replace("{departure}", "{departure_id}")
        at = at.replace("families/F00007", "families/{family_id}")
        at = at.replace("families/F00017", "families/{family_id}")
        answers = paths[at]["get"]["responses"]
        assert {"200", "304", "401", "404"} <= set(answers)
        schema = answers["200"]["content"]["application/json"]["schema"]
        assert schema["$ref"].startswith("#/components/schemas/")
    assert (
        "text/csv"
        in paths["/v1/plans/{plan_id}/ledger"]["get"]["responses"]["200"]["content"]
    )
    for path in ("/v1/plan-in-force", "/v1/identities"):
        assert path in paths


def test_the_plan_in_force_is_as_documented(house):
    me = key(house.client, Role.PLANNER)
    said = house.client.post(f"/v1/plans/{house.before}:approve", headers=me).json()
    assert (
        views.PlanInForce.model_validate_json(json.dumps(said)).plan_id == house.before
    )
