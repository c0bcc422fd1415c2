"""Facts of rows: what is needed, what is left, how much more would do."""

import pytest

from movplan.domain.scenario import Scenario
from movplan.domain.transport import Capacity
from movplan.domain.words import CapacityKind, Period, Reason
from movplan.formulation.rowbook import RowName
from movplan.planning.binding import REASONS, binding_fact, rule_of
from tests.reports.by_hand import SCENARIO

PLACES = SCENARIO.model_copy(
    update={
        "places": tuple(
            row.model_copy(update={"max_nights": 2}) for row in SCENARIO.places
        ),
        "capacities": (
            Capacity(
                capacity_id="day", place_id="herat", kind=CapacityKind.ARRIVAL, limit=9
            ),
            Capacity(
                capacity_id="each",
                place_id="herat",
                kind=CapacityKind.ARRIVAL,
                period=Period.DEPARTURE,
                limit=9,
            ),
            Capacity(
                capacity_id="beds", place_id="mashhad", kind=CapacityKind.BEDS, limit=9
            ),
            Capacity(
                capacity_id="clinic",
                place_id="mashhad",
                kind=CapacityKind.APPOINTMENT,
                limit=9,
            ),
        ),
    }
)

MORE = {
    "budget_ceiling": "EUR 100.00",
    "family_ceiling": "USD 300.00",
    "escort_cover": "one",
    "stay_limit": "one session",
}


@pytest.mark.parametrize(
    ("name", "needs", "left", "fact"),
    [
        (
            RowName("seats", "FL-0509", "0"),
            4,
            3,
            "needs 4 seats on flight FL-0509, 3 are free",
        ),
        (
            RowName("special_places", "FL-0509", "wheelchairs2"),
            1,
            0,
            "needs 1 wheelchair on flight FL-0509, none is free",
        ),
        (
            RowName("session_places", "PEC-0504"),
            4,
            1,
            "needs 4 places in session PEC-0504, 1 is free",
        ),
        (
            RowName("session_places", "clinic", "2026-05-04"),
            4,
            1,
            (
                "mashhad has room for 1 persons attending sessions on 2026-05-04, the "
                "family takes 4"
            ),
        ),
        (
            RowName("convoy_size", "CV-0506"),
            5,
            2,
            "convoy CV-0506 may take 2 persons more, the family is 5",
        ),
        (
            RowName("overnight_stop", "CV-0506", "mashhad"),
            5,
            1,
            "convoy CV-0506 has 1 beds left overnight at mashhad, the family takes 5",
        ),
        (
            RowName("convoy_staff", "CV-0506", "doctor"),
            5,
            0,
            "the doctor of convoy CV-0506 may take care of 0 more, the family is 5",
        ),
        (
            RowName("luggage", "CV-0506", "0"),
            100,
            60,
            "convoy CV-0506 has room for 60 kg of luggage, the family brings 100",
        ),
        (
            RowName("budget_ceiling", "KFW"),
            12_345,
            2_345,
            "would cost line KFW EUR 123.45, EUR 23.45 are left",
        ),
        (
            RowName("family_ceiling", "WB", "F1"),
            90_000,
            60_000,
            "its journey would cost line WB USD 900.00, which pays up to USD 600.00",
        ),
        (
            RowName("place_capacity", "day", "2026-05-06"),
            4,
            1,
            "herat has room for 1 persons (arrival) on 2026-05-06, the family takes 4",
        ),
        (
            RowName("place_capacity", "each", "CV-0506"),
            4,
            1,
            "herat has room for 1 persons (arrival) from CV-0506, the family takes 4",
        ),
        (
            RowName("place_capacity", "FL-0509", "persons aboard"),
            4,
            1,
            "flight FL-0509 may carry 1 of our people more, the family is 4",
        ),
        (
            RowName("beds", "beds", "2026-05-05"),
            4,
            1,
            "mashhad has room for 1 beds on 2026-05-05, the family takes 4",
        ),
        (
            RowName("stay_limit", "F1", "mashhad/CO-1+PEC-2/0"),
            2,
            1,
            (
                "sessions CO-1 and PEC-2 on one journey mean more than the 2 nights in"
                " a row that mashhad allows"
            ),
        ),
        (
            RowName("escort_cover", "FL-0509", "nurse/own/0"),
            1,
            0,
            "no nurse is free for FL-0509",
        ),
        (
            RowName("escort_cover", "FL-0509", "operational/shared/0"),
            1,
            0,
            "no operational escort is free for FL-0509",
        ),
    ],
)
def test_facts(name: RowName, needs: int, left: int, fact: str) -> None:
    said, _, change = binding_fact(PLACES, name, needs, left).partition("; ")
    assert said == fact
    assert change == f"{MORE.get(name.rule, needs - left)} more would do"


def test_every_row_that_may_bind_has_words() -> None:
    scenario: Scenario = PLACES
    subjects = {"place_capacity": "day", "beds": "beds"}
    details = {"stay_limit": "mashhad/CO-1+PEC-2/0"}
    for rule in REASONS.keys() - {"step_order"}:
        name = RowName(rule, subjects.get(rule, "WB"), details.get(rule, ""))
        assert "more would do" in binding_fact(scenario, name, 2, 1)


def test_rows_keep_the_rule_they_are_named_after() -> None:
    assert rule_of(RowName("fleet", "CV-0506", "bus")) == "vehicle_load"
    assert rule_of(RowName("seats", "FL-0509", "0")) == "seats"
    assert REASONS["family_ceiling"] is Reason.FAMILY_CEILING
