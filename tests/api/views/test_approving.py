"""Approval: refused while rules are broken or unchecked; one plan in force."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from movplan_api.ids import new_id
from movplan_api.store.access import Access
from movplan_api.store.tables import AuditEntry
from movplan_api.words import Role, Scope
from tests.api.views.conftest import Made, keep, key, opened

FORCE = "/v1/plan-in-force"
WAIVER = {"rule": "document_validity", "reason": "seen by the officer in Mashhad"}


class Mission:
    """A workspace of its own in a house: its client, its keys, its plans."""

    def __init__(self, client) -> None:
        self.client, self.name = client, new_id("mission")
        self.store = client.app.state.desk.store

    def key(self, role=Role.PLANNER, **more):
        """Headers with a new key."""
        return key(self.client, role, workspace=self.name, **more)

    def approved(self):
        """What the audit log says of approvals here."""
        with self.store.transaction() as session:
            workspace_id = Access(session).workspace_named(self.name).id
            query = session.query(AuditEntry).filter_by(
                action="plan.approved", workspace_id=workspace_id
            )
            return [entry.detail for entry in query]


@pytest.fixture
def mission(house):
    return Mission(house.client)


@pytest.fixture
def on_both(url):
    """The same on either database."""
    with opened(url) as client:
        yield Mission(client)


@pytest.fixture
def me(mission):
    return mission.key()


def stored(mission, made: Made, **certificate) -> str:
    """A plan like this one, but for what its certificate says."""
    document = made.document
    checks = certificate.pop("checks", {})
    findings = certificate.pop("findings", [])
    document["certificate"].update(certificate)
    for check in document["certificate"]["checks"]:
        check.update(checks.get(check["rule"], {}))
    document["findings"] = findings
    text = json.dumps(document)
    return keep(mission.store, mission.name, replace(made, plan=text))


def approve(mission, headers, plan_id, **asked):
    return mission.client.post(
        f"/v1/plans/{plan_id}:approve", json=asked, headers=headers
    )


def code(answer):
    return answer.status_code, answer.json()["code"]


def test_an_approved_plan_is_in_force_until_the_next(on_both, first, second):
    mission, me = on_both, on_both.key()
    one, two = stored(mission, first), stored(mission, second)
    assert code(mission.client.get(FORCE, headers=me)) == (404, "NO_PLAN_IN_FORCE")
    said = approve(mission, me, one).json()
    assert said["plan_id"] == said["plan"]["id"] == one
    assert said["plan"]["approval"]["replaced"] is None
    answer = mission.client.get(FORCE, headers=me)
    assert answer.json() == said
    known = {**me, "If-None-Match": answer.headers["etag"]}
    assert mission.client.get(FORCE, headers=known).status_code == 304
    again = approve(mission, me, two, replaces=one).json()
    assert (again["plan_id"], again["plan"]["approval"]["replaced"]) == (two, one)
    assert mission.client.get(FORCE, headers=known).json()["plan_id"] == two


def test_a_body_is_not_needed(mission, me, first):
    plan_id = stored(mission, first)
    answer = mission.client.post(f"/v1/plans/{plan_id}:approve", headers=me)
    assert answer.status_code == 200


def test_approving_again_changes_nothing(mission, me, first):
    plan_id = stored(mission, first)
    said = approve(mission, me, plan_id)
    assert approve(mission, mission.key(Role.ADMIN), plan_id).json() == said.json()
    assert len(mission.approved()) == 1


def test_broken_rules_are_refused_whatever_is_waived(mission, me, first):
    broken = {"seats": {"violations": 2}, "document_validity": {"unchecked": 1}}
    plan_id = stored(mission, first, checks=broken)
    answer = approve(mission, me, plan_id, waived=[{"rule": "seats", "reason": "x"}])
    assert code(answer) == (409, "RULES_BROKEN")
    assert [issue["value"] for issue in answer.json()["issues"]] == ["seats"]
    plan_id = stored(mission, first, ledger_balanced=False)
    assert code(approve(mission, me, plan_id)) == (409, "LEDGER_UNBALANCED")
    assert mission.client.get(FORCE, headers=me).status_code == 404


def test_unchecked_rules_need_a_waiver_each(mission, me, first):
    unchecked = {"document_validity": {"unchecked": 4}, "seats": {"unchecked": 1}}
    plan_id = stored(mission, first, checks=unchecked)
    answer = approve(mission, me, plan_id, waived=[WAIVER])
    assert code(answer) == (409, "RULES_NOT_WAIVED")
    issues = answer.json()["issues"]
    assert [(i["code"], i["value"]) for i in issues] == [("RULE_UNCHECKED", "seats")]
    both = [WAIVER, {"rule": "seats", "reason": "counted at the gate"}]
    said = approve(mission, me, plan_id, waived=both).json()
    assert said["plan"]["approval"]["waived"] == both
    noted = {"waived": ["document_validity", "seats"], "replaced": None}
    assert mission.approved() == [noted]


def test_what_only_the_plan_in_force_breaks_needs_no_waiver(mission, me, first):
    """The new plan cured it: it is said, and may be put in force."""
    fact = "plan in force: C1: 1 persons, it runs only with 6"
    findings = [
        {"rule": "departure_runs", "subject": "C1", "fact": fact},
        {"rule": "target_missed", "subject": "L1", "fact": "59 wanted, 40 travel"},
    ]
    plan_id = stored(mission, first, findings=findings)
    assert approve(mission, me, plan_id).status_code == 200
    still = {"departure_runs": {"violations": 1}}
    plan_id = stored(mission, first, findings=findings, checks=still)
    assert code(approve(mission, me, plan_id)) == (409, "RULES_BROKEN")


@pytest.mark.parametrize(
    "how", [{"unchecked": 2}, {"violations": 2}], ids=["unchecked", "broken"]
)
def test_rules_of_health_are_named_to_who_may_know(mission, first, how):
    plan_id = stored(mission, first, checks={"medical_fitness": how})
    told = {
        scope: approve(mission, mission.key(scopes=scope), plan_id).json()["issues"]
        for scope in ((), (Scope.MEDICAL,))
    }
    assert [i["value"] for i in told[()]] == ["MEDICAL_HOLD"]
    assert "medical_fitness" not in str(told[()])
    assert [i["value"] for i in told[Scope.MEDICAL,]] == ["medical_fitness"]


def test_waiving_what_needs_no_waiver_is_a_slip(mission, me, first):
    answer = approve(mission, me, stored(mission, first), waived=[WAIVER])
    assert code(answer) == (422, "NOTHING_TO_WAIVE")


def test_another_plan_in_force_is_not_replaced_by_surprise(mission, me, first, second):
    one, two = stored(mission, first), stored(mission, second)
    answer = approve(mission, me, one, replaces=two)
    assert code(answer) == (409, "ANOTHER_IN_FORCE")
    assert approve(mission, me, one, replaces=None).status_code == 200
    answer = approve(mission, me, two, replaces=None)
    assert code(answer) == (409, "ANOTHER_IN_FORCE")
    assert mission.client.get(FORCE, headers=me).json()["plan_id"] == one


def test_of_many_at_once_who_expect_none_in_force_one_wins(on_both, first, second):
    mission, me = on_both, on_both.key()
    ids = [stored(mission, made) for made in (first, second) * 3]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda p: approve(mission, me, p, replaces=None), ids))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5
    won = next(answer for answer in answers if answer.status_code == 200).json()
    assert mission.client.get(FORCE, headers=me).json()["plan_id"] == won["plan_id"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b'{"waived": [{"rule": "seats"}]}', 422),
        (b'{"waived": [{"rule": "seats", "reason": ""}]}', 422),
        (b'{"replace": null}', 422),
    ],
)
def test_requests_that_are_none_are_refused(house, body, status):
    me = key(house.client, Role.PLANNER)
    at = f"/v1/plans/{house.before}:approve"
    answer = house.client.post(at, content=body, headers=me)
    assert answer.status_code == status
    assert answer.json()["issues_total"] >= (status == 422)


def test_only_planners_approve_and_only_what_has_come_out(mission, me, first):
    plan_id = stored(mission, first)
    viewer = mission.key(Role.VIEWER)
    assert code(approve(mission, viewer, plan_id)) == (403, "ROLE_TOO_LOW")
    other = Mission(mission.client).key(Role.ADMIN)
    assert code(approve(mission, other, plan_id)) == (404, "NO_SUCH_PLAN")
    assert mission.client.get(FORCE, headers=other).status_code == 404
    assert code(approve(mission, me, "pln_none")) == (404, "NO_SUCH_PLAN")
    scenario_id = mission.client.get(
        f"/v1/plans/{plan_id}/metadata", headers=me
    ).json()["scenario_id"]
    queued = mission.client.post(
        "/v1/plans", json={"scenario_id": scenario_id}, headers=me
    )
    answer = approve(mission, me, queued.json()["id"])
    assert code(answer) == (409, "NOT_FINISHED")
    assert answer.headers["retry-after"] == "2"
    mission.client.post(f"/v1/plans/{queued.json()['id']}:cancel", headers=me)
    assert code(approve(mission, me, queued.json()["id"])) == (409, "NO_PLAN")
