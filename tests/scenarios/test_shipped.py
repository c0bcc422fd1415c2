"""Every shipped scenario is valid, screens sensibly and is what its builder builds."""

from collections import Counter
from pathlib import Path

import pytest

from movplan.domain.scenario import Scenario
from movplan.domain.words import Reason, Trip
from movplan.files import digest, read_scenario, read_with_warnings
from movplan.screening import screen
from scenarios.builders.catalogue import BUILDERS, MISSIONS, RULES

ROOT = Path(__file__).parents[2] / "scenarios"
NAMES = (*BUILDERS, "first-convoy")


@pytest.mark.parametrize("name", NAMES)
def test_valid_with_a_readme(name: str) -> None:
    scenario, warnings = read_with_warnings(ROOT / name)
    assert scenario.scenario_id == name
    assert [str(warning) for warning in warnings] == []
    assert (ROOT / name / "README.md").read_text().startswith("# ")


@pytest.mark.parametrize("name", list(BUILDERS))
def test_folder_is_what_the_builder_builds(name: str) -> None:
    assert digest(read_scenario(ROOT / name)) == digest(BUILDERS[name]())


@pytest.mark.parametrize("name", NAMES)
def test_most_families_can_travel_and_refusals_have_facts(name: str) -> None:
    scenario = read_scenario(ROOT / name)
    screening = screen(scenario)
    assert len(screening.refusals) <= len(scenario.families) / 4
    assert all(refusal.fact for refusal in screening.refusals)
    assert Reason.NO_ROUTE not in {r.reason for r in screening.refusals}


@pytest.mark.parametrize("name", list(MISSIONS))
def test_small_ones_have_one_programme(name: str) -> None:
    scenario = read_scenario(ROOT / name)
    programmes = {family.programme for family in scenario.families}
    if name == "iran-2026":
        assert len(programmes) == 5
        assert len(scenario.families) == 250
    else:
        assert len(programmes) == 1
        assert 6 <= len(scenario.families) <= 20


@pytest.mark.parametrize("name", list(RULES))
def test_those_of_the_rules_are_small(name: str) -> None:
    assert 6 <= len(read_scenario(ROOT / name).families) <= 15


def test_iran_uses_every_table() -> None:
    scenario = read_scenario(ROOT / "iran-2026")
    assert [name for name in Scenario.TABLES if not getattr(scenario, name)] == []
    assert any(programme.trip is Trip.ROUND_TRIP for programme in scenario.programmes)


def test_iran_must_travel_families_can() -> None:
    scenario = read_scenario(ROOT / "iran-2026")
    must = {f.family_id for f in scenario.families if f.must_travel}
    refused = {refusal.family_id for refusal in screen(scenario).refusals}
    assert must
    assert not must & refused


def test_the_readme_counts_whom_screening_stops() -> None:
    """Consent 3, holds 4, windows 3, seats 5, and one of each of three kinds: 18."""
    refused = Counter(
        refusal.reason for refusal in screen(read_scenario(ROOT / "iran-2026")).refusals
    )
    assert refused == {
        Reason.CONSENT_WITHDRAWN: 3,
        Reason.MEDICAL_HOLD: 4,
        Reason.WINDOW_CLOSED: 3,
        Reason.SEATS_FULL: 5,
        Reason.NO_SPECIAL_PLACE: 1,
        Reason.NO_FITNESS_CHECK: 1,
        Reason.NO_ESCORT: 1,
    }
    assert "Eighteen families are stopped" in (ROOT / "iran-2026/README.md").read_text()
