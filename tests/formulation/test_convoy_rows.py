"""Rows of whole convoys, with the arithmetic of the small mission.

C1 may carry RA1 (3 persons), RA2 (2, one of them on a lap) and RA3 (2, one of them on
a stretcher): P = 7 at most, who take 6 places of MINI (5 usable seats) and AMB (2 seats
and a stretcher).
"""

from collections.abc import Callable

import pytest

from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import EscortRole
from movplan.formulation.model import Model
from tests.checks.broken.scenes import two_days
from tests.checks.broken.tools import both, row, rule_value
from tests.checks.mission import PLAN
from tests.checks.world import SCENARIO
from tests.formulation.fixed import model_of

Change = Callable[[Scenario, Plan], tuple[Scenario, Plan]]


def model_with(change: Change) -> Model:
    return model_of(change(SCENARIO, PLAN)[0])


def rows_of(model: Model, rule: str, departure_id: str = "C1") -> dict[str, int]:
    """Right-hand sides by detail."""
    return {
        name.detail: int(rhs)
        for name, rhs in zip(model.rows.names, model.rows.rhs, strict=True)
        if name.rule == rule and name.subject == departure_id
    }


def given(model: Model, rule: str, detail: str) -> dict[str, int]:
    """What one more of each plant column gives to a row, the most of its kind."""
    names = [(n.rule, n.subject, n.detail) for n in model.rows.names]
    column = model.plant.matrix.toarray()[:, names.index((rule, "C1", detail))]
    return {
        f"{name.kind} {name.subject} {name.detail}": -int(value)
        for name, value in zip(model.plant.names, column, strict=True)
        if value
    }


@pytest.mark.parametrize(("most", "rows"), [(7, {}), (6, {"": 6})])
def test_size_has_a_row_where_more_could_come(most: int, rows: dict[str, int]) -> None:
    model = model_with(rule_value("convoy_max_persons", most))
    assert rows_of(model, "convoy_size") == rows


def test_size_counts_no_more_than_the_vehicles_take() -> None:
    # without the minibus: two seats and a stretcher, so RA3 or some of the others
    change = both(
        row("departure_vehicles", "C1/MINI", max_vehicles=0),
        rule_value("convoy_max_persons", 5),
    )
    assert rows_of(model_with(change), "convoy_size") == {}


def test_staff_of_two_kinds() -> None:
    # 7 persons, 3 per escort: 3 needed; 1 stands by, so 3 x 1 on the right
    change = both(
        row("departures", "C1", standing_staff=(EscortRole.OPERATIONAL,)),
        rule_value("persons_per_operational_escort", 3),
        rule_value("nurse_up_to_persons", 4),
    )
    model = model_with(change)
    assert rows_of(model, "convoy_staff") == {
        "operational": 3,
        "nurse or doctor": 0,
        "doctor": 4,
    }
    # no operational escort in the mission; a nurse stands for all 7
    assert given(model, "convoy_staff", "operational") == {}
    nurses = given(model, "convoy_staff", "nurse or doctor")
    assert set(nurses.values()) == {7}
    assert all("convoy/C1:0-2" in name for name in nurses)


def test_standing_staff_that_is_enough_has_no_rows() -> None:
    assert rows_of(model_of(SCENARIO), "convoy_staff") == {}


def test_an_ambulance_hired_or_standing_by() -> None:
    model = model_with(rule_value("persons_per_ambulance", 600))
    assert rows_of(model, "convoy_ambulance") == {"": 0}
    assert given(model, "convoy_ambulance", "") == {"hire C1 AMB": 600}
    model = model_with(row("departures", "C1", standing_ambulances=1))
    assert rows_of(model, "convoy_ambulance") == {}


def test_luggage_counts_where_bags_may_outgrow_seats() -> None:
    model = model_of(SCENARIO)
    assert set(rows_of(model, "luggage")) == {"0", "1"}
    # a truck in the price takes whatever the vehicles lack
    model = model_with(row("departures", "C1", standing_luggage_kg=5_000))
    assert rows_of(model, "luggage") == {}


@pytest.mark.parametrize(("beds", "rows"), [(7, {}), (6, {"DOGHAROUN": 6})])
def test_beds_of_an_overnight_stop(beds: int, rows: dict[str, int]) -> None:
    change = both(two_days, row("departure_stops", "C1/1", beds=beds))
    assert rows_of(model_with(change), "overnight_stop") == rows
    assert rows_of(model_of(SCENARIO), "overnight_stop") == {}
