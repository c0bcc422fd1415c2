"""The tables of the plan made by hand (its arithmetic: ``by_hand``)."""

from datetime import date

from movplan.costing.groups import By
from movplan.domain.plan import Deadline
from movplan.domain.words import AssignmentState, Reason, SubjectKind
from movplan.reports import costs, summary
from movplan.reports.deadlines import deadlines_table
from movplan.reports.departures import departures_table
from movplan.reports.draws import draws
from movplan.reports.escorts import escorts_table
from movplan.reports.families import families_table, known_as, left_out_table
from movplan.reports.journeys import journeys, persons_moved
from movplan.reports.reasons import REASON_TEXT
from tests.reports.by_hand import PLAN, SCENARIO


def rows_by_first(table):
    """The rows of a table by their first cell."""
    return {row[0]: row[1:] for row in table.rows}


def test_headline_counts_persons_and_families():
    # 3 + 1 + 4 = 8 of 14 persons
    assert summary.headline(PLAN) == "8 of 14 persons travel (3 of 5 families)."


def test_persons_moved_by_family():
    assert persons_moved(PLAN) == {"F1": 3, "F3": 4, "F2": 1}


def test_moved_per_programme():
    rows = rows_by_first(summary.moved_table(PLAN, SCENARIO))
    # AVRR: F1 and F3 of F1, F3, F4; RQA: F2 of F2, F5
    assert rows["AVRR"][:4] == ("7", "11", "2", "3")
    assert rows["RQA"][:4] == ("1", "3", "1", "2")
    assert rows["all"][:4] == ("8", "14", "3", "5")


def test_without_the_scenario_programmes_are_not_guessed():
    rows = rows_by_first(summary.moved_table(PLAN, None))
    assert list(rows) == ["all families"]


def test_levels_show_value_bound_and_gap():
    moved, cost = summary.levels_table(PLAN).rows
    assert moved[1:] == ("moved", "most", "8.00", "14.00", "42.858 %", "no")
    assert cost[3:] == ("USD 1,482.50", "USD 1,482.50", "0.000 %", "yes")


def test_nested_lines_draw_on_their_parents():
    drawn = {
        draw.line.budget_line_id: draw.drawn_cents for draw in draws(SCENARIO, PLAN)
    }
    # KFW: 20000 + 1400 overhead EUR; EU in USD: 25000 + 1750
    assert drawn == {"WB": 121_500, "KFW": 21_400, "EU": 26_750}


def test_budget_lines_against_their_ceilings():
    rows = rows_by_first(costs.by_line(PLAN, SCENARIO))
    assert rows["KFW"][1:4] == ("EUR 214.00", "EUR 428.00", "EUR 214.00")
    assert rows["KFW"][-1] == "50 %"
    assert rows["EU"][2] == "no ceiling"


def test_costs_by_category_sum_to_the_total():
    rows = rows_by_first(costs.by_category(PLAN))
    assert rows["vehicle"][0] == "USD 900.00"
    assert rows["all"][0] == "USD 1,482.50"


def test_costs_by_programme_share_the_bus():
    rows = rows_by_first(costs.costs_by(PLAN, SCENARIO, By.PROGRAMME))
    # AVRR: bus and night; RQA: fare, overhead and the nurse with her fare
    assert rows["AVRR"][0] == "USD 915.00"
    assert rows["RQA"][0] == "USD 567.50"
    assert rows["all"][0] == "USD 1,482.50"


def test_estimated_share_stands_under_the_costs():
    # 51750 of 148250: 34.9 %
    assert costs.by_category(PLAN).note.startswith("34 %")


def test_a_journey_reads_from_door_to_door():
    first = journeys(PLAN)[0]
    assert (first.family_id, first.places) == ("F1", ("tehran", "mashhad", "herat"))
    assert first.nights == 1
    row = families_table(PLAN).rows[0]
    assert row[3:6] == (
        "tehran > mashhad > herat",
        "Tue 5 May 08:00",
        "Wed 6 May 17:00",
    )


def test_the_scenario_gives_places_their_names():
    row = families_table(PLAN, SCENARIO).rows[0]
    assert row[3] == "Tehran > Mashhad > Herat"
    assert escorts_table(PLAN, SCENARIO).rows[0][3] == "Tehran > Herat"


def test_what_is_true_of_every_journey_is_said_once():
    """All are outbound and proposed; one that is notified makes the state a column."""
    table = families_table(PLAN)
    assert {(row[1], row[-1]) for row in table.rows} == {("", "")}
    assert table.note == "All of them proposed."

    first = PLAN.schedule[0].family_id
    told = tuple(
        leg.model_copy(update={"state": AssignmentState.NOTIFIED})
        if leg.family_id == first
        else leg
        for leg in PLAN.schedule
    )
    table = families_table(PLAN.model_copy(update={"schedule": told}))
    assert {row[-1] for row in table.rows} == {"notified", "proposed"}
    assert table.note == ""


def test_a_family_is_known_by_its_cases_and_elsewhere():
    assert known_as("F1", ("C1", "C2"), "M-7") == "F1 C1 C2 M-7"


def test_departures_show_load_and_vehicles():
    table = departures_table(PLAN, SCENARIO)
    rows = rows_by_first(table)
    assert rows["CV-0506"][:6] == (
        "Wed 6 May 07:00",
        "Mashhad > Herat",
        "candidate",
        "2",
        "7",
        "7 of 8",
    )
    assert rows["CV-0506"][-1] == "minibus#1 7/8"
    assert rows["FL-0509"][-1] == "M1"
    assert table.note == "Not run: 1 departure."


def test_departure_times_are_found_without_the_scenario():
    with_it = departures_table(PLAN, SCENARIO).rows
    without = departures_table(PLAN).rows
    assert [row[:2] for row in without] == [row[:2] for row in with_it]
    assert [row[2] for row in without] == [row[2].lower() for row in with_it]


def test_missions_say_when_the_escort_is_free():
    row = rows_by_first(escorts_table(PLAN))["M1"]
    assert row[:4] == ("N1", "nurse (shared)", "tehran > herat", "F2")
    assert row[-2] == "Mon 11 May 14:00"


def test_missions_say_what_they_cost():
    # two days at USD 25.00 and a fare of EUR 200.00, USD 250.00
    assert escorts_table(PLAN).rows[0][-1] == "USD 300.00"


def test_left_out_families_have_the_binding_fact():
    rows = rows_by_first(left_out_table(PLAN))
    assert rows["F4"][2].startswith("1 of 8 seats is left")
    assert rows["F5"][-1] == "no, lapses Tue 30 Jun 2026"
    assert rows["F4"][-1] == "yes"


def test_reasons_are_counted_in_persons():
    rows = {row[1]: row[2:] for row in summary.reasons_table(PLAN).rows}
    assert rows["VEHICLES_FULL"] == ("1", "4", "1")
    assert rows["MEDICAL_HOLD"] == ("1", "2", "0")


def test_every_reason_has_words():
    assert set(REASON_TEXT) == set(Reason)


def test_deadlines_name_the_subject():
    assert deadlines_table(PLAN).rows == (
        ("Sat 2 May 2026", "names due", "departure FL-0509", ""),
    )


def test_members_of_whom_the_same_is_asked_share_a_row():
    """Two of three need the visa for the same day, one for another."""
    act = {"on": date(2026, 5, 2), "what": "apply for visa"}
    due = [
        Deadline(**act, subject_kind=SubjectKind.FAMILY, subject_id="F1", detail=detail)
        for detail in (
            "member M1, needed 2026-05-12",
            "member M2, needed 2026-05-13",
            "member M3, needed 2026-05-12",
        )
    ]
    table = deadlines_table(PLAN.model_copy(update={"deadlines": tuple(due)}))
    assert [row[3] for row in table.rows] == [
        "members M1, M3, needed 2026-05-12",
        "member M2, needed 2026-05-13",
    ]


def test_costs_of_no_departure_are_called_so():
    """The bus is the second convoy's; F1's night and the nurse are no departure's."""
    rows = rows_by_first(costs.costs_by(PLAN, SCENARIO, By.DEPARTURE))
    assert rows["CV-0506"][0] == "USD 900.00"
    assert "of no departure alone" in rows


def test_the_verdict_says_why_the_search_stopped():
    words = summary.verdict(PLAN)
    assert "time limit" in words
    assert "1 rule checked, none broken; ledger to the cent" in words
    assert "second run may give another plan" in words
