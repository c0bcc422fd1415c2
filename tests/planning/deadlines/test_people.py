"""Deadlines of patients, arrivals, notes and sessions."""

from datetime import UTC, date

import pytest

from movplan.domain.assignments import Assignment
from movplan.domain.budgets import BudgetLine
from movplan.domain.escorts import Session
from movplan.domain.people import Medical
from movplan.domain.plan import Charge, Leg
from movplan.domain.rules import RuleOverride, default_rules
from movplan.domain.transport import Capacity, Closure
from movplan.domain.words import (
    AssignmentState,
    CapacityKind,
    CostCategory,
    DocumentState,
    LegKind,
    LineKind,
    Need,
    SessionKind,
    SubjectKind,
)
from movplan.planning.deadlines import find_deadlines
from tests.planning.deadlines.story import (
    CHILD,
    MOTHER,
    SCENARIO,
    SCHEDULE,
    TEHRAN,
    at,
    dates,
    deadlines,
)

ON_F1 = Assignment(
    family_id="F", leg=2, departure_id="F1", state=AssignmentState.NOTIFIED
)


def with_mother(**fields: object) -> dict[str, object]:
    return {"members": (MOTHER.model_copy(update=fields), CHILD)}


def test_an_airline_is_asked_and_told() -> None:
    """Flight at 01:00 on 13 May: asked 5 days before, told 48 hours before."""
    what = dates(deadlines(**with_mother(needs=(Need.OXYG,))))
    assert what == {
        "ask for airline clearance": "05-08",
        "announce special needs": "05-11",
    }


def test_a_clearance_in_hand_is_not_asked_for() -> None:
    cleared = Medical(member_id="m", airline_clearance_until=date(2026, 6, 1))
    changes = {**with_mother(needs=(Need.STCR,)), "medical": (cleared,)}
    assert dates(deadlines(**changes)) == {"announce special needs": "05-11"}


def test_on_the_manifest_the_airline_knows() -> None:
    changes = {**with_mother(needs=(Need.MEDA,)), "assignments": (ON_F1,)}
    assert dates(deadlines(**changes)) == {"ask for airline clearance": "05-08"}


def test_a_wheelchair_needs_no_announcement() -> None:
    assert dates(deadlines(**with_mother(needs=(Need.WCHC,)))) == {}


@pytest.mark.parametrize(
    ("weeks", "multiple", "asked"),
    [(27, False, False), (28, False, True), (23, True, False), (24, True, True)],
)
def test_a_certificate_from_the_week_the_airline_says(
    weeks: int, multiple: bool, asked: bool
) -> None:
    """As of 12 May the flight of the 13th is in the same week; twins 28 - 4 = 24."""
    fields = {"pregnancy_weeks": weeks, "pregnancy_as_of": date(2026, 5, 12)}
    found = dates(deadlines(**with_mother(**fields, pregnancy_multiple=multiple)))
    # 13 May - 7 days
    assert found == ({"get fit-to-fly certificate": "05-06"} if asked else {})


def test_weeks_go_by() -> None:
    """26 weeks on 29 April: 14 days later, on 13 May, 28."""
    fields = {"pregnancy_weeks": 26, "pregnancy_as_of": date(2026, 4, 29)}
    (found,) = (d for d in deadlines(**with_mother(**fields)) if d.subject_id == "F")
    assert "week 28: not older than 7 days" in found.detail


def test_values_of_the_carrier() -> None:
    """TK here asks from week 20 on, not older than 3 days: 13 - 3 = 10 May."""
    rules = tuple(
        default_rules()[name].model_copy(
            update={"overrides": (RuleOverride(carrier="TK", value=value),)}
        )
        for name, value in (
            ("pregnancy_certificate_week", 20),
            ("pregnancy_certificate_days", 3),
        )
    )
    fields = {"pregnancy_weeks": 20, "pregnancy_as_of": date(2026, 5, 12)}
    found = dates(deadlines(**with_mother(**fields), rules=rules))
    assert found == {"get fit-to-fly certificate": "05-10"}


def arrival(place_id: str, days: int) -> Capacity:
    return Capacity(
        capacity_id=place_id,
        place_id=place_id,
        kind=CapacityKind.ARRIVAL,
        limit=9,
        notice_working_days=days,
    )


def test_notice_counts_working_days_back() -> None:
    """Arrival in Ankara on Wednesday 13 May; 5 working days: 13, 12, 11, 8, 7: sent 6.

    No public holiday of Turkey falls on these dates (1 May is before, 19 May after).
    """
    what = dates(deadlines(capacities=(arrival("ANK", 5),)))
    assert what == {"send notice of arrival": "05-06"}


def test_a_closed_day_is_no_working_day() -> None:
    """Ankara's office is closed on Monday 11 May: one working day more to go back."""
    monday = date(2026, 5, 11)
    shut = Closure(
        closure_id="office", place_id="ANK", date_from=monday, date_to=monday
    )
    what = dates(deadlines(capacities=(arrival("ANK", 5),), closures=(shut,)))
    assert what == {"send notice of arrival": "05-05"}


def test_programme_and_destination_may_ask_for_notice_too() -> None:
    """Five working days as above; a row that asks for six goes before, one less not."""
    asked = default_rules()["arrival_notice_working_days"].model_copy(
        update={"overrides": (RuleOverride(destination="TR", value=5),)}
    )
    for rows, sent in (((), "05-06"), ((6,), "05-05"), ((4,), "05-06")):
        capacities = tuple(arrival("ANK", days) for days in rows)
        what = dates(deadlines(capacities=capacities, rules=(asked,)))
        assert what == {"send notice of arrival": sent}


def test_no_notice_for_those_announced() -> None:
    """Ankara is reached by road, so the last ride's manifest counts."""
    rows = (arrival("ANK", 5),)
    assert dates(deadlines(capacities=rows, assignments=(ON_F1,))) == {}


LOAN = BudgetLine(
    budget_line_id="LOAN", donor="fund", currency="USD", kind=LineKind.LOAN
)
FARE = Charge(
    subject_kind=SubjectKind.FAMILY,
    subject_id="F",
    category=CostCategory.FARE,
    item="outbound/2/F1",
    on=date(2026, 5, 13),
    budget_line_id="LOAN",
    currency="USD",
    amount_cents=100,
    line_cents=100,
    reporting_cents=100,
)


@pytest.mark.parametrize(
    ("note", "ledger", "signs"),
    [
        (DocumentState.TO_OBTAIN, (FARE,), True),
        (DocumentState.TO_OBTAIN, (), False),
        (DocumentState.HELD, (FARE,), False),
    ],
)
def test_a_note_is_signed_the_day_before_leaving(
    note: DocumentState, ledger: tuple[Charge, ...], signs: bool
) -> None:
    """The mother signs on 11 May, the child of 10 does not."""
    (family,) = SCENARIO.families
    signing = family.model_copy(update={"promissory_note": note})
    scenario = SCENARIO.model_copy(
        update={"families": (signing,), "budget_lines": (LOAN,)}
    )
    found = find_deadlines(scenario, SCHEDULE, ledger, ())
    rows = [(d.on.day, d.detail) for d in found if d.what == "sign promissory note"]
    assert rows == ([(11, "member m, loan of LOAN")] if signs else [])


def test_a_session_is_attended_on_its_day() -> None:
    """At 02:00 in Mashhad it is still 4 May in UTC."""
    session = Session(
        session_id="S1",
        kind=SessionKind.CULTURAL_ORIENTATION,
        place_id="MHD",
        starts=at(5, 2, TEHRAN).astimezone(UTC),
        ends=at(5, 8, TEHRAN),
        places=9,
        currency="USD",
    )
    leg = Leg(
        family_id="F",
        sequence=1,
        kind=LegKind.APPOINTMENT,
        session_id="S1",
        from_place="MHD",
        to_place="MHD",
        departs=session.starts,
        arrives=session.ends,
        persons=1,
    )
    scenario = SCENARIO.model_copy(update={"sessions": (session,)})
    found = find_deadlines(scenario, (leg, *SCHEDULE), (), ())
    (row,) = (d for d in found if d.subject_id == "F")
    assert (row.on, row.what) == (date(2026, 5, 5), "attend CO")
    assert row.detail == "1 person, S1 at MHD from 02:00"
