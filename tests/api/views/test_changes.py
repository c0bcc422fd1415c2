"""What one plan changes against another, and what changed since."""

from datetime import UTC, datetime, timedelta

import pytest

from movplan_api.store.plans import Plans
from movplan_api.views.differences import departure_changes, family_changes, totals
from movplan_api.views.schedule import no_longer_scheduled, schedule_rows
from movplan_api.views.seen import Seen


def leg(family, departure, departs="2026-05-01T08:00:00+03:00", **more):
    return {
        "family_id": family,
        "case_ids": [f"C-{family}"],
        "external_ref": None,
        "part": "outbound",
        "sequence": 1,
        "kind": "ride",
        "departure_id": departure,
        "departs": departs,
        "arrives": departs,
        "persons": 4,
        **more,
    }


def stays(family, reason):
    return {
        "family_id": family,
        "case_ids": [f"C-{family}"],
        "external_ref": None,
        "persons": 2,
        "reason": reason,
        "fact": f"because of {reason}",
        "deferred": False,
        "lapses_on": None,
    }


def plan(schedule, left_out):
    aboard = {row["departure_id"]: [] for row in schedule}
    for row in schedule:
        aboard[row["departure_id"]].append(row)
    document = {
        "schedule": schedule,
        "left_out": left_out,
        "departures": [
            {
                "departure_id": name,
                "runs": True,
                "persons": sum(row["persons"] for row in rows),
                "family_ids": [row["family_id"] for row in rows],
            }
            for name, rows in aboard.items()
        ],
        "reporting_currency": "USD",
        "certificate": {"ledger_total_reporting_cents": 100 * len(schedule)},
    }
    return Seen(document, {"families": [], "departures": [], "members": []})


BEFORE = plan(
    [leg("A", "T1"), leg("B", "T1"), leg("C", "T2"), leg("D", "T2"), leg("G", "T2")],
    [stays("E", "SEATS_FULL"), stays("F", "SEATS_FULL"), stays("H", "NO_ROUTE")],
)
AFTER = plan(
    [
        leg("A", "T1", vehicle="bus-2"),
        leg("B", "T3"),
        leg("C", "T2", "2026-05-01T09:00:00+03:00"),
        leg("E", "T1"),
        leg("N", "T3"),
    ],
    [stays("D", "CONSENT_WITHDRAWN"), stays("F", "NO_ROUTE"), stays("H", "NO_ROUTE")],
)


def test_every_kind_of_change_to_a_family():
    """A changes its bus only, H still has no route: both unchanged. G is gone."""
    found = {row["family_id"]: row for row in family_changes(BEFORE, AFTER)}
    assert {name: row["change"] for name, row in found.items()} == {
        "B": "moves",
        "C": "moves",
        "D": "leaves",
        "E": "joins",
        "F": "reason",
        "G": "gone",
        "N": "new",
    }
    assert found["B"]["departure_ids_before"] == ["T1"]
    assert found["B"]["departure_ids_after"] == ["T3"]
    assert found["D"]["reason_after"] == "CONSENT_WITHDRAWN"
    assert found["D"]["fact"] == "because of CONSENT_WITHDRAWN"
    assert found["E"]["reason_before"] == "SEATS_FULL"
    assert found["G"]["departure_ids_after"] is None
    assert found["N"]["departs_before"] is None
    assert list(family_changes(AFTER, AFTER)) == []


def test_changes_read_backwards_are_their_opposites():
    opposite = {"joins": "leaves", "leaves": "joins", "new": "gone", "gone": "new"}
    there = {r["family_id"]: r["change"] for r in family_changes(BEFORE, AFTER)}
    back = {r["family_id"]: r["change"] for r in family_changes(AFTER, BEFORE)}
    assert back == {name: opposite.get(what, what) for name, what in there.items()}


def test_departures_whose_load_changes():
    found = {r["departure_id"]: r for r in departure_changes(BEFORE, AFTER)}
    assert (found["T1"]["joined"], found["T1"]["left"]) == (["E"], ["B"])
    assert (found["T1"]["persons_before"], found["T1"]["persons_after"]) == (8, 8)
    assert (found["T2"]["left"], found["T2"]["persons_after"]) == (["D", "G"], 4)
    assert (found["T3"]["ran"], found["T3"]["runs"]) == (False, True)


def test_figures_side_by_side():
    said = totals(BEFORE, AFTER)
    assert said["persons_moved"] == {"before": 20, "after": 20}
    assert said["left_out_seats_full"] == {"before": 2, "after": None}
    assert said["reporting_cents"] == {"before": 500, "after": 500}


def test_rows_changed_since_are_of_whole_families():
    """A's bus is a change to its rows, though not to its dates."""
    found = [row["family_id"] for row in schedule_rows(AFTER, BEFORE)]
    assert found == ["A", "B", "C", "E", "N"]
    gone = no_longer_scheduled(AFTER, BEFORE)
    assert [row["family_id"] for row in gone] == ["D", "G"]
    assert gone[0]["case_ids"] == ["C-D"]
    assert list(schedule_rows(AFTER, AFTER)) == []


def test_being_told_of_a_row_is_no_change_to_it():
    """As revisions count it: neither its state nor its revision, nor its place."""
    was = plan([leg("A", "T1", state="proposed", revision=0)], [])
    now = plan([leg("A", "T1", state="notified", revision=3, sequence=2)], [])
    assert list(schedule_rows(now, was)) == []


@pytest.fixture
def really_changed(first, second):
    """Families whose rides differ between the two real plans, or travel in one."""

    def rides(document):
        found = {}
        for row in document["schedule"]:
            if row["kind"] == "ride":
                found.setdefault(row["family_id"], []).append(row["departure_id"])
        return found

    was, now = rides(first.document), rides(second.document)
    return {f for f in {*was, *now} if was.get(f) != now.get(f)}


def test_the_diff_of_two_plans(get, house, really_changed):
    said = get("diff", plan_id=house.after, against=house.before).json()
    travel = {"joins", "leaves", "moves"}
    found = {r["family_id"] for r in said["items"] if r["change"] in travel}
    assert found == really_changed
    assert "F00007" in found
    changes = {r["family_id"]: r["change"] for r in said["items"]}
    assert changes["F00007"] == "leaves"
    assert changes["F00048"] == "reason"
    assert not said["same_scenario"]
    only = get("diff", plan_id=house.after, against=house.before, change="leaves")
    assert "F00007" in {r["family_id"] for r in only.json()["items"]}
    assert {r["change"] for r in only.json()["items"]} == {"leaves"}
    same = get("diff", against=house.before).json()
    assert (same["items"], same["departures"]) == ([], [])


def test_a_diff_tells_no_more_of_health(get, house):
    def look(headers):
        answer = get("diff", headers=headers, plan_id=house.after, against=house.before)
        return answer, {r["family_id"]: r for r in answer.json()["items"]}

    whole, told = look(house.medical)
    masked, hidden = look(house.plain)
    assert "member F00007-1" in told["F00007"]["fact"]
    assert hidden["F00007"]["reason_after"] == "MEDICAL_HOLD"
    assert hidden["F00007"]["fact"] == "2027-01-01"
    assert "F00007-1" not in masked.text
    assert whole.headers["etag"] != masked.headers["etag"]


def test_changed_since_another_plan_or_a_time(get, house, really_changed):
    of_plan = get("schedule", plan_id=house.after, changed_since=house.before).json()
    told = {row["family_id"] for row in of_plan["items"]}
    gone = {row["family_id"] for row in of_plan["no_longer_scheduled"]}
    assert really_changed <= told | gone
    assert "F00007" in gone
    with house.store.transaction() as session:
        workspace_id = session.connection().exec_driver_sql(
            "SELECT workspace_id FROM plan LIMIT 1"
        )
        plans = Plans(session, workspace_id.scalar_one())
        done = [plans.get(p).finished_at for p in (house.before, house.after)]
    between = done[0] + (done[1] - done[0]) / 2
    by_time = get(
        "schedule", plan_id=house.after, changed_since=between.isoformat()
    ).json()
    assert by_time == of_plan
    now = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    nothing = get("schedule", plan_id=house.after, changed_since=now).json()
    assert (nothing["items"], nothing["no_longer_scheduled"]) == ([], [])
    long_ago = "2020-01-01T00:00:00Z"
    all_rows = get("schedule", plan_id=house.after, changed_since=long_ago).json()
    assert all_rows["items"] == get("schedule", plan_id=house.after).json()["items"]
