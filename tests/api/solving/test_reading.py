"""What callers send is read in another process: good, bad, big and hostile."""

import json

import pytest

from movplan_api.contract.orders import VersionAsked
from movplan_api.problems import BadRequestError, InvalidError, TooLargeError
from movplan_api.solving.intake import (
    Body,
    Revision,
    Validation,
    read_asked,
    read_order,
    read_scenario,
    revise,
    validate,
)
from movplan_api.solving.reading import MOST_ISSUES, Stored
from movplan_api.solving.strict_json import MOST_CONTAINERS, parse


def body(scenario: str, **more) -> bytes:
    return json.dumps({"scenario": json.loads(scenario), **more}).encode()


def test_a_scenario_is_read_to_its_canonical_form(first_convoy, first_convoy_text):
    found = read_order(body(first_convoy_text, limits={"effort": 2}, tags=["may"]))
    assert found.draft == first_convoy
    assert (found.asked.limits.effort, found.asked.tags) == (2, ("may",))


def test_row_order_does_not_change_the_digest(first_convoy, first_convoy_text):
    scenario = json.loads(first_convoy_text)
    scenario["families"].reverse()
    found = read_order(json.dumps({"scenario": scenario}).encode())
    assert found.draft.digest == first_convoy.digest


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"limits": NaN}',
        b'{"limits": -Infinity}',
        b'{"limits": 1e999}',
        b'{"limits": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"a": ' * 5_000 + b"1" + b"}" * 5_000,
        b'"' * 3,
        b'{"tags": ["\\u0000"]}',
        b'{"tags": ["\\ud800"]}',
        '{"limits": 1}'.encode("utf-16"),
    ],
)
def test_what_is_no_json_object_is_said_so(sent):
    with pytest.raises(BadRequestError, match="NOT_JSON"):
        read_order(sent)


def test_pairs_of_surrogates_and_a_byte_order_mark_are_json():
    assert parse(b'\xef\xbb\xbf{"a": "\\ud83d\\ude00\\\\u0000"}') == {"a": "😀\\u0000"}


def test_more_objects_than_can_be_read_are_refused_before_they_are():
    with pytest.raises(TooLargeError, match="TOO_MANY_ROWS"):
        parse(b"[" + b"[]," * MOST_CONTAINERS + b"[]]")


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ({}, "/"),
        ({"scenario_id": "s", "scenario": {}}, "/"),
        ({"scenario_id": "s", "set_aside": True}, "/"),
        ({"scenario_id": "s\n"}, "/scenario_id"),
        ({"scenario_id": "s", "limits": {"effort": 0}}, "/limits/effort"),
        ({"scenario_id": "s", "limits": {"time": 1}}, "/limits/time"),
        ({"scenario_id": "s", "webhook": "file:///etc/passwd"}, "/webhook"),
        ({"scenario_id": "s", "as_of": "2026-04-20"}, "/as_of"),
        ({"scenario_id": "s", "as_of": "2026-02-30T08:00:00Z"}, "/as_of"),
        ({"scenario_id": "s", "overrides": [7]}, "/overrides/0"),
        ({"scenario_id": "s", "overrides": ["x", {"verb": "up"}]}, "/overrides/1/verb"),
        (
            {
                "scenario_id": "s",
                "horizon": {"first": "2026-05-02", "last": "2026-05-01"},
            },
            "/horizon",
        ),
    ],
)
def test_a_wrong_request_says_where(sent, path):
    with pytest.raises(InvalidError) as caught:
        read_order(json.dumps(sent).encode())
    assert path in [issue.path for issue in caught.value.issues]


def test_many_errors_are_counted_and_not_all_listed(first_convoy_text):
    scenario = json.loads(first_convoy_text)
    row = {**scenario["families"][0], "origin": "NOWHERE"}
    scenario["families"] = [{**row, "family_id": f"X{k}"} for k in range(2000)]
    with pytest.raises(InvalidError) as caught:
        read_order(json.dumps({"scenario": scenario}).encode())
    assert caught.value.issues_total >= 2000
    assert len(caught.value.issues) == MOST_ISSUES
    assert {issue.severity for issue in caught.value.issues} == {"error"}


def test_overrides_change_the_scenario_and_are_kept_with_it(
    first_convoy, first_convoy_text
):
    line = "family F1: weight = 9"
    as_object = {
        "verb": "update",
        "table": "families",
        "key": "F1",
        "values": {"weight": 9},
    }
    drafts = [
        read_order(body(first_convoy_text, overrides=[change])).draft
        for change in (line, as_object)
    ]
    assert drafts[0].digest == drafts[1].digest != first_convoy.digest
    assert drafts[1].changes == (as_object,)
    family = json.loads(drafts[0].document)["families"][0]
    assert (family["family_id"], family["weight"]) == ("F1", 9)


def test_an_override_that_cannot_be_is_named_by_its_place(first_convoy_text):
    wrong = ["family F1: weight = 9", "family F99: withdraw", "no change at all"]
    with pytest.raises(InvalidError) as caught:
        read_order(body(first_convoy_text, overrides=wrong))
    assert [issue.path for issue in caught.value.issues] == ["/overrides/2"]
    with pytest.raises(InvalidError) as caught:
        read_order(body(first_convoy_text, overrides=wrong[:2]))
    assert [issue.path for issue in caught.value.issues] == ["/overrides/1"]


def test_families_with_errors_are_set_aside_when_asked(first_convoy_text):
    scenario = json.loads(first_convoy_text)
    scenario["families"][0]["ready_from"] = "2026-02-30"
    sent = json.dumps({"scenario": scenario}).encode()
    with pytest.raises(InvalidError) as caught:
        read_scenario(sent)
    assert caught.value.issues[0].path == "/scenario/families/F1/ready_from"
    aside = json.dumps({"scenario": scenario, "set_aside": True}).encode()
    draft = read_scenario(aside).draft
    assert (draft.families, len(draft.aside_sha256)) == (7, 64)
    assert [row["family_id"] for row in draft.set_aside] == ["F1"]
    assert draft.set_aside[0]["reason"] == "DATA_ERROR"


def test_a_family_set_aside_comes_back_by_a_change(first_convoy_text):
    scenario = json.loads(first_convoy_text)
    whole = dict(scenario["families"][0])
    members = [m for m in scenario["members"] if m["family_id"] == "F1"]
    papers = [
        d
        for d in scenario["documents"]
        if d["member_id"] in {m["member_id"] for m in members}
    ]
    scenario["families"][0]["ready_from"] = "2026-02-30"
    sent = json.dumps({"scenario": scenario, "set_aside": True}).encode()
    draft = read_scenario(sent).draft
    stored = Stored(draft.document, draft.set_aside)
    changes = [
        {"verb": "add", "table": "families", "key": "F1", "values": whole},
        *(
            {"verb": "add", "table": "members", "key": m["member_id"], "values": m}
            for m in members
        ),
        *(
            {
                "verb": "add",
                "table": "documents",
                "key": f"{d['member_id']}/{d['document_type']}",
                "values": d,
            }
            for d in papers
        ),
    ]
    asked = VersionAsked.model_validate({"changes": changes})
    again = revise(Revision(stored, asked))
    assert (again.families, again.set_aside, again.aside_sha256) == (8, (), "")
    whole_digest = read_scenario(body(first_convoy_text)).draft.digest
    assert again.digest == whole_digest


@pytest.mark.parametrize("sent", [{}, {"changes": []}, {"horizon": {"first": 1}}])
def test_a_version_needs_something_that_changes(sent):
    with pytest.raises(InvalidError):
        read_asked(Body(VersionAsked, json.dumps(sent).encode()))


def test_a_verdict_says_whether_it_can_be_planned(first_convoy, first_convoy_text):
    good = validate(Validation(body(first_convoy_text)))
    assert (good.valid, good.digest, good.families) == (True, first_convoy.digest, 8)
    scenario = json.loads(first_convoy_text)
    del scenario["places"]
    bad = validate(Validation(json.dumps({"scenario": scenario}).encode()))
    assert not bad.valid
    assert bad.issues_total > 8
