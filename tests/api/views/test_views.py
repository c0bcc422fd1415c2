"""Every view of a stored plan: the rows of the plan, filtered, paged, added up."""

import csv
import io

import pytest

TABLES = (
    "schedule",
    "departures",
    "families",
    "ledger",
    "left-out",
    "deadlines",
    "missions",
    "costs?by=family",
)
DOCUMENTS = ("certificate", "input")


def rows(answer):
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def all_pages(get, view, limit, **query):
    found, cursor = [], None
    while True:
        more = {} if cursor is None else {"cursor": cursor}
        page = get(view, limit=limit, **query, **more).json()
        assert len(page["items"]) <= limit
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            assert page["total"] == len(found)
            return found


def test_the_schedule_is_the_plans(get, first):
    plan = first.document
    said = all_pages(get, "schedule", 7)
    order = [(leg["family_id"], leg["part"], leg["sequence"]) for leg in said]
    assert order == sorted(order)
    by_key = lambda leg: (leg["family_id"], leg["part"], leg["sequence"])  # noqa: E731
    assert said == sorted(plan["schedule"], key=by_key)


def test_the_schedule_of_one_case_ref_family_or_departure(get, first):
    leg = next(leg for leg in first.document["schedule"] if leg["kind"] == "ride")
    for name, value in (
        ("case", leg["case_ids"][0]),
        ("ref", leg["external_ref"]),
        ("family", leg["family_id"]),
    ):
        found = rows(get("schedule", **{name: value}))
        assert {row["family_id"] for row in found} == {leg["family_id"]}
        assert len(found) == sum(
            row["family_id"] == leg["family_id"] for row in first.document["schedule"]
        )
    aboard = rows(get("schedule", departure=leg["departure_id"], kind="ride"))
    assert {row["departure_id"] for row in aboard} == {leg["departure_id"]}
    assert rows(get("schedule", case="nobody")) == []


def test_departures_by_time_with_timetable_and_load(get, first):
    said = all_pages(get, "departures", 50)
    loads = {row["departure_id"]: row for row in first.document["departures"]}
    assert {row["departure_id"] for row in said} == set(loads)
    assert all(row.items() >= loads[row["departure_id"]].items() for row in said)
    running = rows(get("departures", runs="true"))
    assert {row["departure_id"] for row in running} == {
        name for name, load in loads.items() if load["runs"]
    }
    one = running[0]
    detail = get(f"departures/{one['departure_id']}").json()
    assert detail.items() >= one.items()
    assert all(row["subject_id"] == one["departure_id"] for row in detail["deadlines"])
    rides = rows(get("schedule", departure=one["departure_id"]))
    assert sum(ride["persons"] for ride in rides) == one["persons"]


def test_families_travel_or_stay(get, first):
    plan = first.document
    said = all_pages(get, "families", 5)
    going = {leg["family_id"] for leg in plan["schedule"]}
    staying = {row["family_id"]: row for row in plan["left_out"]}
    assert [r["family_id"] for r in said] == sorted(going | set(staying))
    assert {r["family_id"] for r in said if r["travels"]} == going
    for row in said:
        if not row["travels"]:
            told = staying[row["family_id"]]
            assert (row["reason"], row["fact"]) == (told["reason"], told["fact"])
    reason = plan["left_out"][0]["reason"]
    found = rows(get("families", reason=reason, travels="false"))
    assert {r["family_id"] for r in found} == {
        name for name, row in staying.items() if row["reason"] == reason
    }


def test_one_family_with_its_charges(get, first):
    plan = first.document
    name = plan["schedule"][0]["family_id"]
    said = get(f"families/{name}").json()
    own = [c for c in plan["ledger"] if c["subject_id"] == name]
    assert said["charges"] == own
    assert len(own) > 0
    assert len(said["legs"]) == len(rows(get("schedule", family=name)))
    assert said["departs"] == min(
        leg["departs"] for leg in said["legs"] if leg["kind"] == "ride"
    )
    missing = get("families/F9")
    assert (missing.status_code, missing.json()["code"]) == (404, "NO_SUCH_FAMILY")
    missing = get("departures/T9")
    assert (missing.status_code, missing.json()["code"]) == (404, "NO_SUCH_DEPARTURE")


@pytest.mark.parametrize(
    "by", ["family", "departure", "programme", "category", "budget_line", "donor"]
)
def test_costs_add_up_to_the_ledger_whatever_they_are_by(get, first, by):
    total = sum(charge["reporting_cents"] for charge in first.document["ledger"])
    for view in (None, "payment", "attribution"):
        query = {"by": by} if view is None else {"by": by, "view": view}
        said = get("costs", **query).json()
        assert said["total_reporting_cents"] == total
        assert sum(row["reporting_cents"] for row in said["items"]) == total
        groups = [(row["group"], row["line_currency"]) for row in said["items"]]
        assert len(set(groups)) == len(groups)
    assert get("costs", by=by).json()["view"] == (
        "attribution" if by in ("family", "programme") else "payment"
    )


def test_the_ledger_by_category_and_line(get, first):
    ledger = first.document["ledger"]
    assert all_pages(get, "ledger", 20) == ledger
    fares = rows(get("ledger", category="fare", limit=1000))
    assert fares == [charge for charge in ledger if charge["category"] == "fare"]
    line = ledger[0]["budget_line_id"]
    found = rows(get("ledger", line=line, subject_kind="family", limit=1000))
    assert found == [
        charge
        for charge in ledger
        if charge["budget_line_id"] == line and charge["subject_kind"] == "family"
    ]


def test_those_left_out_and_the_certificate(get, first):
    plan = first.document
    assert rows(get("left-out")) == plan["left_out"]
    said = get("certificate").json()
    assert said["certificate"] == plan["certificate"]
    assert (said["outcome"], said["broken"]) == (plan["outcome"], 0)


def test_deadlines_and_missions(get, first):
    plan = first.document
    assert all_pages(get, "deadlines", 30) == plan["deadlines"]
    of_departures = rows(get("deadlines", subject_kind="departure", limit=1000))
    assert of_departures == [
        row for row in plan["deadlines"] if row["subject_kind"] == "departure"
    ]
    assert rows(get("missions")) == plan["missions"]
    served = plan["missions"][0]["family_ids"][0]
    assert rows(get("missions", family=served)) == [
        row for row in plan["missions"] if served in row["family_ids"]
    ]
    assert rows(get("missions", escort="nobody")) == []


def test_the_input_is_the_scenario(get, first):
    said = get("input").json()
    assert said["digest"] == first.draft.digest
    assert said["digest"] == first.document["certificate"]["scenario_digest"]
    assert len(said["scenario"]["families"]) == first.draft.families
    assert said["limits"] == {"effort": 1}


@pytest.mark.parametrize("view", TABLES)
def test_tables_are_csv_too(get, house, view):
    csv_too = {**house.medical, "Accept": "text/csv"}
    answer = get(view, headers=csv_too)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    table = list(csv.DictReader(io.StringIO(answer.text)))
    whole = get(view, limit=1000).json()["items"]
    assert len(table) == len(whole)
    assert list(table[0]) == list(table[0] | dict.fromkeys(whole[0]))
    two = get(view, headers=csv_too, limit=2)
    assert len(list(csv.DictReader(io.StringIO(two.text)))) == min(2, len(whole))
    if len(whole) > 2:
        at, _, rel = two.headers["link"].partition(">; ")
        assert rel == 'rel="next"'
        rest = house.client.get(at.removeprefix("<"), headers=csv_too)
        assert rest.text.splitlines()[1] == answer.text.splitlines()[3]


@pytest.mark.parametrize("view", [*TABLES, *DOCUMENTS, "metadata"])
def test_what_is_known_is_not_sent_again(get, house, view):
    answer = get(view)
    tag = answer.headers["etag"]
    again = get(view, headers={**house.medical, "If-None-Match": f'"x", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    stale = get(view, headers={**house.medical, "If-None-Match": '"x"'})
    assert stale.status_code == 200


def test_tags_tell_apart_what_differs(get, house):
    tags = [
        get("schedule").headers["etag"],
        get("schedule", limit=2).headers["etag"],
        get("schedule", headers=house.plain).headers["etag"],
        get("schedule", headers={**house.medical, "Accept": "text/csv"}).headers[
            "etag"
        ],
        get("schedule", plan_id=house.after).headers["etag"],
        get("ledger").headers["etag"],
    ]
    assert len(set(tags)) == len(tags)
    assert "Authorization" in get("schedule").headers["vary"]


def test_big_answers_are_packed(get, house):
    answer = get("ledger", headers={**house.medical, "Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("view", "status", "code"),
    [
        ("schedule?case=", 422, "INVALID_REQUEST"),
        ("schedule?casee=IRN-1", 422, "INVALID_REQUEST"),
        ("schedule?kind=swim", 422, "INVALID_REQUEST"),
        ("schedule?limit=0", 422, "INVALID_REQUEST"),
        ("schedule?limit=1001", 422, "INVALID_REQUEST"),
        ("schedule?cursor=%21", 400, "BAD_CURSOR"),
        ("schedule?cursor=YWJj", 400, "BAD_CURSOR"),
        ("schedule?changed_since=yesterday", 422, "INVALID_REQUEST"),
        ("schedule?changed_since=2026-04-01T00:00:00", 422, "INVALID_REQUEST"),
        ("schedule?changed_since=pln_none", 404, "NO_SUCH_PLAN"),
        ("costs", 422, "INVALID_REQUEST"),
        ("costs?by=weather", 422, "INVALID_REQUEST"),
        ("diff", 422, "INVALID_REQUEST"),
        ("diff?against=pln_none", 404, "NO_SUCH_PLAN"),
        ("left-out?reason=BORED", 422, "INVALID_REQUEST"),
        ("families/%01", 422, "INVALID_REQUEST"),
    ],
)
def test_questions_that_are_none_are_refused(get, view, status, code):
    answer = get(view)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("*/*", 200),
        ("text/*;q=0.1, application/json", 200),
        ("image/png", 406),
        ("text/csv;q=0, application/*;q=0", 406),
        ("", 200),
        ("text/csv;q=x", 406),
    ],
)
def test_kinds_that_are_taken(get, house, accept, status):
    answer = get("schedule", headers={**house.medical, "Accept": accept})
    assert answer.status_code == status
    if status == 200:
        assert answer.headers["content-type"] == "application/json"


def test_a_cursor_beyond_the_end_is_an_empty_page(get):
    far = get("schedule", cursor="OTk5OTk5").json()
    assert (far["items"], far["next_cursor"]) == ([], None)
