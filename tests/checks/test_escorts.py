"""Who looks after whom: handing over, own escorts, patients at a time."""

import pytest

from movplan.checks import run_checks
from movplan.domain.plan import EscortMission, Plan
from movplan.domain.rules import RuleOverride, default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.words import EscortShare
from tests.checks.broken import both, leg, row, second_patient
from tests.checks.mission import MISSIONS, PLAN
from tests.checks.world import SCENARIO, at


def relay(scenario: Scenario, plan: Plan) -> tuple[Scenario, Plan]:
    """N1 takes RA1 to Herat, N3 (like N1, based in Herat) on to Kabul."""
    n1 = next(e for e in scenario.escorts if e.escort_id == "N1")
    n3 = n1.model_copy(update={"escort_id": "N3", "base": "HERAT"})
    # N1 is home from Herat after 4 h; N3 from Kabul at once, as its road is not listed.
    first = MISSIONS[0].model_copy(
        update={
            "rides": MISSIONS[0].rides[:1],
            "ends": at("05-14 16:00+04:30"),
            "back_at_base": at("05-14 19:00+03:30"),
            "free_from": at("05-15 19:00+03:30"),
        }
    )
    home = {"from_place": "KABUL", "to_place": "HERAT", "minutes": 60}
    road = scenario.escort_travel[0].model_copy(update=home)
    second = EscortMission.model_validate(
        {
            **MISSIONS[0].model_dump(),
            "mission_id": "M4",
            "escort_id": "N3",
            "rides": MISSIONS[0].rides[1:],
            "leaves_base": at("05-15 07:00+04:30"),
            "starts": at("05-15 08:00+04:30"),
            "back_at_base": at("05-15 21:00+04:30"),
            "free_from": at("05-16 21:00+04:30"),
        }
    )
    scenario = scenario.model_copy(
        update={
            "escorts": (*scenario.escorts, n3),
            "escort_travel": (*scenario.escort_travel, road),
        }
    )
    c2 = PLAN.departures[1]
    vehicles = (c2.vehicles[0].model_copy(update={"mission_ids": ("M4",)}),)
    c2 = c2.model_copy(update={"mission_ids": ("M4",), "vehicles": vehicles})
    departures = (PLAN.departures[0], c2, *PLAN.departures[2:])
    plan = plan.model_copy(
        update={
            "missions": (first, *MISSIONS[1:], second),
            "departures": departures,
        }
    )
    return leg("RA1", 3, escort_ids=("N3",))(scenario, plan)


@pytest.mark.parametrize(("handover", "broken"), [(True, set()), (False, {"RA1"})])
def test_an_escort_changes_only_where_handing_over_is_possible(
    handover: bool, broken: set[str]
) -> None:
    scenario, plan = both(row("places", "HERAT", handover=handover), relay)(
        SCENARIO, PLAN
    )

    report = run_checks(scenario, plan)

    assert report.broken_rules == ({"escort_cover"} if broken else set())
    assert {v.subjects[0] for v in report.violations} == broken


@pytest.mark.parametrize(("at_a_time", "broken"), [(2, set()), (1, {"escort_cover"})])
def test_patients_at_a_time(at_a_time: int, broken: set[str]) -> None:
    scenario, plan = both(
        second_patient, row("escorts", "N1", patients_at_a_time=at_a_time)
    )(SCENARIO, PLAN)

    assert run_checks(scenario, plan).broken_rules == broken


@pytest.mark.parametrize(
    ("scope", "broken"),
    [
        ({"programme": "VOLREP"}, {"escort_cover"}),
        ({"programme": "RESETTLE"}, set()),
        ({"destination": "KABUL"}, {"escort_cover"}),
        ({"destination": "DE"}, set()),
        # The second of two convoys alone: the strictest of all rides concerned.
        ({"carrier": "coach"}, {"escort_cover"}),
        ({"carrier": "TK"}, set()),
    ],
)
def test_patients_at_a_time_by_whose_they_are(
    scope: dict[str, str], broken: set[str]
) -> None:
    """RA1 of VOLREP has two patients on N1, who may take two: one for some."""
    two = default_rules()["patients_per_nurse"].model_copy(
        update={
            "value": 2,
            "overrides": (RuleOverride.model_validate({**scope, "value": 1}),),
        }
    )
    scenario, plan = both(
        second_patient,
        row("escorts", "N1", patients_at_a_time=None),
        row("departures", "C2", carrier="coach"),
    )(SCENARIO, PLAN)
    scenario = scenario.model_copy(update={"rules": (*scenario.rules, two)})

    assert run_checks(scenario, plan).broken_rules == broken


def test_an_own_escort_is_not_shared() -> None:
    scenario, plan = row("medical", "RA1-1", escort_share=EscortShare.OWN)(
        SCENARIO, PLAN
    )

    # N1's mission is a shared one, and RA3's own nurse serves RA3 alone.
    assert run_checks(scenario, plan).broken_rules == {"escort_cover"}


@pytest.mark.parametrize(("headcount", "broken"), [(2, set()), (1, {"escort_roster"})])
def test_a_roster_sends_out_as_many_as_it_has(headcount: int, broken: set[str]) -> None:
    """N1's mission goes to the roster N2 as well."""
    scenario, plan = both(
        row("escorts", "N2", headcount=headcount),
        row("medical", "RA1-1", escort_sex=None, escort_language=None),
    )(SCENARIO, PLAN)
    missions = tuple(
        m.model_copy(update={"escort_id": "N2"}) if m.mission_id == "M1" else m
        for m in plan.missions
    )
    scenario, plan = both(
        leg("RA1", 1, escort_ids=("N2",)), leg("RA1", 3, escort_ids=("N2",))
    )(scenario, plan.model_copy(update={"missions": missions}))

    assert run_checks(scenario, plan).broken_rules == broken
