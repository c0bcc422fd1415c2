"""The catalogue of reasons, demo scenarios, plans as they come from other systems."""

import json

import pytest

from movplan.application.catalogue import reason_codes
from movplan.application.demos import DEMO_NAMES, demo, demo_folder, load_demo
from movplan.application.documents import plan_of_document, plan_text
from movplan.application.hand_made import (
    assignments_of_csv,
    assignments_of_rows,
    price,
)
from movplan.domain.errors import InputError
from movplan.domain.words import Reason
from tests.reports.by_hand import PLAN


def test_every_reason_is_in_the_catalogue_once_with_a_sentence():
    codes = reason_codes()
    assert [row.code for row in codes] == list(Reason)
    assert all(row.sentence.endswith(".") and row.words for row in codes)


@pytest.mark.parametrize("name", DEMO_NAMES)
def test_demo_scenarios_are_valid_and_small(name):
    found = demo(name)
    document = json.loads(found.document)
    assert document["scenario_id"] == name
    assert len(document["families"]) == found.families > 0
    assert found.persons == load_demo(name).persons
    assert len(found.document) < 1_000_000


def test_other_names_are_no_demo_scenarios():
    for name in ("", "..", "../pyproject.toml", "iran-2026"):
        with pytest.raises(KeyError):
            demo_folder(name)


def test_the_price_is_the_ledger_summed():
    """The total worked out in ``tests/reports/by_hand.py``."""
    found = price(PLAN)
    assert (found.currency, found.total_cents) == ("USD", 148_250)
    assert sum(found.by_category.values()) == 148_250
    assert found.by_budget_line["KFW"] == 20_000 + 1_400


def test_assignments_come_as_rows_or_csv():
    csv = "family_id,departure_id,leg\nF1,CV-0505,1\nF1,CV-0506,2\n"
    rows = [
        {"family_id": "F1", "departure_id": "CV-0505", "leg": 1},
        {"family_id": "F1", "departure_id": "CV-0506", "leg": 2},
    ]
    assert assignments_of_csv(csv).rows == assignments_of_rows(rows).rows


@pytest.mark.parametrize(
    "read",
    [
        lambda: assignments_of_csv(""),
        lambda: assignments_of_csv("family_id,departure\nF1,X\n"),
        lambda: assignments_of_rows([]),
        lambda: assignments_of_rows([{"family_id": "F1"}]),
        lambda: plan_of_document({"schedule": 1}),
        lambda: plan_of_document([]),
    ],
)
def test_what_is_no_plan_is_refused_with_issues(read):
    with pytest.raises(InputError) as caught:
        read()
    assert caught.value.issues


def test_a_plan_is_read_from_its_document():
    assert plan_of_document(json.loads(plan_text(PLAN))) == PLAN
