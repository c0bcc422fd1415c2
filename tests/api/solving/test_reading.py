"""What callers send is read in another process: good, bad, big and hostile."""

import json
import os

import pytest

from movplan_api.problems import UnavailableError
from movplan_api.solving.readers import Readers
from movplan_api.solving.reading import MOST_ISSUES, read_order
from movplan_api.solving.tiny import solve_tiny


def body(scenario: str, **more) -> bytes:
    return json.dumps({"scenario": json.loads(scenario), **more}).encode()


def test_a_scenario_is_read_to_its_canonical_form(first_convoy, first_convoy_text):
    found = read_order(body(first_convoy_text, limits={"effort": 2}, tags=["may"]))
    assert found.issues == ()
    assert found.draft == first_convoy
    assert (found.asked.limits.effort, found.asked.tags) == (2, ("may",))


def test_row_order_does_not_change_the_digest(first_convoy, first_convoy_text):
    scenario = json.loads(first_convoy_text)
    scenario["families"].reverse()
    found = read_order(json.dumps({"scenario": scenario}).encode())
    assert found.draft.digest == first_convoy.digest


@pytest.mark.parametrize(
    "sent",
    [b"", b"{", b"[]", b"\xff", b'{"limits": NaN}', b"[" * 100_000, b'"' * 3],
)
def test_what_is_no_json_object_is_said_so(sent):
    assert read_order(sent).not_json


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ({}, "/"),
        ({"scenario_id": "s", "scenario": {}}, "/"),
        ({"scenario_id": "s", "limits": {"effort": 0}}, "/limits/effort"),
        ({"scenario_id": "s", "limits": {"time": 1}}, "/limits/time"),
        ({"scenario_id": "s", "webhook": "file:///etc/passwd"}, "/webhook"),
    ],
)
def test_a_wrong_request_says_where(sent, path):
    found = read_order(json.dumps(sent).encode())
    assert [issue.path for issue in found.issues] == [path]


def test_many_errors_are_counted_and_not_all_listed(first_convoy_text):
    scenario = json.loads(first_convoy_text)
    row = {**scenario["families"][0], "origin": "NOWHERE"}
    scenario["families"] = [{**row, "family_id": f"X{k}"} for k in range(2000)]
    found = read_order(json.dumps({"scenario": scenario}).encode())
    assert found.draft is None
    assert found.issues_total >= 2000
    assert len(found.issues) == MOST_ISSUES


def test_a_reader_that_dies_is_replaced():
    readers = Readers(patience_s=60)
    with pytest.raises(UnavailableError, match="READER_DIED"):
        readers.do(os._exit, 1)
    assert readers.do(solve_tiny, 1) == 1
    readers.close()
