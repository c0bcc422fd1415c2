"""Without the scope ``medical`` all that is about health says the same."""

import copy
import json

import pytest

from movplan.application.documents import plan_text
from movplan.application.loading import load
from movplan.application.planning import Limits, plan
from movplan.domain.words import Reason
from movplan_api.auth.medical import HEALTH_REASONS, HEALTH_RULES, masked
from movplan_api.words import Scope
from tests.api.conftest import ROOT


def left_out(reason: str, fact: str, rule: str = "") -> dict:
    return {
        "family_id": "F1",
        "case_ids": ["IRN-1"],
        "external_ref": None,
        "persons": 4,
        "reason": reason,
        "fact": fact,
        "deferred": False,
        "lapses_on": None,
        "rule": rule,
    }


HELD = left_out("MEDICAL_HOLD", "2026-05-12")


@pytest.mark.parametrize(
    ("reason", "fact", "rule"),
    [
        ("MEDICAL_HOLD", "medical hold of member F1-1 lets depart from 2026-05-12", ""),
        (
            "PREGNANCY",
            "member F1-2 is in week 37 on 2026-05-12, at most 35 on 2026-06-01",
            "pregnancy",
        ),
        ("NEWBORN", "member F1-3 is too young to fly before 2026-05-12", "newborn_age"),
        ("SPECIAL_PLACES_FULL", "needs 1 stretcher on T1 of 2026-05-12", ""),
        ("ESCORTS_BUSY", "no nurse is free for T1 on 2026-05-12", ""),
        (
            "WINDOW_CLOSED",
            "clearance of member F1-1 ends 2026-05-12, but ready 2026-05-20",
            "travel_window",
        ),
        (
            "DOCUMENT_EXPIRED",
            "permit ends 2026-05-01, but medical hold of F1-1 ends 2026-05-12",
            "document_validity",
        ),
        ("SEATS_FULL", "needs 9 seats for a stretcher on T1 2026-05-12", ""),
        ("SEATS_FULL", "needs 12 seats on flight T1 of 2026-05-12, 3 are free", ""),
    ],
)
def test_every_reason_of_health_looks_the_same(reason, fact, rule):
    row = left_out(reason, fact, rule)
    before = copy.deepcopy(row)
    assert masked(row, ()) == HELD
    assert row == before
    assert masked(row, {Scope.MEDICAL}) is row


def test_who_sits_in_a_wheelchair_is_not_told_by_the_load():
    """A vehicle with one family says by its load what that family needs."""
    vehicle = {
        "vehicle": "ambulance#1",
        "family_ids": ["F1"],
        "peak_seats": 2,
        "peak_wheelchairs": 0,
        "peak_stretchers": 1,
    }
    hidden = {"peak_wheelchairs": None, "peak_stretchers": None}
    assert masked({"vehicles": [vehicle]}, ()) == {"vehicles": [vehicle | hidden]}


def test_other_reasons_are_told():
    for reason in set(Reason) - HEALTH_REASONS:
        row = left_out(reason.value, "needs 4 seats on TK871-0512, 3 are free", "seats")
        assert masked(row, {Scope.NAMES}) == row


def test_other_bars_that_are_about_health_go():
    fact = (
        "permit of member F1-1 ends 2026-05-01, first departure otherwise possible"
        " 2026-05-02 (T1); also by rule special_notice: asked for by 2026-05-03"
        "; also by rule travel_window: the family is ready from 2026-05-04"
        "; other ways by rule special_places: 4 of them on 2026-05-05"
    )
    said = masked(left_out("DOCUMENT_EXPIRED", fact, "document_validity"), ())
    assert said["fact"] == (
        "permit of member F1-1 ends 2026-05-01, first departure otherwise possible"
        " 2026-05-02 (T1); also by rule travel_window: the family is ready from"
        " 2026-05-04"
    )


def test_notice_to_those_who_receive_is_not_health():
    row = left_out("NOTICE_TOO_SHORT", "announced by 2026-05-01", "arrival_notice")
    assert masked(row, ()) == row
    row = left_out("NOTICE_TOO_SHORT", "announced by 2026-05-01", "special_notice")
    assert masked(row, ())["reason"] == "MEDICAL_HOLD"


def test_what_a_fact_adds_about_health_goes():
    fact = (
        "would cost line L1 USD 5.00; USD 2.00 more would do; also no nurse is free for"
        " T1; one more would do; needs 4 seats on T1; 1 more would do"
    )
    said = masked(left_out("BUDGET_EXHAUSTED", fact), ())
    assert said["reason"] == "BUDGET_EXHAUSTED"
    assert said["fact"] == (
        "would cost line L1 USD 5.00; USD 2.00 more would do; needs 4 seats on T1;"
        " 1 more would do"
    )


def test_deadlines_of_health_keep_their_date():
    row = {
        "on": "2026-04-13",
        "what": "announce special needs",
        "subject_kind": "family",
        "subject_id": "F1",
        "detail": "member F1-1: OXYG, LH-0417 by 07:00",
    }
    said = masked(row, ())
    assert said == row | {"what": "MEDICAL_HOLD", "detail": ""}


def test_what_the_planner_really_says_of_health_is_hidden():
    """A mission of which every family has a medical rule to keep."""
    loaded = load(ROOT / "scenarios/rules-medical")
    limits = Limits(time_limit_s=60, effort=1, seed=1, gap=None)
    document = json.loads(plan_text(plan(loaded, limits).plan))
    told = [*document["left_out"], *document["findings"], *document["deadlines"]]
    hidden = [masked(row, ()) for row in told]
    assert any(row != was for row, was in zip(hidden, told, strict=True))
    for row, was in zip(hidden, told, strict=True):
        if was.get("rule") in HEALTH_RULES:
            assert row["reason"] == "MEDICAL_HOLD"
        member_ids = {row.member_id for row in loaded.scenario.medical}
        # Ids name families, and here say what the family is for.
        words = " ".join(row.get(key, "") for key in ("fact", "what", "detail")).split()
        assert member_ids.isdisjoint(words)
        for word in ("clearance", "pregnant", "stretcher", "OXYG", "STCR", "nurse"):
            assert word not in " ".join(words)


def test_rules_of_health_are_those_of_the_rulebook():
    assert {"medical_fitness", "pregnancy", "special_places"} <= HEALTH_RULES
    assert not {"seats", "document_validity", "consent"} & HEALTH_RULES


def test_escorts_of_families_and_seats_of_rides_are_hidden():
    plan = {
        "schedule": [
            {"family_id": "F1", "sequence": 1, "seats": 9, "escort_ids": ["N1"]}
        ],
        "missions": [
            {"mission_id": "m1", "escort_id": "N1", "role": "nurse", "share": "own"}
            | {"family_ids": ["F1"], "rides": []}
        ],
        "departures": [{"departure_id": "T1", "seats": 120, "peak_seats": 40}],
    }
    plan["escorts"] = [{"escort_id": "N1", "role": "nurse"}]
    plan["assignments"] = [{"family_id": "F1", "departure_id": "T1", "escort_id": "N1"}]
    said = masked(plan, ())
    assert said["escorts"] == plan["escorts"]
    assert said["missions"][0]["escort_id"] == "N1"
    assert said["assignments"][0]["escort_id"] is None
    assert said["schedule"] == [
        {"family_id": "F1", "sequence": 1, "seats": None, "escort_ids": []}
    ]
    assert said["missions"][0]["family_ids"] == []
    assert (said["missions"][0]["role"], said["missions"][0]["share"]) == (None, None)
    assert said["departures"] == plan["departures"]


def test_what_counts_the_whole_mission_stays():
    certificate = {
        "checks": [{"rule": "medical_fitness", "checked": 40, "unchecked": 2}],
        "levels": [{"name": "stretcher patients first", "value": 3}],
        "defaults": [{"what": "medical_validity_days", "value": "180 days, clinic"}],
        "overrides": ["escort_cover for F12 by the chief doctor (X1, 2026-05-01)"],
    }
    said = masked(certificate, ())
    assert said["overrides"] == ["MEDICAL_HOLD 2026-05-01"]
    del certificate["overrides"], said["overrides"]
    assert said == certificate


def test_a_scenario_without_its_health():
    scenario = {
        "members": [{"member_id": "F1-1", "needs": ["WCHC"], "pregnancy_weeks": 30}],
        "medical": [{"member_id": "F1-1", "status": "hold"}],
        "overrides": [
            {"rule": "escort_cover", "scope": "F1", "reason": "son is a nurse"}
        ],
        "minimums": [{"where": {"needs": ["STCR"]}, "persons": 3}],
        "places": [{"place_id": "c", "name": "Ibn Sina hospital", "kind": "clinic"}],
    }
    said = masked(scenario, ())
    assert said["members"] == [
        {"member_id": "F1-1", "needs": [], "pregnancy_weeks": None}
    ]
    assert said["medical"] == []
    assert said["overrides"] == [{"rule": "", "scope": "F1", "reason": "MEDICAL_HOLD"}]
    assert said["minimums"] == scenario["minimums"]
    assert said["places"] == scenario["places"]


@pytest.mark.parametrize(
    "document",
    [
        {"kind": "medical_stop", "family_id": "F1", "detail": {"why": "tuberculosis"}},
        {"changes": ["medical F1-1: status = hold, hold_until = 2026-05-12"]},
        {"changes": ["member F1-1: needs = WCHC"]},
        {"verb": "update", "table": "medical", "key": "F1-1", "values": {"status": 1}},
        {"verb": "update", "table": "members", "key": "F1", "values": {"needs": ["X"]}},
        {"code": "BAD_VALUE", "path": "/scenario/medical/F1-1/status", "value": "fitt"},
        {"conflict": ["F1 is pinned to T1, but is not fit to travel"]},
        {"rule": "medical_fitness", "subject": "F1", "fact": "F1-1 has status not_fit"},
    ],
)
def test_events_changes_issues_and_conflicts_tell_no_more(document):
    said = json.dumps(masked(document, ()))
    for secret in ("tubercul", "hold,", "WCHC", "status", "fitt", "fit to", '"X"'):
        assert secret not in said
    assert masked(document, {Scope.MEDICAL}) == document
