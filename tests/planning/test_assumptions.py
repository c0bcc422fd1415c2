"""What a certificate says nobody of the mission has confirmed."""

from datetime import date
from pathlib import Path

from movplan.domain.words import DatePrecision
from movplan.files import read_scenario
from movplan.planning import Limits, plan_scenario
from movplan.planning.assumptions import assumptions


def test_travellers_whose_day_of_birth_is_not_known_are_counted() -> None:
    """PARENTS-1 by year, TIE-A-1 and TIE-A-2 by month; UNSIGNED-1 stays at home."""
    scenario = read_scenario(Path("scenarios/rules-family"))
    known = {
        "PARENTS-1": DatePrecision.YEAR,
        "TIE-A-1": DatePrecision.MONTH,
        "TIE-A-2": DatePrecision.MONTH,
        "UNSIGNED-1": DatePrecision.YEAR,
    }
    members = tuple(
        row.model_copy(
            update={
                "birth_date": date(1980, 10, 1),
                "birth_precision": known[row.member_id],
            }
        )
        if row.member_id in known
        else row
        for row in scenario.members
    )
    uncertain = scenario.model_copy(update={"members": members})
    plan = plan_scenario(uncertain, Limits(effort=1)).plan

    said = {
        row.what: row.value
        for row in assumptions(uncertain, plan)
        if row.what.startswith("births")
    }
    assert said == {
        "births known by month only": "2 travellers",
        "births known by year only": "1 traveller",
    }
    assert not [row for row in assumptions(scenario, plan) if "births" in row.what]
