"""Families with errors are set aside; the others are planned."""

from pathlib import Path

import pytest

from movplan.domain.errors import InputError
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.words import Reason
from movplan.files import read_scenario, read_scenario_setting_aside, write_folder
from tests.domain.mission import mission


def with_companions() -> Scenario:
    """F3 travels with F1; F4 with F3; F2 alone."""
    alone = mission().families[1]

    def family(name: str, *others: str) -> Family:
        update = {"family_id": name, "travels_with": others, "persons": 4}
        return alone.model_copy(update=update)

    more = (family("F3", "F1"), family("F4", "F3"))
    return mission().model_copy(update={"families": (*mission().families, *more)})


def written(tmp_path: Path, old: str, new: str, table: str) -> Path:
    write_folder(with_companions(), tmp_path)
    path = tmp_path / f"{table}.csv"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    return tmp_path


@pytest.mark.parametrize(
    ("table", "old", "new", "persons"),
    [
        ("families", "F1,AVRR,2", "F1,AVRR,two", None),
        ("families", "F1,AVRR,2", "F1,AVRX,2", 2),
        ("families", "F1,AVRR,2", "F1,AVRR,3", 3),
        ("members", "1990-03-01", "1990-02-30", 2),
        ("medical", "2026-04-01", "1405-01-12", 2),
        ("documents", "exit_permit", "exit", 2),
    ],
)
def test_a_family_goes_with_everything_that_is_its(tmp_path, table, old, new, persons):
    folder = written(tmp_path, old, new, table)
    with pytest.raises(InputError):
        read_scenario(folder)
    scenario, issues, aside = read_scenario_setting_aside(folder)

    assert [f.family_id for f in scenario.families] == ["F2"]
    assert (scenario.members, scenario.medical, scenario.documents) == ((), (), ())
    assert len(scenario.assignments) == 1
    first = aside[0]
    assert (first.family_id, first.reason) == ("F1", Reason.DATA_ERROR)
    assert first.persons == persons
    assert any(f"{table}.csv, row" in fact for fact in first.facts)
    assert any(issue.severity == "error" for issue in issues)


def test_companions_stay_together(tmp_path):
    folder = written(tmp_path, "F1,AVRR,2", "F1,AVRR,3", "families")
    _, _, aside = read_scenario_setting_aside(folder)

    assert [(a.family_id, a.reason, a.persons) for a in aside] == [
        ("F1", Reason.DATA_ERROR, 3),
        ("F3", Reason.COMPANION_LEFT_OUT, 4),
        ("F4", Reason.COMPANION_LEFT_OUT, 4),
    ]
    assert aside[2].facts == ("travels with F3, set aside",)


def test_an_assignment_is_its_familys(tmp_path):
    folder = written(tmp_path, "F2,CV1", "F2,CV7", "assignments")
    scenario, _, aside = read_scenario_setting_aside(folder)

    assert [a.family_id for a in aside] == ["F2"]
    assert scenario.assignments == ()


def test_other_errors_still_stop(tmp_path):
    folder = written(tmp_path, "FL1,flight", "FL1,fleight", "departures")

    with pytest.raises(InputError, match="row 3, column kind"):
        read_scenario_setting_aside(folder)


def test_without_errors_nobody_is_set_aside(tmp_path):
    write_folder(mission(), tmp_path)
    scenario, issues, aside = read_scenario_setting_aside(tmp_path)

    assert (scenario, issues, aside) == (read_scenario(tmp_path), (), ())


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ("members", {"member_id": "M9", "family_id": "F9", "birth_date": "1990-03-01"}),
        ("assignments", {"family_id": "F9", "departure_id": "CV1"}),
        ("documents", {"member_id": "M9", "document_type": "exit_permit"}),
    ],
)
def test_rows_of_no_family_stop_everything(tmp_path, table, cells):
    """Whose they are is not known: any family may lack them."""
    write_folder(mission(), tmp_path)
    path = tmp_path / f"{table}.csv"
    header = path.read_text("utf-8").splitlines()[0].split(",")
    with path.open("a", encoding="utf-8") as file:
        file.write(",".join(cells.get(column, "") for column in header) + "\n")
    with pytest.raises(InputError) as caught:
        read_scenario_setting_aside(tmp_path)

    (issue,) = [i for i in caught.value.issues if i.severity == "error"]
    assert (issue.table, issue.problem) == (table, "is not an id that exists")


def test_a_fact_is_said_once(tmp_path):
    write_folder(mission(), tmp_path)
    path = tmp_path / "documents.csv"
    header, row, *_ = path.read_text("utf-8").splitlines()
    row = row.replace("exit_permit", "exit")
    path.write_text("\n".join((header, row, row)) + "\n", "utf-8")
    _, _, aside = read_scenario_setting_aside(tmp_path)

    facts = aside[0].facts
    assert len(facts) == len(set(facts)) == 2
