"""No view tells a key without ``medical`` anything about anybody's health."""

import json

import pytest

from tests.api.views.conftest import Made

VIEWS = (
    "",
    "metadata",
    "schedule",
    "departures",
    "families",
    "families/F00007",
    "ledger",
    "left-out",
    "deadlines",
    "missions",
    "certificate",
    "input",
    "costs?by=family",
)
# Words and ids that only health puts into answers about persons.
TELLING = ("nurse is", "clearance of", "hold of", '"WCH', '"STCR', '"role": "nurse"')


# What is about the mission as a whole, not about anybody.
OF_ALL = {"levels", "minimums", "defaults", "checks", "rules", "escorts"}


def walk(value):
    """Every row of a document, without what is about nobody."""
    if isinstance(value, dict):
        row = {key: part for key, part in value.items() if key not in OF_ALL}
        yield row
        for part in row.values():
            yield from walk(part)
    elif isinstance(value, list):
        for part in value:
            yield from walk(part)


def rows_of(house, view):
    path = f"/v1/plans/{house.after}/{view}".rstrip("/")
    answer = house.client.get(path, headers=house.plain)
    assert answer.status_code == 200
    return list(walk(answer.json()))


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_tells(house, view):
    for row in rows_of(house, view):
        said = json.dumps({k: v for k, v in row.items() if not _nested(v)})
        for word in TELLING:
            assert word not in said


def _nested(value):
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(part, dict) for part in value)
    )


@pytest.mark.parametrize("view", VIEWS)
def test_no_row_has_needs_escorts_or_clearances(house, view):
    for row in rows_of(house, view):
        assert not row.get("needs")
        assert not row.get("escort_ids")
        assert not row.get("medical")
        assert row.get("pregnancy_weeks") is None


def test_with_the_scope_all_is_told(get, house, second: Made):
    whole = house.client.get(f"/v1/plans/{house.after}", headers=house.medical).json()
    assert whole["plan"] == second.document
    assert any(m["family_ids"] for m in whole["plan"]["missions"])
    assert get("input").json()["scenario"]["medical"]


def test_filters_cannot_ask_what_is_hidden(get, house):
    """The held family is found under what its reason is shown as, never under it."""
    look = {"plan_id": house.after, "headers": house.plain}
    held = get("left-out", reason="MEDICAL_HOLD", **look).json()["items"]
    assert "F00007" in {row["family_id"] for row in held}
    assert {row["fact"] for row in held} <= {"", "2027-01-01"} | {
        row["fact"] for row in held if row["fact"][:2] == "20"
    }
    served = house.client.get(
        f"/v1/plans/{house.after}/missions", headers=house.medical
    ).json()["items"][0]["family_ids"][0]
    assert get("missions", family=served, **look).json()["items"] == []
    for reason in ("MEDICAL_EXPIRED", "ESCORTS_BUSY", "NO_ESCORT", "PREGNANCY"):
        assert get("left-out", reason=reason, **look).json()["items"] == []
