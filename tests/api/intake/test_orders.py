"""Plan orders with overrides, set-aside and another time; what is refused."""

import json

import pytest

ORDER = {"limits": {"effort": 1, "seed": 1}}


def family(document, family_id):
    return next(r for r in document["families"] if r["family_id"] == family_id)


def document_of(service, plan):
    return service.get(f"/v1/scenarios/{plan['scenario_id']}/document").json()


def test_overrides_make_another_scenario_of_the_one_named(service, stored):
    asked = {
        **ORDER,
        "scenario_id": stored["id"],
        "overrides": ["family F1: weight = 9"],
    }
    answer = service.post("/v1/plans", json=asked)
    assert answer.status_code == 202, answer.text
    plan = answer.json()
    made = service.get(f"/v1/scenarios/{plan['scenario_id']}").json()
    assert (made["parent_id"], made["version"]) == (stored["id"], 2)
    assert family(document_of(service, plan), "F1")["weight"] == 9


def test_overrides_of_a_scenario_sent_along(service, scenario):
    asked = {
        **ORDER,
        "scenario": scenario,
        "overrides": [
            {
                "verb": "scale",
                "table": "fares",
                "key": "*",
                "column": "amount_cents",
                "factor": "1.5",
            }
        ],
        "as_of": "2026-04-07T08:00:00+03:30",
        "tags": ["dearer"],
    }
    wrong = service.post("/v1/plans", json=asked)
    if wrong.status_code == 422:  # the column's name is the library's to say
        column = next(k for k in scenario["fares"][0] if k.endswith("_cents"))
        asked["overrides"][0]["column"] = column
        wrong = service.post("/v1/plans", json=asked)
    assert wrong.status_code == 202, wrong.text
    plan = wrong.json()
    assert plan["tags"] == ["dearer"]
    document = document_of(service, plan)
    assert document["as_of"] == "2026-04-07T08:00:00+03:30"


def test_an_override_of_a_rule_needs_an_authority_and_is_kept(service, stored):
    row = "override travels_with/F1: add by = Head of Office, date = 2026-04-01"
    asked = {**ORDER, "scenario_id": stored["id"], "overrides": [row]}
    answer = service.post("/v1/plans", json=asked)
    assert answer.status_code == 422
    row = (
        "override travels_with/F1: add rule = travels_with, scope = F1,"
        " by = Head of Office, reference = R1, date = 2026-04-01"
    )
    answer = service.post("/v1/plans", json={**asked, "overrides": [row]})
    assert answer.status_code == 202, answer.text
    assert document_of(service, answer.json())["overrides"][0]["reference"] == "R1"


@pytest.mark.parametrize(
    ("more", "status", "path"),
    [
        ({"overrides": ["family F99: withdraw"]}, 422, "/overrides/0"),
        ({"overrides": ["family F1: origin = X"]}, 422, "/scenario/families/F1/origin"),
        ({"set_aside": True}, 422, "/"),
        ({"horizon": {"first": "2026-01-02", "last": "2026-01-01"}}, 422, "/horizon"),
        ({"scenario": {}}, 422, "/"),
        ({"tags": ["two words"]}, 422, "/tags/0"),
    ],
)
def test_wrong_orders_are_refused_with_a_path(service, stored, more, status, path):
    asked = {**ORDER, "scenario_id": stored["id"], **more}
    answer = service.post("/v1/plans", json=asked)
    assert answer.status_code == status
    assert path in [issue["path"] for issue in answer.json()["issues"]]
    assert service.get("/v1/plans").json()["items"] == []


def test_the_same_key_with_overrides_gives_one_plan(service, stored):
    key = {"Idempotency-Key": "again"}
    asked = {
        **ORDER,
        "scenario_id": stored["id"],
        "overrides": ["family F1: weight = 9"],
    }
    ids = {
        service.post("/v1/plans", json=asked, headers=key).json()["id"]
        for _ in range(2)
    }
    assert len(ids) == 1
    other = {**asked, "overrides": []}
    answer = service.post("/v1/plans", json=other, headers=key)
    assert (answer.status_code, answer.json()["code"]) == (422, "KEY_REUSED")


def test_a_scenario_sent_along_may_set_families_aside(service, scenario):
    scenario["families"][0]["persons"] = "many"
    asked = {**ORDER, "scenario": scenario}
    assert service.post("/v1/plans", json=asked).status_code == 422
    answer = service.post("/v1/plans", json={**asked, "set_aside": True})
    assert answer.status_code == 202
    made = service.get(f"/v1/scenarios/{answer.json()['scenario_id']}").json()
    assert [row["family_id"] for row in made["set_aside"]] == ["F1"]
    assert "many" in json.dumps(made["set_aside"])
