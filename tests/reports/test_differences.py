"""What a new plan changes for families of the plan before."""

from movplan.reports.differences import differences_table
from tests.reports.by_hand import PLAN

WITHOUT_F2 = PLAN.model_copy(
    update={"schedule": tuple(leg for leg in PLAN.schedule if leg.family_id != "F2")}
)


def test_the_same_plan_changes_nothing():
    table = differences_table(PLAN, PLAN)
    assert table.rows == ()
    assert table.note == "3 of 3 families keep their departures."


def test_a_family_that_stays_now():
    table = differences_table(PLAN, WITHOUT_F2)
    assert table.rows == (("F2", "Sat 9 May 10:00 FL-0509", "stays", ""),)
    assert table.note == "2 of 3 families keep their departures."


def test_a_family_that_travels_now():
    (row,) = differences_table(WITHOUT_F2, PLAN).rows
    assert row[:3] == ("F2", "stays", "Sat 9 May 10:00 FL-0509")
