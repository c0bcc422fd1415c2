"""Scenarios over HTTP: kept once, never changed, versioned by what changed."""

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from movplan_api.words import Role, Scope

ZIP = {"Content-Type": "application/zip"}


def zipped(folder, **more: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.iterdir():
            archive.write(path, f"first-convoy/{path.name}")
        for name, content in more.items():
            archive.writestr(f"first-convoy/{name}.csv", content)
    return buffer.getvalue()


def test_a_scenario_is_kept_once_whatever_way_it_comes(service, stored, folder):
    assert (stored["name"], stored["version"]) == ("first-convoy", 1)
    assert (stored["families"], stored["persons"]) == (8, 34)
    again = service.post("/v1/scenarios", content=zipped(folder), headers=ZIP)
    assert (again.status_code, again.json()) == (200, stored)
    assert again.headers["Location"] == f"/v1/scenarios/{stored['id']}"
    listed = service.get("/v1/scenarios").json()["items"]
    assert [row["id"] for row in listed] == [stored["id"]]


def test_ten_at_once_keep_one(service, scenario):
    def post(_):
        answer = service.post("/v1/scenarios", json={"scenario": scenario})
        return answer.status_code, answer.json()["id"]

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(post, range(10)))
    assert len({scenario_id for _, scenario_id in answers}) == 1
    assert sorted(status for status, _ in answers) == [200] * 9 + [201]


def test_its_document_comes_back_with_its_digest_as_tag(service, stored, scenario):
    at = f"/v1/scenarios/{stored['id']}/document"
    answer = service.get(at)
    assert answer.json() == scenario
    tag = answer.headers["ETag"]
    assert tag == f'"{stored["digest"]}"'
    other = service.other()
    same = service._client.get(at, headers={**service.headers, "If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    assert other.get(at).headers["ETag"] != tag


def test_changes_make_versions_and_say_so(service, stored):
    at = f"/v1/scenarios/{stored['id']}/versions"
    changes = [
        "family F1: weight = 9",
        {"verb": "withdraw", "table": "families", "key": "F5"},
        "departure MH-0414: cancel",
    ]
    answer = service.post(at, json={"changes": changes})
    assert answer.status_code == 201, answer.text
    second = answer.json()
    assert (second["version"], second["parent_id"]) == (2, stored["id"])
    assert [change["key"] for change in second["changes"]] == ["F1", "F5", "MH-0414"]
    document = service.get(f"/v1/scenarios/{second['id']}/document").json()
    families = {row["family_id"]: row for row in document["families"]}
    assert families["F1"]["weight"] == 9
    assert families["F5"]["consent_withdrawn"] == document["as_of"][:10]
    assert service.post(at, json={"changes": changes}).status_code == 200
    versions = service.get(f"/v1/scenarios/{second['id']}/versions?limit=1").json()
    assert [row["id"] for row in versions["items"]] == [second["id"]]
    rest = service.get(f"{at}?cursor={versions['next_cursor']}").json()
    assert [row["id"] for row in rest["items"]] == [stored["id"]]
    unchanged = service.get(f"/v1/scenarios/{stored['id']}").json()
    assert unchanged == stored


def test_a_family_is_added_with_its_members_and_time_moves(service, stored, scenario):
    family = {**scenario["families"][1], "family_id": "F9", "case_ids": ["IRN-9"]}
    members = [
        {**row, "member_id": f"{row['member_id']}-9", "family_id": "F9"}
        for row in scenario["members"]
        if row["family_id"] == family["family_id"] or row["family_id"] == "F2"
    ]
    changes = [
        {"verb": "add", "table": "families", "key": "F9", "values": family},
        *(
            {"verb": "add", "table": "members", "key": m["member_id"], "values": m}
            for m in members
        ),
    ]
    later = {"as_of": "2026-04-07T08:00:00+03:30", "changes": changes}
    answer = service.post(f"/v1/scenarios/{stored['id']}/versions", json=later)
    assert answer.status_code == 201, answer.text
    assert answer.json()["families"] == 9
    document = service.get(f"{answer.headers['Location']}/document").json()
    assert document["as_of"] == "2026-04-07T08:00:00+03:30"


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ({"changes": ["family F99: withdraw"]}, "/changes/0"),
        ({"changes": ["family F1: weight = 2", "what?"]}, "/changes/1"),
        ({"changes": ["family F1: persons = -3"]}, "/changes/0/persons"),
        ({"changes": ["family F1: origin = MOON"]}, "/scenario/families/F1/origin"),
        ({"changes": [{"verb": "add", "table": "families"}]}, "/changes/0/key"),
        ({"as_of": "yesterday"}, "/as_of"),
        ({}, "/"),
    ],
)
def test_changes_that_cannot_be_are_refused_whole(service, stored, sent, path):
    answer = service.post(f"/v1/scenarios/{stored['id']}/versions", json=sent)
    assert answer.status_code == 422
    assert [issue["path"] for issue in answer.json()["issues"]] == [path]
    assert len(service.get("/v1/scenarios").json()["items"]) == 1


def test_a_wrong_scenario_is_refused_with_every_issue(service, scenario):
    scenario["families"][0]["ready_from"] = "2026-02-30"
    scenario["families"][1]["origin"] = "masshad"
    answer = service.post("/v1/scenarios", json={"scenario": scenario})
    assert (answer.status_code, answer.json()["code"]) == (422, "INVALID_REQUEST")
    issues = {issue["path"]: issue for issue in answer.json()["issues"]}
    assert "/scenario/families/F1/ready_from" in issues
    wrong = issues["/scenario/families/F2/origin"]
    assert (wrong["value"], wrong["hint"]) == ("masshad", "did you mean mashhad?")


def test_wrong_families_are_set_aside_when_asked(service, scenario):
    scenario["families"][0]["ready_from"] = "2026-02-30"
    sent = {"scenario": scenario, "set_aside": True}
    answer = service.post("/v1/scenarios", json=sent)
    assert answer.status_code == 201
    aside = answer.json()["set_aside"]
    assert [(row["family_id"], row["reason"]) for row in aside] == [
        ("F1", "DATA_ERROR")
    ]
    plan = service.post(
        "/v1/plans", json={"scenario_id": answer.json()["id"], "limits": {"effort": 1}}
    ).json()
    solved = service.solve(plan["id"])
    assert solved["metadata"]["failure"] is None
    left_out = solved["plan"]["left_out"]
    assert ("F1", "DATA_ERROR") in [
        (row["family_id"], row["reason"]) for row in left_out
    ]


def test_health_is_not_shown_without_the_scope(service, stored, scenario):
    member = scenario["members"][0]["member_id"]
    hold = f"medical {member}: add status = hold, hold_until = 2026-05-01"
    answer = service.post(
        f"/v1/scenarios/{stored['id']}/versions", json={"changes": [hold]}
    )
    assert answer.status_code == 201, answer.text
    at = answer.headers["Location"]
    shown = service.get(f"{at}/document").json()
    assert [row["status"] for row in shown["medical"]] == ["hold"]
    other = service.other(Role.VIEWER)
    masked = other.get(f"{at}/document").json()
    assert masked["medical"] == []
    assert masked["families"] == shown["families"]
    change = other.get(at).json()["changes"][0]
    assert "hold" not in json.dumps(change)


def test_names_in_a_zip_need_the_scope_and_a_vault(service, folder):
    sent = zipped(folder, identities=b"member_id,name\nF1-1,Nobody\n")
    answer = service.post("/v1/scenarios", content=sent, headers=ZIP)
    assert (answer.status_code, answer.json()["code"]) == (403, "SCOPE_MISSING")
    named = service.other(Role.PLANNER, [Scope.NAMES])
    assert named.post("/v1/scenarios", content=sent, headers=ZIP).status_code == 503
    assert service.get("/v1/scenarios").json()["items"] == []


def test_who_may_and_who_may_not(service, stored, scenario):
    viewer, stranger = (
        service.other(Role.VIEWER),
        service.other(Role.ADMIN, workspace=f"{service.workspace}-other"),
    )
    at = f"/v1/scenarios/{stored['id']}"
    change = {"changes": ["family F1: weight = 9"]}
    for path, body in (
        ("/v1/scenarios", {"scenario": scenario}),
        (f"{at}/versions", change),
    ):
        assert viewer.post(path, json=body).status_code == 403
    assert viewer.get(at).status_code == 200
    assert stranger.get("/v1/scenarios").json()["items"] == []
    looks = [stranger.get(at + more) for more in ("", "/document", "/versions")]
    looks.append(stranger.post(f"{at}/versions", json=change))
    assert [answer.status_code for answer in looks] == [404] * 4


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("text/csv", 415),
        ("multipart/form-data; boundary=x", 415),
        ("application/zip", 400),
    ],
)
def test_other_kinds_of_bodies_are_refused(service, content_type, status):
    headers = {"Content-Type": content_type}
    answer = service.post("/v1/scenarios", content=b"a,b\n", headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
