"""Where checks and screening once read the semantics differently: they agree."""

from datetime import date

import pytest

from movplan.checks import run_checks
from movplan.domain.assignments import Assignment
from movplan.domain.people import Document, Medical, Member
from movplan.domain.plan import Plan
from movplan.domain.programmes import DocumentType
from movplan.domain.scenario import Scenario
from movplan.domain.words import (
    AssignmentState,
    DocumentState,
    Moment,
    Part,
    SessionKind,
)
from movplan.planning import plan_from_assignments
from movplan.screening import screen
from tests.checks.mission import PLAN
from tests.checks.world import SCENARIO, may

BADGE = DocumentType(
    document_type="badge", moment=Moment.JOURNEY, lead_days=5, validity_days=2
)


def with_badge(badge: DocumentType, *, until: date | None = None) -> Scenario:
    """The workshop needs a badge, still to be obtained, or held until a date."""
    programmes = tuple(
        row.model_copy(update={"required_documents": ("badge",)})
        if row.programme_id == "WORKSHOP"
        else row
        for row in SCENARIO.programmes
    )
    document = Document(
        member_id="WS1-1",
        document_type="badge",
        state=DocumentState.HELD if until else DocumentState.TO_OBTAIN,
        valid_until=until,
    )
    changed = {
        "programmes": programmes,
        "document_types": (*SCENARIO.document_types, badge),
        "documents": (*SCENARIO.documents, document),
    }
    return SCENARIO.model_copy(update=changed)


def parts_of(scenario: Scenario, family_id: str) -> set[Part]:
    return {p.part for p in screen(scenario).parts if p.family_id == family_id}


def test_a_document_to_obtain_is_looked_at_part_by_part() -> None:
    # out on 11 May, back on 16 May: two days each are enough, five would not be
    scenario = with_badge(BADGE)
    assert "document_validity" not in run_checks(scenario, PLAN).broken_rules
    assert parts_of(scenario, "WS1") == {Part.OUTBOUND, Part.RETURN}


def test_a_document_obtained_too_late_is_found_by_both() -> None:
    # applied for on 3 May, in hand on 3 + 20 = 23 May
    scenario = with_badge(BADGE.model_copy(update={"lead_days": 20}))
    assert "document_order" in run_checks(scenario, PLAN).broken_rules
    assert parts_of(scenario, "WS1") == set()


@pytest.mark.parametrize(
    ("moment", "until", "holds"),
    [
        # in Istanbul on 11 May, home on the 16th, where nobody asks for a visa
        (Moment.ARRIVAL, may(11), True),
        (Moment.ARRIVAL, may(10), False),
        # a passport is for the whole way home too
        (Moment.JOURNEY, may(16), True),
        (Moment.JOURNEY, may(15), False),
    ],
)
def test_a_visa_is_for_the_arrival_there_not_at_home(
    moment: Moment, until: date, holds: bool
) -> None:
    badge = DocumentType(document_type="badge", moment=moment)
    scenario = with_badge(badge, until=until)
    broken = run_checks(scenario, PLAN).broken_rules
    assert ("document_validity" not in broken) is holds
    assert (parts_of(scenario, "WS1") == {Part.OUTBOUND, Part.RETURN}) is holds


def test_a_visa_to_obtain_is_not_applied_for_again_on_the_way_home() -> None:
    """Valid for the day alone, in hand on 11 May: the 16th asks for none."""
    badge = DocumentType(document_type="badge", lead_days=5, validity_days=0)
    scenario = with_badge(badge)
    assert not run_checks(scenario, PLAN).broken_rules & {
        "document_validity",
        "document_order",
    }
    assert parts_of(scenario, "WS1") == {Part.OUTBOUND, Part.RETURN}


@pytest.mark.parametrize(("until", "holds"), [(may(16), True), (may(15), False)])
def test_a_clearance_to_travel_holds_on_the_way_home(until: date, holds: bool) -> None:
    """Home on 16 May: fit to travel is no matter of entering a country."""
    programmes = tuple(
        row.model_copy(update={"medical_required": row.programme_id == "WORKSHOP"})
        for row in SCENARIO.programmes
    )
    medical = (*SCENARIO.medical, Medical(member_id="WS1-1", valid_until=until))
    scenario = SCENARIO.model_copy(
        update={"programmes": programmes, "medical": medical}
    )
    broken = run_checks(scenario, PLAN).broken_rules
    assert ("medical_fitness" not in broken) is holds
    assert (parts_of(scenario, "WS1") == {Part.OUTBOUND, Part.RETURN}) is holds


def with_youth(born: object) -> Scenario:
    """A fifth member, whose language nobody else has, joins RS1's case."""
    youth = Member(member_id="RS1-4", family_id="RS1", birth_date=born, language="uz")
    members = tuple(
        youth if row.member_id == "RS1-4" else row for row in SCENARIO.members
    )
    return SCENARIO.model_copy(update={"members": members})


def slots(scenario: Scenario) -> set[str | None]:
    parts = (p for p in screen(scenario).parts if p.family_id == "RS1")
    return {slot.language for part in parts for slot in part.slots}


def test_a_group_that_comes_of_age_after_as_of_attends_nothing() -> None:
    # co_age_years is 16: of age on 5 May, after 1 May, before the session of 12 May
    scenario = with_youth(may(5).replace(year=2026 - co_age()))
    assert "uz" not in slots(scenario)
    facts = [v.fact for v in run_checks(scenario, PLAN).violations]
    assert not any("(uz)" in fact for fact in facts)


def test_a_group_of_age_on_as_of_does() -> None:
    # nobody teaches in Uzbek: screening has no way, the check asks for one
    scenario = with_youth(may(1).replace(year=2026 - co_age()))
    assert slots(scenario) == set()
    facts = [v.fact for v in run_checks(scenario, PLAN).violations]
    assert any("(uz)" in fact for fact in facts)


def co_age() -> int:
    return SCENARIO.rule_int("co_age_years")


def in_one_session() -> Scenario:
    """CO-FA takes everybody, whatever they speak."""
    sessions = tuple(
        row.model_copy(update={"language": None, "places": 4})
        if row.session_id == "CO-FA"
        else row
        for row in SCENARIO.sessions
    )
    return SCENARIO.model_copy(update={"sessions": sessions})


def pinned(scenario: Scenario, *sessions: str) -> Scenario:
    row = Assignment(
        family_id="RS1",
        departure_id="F1",
        state=AssignmentState.PINNED,
        session_ids=sessions,
    )
    return scenario.model_copy(update={"assignments": (row,)})


def attending(scenario: Scenario, *sessions: str) -> Plan:
    """RS1 alone, its two groups in the sessions named."""
    rows = [
        Assignment(family_id="RS1", leg=1, departure_id="F1", session_ids=sessions),
        Assignment(family_id="RS1", leg=2, departure_id="F2"),
    ]
    return plan_from_assignments(scenario, rows)


def pins_broken(scenario: Scenario, plan: Plan) -> list[str]:
    report = run_checks(scenario, plan)
    return [v.fact for v in report.violations if v.rule == "pins"]


def test_each_group_attends_one_of_the_pinned_sessions() -> None:
    world = in_one_session()
    together = attending(world, "CO-FA")
    apart = attending(world, "CO-FA", "CO-PS")
    assert pins_broken(pinned(world, "CO-FA", "CO-PS"), together) == []
    assert pins_broken(pinned(world, "CO-FA", "CO-PS"), apart) == []
    assert pins_broken(pinned(world, "CO-FA"), together) == []


def test_a_session_not_pinned_is_found() -> None:
    world = in_one_session()
    (fact,) = pins_broken(pinned(world, "CO-PS"), attending(world, "CO-FA"))
    assert fact.endswith("pinned to CO-PS, but attends CO-FA")


def test_a_pinned_session_of_a_step_done_binds_nobody() -> None:
    families = tuple(
        row.model_copy(update={"steps_done": (SessionKind.CULTURAL_ORIENTATION,)})
        if row.family_id == "RS1"
        else row
        for row in SCENARIO.families
    )
    world = SCENARIO.model_copy(update={"families": families})
    plan = attending(world)
    assert pins_broken(pinned(world, "CO-FA"), plan) == []
    assert not screen(pinned(world, "CO-FA")).pin_conflicts
