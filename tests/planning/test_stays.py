"""Rule ``stay_limit`` over several appointments: sessions that are short one by one.

C12 leaves TOWN on 12 May at 02:30 UTC (06:00 there). CLINIC takes people for two nights
in a row. Orientation is there from the 8th to the 10th (nights of the 8th and 9th), the
check on the 10th (nights of the 10th and 11th, until the convoy): two nights each, four
in a row together.
"""

from movplan.checks import run_checks
from movplan.domain.budgets import BudgetLine
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import Reason
from movplan.planning import Limits, draft_plan
from movplan.screening import screen
from tests.screening.mission import BASE, MEMBERS, changed, refusal, with_programme
from tests.screening.rules import ruled
from tests.screening.test_appointments import CO, PEC, session

RULE = "stay_limit"
LIMITS = Limits(effort=5, seed=1)
ORIENTATION = session(CO, "08 06:00", "10 04:00", place_id="CLINIC")
CHECK = session(PEC, "10 09:00", "10 10:00", place_id="CLINIC")
# 200.00 for two, where two nights and four drives cost less.
DEAR = session(
    PEC, "10 08:00", "10 09:00", session_id="PEC-TOWN", price_per_person_cents=10_000
)


def mission(*checks: object, nights: int = 2) -> Scenario:
    """Only C12, without staff; orientation may end 24 hours before."""
    places = tuple(
        row.model_copy(update={"max_nights": nights})
        if row.place_id == "CLINIC"
        else row
        for row in BASE.places
    )
    base = changed(
        places=places,
        departures=BASE.departures[1:2],
        departure_vehicles=BASE.departure_vehicles[1:2],
        sessions=(ORIENTATION, *checks),
        budget_lines=(BudgetLine(budget_line_id="L", donor="D", currency="USD"),),
    )
    base = with_programme(base, required_steps=(CO, PEC))
    return ruled(
        base,
        co_hours_min=24,
        persons_per_operational_escort=0,
        nurse_up_to_persons=0,
        persons_per_ambulance=0,
    )


def attended(plan: Plan) -> set[str]:
    return {leg.session_id for leg in plan.schedule if leg.session_id}


def broken(scenario: Scenario, plan: Plan) -> list[str]:
    return [v.fact for v in run_checks(scenario, plan).violations if v.rule == RULE]


def test_another_session_is_chosen_where_two_together_are_too_long() -> None:
    scenario = mission(CHECK, DEAR)
    plan = draft_plan(scenario, LIMITS)

    assert attended(plan) == {"CO-08", "PEC-TOWN"}
    assert broken(scenario, plan) == []


def test_without_the_rule_the_checks_name_it() -> None:
    scenario = mission(CHECK, DEAR)
    plan = draft_plan(scenario, LIMITS, without=frozenset({RULE}))

    assert attended(plan) == {"CO-08", "PEC-10"}
    assert broken(scenario, plan) == [
        "F1 outbound: 4 nights at CLINIC from 2026-05-08, at most 2"
    ]


def test_two_groups_in_the_same_session_are_one_stay() -> None:
    """Each speaks a language of its own; both sleep there on the 8th and the 9th."""
    speaking = tuple(
        member.model_copy(update={"language": language})
        for member, language in zip(MEMBERS, ("dari", "pashto"), strict=True)
    )
    scenario = changed(base=mission(CHECK, DEAR), members=speaking)
    plan = draft_plan(scenario, LIMITS)

    assert attended(plan) == {"CO-08", "PEC-TOWN"}
    assert run_checks(scenario, plan).broken_rules == frozenset()


def test_four_nights_are_four_nights() -> None:
    scenario = mission(CHECK, DEAR, nights=4)
    plan = draft_plan(scenario, LIMITS)

    assert attended(plan) == {"CO-08", "PEC-10"}
    assert broken(scenario, plan) == []


def test_without_another_session_the_family_is_refused() -> None:
    scenario = mission(CHECK)
    found = refusal(scenario)

    assert (found.reason, found.rule) == (Reason.STAY_TOO_LONG, RULE)
    assert found.fact == (
        "all sessions in time mean more than the 2 nights in a row that CLINIC allows; "
        "one nearer to the departure or elsewhere, or more nights there (max_nights), "
        "would do, last departure otherwise possible 2026-05-12 (C12)"
    )
    assert screen(scenario, without=frozenset({RULE})).refusals == ()
