"""The plan in force: reported where it breaks rules, and the search's start."""

import numpy as np

from movplan.costing.tariffs import Tariffs
from movplan.domain.assignments import Assignment
from movplan.domain.scenario import Scenario
from movplan.domain.words import AssignmentState
from movplan.formulation.build import build_model
from movplan.optimiser.columns import Pool
from movplan.planning.in_force import in_force_findings, start_solution
from movplan.screening import screen
from tests.reports.by_hand import SCENARIO as FIVE

CONVOY, FLIGHT = "MH-0414", "W5-0415"
NOTIFIED = AssignmentState.NOTIFIED


def told(
    scenario: Scenario, rides: dict[str, str], state: AssignmentState = NOTIFIED
) -> Scenario:
    rows = tuple(
        Assignment(family_id=f, departure_id=d, state=state) for f, d in rides.items()
    )
    return scenario.model_copy(update={"assignments": rows})


def test_nothing_in_force_nothing_to_report(first_convoy: Scenario) -> None:
    assert in_force_findings(first_convoy) == ()


def test_a_plan_in_force_that_holds_is_not_reported(first_convoy: Scenario) -> None:
    assert in_force_findings(told(first_convoy, {"F2": CONVOY, "F6": FLIGHT})) == ()


def test_a_plan_in_force_that_no_longer_fits_is_reported(
    first_convoy: Scenario,
) -> None:
    # 5 + 5 + 3 + 7 = 20 of 18 usable seats
    scenario = told(first_convoy, dict.fromkeys(("F1", "F2", "F3", "F4"), CONVOY))
    found = in_force_findings(scenario, screen(scenario))
    assert "vehicle_load" in {finding.rule for finding in found}
    assert all(finding.fact.startswith("plan in force: ") for finding in found)


def test_a_pin_on_one_leg_is_completed_to_a_journey() -> None:
    scenario = told(FIVE, {"F1": "CV-0505"}, AssignmentState.PINNED)
    assert in_force_findings(scenario, screen(scenario)) == ()


def start(scenario: Scenario) -> tuple[set[str], int] | None:
    """Families that keep their departures, and the persons among them."""
    model = build_model(scenario, screen(scenario), Tariffs(scenario)).model
    pool = Pool(model)
    found = start_solution(model, pool, scenario.assignments)
    if found is None:
        return None
    used = found.usage(model, pool.columns)
    rows = model.rows
    assert np.where(rows.equal, used == rows.rhs, used <= rows.rhs).all()
    moved = np.flatnonzero(found.column >= 0)
    names = {model.units.family_ids[f] for f in model.units.family[moved].tolist()}
    return names, int(model.units.persons[moved].sum())


def test_the_search_starts_with_whom_was_told(first_convoy: Scenario) -> None:
    scenario = told(first_convoy, {"F2": CONVOY, "F6": FLIGHT})
    assert start(scenario) == ({"F2", "F6"}, 5 + 4)


def test_proposals_are_a_start_too(first_convoy: Scenario) -> None:
    scenario = told(first_convoy, {"F7": FLIGHT}, AssignmentState.PROPOSED)
    assert start(scenario) == ({"F7"}, 3)


def test_the_lightest_gives_way_when_not_all_fit(first_convoy: Scenario) -> None:
    # 5 + 5 + 3 + 7 = 20 of 18 seats: values 6, 10, 4, 7. F2, F4 and F1 take 17.
    scenario = told(first_convoy, dict.fromkeys(("F1", "F2", "F3", "F4"), CONVOY))
    assert start(scenario) == ({"F1", "F2", "F4"}, 6 + 5 + 7)


def test_without_assignments_there_is_no_start(first_convoy: Scenario) -> None:
    assert start(first_convoy) is None


def test_what_is_no_longer_possible_is_no_start(first_convoy: Scenario) -> None:
    # F8's passports end before the flight
    assert start(told(first_convoy, {"F8": FLIGHT})) is None
