"""Checking plans: movplan's, and what became of them."""

import pytest

from movplan.application.checking import RECOST, check, read_any_plan
from movplan.application.loading import Loaded
from movplan.domain.errors import InputError
from movplan.domain.plan import LeftOut
from movplan.domain.words import Reason
from movplan.files import digest
from tests.reports.by_hand import PLAN, SCENARIO

LOADED = Loaded(SCENARIO, ())


def broken_rules(plan, loaded=LOADED):
    return {violation.rule for violation in check(loaded, plan).violations}


def test_the_plan_made_by_hand_keeps_every_rule():
    assert check(LOADED, PLAN).violations == ()


def test_a_plan_knows_its_scenario():
    assert not check(LOADED, PLAN).same_scenario
    certificate = PLAN.certificate.model_copy(
        update={"scenario_digest": digest(SCENARIO)}
    )
    plan = PLAN.model_copy(update={"certificate": certificate})
    assert check(LOADED, plan).same_scenario


def test_a_missing_charge_is_found_by_costing_again():
    # without F1's night of 1500 the ledger is short
    ledger = tuple(c for c in PLAN.ledger if "mashhad" not in c.item)
    assert len(ledger) == len(PLAN.ledger) - 1
    assert RECOST in broken_rules(PLAN.model_copy(update={"ledger": ledger}))


def test_one_cent_too_many_is_found():
    night = next(c for c in PLAN.ledger if "mashhad" in c.item)
    dearer = night.model_copy(update={"amount_cents": 1501})
    ledger = tuple(dearer if c is night else c for c in PLAN.ledger)
    assert RECOST in broken_rules(PLAN.model_copy(update={"ledger": ledger}))


def test_a_plan_of_other_ids_is_not_priced():
    stranger = PLAN.schedule[-1].model_copy(update={"departure_id": "NOWHERE"})
    plan = PLAN.model_copy(update={"schedule": (*PLAN.schedule[:-1], stranger)})
    broken = broken_rules(plan)
    assert "conservation" in broken
    assert RECOST not in broken


def test_families_set_aside_are_not_looked_at():
    aside = LeftOut(family_id="F9", persons=3, reason=Reason.DATA_ERROR, fact="typo")
    plan = PLAN.model_copy(update={"left_out": (*PLAN.left_out, aside)})
    assert "conservation" in broken_rules(plan)
    assert broken_rules(plan, Loaded(SCENARIO, (), (aside,))) == set()


def test_a_file_that_is_no_plan(tmp_path):
    with pytest.raises(InputError, match="neither a plan nor a table"):
        read_any_plan(SCENARIO, tmp_path / "plan.docx")
