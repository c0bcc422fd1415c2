"""``movplan check`` on tables made by hand: what is wrong, with file and row."""

import pytest

from movplan.application.by_hand import plan_by_hand
from movplan.domain.errors import InputError
from movplan.files import digest
from movplan.files.assignments import table_of_csv
from tests.reports.by_hand import SCENARIO

HEADER = "family_id,part,leg,departure_id\n"


@pytest.fixture
def check(run, folder, tmp_path):
    """Check a table of these lines."""

    def command(*lines, header=HEADER):
        path = tmp_path / "by2.csv"
        path.write_text(header + "".join(f"{line}\n" for line in lines), "utf-8")
        return run("check", folder, path, "--json")

    return command


@pytest.fixture
def places(check):
    """Where the issues of a table stand, and what each is."""

    def found(*lines):
        ran = check(*lines)
        assert ran.code == 2
        return [
            (i["file"], i["row"], i["column"], i["value"], i["code"])
            for i in ran.document["issues"]
        ]

    return found


def test_unknown_ids_have_file_and_row(places):
    # the header is row 1
    assert places("F2,outbound,1,FL-0509", "F77,outbound,1,FL-0509", "F4,,1,ZZ") == [
        ("by2.csv", 3, "family_id", "F77", "UNKNOWN_ID"),
        ("by2.csv", 4, "departure_id", "ZZ", "UNKNOWN_ID"),
    ]


def test_a_row_twice(places):
    found = places("F2,,1,FL-0509", "F4,,1,CV-0506", "F2,,1,FL-0509")
    assert [place[:2] for place in found] == [("by2.csv", 4)]
    assert found[0][4] == "DUPLICATE_KEY"


def test_a_journey_begins_with_its_first_leg(places):
    assert places("F2,,3,FL-0509") == [("by2.csv", 2, "leg", "3", "MISSING_LEG")]


def test_a_gap_within_a_journey(check):
    ran = check("F1,,1,CV-0505", "F2,,1,FL-0509", "F1,,3,CV-0506")
    (issue,) = ran.document["issues"]
    assert (issue["row"], issue["family_id"]) == (4, "F1")
    assert issue["problem"] == "F1 (outbound) has no leg 2"
    assert issue["expected"] == "legs from 1 without gaps: 2, or a row for leg 2"


def test_a_leg_before_the_first(places):
    found = places("F1,,0,CV-0505", "F1,,1,CV-0506")
    assert found == [("by2.csv", 2, "leg", "0", "BAD_VALUE")]


def test_legs_without_gaps_are_checked(check):
    for lines in (("F1,,1,CV-0505", "F1,,2,CV-0506"), ("F1,,,CV-0505", "F1,,,CV-0506")):
        assert check(*lines).code in (0, 1)


def test_each_part_counts_by_itself():
    text = HEADER + "F1,outbound,1,CV-0505\nF1,return,2,CV-0506\n"
    with pytest.raises(InputError, match=r"h\.csv, row 3, .*\(return\) has no leg 1"):
        plan_by_hand(SCENARIO, table_of_csv(text, file="h.csv"))


def test_rows_that_are_no_rides_need_no_legs(check):
    header = "family_id,leg,departure_id,state\n"
    assert check("F1,3,CV-0505,forbidden", header=header).code in (0, 1)


def test_the_plan_is_of_the_scenario_it_was_made_for():
    table = table_of_csv(f"{HEADER}F1,outbound,1,CV-0505\n", file="h.csv")
    plan = plan_by_hand(SCENARIO, table)
    assert plan.certificate.scenario_digest == digest(SCENARIO)
