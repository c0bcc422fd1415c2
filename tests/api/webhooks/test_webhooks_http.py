"""Webhooks over HTTP; and what is said when a plan comes into force."""

import json

import pytest

from movplan_api.store.in_force import InForcePlans
from movplan_api.usecases import looking
from movplan_api.words import Role

KINDS = ["plan.approved", "family.changed", "family.left_out", "departure.changed"]
HOOK = {"url": "https://example.org/hook", "kinds": KINDS}


def approved(house, plan_id, headers):
    """Approve with every waiver that is needed."""
    at = f"/v1/plans/{plan_id}:approve"
    answer = house.client.post(at, json={}, headers=headers)
    if answer.status_code == 409:
        rules = {issue["value"] for issue in answer.json()["issues"]}
        waived = [{"rule": rule, "reason": "test"} for rule in sorted(rules)]
        answer = house.client.post(at, json={"waived": waived}, headers=headers)
    assert answer.status_code == 200, answer.text


def said(house, headers):
    """The delivery log as (kind, subject): data."""
    found, cursor = {}, None
    while True:
        query = {"limit": 200} | ({"cursor": cursor} if cursor else {})
        log = house.client.get("/v1/webhook-deliveries", params=query, headers=headers)
        for row in log.json()["items"]:
            # Newest first: what was said last counts.
            found.setdefault((row["kind"], row["subject_id"]), row["id"])
        cursor = log.json()["next_cursor"]
        if cursor is None:
            return found


def test_a_plan_that_comes_into_force_tells_of_every_change(house, first):
    """Each family and departure once; of health a hold and a date, whoever approved."""
    me = house.full
    assert house.client.post("/v1/webhooks", json=HOOK, headers=me).status_code == 201
    approved(house, house.before, me)
    log = said(house, me)
    travel = {row["family_id"] for row in first.document["schedule"]}
    stay = {row["family_id"] for row in first.document["left_out"]}
    runs = {r["departure_id"] for r in first.document["departures"] if r["runs"]}
    assert {s for kind, s in log if kind == "family.changed"} == travel
    assert {s for kind, s in log if kind == "family.left_out"} == stay
    assert {s for kind, s in log if kind == "departure.changed"} == runs
    assert ("plan.approved", house.before) in log

    # Approving again what is in force says nothing more.
    approved(house, house.before, me)
    assert said(house, me) == log

    approved(house, house.after, me)
    log = said(house, me)
    diff = house.client.get(
        f"/v1/plans/{house.after}/diff?against={house.before}&limit=1000",
        headers=house.plain,
    ).json()["items"]
    assert diff
    for row in diff:
        kind = "family.left_out" if row["reason_after"] else "family.changed"
        detail = house.client.get(
            f"/v1/webhook-deliveries/{log[kind, row['family_id']]}", headers=me
        ).json()
        assert detail["data"]["change"] == row["change"]
        assert detail["data"]["plan_id"] == house.after
        assert detail["data"].get("reason") == row["reason_after"]
        # Thin: nothing but ids, links and codes.
        assert set(detail["data"]) <= {
            "id",
            "plan_id",
            "change",
            "case_ids",
            "external_ref",
            "links",
            "reason",
            "date",
        }
    # A member of F00007 is on hold through 31 December: the first day after it.
    held = house.client.get(
        f"/v1/webhook-deliveries/{log['family.left_out', 'F00007']}", headers=me
    ).json()["data"]
    assert held["reason"] == "MEDICAL_HOLD"
    assert held["date"] == "2027-01-01"
    link = held["links"]["self"]
    assert house.client.get(link, headers=house.plain).status_code == 200


def test_nothing_big_is_read_while_the_approval_holds_the_database(house, monkeypatch):
    """Others could not write meanwhile."""
    house.client.post("/v1/webhooks", json=HOOK, headers=house.full)
    approved(house, house.before, house.full)
    held, read, hold = [], [], InForcePlans.hold
    document_of = looking.document_of

    def holding(self):
        held.append(True)
        hold(self)

    def reading(text, scopes):
        read.append(bool(held))
        return document_of(text, scopes)

    monkeypatch.setattr(InForcePlans, "hold", holding)
    monkeypatch.setattr(looking, "document_of", reading)
    house.client.app.state.desk.shelf.clear()
    approved(house, house.after, house.full)
    assert held
    assert read
    assert not any(read)


def test_make_look_and_remove(app_client, as_role):
    me = as_role(Role.ADMIN)
    made = app_client.post("/v1/webhooks", json=HOOK, headers=me)
    at, secret = made.headers["Location"], made.json()["secret"]
    assert secret.startswith("whsec_")
    assert app_client.get(at, headers=me).json()["secret"] == secret
    listed = app_client.get("/v1/webhooks", headers=me)
    assert [row["kinds"] for row in listed.json()["items"]] == [KINDS]
    assert secret not in listed.text
    own = [app_client.put("/v1/webhooks/of-plans", headers=me).json() for _ in range(2)]
    assert own[0] == own[1]
    assert (own[0]["url"], own[0]["secret"] == secret) == (None, False)
    assert app_client.delete(at, headers=me).status_code == 204
    assert app_client.get(at, headers=me).status_code == 404
    assert app_client.delete(at, headers=me).status_code == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"url": "http://127.0.0.1/x", "kinds": KINDS}, "UNFIT_ADDRESS"),
        ({"url": "http://[::1]/x", "kinds": KINDS}, "UNFIT_ADDRESS"),
        ({"url": "https://u:p@example.org/", "kinds": KINDS}, "UNFIT_ADDRESS"),
        ({"url": "ftp://example.org/", "kinds": KINDS}, "INVALID_REQUEST"),
        ({"url": "https://example.org/", "kinds": []}, "INVALID_REQUEST"),
        ({"url": "https://example.org/", "kinds": ["x"]}, "INVALID_REQUEST"),
    ],
)
def test_what_is_no_webhook(app_client, as_role, body, code):
    answer = app_client.post("/v1/webhooks", json=body, headers=as_role(Role.ADMIN))
    assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize("how", ["order", "replan"])
def test_a_plan_cannot_bring_a_private_address(app_client, as_role, order, house, how):
    """Said when it is ordered, not in a delivery log that nobody looks at."""
    sent = json.loads(order) if how == "order" else {"limits": {"effort": 1}}
    sent["webhook"] = "https://10.0.0.8/hook"
    client, me, at = app_client, as_role(Role.PLANNER), "/v1/plans"
    if how == "replan":
        client, me, at = house.client, house.full, f"/v1/plans/{house.before}:replan"
    before = client.get("/v1/plans", headers=me).json()["items"]
    answer = client.post(at, json=sent, headers=me)
    assert (answer.status_code, answer.json()["code"]) == (422, "UNFIT_ADDRESS")
    assert answer.json()["issues"][0]["path"] == "/webhook"
    assert client.get("/v1/plans", headers=me).json()["items"] == before


def test_not_too_many(app_client, as_role):
    me = as_role(Role.ADMIN)
    found = [
        app_client.post("/v1/webhooks", json=HOOK, headers=me).status_code
        for _ in range(21)
    ]
    assert found == [201] * 20 + [409]


def test_again_and_what_was_removed(app_client, as_role, order):
    """A delivery may be sent again, unless who wanted it is gone."""
    me = as_role(Role.ADMIN)
    hook = {"url": "https://example.org/hook", "kinds": ["plan.finished"]}
    at = app_client.post("/v1/webhooks", json=hook, headers=me).headers["Location"]
    plan = app_client.post("/v1/plans", content=order, headers=me).headers["Location"]
    app_client.post(f"{plan}:cancel", headers=me)
    (row,) = app_client.get("/v1/webhook-deliveries", headers=me).json()["items"]
    assert (row["state"], row["kind"], row["attempts"]) == (
        "WAITING",
        "plan.finished",
        0,
    )
    again = f"/v1/webhook-deliveries/{row['id']}:again"
    assert app_client.post(again, headers=me).status_code == 202
    app_client.delete(at, headers=me)
    log = f"/v1/webhook-deliveries/{row['id']}"
    assert app_client.get(log, headers=me).json()["state"] == "GIVEN_UP"
    refused = app_client.post(again, headers=me)
    assert (refused.status_code, refused.json()["code"]) == (409, "WEBHOOK_REMOVED")
    for query in ("state=ARRIVED", "kind=plan.approved", "webhook_id=whk_x"):
        found = app_client.get(f"/v1/webhook-deliveries?{query}", headers=me).json()
        assert found["items"] == []
