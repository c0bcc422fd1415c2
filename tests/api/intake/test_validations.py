"""Validations, checks of plans made by hand, the catalogue and demo scenarios."""

import pytest

from movplan.domain.words import Reason
from movplan_api.words import Role
from tests.api.intake.test_scenarios import ZIP, zipped

CSV = "family_id,departure_id\nF2,MH-0414\nF3,MH-0414\nF4,MH-0414\nF6,W5-0415\n"


def test_a_good_scenario_is_valid_and_not_stored(service, scenario, folder):
    for body in (
        {"json": {"scenario": scenario}},
        {"content": zipped(folder), "headers": ZIP},
    ):
        answer = service.post("/v1/validations", **body)
        assert answer.status_code == 200, answer.text
        said = answer.json()
        assert (said["valid"], said["families"], said["persons"]) == (True, 8, 34)
        assert len(said["digest"]) == 64
    assert service.get("/v1/scenarios").json()["items"] == []


def test_a_wrong_one_is_an_answer_and_no_failure(service, scenario, stored, folder):
    scenario["families"][0]["ready_from"] = "1405-02-30"
    said = service.post("/v1/validations", json={"scenario": scenario}).json()
    assert (said["valid"], said["issues_total"]) == (False, 1)
    assert said["issues"][0]["path"] == "/scenario/families/F1/ready_from"
    aside = {"scenario": scenario, "set_aside": True}
    said = service.post("/v1/validations", json=aside).json()
    assert (said["valid"], len(said["set_aside"])) == (True, 1)
    changed = {"scenario_id": stored["id"], "overrides": ["family F1: origin = X"]}
    said = service.post("/v1/validations", json=changed).json()
    assert (said["valid"], said["issues"][0]["value"]) == (False, "X")
    sent = zipped(folder, nonsense=b"a\n1\n")
    said = service.post("/v1/validations", content=sent, headers=ZIP).json()
    assert (said["valid"], said["issues"][0]["path"]) == (False, "/nonsense.csv")


@pytest.mark.parametrize("sent", [{}, {"scenario": []}, {"scenario": {}, "x": 1}])
def test_a_wrong_request_is_refused(service, sent):
    answer = service.post("/v1/validations", json=sent)
    assert (answer.status_code, answer.json()["code"]) == (422, "INVALID_REQUEST")
    answer = service.post("/v1/validations", json={"scenario_id": "scn_none"})
    assert answer.status_code == 404


def rules_broken(said):
    return {
        row["rule"]: row["violations"] for row in said["rules"] if row["violations"]
    }


def test_a_plan_made_by_hand_is_checked_and_priced(service, stored, finished):
    by_csv = {"scenario_id": stored["id"], "assignments_csv": CSV}
    answer = service.post("/v1/checks", json=by_csv)
    assert answer.status_code == 200, answer.text
    said = answer.json()
    ledger = said["plan"]["ledger"]
    assert said["price"]["total_cents"] == sum(c["reporting_cents"] for c in ledger) > 0
    assert sum(said["price"]["by_category"].values()) == said["price"]["total_cents"]
    rows = [
        dict(zip(("family_id", "departure_id"), line.split(","), strict=True))
        for line in CSV.split()[1:]
    ]
    by_rows = {"scenario_id": stored["id"], "assignments": rows}
    assert service.post("/v1/checks", json=by_rows).json() == said
    good = service.post(
        "/v1/checks",
        json={"scenario_id": stored["id"], "plan_id": finished["metadata"]["id"]},
    ).json()
    assert (good["clean"], good["same_scenario"]) == (True, True)
    assert good["price"]["total_cents"] == 485_800  # worked out in its README
    whole = {"scenario_id": stored["id"], "plan": finished["plan"]}
    assert service.post("/v1/checks", json=whole).json()["clean"]


def test_what_is_broken_is_named(service, stored):
    # F8's document is expired, and the flight has six seats
    csv = "family_id,departure_id\nF8,MH-0414\n"
    asked = {"scenario_id": stored["id"], "assignments_csv": csv}
    said = service.post("/v1/checks", json=asked).json()
    assert not said["clean"]
    found = rules_broken(said)
    assert any("F8" in v["subjects"] for rows in found.values() for v in rows)


def test_a_plan_is_checked_against_a_changed_scenario(service, stored, finished):
    asked = {
        "scenario_id": stored["id"],
        "plan_id": finished["metadata"]["id"],
        "overrides": ["departure W5-0415: cancel"],
    }
    said = service.post("/v1/checks", json=asked).json()
    assert (said["clean"], said["same_scenario"]) == (False, False)


def test_wrong_checks_are_refused(service, stored, finished, scenario):
    at = {"scenario_id": stored["id"]}
    plan = finished["plan"]
    for more, status, code in (
        ({}, 422, "INVALID_REQUEST"),
        ({"plan_id": "pln_none"}, 404, "NO_SUCH_PLAN"),
        ({"plan": {}}, 422, "INVALID_REQUEST"),
        ({"assignments": []}, 422, "INVALID_REQUEST"),
        (
            {"assignments": [{"family_id": "F99", "departure_id": "MH-0414"}]},
            422,
            "INVALID_REQUEST",
        ),
        ({"assignments_csv": "nonsense"}, 422, "INVALID_REQUEST"),
        ({"plan": plan, "assignments_csv": CSV}, 422, "INVALID_REQUEST"),
        ({"plan": {**plan, "scenario_id": "other"}}, 422, "ANOTHER_SCENARIO"),
    ):
        answer = service.post("/v1/checks", json={**at, **more})
        assert (answer.status_code, answer.json()["code"]) == (status, code), more
    unknown = {**at, "assignments": [{"family_id": "F99", "departure_id": "MH-0414"}]}
    issue = service.post("/v1/checks", json=unknown).json()["issues"][0]
    assert issue["path"].startswith("/assignments/")
    queued = service.post("/v1/plans", json=at).json()["id"]
    answer = service.post("/v1/checks", json={**at, "plan_id": queued})
    assert (answer.status_code, answer.json()["code"]) == (409, "NO_PLAN_YET")
    viewer = service.other(Role.VIEWER)
    assert (
        viewer.post("/v1/checks", json={**at, "assignments_csv": CSV}).status_code
        == 403
    )
    stranger = service.other(Role.ADMIN, workspace=f"{service.workspace}-other")
    asked = {"scenario": scenario, "plan_id": finished["metadata"]["id"]}
    assert stranger.post("/v1/checks", json=asked).status_code == 404


def test_every_reason_code_has_a_sentence(service):
    items = service.get("/v1/reason-codes").json()["items"]
    assert [row["code"] for row in items] == [reason.value for reason in Reason]
    by_code = {row["code"]: row for row in items}
    assert by_code["MEDICAL_HOLD"]["health"]
    assert not by_code["SEATS_FULL"]["health"]
    assert by_code["SEATS_FULL"]["remedy"] == "capacity"


def test_demo_scenarios_can_be_planned_as_they_are(service):
    items = service.get("/v1/demo-scenarios").json()["items"]
    assert "first-convoy" in [row["id"] for row in items]
    for row in items:
        found = service.get(f"/v1/demo-scenarios/{row['id']}").json()
        asked = {"scenario": found["scenario"]}
        answer = service.post("/v1/validations", json=asked).json()
        assert (answer["valid"], answer["families"]) == (True, row["families"])
    for name in ("none", "..", "%2e%2e%2fetc"):
        assert service.get(f"/v1/demo-scenarios/{name}").status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/reason-codes"),
        ("GET", "/v1/demo-scenarios"),
        ("GET", "/v1/demo-scenarios/first-convoy"),
        ("POST", "/v1/validations"),
        ("POST", "/v1/checks"),
        ("POST", "/v1/scenarios"),
        ("GET", "/v1/scenarios/x"),
        ("GET", "/v1/scenarios/x/document"),
        ("POST", "/v1/scenarios/x/versions"),
        ("POST", "/v1/events"),
        ("GET", "/v1/events"),
        ("POST", "/v1/plans/x:replan"),
    ],
)
def test_without_a_key_there_is_no_way_in(app, method, path):
    assert app.request(method, path).status_code == 401


def test_wrong_requests_are_told_in_plain_words(service, stored):
    """Every kind of wrong value: none is told in the words of the models' library."""
    at = {"scenario_id": stored["id"]}
    bodies = [
        {**at, field: wrong}
        for wrong in (None, -1, "x", [], {}, 1.5, True)
        for field in (
            "scenario_id",
            "as_of",
            "limits",
            "seed",
            "overrides",
            "set_aside",
        )
    ]
    said = [
        service.post(path, json=body).text
        for path in ("/v1/checks", "/v1/plans")
        for body in bodies
    ]
    said.append(service.get("/v1/plans?limit=many").text)
    for text in said:
        for phrase in ("Value error", "Input should", "Field required", "should be a"):
            assert phrase not in text, text
    assert any("is not a whole number" in text for text in said)
