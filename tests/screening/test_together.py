"""What is found once for all that are alike is what each would find by itself.

Screening finds visits, chains, papers, room and the bars of a trip once per kind of
family. A desk that screens one family only shares with nobody.
"""

from pathlib import Path

import numpy as np
import pytest

from movplan.application.loading import load
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.words import Part
from movplan.network import Network
from movplan.screening.bars import Bar
from movplan.screening.family_screen import FamilyScreen
from movplan.screening.found import FamilyFound
from movplan.screening.loads import family_loads

SCENARIOS = Path(__file__).parents[2] / "scenarios"
ALL_KINDS = (
    "avrr-herat",
    "resettlement-transit",
    "rules-arrivals",
    "rules-departures",
    "rules-family",
    "rules-medical",
    "rules-steps",
    "workshop",
)


@pytest.fixture(scope="module", params=ALL_KINDS)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return load(SCENARIOS / request.param).scenario


def told(found: FamilyFound) -> object:
    """All that was found, in values; what escorts are needed comes after."""
    parts = [
        (
            part.part,
            [part.table.itineraries[i] for i in part.chosen.tolist()],
            part.attendance.slots,
            part.attendance.options,
        )
        for part in found.parts
    ]
    return found.window, found.refusal, found.pin_conflicts, parts


def biting(bars: list[Bar]) -> list[object]:
    return [
        (bar.reason, bar.fact, bar.rule, bar.passes.tolist(), bar.dates.tolist())
        for bar in bars
        if not bar.passes.all()
    ]


def alone(scenario: Scenario) -> FamilyScreen:
    return FamilyScreen(scenario, Network(scenario))


def test_families_screened_one_after_the_other_find_what_each_finds_alone(
    scenario: Scenario,
) -> None:
    desk = alone(scenario)
    together = [told(desk.screen(family)) for family in scenario.families]
    each = [told(alone(scenario).screen(family)) for family in scenario.families]
    assert together == each


def test_the_same_bars_keep_a_family_off_whoever_was_asked_about_before(
    scenario: Scenario,
) -> None:
    desk = alone(scenario)

    def barred(at: FamilyScreen, family: Family) -> list[object]:
        return [biting(at.barred(family, part)[1]) for part in Part]

    together = [barred(desk, family) for family in scenario.families]
    each = [barred(alone(scenario), family) for family in scenario.families]
    assert together == each


def test_loads_of_all_families_are_those_of_each(scenario: Scenario) -> None:
    """Counted in arrays over all families, or of a scenario that has only one."""
    desk = alone(scenario)
    rides = Network(scenario).rides
    names = ("persons", "adults", "children", "infants", "extra_infants")
    seats = ("flight_seats", "convoy_seats", "flight_wheelchairs")
    for row, family in enumerate(sorted(scenario.families, key=lambda f: f.family_id)):
        one = scenario.model_copy(update={"families": (family,)})
        own = family_loads(one, desk.files, rides)
        for name in (*names, *seats, "wheelchairs", "stretchers"):
            of_all = getattr(desk.loads, name)[row]
            np.testing.assert_array_equal(of_all, getattr(own, name)[0], name)
