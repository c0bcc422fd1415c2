"""Who needs which escort on which ride, and how many at once."""

from collections.abc import Callable

import pytest

from movplan.checks import run_checks
from movplan.checks.view import PlanView
from movplan.checks.view.care import Care, Cares
from movplan.checks.view.companies import Companies
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import EscortLegs, EscortRole, EscortShare, Need, Part
from tests.checks.broken.tools import (
    World,
    both,
    mission,
    override,
    planned,
    row,
    rule_value,
    updated,
)
from tests.checks.mission import PLAN
from tests.checks.world import SCENARIO, may

Change = Callable[[Scenario, Plan], World]


def care(family_id: str, *changes: Change) -> Care:
    scenario, plan = both(*changes)(SCENARIO, PLAN)
    view = PlanView(scenario, plan)
    return view.once(Cares).of(view.journeys[family_id, Part.OUTBOUND])


STRETCHER = row("members", "RS1-2", needs=(Need.STCR,))
GROWN = row("members", "RS1-3", birth_date=may(1).replace(year=2000))


def needs(found: Care) -> list[tuple[str, str, str, tuple[int, ...]]]:
    return [
        (need.member_id, need.role.value, need.share.value, need.heads)
        for need in found.needs
    ]


DOCTOR = ("RS1-1", "doctor", "shared", (1, 1))


@pytest.mark.parametrize(("attendants", "own"), [(0, []), (1, [1, 1]), (2, [2, 2])])
def test_a_stretcher_in_flight_needs_a_nurse(attendants: int, own: list[int]) -> None:
    """RS1-3, grown up, is in charge of RS1-4."""
    wanted = rule_value("stretcher_attendants", attendants)
    found = care("RS1", STRETCHER, GROWN, wanted)

    nurses = [("RS1-2", "nurse", "own", tuple(own))] if own else []
    assert needs(found) == [DOCTOR, *nurses]


@pytest.mark.parametrize(
    "patient",
    [
        STRETCHER,
        row("members", "RS1-2", needs=(Need.MEDA,)),
        row("medical", "RS1-2", escort_role=EscortRole.DOCTOR),
    ],
)
def test_patients_are_not_in_charge_of_minors(patient: Change) -> None:
    """RS1-1 has a doctor, and RS1-2 is a patient too: who looks after the children?"""
    found = needs(care("RS1", patient, rule_value("stretcher_attendants", 0)))

    minors = [need for need in found if need[1] == "operational"]
    assert minors == [
        ("RS1-3", "operational", "shared", (1, 1)),
        ("RS1-4", "operational", "shared", (1, 1)),
    ]
    assert len(needs(care("RS1"))) == 1


@pytest.mark.parametrize(("attendants", "heads"), [(0, 1), (1, 1), (3, 3)])
def test_a_need_of_its_own_on_a_stretcher_is_for_all_attendants(
    attendants: int, heads: int
) -> None:
    lying = row("members", "RS1-1", needs=(Need.STCR,))
    found = care("RS1", lying, rule_value("stretcher_attendants", attendants))

    assert needs(found) == [("RS1-1", "doctor", "shared", (heads, heads))]


def test_a_stretcher_on_a_convoy_asks_for_nobody_by_itself() -> None:
    # RA3-1 lies; its clearance asks for the nurse. Without it, on a convoy, nobody.
    assert needs(care("RA3")) == [("RA3-1", "nurse", "own", (1,))]
    assert needs(care("RA3", row("medical", "RA3-1", escort_role=None))) == []


def test_legs_that_are_not_concerned() -> None:
    found = care("RS1", row("medical", "RS1-1", escort_legs=EscortLegs.ROAD))

    assert needs(found) == []


def test_minors_alone_need_an_operational_escort_until_they_are_adults() -> None:
    """WS1-1 turns eighteen on 12 May: out on the 11th, back on the 16th."""
    young = row("members", "WS1-1", birth_date=may(12).replace(year=2008))
    scenario, plan = young(SCENARIO, PLAN)
    view = PlanView(scenario, plan)

    out, back = (view.journeys["WS1", part] for part in (Part.OUTBOUND, Part.RETURN))
    assert needs(view.once(Cares).of(out)) == [("WS1-1", "operational", "shared", (1,))]
    assert view.once(Companies).is_unaccompanied(out)
    assert not view.once(Companies).is_unaccompanied(back)
    assert needs(view.once(Cares).of(back)) == []


def test_a_family_or_departure_set_aside_asks_for_nobody() -> None:
    assert care("RS1", override("escort_cover", "RS1")) == Care()
    assert needs(care("RS1", override("escort_cover", "F1"))) == [
        ("RS1-1", "doctor", "shared", (0, 1))
    ]


ALLOWED = row("medical", "RS1-1", family_companion_allowed=True)
NOT_PREGNANT = row("members", "RS1-2", pregnancy_weeks=None, pregnancy_as_of=None)


def test_a_family_companion_stands_in() -> None:
    found = care("RS1", ALLOWED, NOT_PREGNANT)

    assert found.needs == ()
    assert found.stood_in_for == {"RS1-1"}


def test_nobody_able_stands_in() -> None:
    # RS1-2 is pregnant, the others are children.
    assert needs(care("RS1", ALLOWED)) == [DOCTOR]


def test_companions_of_others_do_not_stand_in() -> None:
    """RS1-3 needs the only able member as a companion on flights of three hours."""
    blind = row("members", "RS1-3", needs=(Need.DPNA,))
    long = rule_value("companion_flight_hours", 2)

    assert care("RS1", ALLOWED, NOT_PREGNANT, blind).needs == ()
    assert needs(care("RS1", ALLOWED, NOT_PREGNANT, blind, long)) == [DOCTOR]


def without_sharing(scenario: Scenario, plan: Plan) -> World:
    """RS1-1 lies, its doctor is its own; D1 and D2 both go."""
    d1 = next(row for row in scenario.escorts if row.escort_id == "D1")
    d2 = updated(d1, escort_id="D2")
    m3 = next(row for row in plan.missions if row.mission_id == "M3")
    m4 = updated(m3, mission_id="M4", escort_id="D2", share=EscortShare.OWN)
    return both(
        row("members", "RS1-1", needs=(Need.STCR,)),
        row("medical", "RS1-1", escort_share=EscortShare.OWN),
        mission("M3", share=EscortShare.OWN),
        planned("F1", mission_ids=("M3", "M4")),
        rule_value("stretcher_attendants", 2),
    )(
        updated(scenario, escorts=(*scenario.escorts, d2)),
        updated(plan, missions=(*plan.missions, m4)),
    )


def escort_facts(scenario: Scenario, plan: Plan) -> list[str]:
    found = run_checks(scenario, plan).violations
    return [v.fact for v in found if v.rule == "escort_cover"]


def test_two_attendants_at_once() -> None:
    assert escort_facts(*without_sharing(SCENARIO, PLAN)) == []


def test_one_escort_is_not_two() -> None:
    scenario, plan = both(without_sharing, mission("M4", gone=True))(SCENARIO, PLAN)

    (fact,) = escort_facts(scenario, plan)
    assert fact.startswith("RS1: RS1-1 has no 2. doctor (own) with room on F1, F2")


def test_siblings_share_an_escort() -> None:
    """minors_per_escort 3: three of RS1 on one operational escort, a fourth not."""
    young = tuple(
        row("members", f"RS1-{n}", birth_date=may(1).replace(year=2012), needs=())
        for n in range(1, 5)
    )
    scenario, plan = both(
        *young,
        row("members", "RS1-2", pregnancy_weeks=None),
        row("medical", "RS1-1", escort_role=None),
        row("escorts", "D1", role=EscortRole.OPERATIONAL),
        mission("M3", role=EscortRole.OPERATIONAL),
    )(SCENARIO, PLAN)

    assert len(escort_facts(scenario, plan)) == 1
    four = rule_value("minors_per_escort", 4)(scenario, plan)
    assert escort_facts(*four) == []
