"""How many patients an escort takes where their programmes differ: the strictest.

Patients of one person each want one flight, each with a shared nurse; nurses are a
roster without a figure of its own. Programme A lets a nurse have three at a time,
programme B fewer. Nothing costs anything.
"""

from datetime import date, datetime, timedelta, timezone

import pytest

from movplan.checks import run_checks
from movplan.domain.assignments import Assignment
from movplan.domain.escorts import Escort, EscortTravel
from movplan.domain.people import Family, Medical, Member
from movplan.domain.plan import Plan
from movplan.domain.programmes import Programme
from movplan.domain.rules import Rule, RuleOverride, default_rules
from movplan.domain.scenario import Horizon, Scenario
from movplan.domain.transport import Departure, Place
from movplan.domain.words import (
    AssignmentState,
    DepartureKind,
    EscortRole,
    EscortShare,
    MedicalStatus,
    PlaceKind,
)
from movplan.planning import Limits, plan_from_assignments, plan_scenario

NOW = datetime(2026, 5, 1, tzinfo=timezone.utc)  # noqa: UP017
BORN = date(1980, 1, 1)


def place(name: str, latitude: float) -> Place:
    return Place(
        place_id=name,
        kind=PlaceKind.AIRPORT,
        country="IR",
        latitude=latitude,
        longitude=50.0,
        timezone="UTC",
    )


def per_nurse(*overrides: RuleOverride) -> Rule:
    shipped = default_rules()["patients_per_nurse"]
    return shipped.model_copy(update={"overrides": overrides})


def patient(family_id: str) -> tuple[Family, Member, Medical]:
    member_id = f"{family_id}-1"
    family = Family(
        family_id=family_id,
        programme=family_id[0],
        origin="HERE",
        destination="THERE",
        ready_from=date(2026, 5, 1),
        persons=1,
        consent_signed=date(2026, 4, 1),
    )
    medical = Medical(
        member_id=member_id,
        status=MedicalStatus.FIT_WITH_CONDITIONS,
        exam_date=date(2026, 4, 1),
        escort_role=EscortRole.NURSE,
        escort_share=EscortShare.SHARED,
    )
    member = Member(member_id=member_id, family_id=family_id, birth_date=BORN)
    return family, member, medical


def wanting(names: str, nurses: int, rule: Rule) -> Scenario:
    """Families by name, ``A1 B1``, of the programme their letter says."""
    families, members, medical = zip(*map(patient, names.split()), strict=True)
    flight = Departure(
        departure_id="FL",
        kind=DepartureKind.FLIGHT,
        carrier="XX",
        from_place="HERE",
        to_place="THERE",
        departs=NOW + timedelta(days=20),
        arrives=NOW + timedelta(days=20, hours=2),
        seats=20,
        currency="USD",
    )
    roster = Escort(
        escort_id="nurses",
        role=EscortRole.NURSE,
        base="HERE",
        unnamed=True,
        headcount=nurses,
        currency="USD",
    )
    home = EscortTravel(from_place="THERE", to_place="HERE", minutes=60, currency="USD")
    return Scenario(
        scenario_id="at-a-time",
        as_of=NOW,
        horizon=Horizon(first=date(2026, 5, 10), last=date(2026, 5, 30)),
        programmes=(Programme(programme_id="A"), Programme(programme_id="B")),
        places=(place("HERE", 30.0), place("THERE", 36.0)),
        families=families,
        members=members,
        medical=medical,
        departures=(flight,),
        escorts=(roster,),
        escort_travel=(home,),
        rules=(rule,),
    )


def planned(scenario: Scenario) -> Plan:
    result = plan_scenario(scenario, Limits(effort=5, seed=1))
    assert run_checks(scenario, result.plan).passed
    return result.plan


def travelling(plan: Plan) -> int:
    return len({leg.family_id for leg in plan.schedule})


def for_b(value: int) -> Rule:
    return per_nurse(RuleOverride(programme="B", value=value))


@pytest.mark.parametrize(
    ("names", "nurses", "rule", "moved"),
    [
        # Three at a time for all: one nurse takes three of four.
        ("A1 A2 A3 B1", 1, per_nurse(), 3),
        # B1 alone, or the three of A: three. With a second nurse all four.
        ("A1 A2 A3 B1", 1, for_b(1), 3),
        ("A1 A2 A3 B1", 2, for_b(1), 4),
        # Two nurses: three of A and B1 alone; A4 may not join B1.
        ("A1 A2 A3 A4 B1", 2, for_b(1), 4),
        # At two a time it may: 3 + 2.
        ("A1 A2 A3 A4 B1", 2, for_b(2), 5),
        # One each: the nurses are two, the patients of B three.
        ("B1 B2 B3", 2, for_b(1), 2),
        # For whom it goes to: both of a destination, or a carrier.
        ("A1 A2 A3 B1", 2, per_nurse(RuleOverride(destination="IR", value=1)), 2),
        ("A1 A2 A3 B1", 2, per_nurse(RuleOverride(carrier="XX", value=1)), 2),
        ("A1 A2 A3 B1", 2, per_nurse(RuleOverride(carrier="YY", value=1)), 4),
        # More for some than for all: four of B, or three with anybody of A.
        ("B1 B2 B3 B4", 1, for_b(4), 4),
        ("A1 B1 B2 B3", 1, for_b(4), 3),
    ],
)
def test_the_strictest_of_those_it_looks_after(
    names: str, nurses: int, rule: Rule, moved: int
) -> None:
    plan = planned(wanting(names, nurses, rule))

    assert travelling(plan) == moved
    levels = {level.name: level for level in plan.certificate.levels}
    assert levels["moved"].value == levels["moved"].bound


def test_what_the_row_of_an_escort_says_is_for_all_of_them() -> None:
    scenario = wanting("A1 A2 A3 B1", 1, for_b(1))
    (roster,) = scenario.escorts
    own = roster.model_copy(update={"patients_at_a_time": 4})
    assert travelling(planned(scenario.model_copy(update={"escorts": (own,)}))) == 4


@pytest.mark.parametrize(("nurses", "broken"), [(2, set()), (1, {"escort_cover"})])
def test_a_table_made_by_hand_sends_the_nurses_it_takes(
    nurses: int, broken: set[str]
) -> None:
    """A1, A2 and B1 on FL by hand: B1 has a nurse alone, if there are two."""
    scenario = wanting("A1 A2 B1", nurses, for_b(1))
    rows = tuple(
        Assignment(
            family_id=family_id, departure_id="FL", state=AssignmentState.PROPOSED
        )
        for family_id in ("A1", "A2", "B1")
    )
    plan = plan_from_assignments(scenario, rows)

    assert run_checks(scenario, plan).broken_rules - {"objective"} == broken


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        (for_b(3), set()),
        # B1 allows two at a time, and is with two others.
        (for_b(2), {"escort_cover"}),
        (per_nurse(RuleOverride(carrier="XX", value=2)), {"escort_cover"}),
        (per_nurse(RuleOverride(programme="A", carrier="YY", value=1)), set()),
    ],
)
def test_checks_know_whom_an_escort_looks_after(rule: Rule, broken: set[str]) -> None:
    """A1, A2 and B1 together on the one nurse, three at a time, then judged anew."""
    plan = planned(wanting("A1 A2 B1", 1, per_nurse()))
    assert travelling(plan) == 3

    report = run_checks(wanting("A1 A2 B1", 1, rule), plan)
    assert report.broken_rules == broken
