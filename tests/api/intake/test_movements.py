"""Events on the ground and replans: told once, taken into account, promises kept."""

import json

import pytest

from movplan_api.clock import now
from movplan_api.store.tables import InForce, StoredPlan
from movplan_api.words import Role

AT = "2026-04-14T06:00:00+03:30"


def put_in_force(service, plan_id):
    with service.store.transaction() as session:
        plan = session.get_one(StoredPlan, plan_id)
        session.merge(
            InForce(workspace_id=plan.workspace_id, plan_id=plan_id, since=now())
        )


def event(kind, **named):
    return {"kind": kind, "happened_at": AT, **named}


def tell(service, finished, *events):
    plan_id = finished["metadata"]["id"]
    return service.post("/v1/events", json={"plan_id": plan_id, "events": events})


def replan(service, finished, **asked):
    at = f"/v1/plans/{finished['metadata']['id']}:replan"
    return service.post(at, json={"limits": {"effort": 1}, **asked})


def rides(solved):
    return {
        leg["family_id"]: leg["departure_id"]
        for leg in solved["plan"]["schedule"]
        if leg["kind"] == "ride"
    }


def test_a_replan_keeps_what_is_notified_and_takes_changes(service, finished):
    before = rides(finished)
    assert before == {  # the optimum that the scenario's README works out
        "F2": "MH-0414",
        "F3": "MH-0414",
        "F4": "MH-0414",
        "F6": "W5-0415",
        "F7": "W5-0415",
    }
    answer = replan(service, finished, changes=["family F5: withdraw"], tags=["again"])
    assert answer.status_code == 202, answer.text
    ordered = answer.json()
    assert ordered["parent_id"] == finished["metadata"]["id"]
    assert ordered["tags"] == ["again"]
    document = service.get(f"/v1/scenarios/{ordered['scenario_id']}/document").json()
    states = {(r["family_id"], r["state"]) for r in document["assignments"]}
    assert states == {(family, "notified") for family in before}
    assert "changes" in [level["measure"] for level in document["levels"]]
    solved = service.solve(ordered["id"])
    after = rides(solved)
    assert after == before
    # again from the new plan: what is kept is kept again
    third = replan(service, solved, changes=["family F8: withdraw"])
    assert third.status_code == 202, third.text
    assert rides(service.solve(third.json()["id"])) == after


def test_events_reach_the_next_replan(service, finished):
    told = tell(
        service,
        finished,
        event("DEPARTED", departure_id="MH-0414", family_id="F3"),
        event("NO_SHOW", departure_id="MH-0414", family_id="F2"),
        event("CONSENT_WITHDRAWN", family_id="F6"),
        event("CANCELLED", family_id="F7"),
    )
    assert told.status_code == 201, told.text
    assert told.json()["new"] == 4
    ordered = replan(service, finished).json()
    made = service.get(f"/v1/scenarios/{ordered['scenario_id']}").json()
    assert len(made["changes"]) == 4
    document = service.get(f"/v1/scenarios/{ordered['scenario_id']}/document").json()
    states = {r["family_id"]: r["state"] for r in document["assignments"]}
    assert (states["F3"], states["F2"], states["F7"]) == (
        "departed",
        "no_show",
        "withdrawn",
    )
    solved = service.solve(ordered["id"])
    assert rides(solved)["F3"] == "MH-0414"
    reasons = {row["family_id"]: row["reason"] for row in solved["plan"]["left_out"]}
    assert (reasons["F2"], reasons["F7"]) == ("NO_SHOW", "WITHDRAWN")
    assert reasons["F6"] == "CONSENT_WITHDRAWN"


def test_events_can_be_left_for_later(service, finished):
    tell(service, finished, event("CANCELLED", departure_id="W5-0415"))
    plan = replan(service, finished, take_events=False).json()
    document = service.get(f"/v1/scenarios/{plan['scenario_id']}/document").json()
    status = {d["departure_id"]: d["status"] for d in document["departures"]}
    assert status["W5-0415"] != "cancelled"
    taken = replan(service, finished).json()
    document = service.get(f"/v1/scenarios/{taken['scenario_id']}/document").json()
    status = {d["departure_id"]: d["status"] for d in document["departures"]}
    assert status["W5-0415"] == "cancelled"
    # a replan of that plan has it in its scenario already
    solved = service.solve(taken["id"])
    again = replan(service, solved).json()
    made = service.get(f"/v1/scenarios/{again['scenario_id']}").json()
    assert made["changes"] == []


def test_told_twice_is_kept_once(service, finished):
    one = event("NO_SHOW", departure_id="MH-0414", family_id="F2", reference="A-1")
    first = tell(service, finished, one).json()
    again = tell(service, finished, one, event("CANCELLED", family_id="F7")).json()
    assert (first["new"], again["new"]) == (1, 1)
    assert again["items"][0] == first["items"][0]
    listed = service.get("/v1/events").json()["items"]
    assert [row["kind"] for row in listed] == ["CANCELLED", "NO_SHOW"]
    of_f2 = service.get("/v1/events?family_id=F2").json()["items"]
    assert [row["id"] for row in of_f2] == [first["items"][0]["id"]]
    page = service.get("/v1/events?limit=1").json()
    rest = service.get(f"/v1/events?cursor={page['next_cursor']}").json()
    assert [row["id"] for row in page["items"] + rest["items"]] == [
        row["id"] for row in listed
    ]


def test_the_plan_in_force_is_meant_when_none_is_named(service, finished):
    told = {"events": [event("CANCELLED", family_id="F7")]}
    answer = service.post("/v1/events", json=told)
    assert (answer.status_code, answer.json()["code"]) == (409, "NO_PLAN_IN_FORCE")
    put_in_force(service, finished["metadata"]["id"])
    answer = service.post("/v1/events", json=told)
    assert answer.status_code == 201
    assert answer.json()["plan_id"] == finished["metadata"]["id"]


def test_a_medical_stop_is_a_hold_without_the_scope(service, finished, scenario):
    member = next(m for m in scenario["members"] if m["family_id"] == "F2")
    stop = event("MEDICAL_STOP", member_id=member["member_id"], hold_until="2026-06-01")
    answer = tell(service, finished, stop)
    assert answer.status_code == 201, answer.text
    said = answer.json()["items"][0]
    assert (said["kind"], said["family_id"]) == ("MEDICAL_STOP", "F2")
    again = tell(service, finished, {**stop, "family_id": "F2"})
    assert (again.json()["new"], again.json()["items"]) == (0, [said])
    seen = service.other(Role.VIEWER).get("/v1/events").json()["items"][0]
    assert (seen["kind"], seen["family_id"]) == ("MEDICAL_HOLD", "F2")
    assert "MEDICAL_STOP" not in json.dumps(seen)
    assert member["member_id"] not in json.dumps(seen)
    assert seen["detail"]["hold_until"] == "2026-06-01"
    assert set(seen["detail"]) == {"plan_id", "on", "hold_until"}
    ordered = replan(service, finished).json()
    solved = service.solve(ordered["id"])
    reasons = {row["family_id"]: row["reason"] for row in solved["plan"]["left_out"]}
    assert reasons["F2"] == "MEDICAL_HOLD"


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (event("DEPARTED"), "/events/0"),
        (event("NO_SHOW", departure_id="MH-0414"), "/events/0"),
        (event("CANCELLED", departure_id="MH-0414", family_id="F2"), "/events/0"),
        (event("CANCELLED", family_id="F2", hold_until="2026-05-01"), "/events/0"),
        (event("LOST", family_id="F2"), "/events/0/kind"),
        ({"kind": "CANCELLED", "family_id": "F2"}, "/events/0/happened_at"),
        (
            {**event("CANCELLED", family_id="F2"), "happened_at": "2026-04-14"},
            "/events/0/happened_at",
        ),
        (event("CANCELLED", family_id="F99"), "/events/0/family_id"),
        (
            event("DEPARTED", departure_id="W5-0415", family_id="F2"),
            "/events/0/family_id",
        ),
        (event("CANCELLED", family_id="F2\u0007"), "/events/0/family_id"),
    ],
)
def test_what_cannot_have_happened_is_refused(service, finished, wrong, path):
    answer = tell(service, finished, wrong)
    assert answer.status_code == 422
    assert [issue["path"] for issue in answer.json()["issues"]] == [path]
    assert service.get("/v1/events").json()["items"] == []


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({"changes": ["family F99: withdraw"]}, "/changes/0"),
        ({"changes": ["family F2: withdraw", "?"]}, "/changes/1"),
        ({"changes": ["family F2: origin = X"]}, "/scenario/families/F2/origin"),
        ({"as_of": "now"}, "/as_of"),
        ({"limits": {"effort": -1}}, "/limits/effort"),
    ],
)
def test_wrong_replans_are_refused(service, finished, asked, path):
    tell(service, finished, event("CANCELLED", family_id="F7"))
    answer = replan(service, finished, **asked)
    assert answer.status_code == 422
    assert [issue["path"] for issue in answer.json()["issues"]] == [path]
    assert len(service.get("/v1/plans").json()["items"]) == 1


def test_who_may_and_when(service, stored, finished):
    queued = service.post("/v1/plans", json={"scenario_id": stored["id"]}).json()
    answer = replan(service, {"metadata": queued})
    assert (answer.status_code, answer.json()["code"]) == (409, "NO_PLAN_YET")
    assert replan(service, {"metadata": {"id": "pln_none"}}).status_code == 404
    viewer = service.other(Role.VIEWER)
    assert replan(viewer, finished).status_code == 403
    told = event("CANCELLED", family_id="F7")
    assert tell(viewer, finished, told).status_code == 403
    stranger = service.other(Role.ADMIN, workspace=f"{service.workspace}-other")
    assert replan(stranger, finished).status_code == 404
    assert tell(stranger, finished, told).status_code == 404
    tell(service, finished, told)
    assert stranger.get("/v1/events").json()["items"] == []


def test_a_replan_asked_for_again_says_no_more_of_health(service, finished):
    """The set that contradicts is in the metadata: a hold and a date, without scope."""
    key = {"Idempotency-Key": "held-and-locked"}
    at = f"/v1/plans/{finished['metadata']['id']}:replan"
    locked = {"family_id": "F2", "departure_id": "MH-0414", "state": "locked"}
    lock = {"verb": "add", "table": "assignments"}
    lock |= {"key": "F2/outbound/1/MH-0414", "values": locked}
    member = {"verb": "add", "table": "medical", "key": "F2-1"}
    hold = {**member, "values": {"status": "hold"}}
    asked = {"changes": [lock, hold], "limits": {"effort": 1}}
    planner = service.other(Role.PLANNER)
    first = planner.post(at, json=asked, headers=key)
    assert first.status_code == 202, first.text
    service.solve(first.json()["id"])
    again = planner.post(at, json=asked, headers=key).json()
    assert again["id"] == first.json()["id"]
    assert again["failure"]["conflict"] == ["MEDICAL_HOLD 2026-04-14"]


def test_the_same_key_gives_one_replan_and_is_bound_to_its_plan(service, finished):
    key = {"Idempotency-Key": "replan-once"}
    at = f"/v1/plans/{finished['metadata']['id']}:replan"
    ids = {service.post(at, json={}, headers=key).json()["id"] for _ in range(2)}
    assert len(ids) == 1
    solved = service.solve(ids.pop())
    other = f"/v1/plans/{solved['metadata']['id']}:replan"
    answer = service.post(other, json={}, headers=key)
    assert (answer.status_code, answer.json()["code"]) == (422, "KEY_REUSED")


def test_the_input_of_a_replan_says_what_was_changed(service, finished):
    plan_id, before = finished["metadata"]["id"], finished["metadata"]["scenario_id"]
    asked = {"changes": ["family F5: withdraw"], "limits": {"effort": 1}}
    again = service.post(f"/v1/plans/{plan_id}:replan", json=asked).json()["id"]
    service.solve(again)
    said = service.get(f"/v1/plans/{again}/input").json()
    assert said["parent_id"] == before
    withdrawn = {"verb": "withdraw", "table": "families", "key": "F5"}
    assert said["changes"] == [withdrawn]
    assert service.get(f"/v1/plans/{plan_id}/input").json()["changes"] == []


def test_a_plan_is_checked_against_its_own_scenario(service, finished):
    """Named by its id it needs no other word; another scenario can still be named."""
    plan_id = finished["metadata"]["id"]
    own = service.post("/v1/checks", json={"plan_id": plan_id}).json()
    assert (own["clean"], own["same_scenario"]) == (True, True)
    changes = {"changes": ["family F2: withdraw"]}
    scenario_id = finished["metadata"]["scenario_id"]
    at = f"/v1/scenarios/{scenario_id}/versions"
    other = service.post(at, json=changes).json()["id"]
    asked = {"plan_id": plan_id, "scenario_id": other}
    checked = service.post("/v1/checks", json=asked).json()
    assert (checked["clean"], checked["same_scenario"]) == (False, False)
    refused = service.post("/v1/checks", json={"assignments": []})
    assert refused.json()["code"] == "INVALID_REQUEST"
