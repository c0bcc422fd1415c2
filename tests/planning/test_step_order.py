"""Rule ``step_order`` over choices of sessions: rows, where places run out.

C19 leaves TOWN on 19 May. Documents are seen to on the 2nd and the 6th of May (ten days
ahead), orientation is on the 4th and the 8th (four): after the step of the 6th only the
one of the 8th is in order.
"""

import pytest

from movplan.checks import run_checks
from movplan.domain.budgets import BudgetLine
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import Reason
from movplan.formulation.rowbook import RowName
from movplan.planning import Limits, draft_plan
from movplan.planning.binding import binding_fact
from movplan.screening import screen
from tests.screening.mission import BASE, FAMILY, MEMBERS, changed, with_programme
from tests.screening.rules import ruled
from tests.screening.test_appointments import PEC, session
from tests.screening.test_papers import CO, DOC

RULE = "step_order"
LIMITS = Limits(effort=5, seed=1)
LINES = (BudgetLine(budget_line_id="L", donor="D", currency="USD"),)


def mission(
    *, early_doc: int = 0, late_co: int = 0, languages: bool = False
) -> Scenario:
    """What the sooner document step and the later orientation cost a person (cents)."""
    sessions = (
        session(DOC, "02 09:00", "02 10:00", price_per_person_cents=early_doc),
        session(DOC, "06 09:00", "06 10:00"),
        session(CO, "04 09:00", "04 10:00"),
        session(CO, "08 09:00", "08 10:00", price_per_person_cents=late_co),
    )
    members = MEMBERS
    if languages:
        members = tuple(
            row.model_copy(update={"language": language})
            for row, language in zip(MEMBERS, ("dari", "pashto"), strict=True)
        )
    base = changed(
        departures=BASE.departures[2:],
        departure_vehicles=BASE.departure_vehicles[2:],
        sessions=sessions,
        members=members,
        budget_lines=LINES,
    )
    return ruled(
        with_programme(base, required_steps=(DOC, CO)),
        persons_per_operational_escort=0,
        nurse_up_to_persons=0,
        persons_per_ambulance=0,
    )


def attended(plan: Plan) -> set[str]:
    return {leg.session_id for leg in plan.schedule if leg.session_id}


# Both dear ones out of order with one another: 6 May and 4 May would be the cheapest.
@pytest.mark.parametrize(
    ("early_doc", "late_co", "chosen"),
    [(500, 400, {"DOC-06", "CO-08"}), (400, 500, {"DOC-02", "CO-04"})],
)
@pytest.mark.parametrize("languages", [False, True])
def test_the_cheapest_sessions_in_order_are_attended(
    early_doc: int, late_co: int, chosen: set[str], *, languages: bool
) -> None:
    scenario = mission(early_doc=early_doc, late_co=late_co, languages=languages)
    plan = draft_plan(scenario, LIMITS)

    assert attended(plan) == chosen
    assert run_checks(scenario, plan).broken_rules == frozenset()


def test_groups_that_share_a_session_are_two_rows_of_the_schedule() -> None:
    """Dari and Pashto speakers, one each, in the orientation all understand."""
    plan = draft_plan(mission(early_doc=500, late_co=400, languages=True), LIMITS)

    assert [leg.persons for leg in plan.schedule if leg.session_id == "CO-08"] == [1, 1]
    charged = [row.item for row in plan.ledger if "CO-08" in row.item]
    assert charged == ["session/CO-08", "session/CO-08#2"]


def test_without_the_rule_the_checks_name_both_sessions() -> None:
    scenario = mission(early_doc=500, late_co=400)
    plan = draft_plan(scenario, LIMITS, without=frozenset({RULE}))

    assert attended(plan) == {"DOC-06", "CO-04"}
    (fact,) = (v.fact for v in run_checks(scenario, plan).violations if v.rule == RULE)
    assert fact == (
        "F1 outbound: DOC comes before CO, but CO-04 begins 2026-05-04 12:30, "
        "before DOC-06 ends 2026-05-06 13:30"
    )


def test_who_stays_is_told_what_is_full_and_not_the_order_of_the_cheapest() -> None:
    """One bus of four for three families of two; the cheapest two are out of order."""
    base = mission(early_doc=500, late_co=400)
    bus = base.vehicle_types[0].model_copy(update={"seats": 4})
    fleet = base.departure_vehicles[0].model_copy(update={"max_vehicles": 1})
    scenario = changed(
        base=base,
        families=tuple(
            FAMILY.model_copy(update={"family_id": name}) for name in ("F1", "F2", "F3")
        ),
        members=(),
        vehicle_types=(bus,),
        departure_vehicles=(fleet,),
    )
    (left,) = draft_plan(scenario, LIMITS).left_out

    assert (left.reason, left.rule) == (Reason.VEHICLES_FULL, "vehicle_load")
    assert left.fact == (
        "needs 2 seats on convoy C19, none is free; 2 more would do, to depart "
        "2026-05-19 (C19)"
    )


def test_a_row_in_an_officers_words() -> None:
    name = RowName(RULE, "F1", "DOC-06/CO-04")
    assert binding_fact(mission(), name, 2, 1) == (
        "DOC comes before CO, but DOC-06 ends 2026-05-06 13:30 and CO-04 begins "
        "2026-05-04 12:30; room in a CO session from 2026-05-06 13:30 on or in a DOC "
        "session that ends by 2026-05-04 12:30 would do"
    )


def test_room_in_sessions_out_of_order_is_none() -> None:
    """The step of the 2nd and the orientation of the 8th have no place."""
    full = mission()
    sessions = tuple(
        row.model_copy(update={"places": 10 if row.session_id in kept else 0})
        for kept in [{"DOC-06", "CO-04"}]
        for row in full.sessions
    )
    (refused,) = screen(changed(base=full, sessions=sessions)).refusals

    assert (refused.reason, refused.rule) == (Reason.NO_APPOINTMENT, RULE)
    assert refused.fact.startswith(
        "DOC comes before CO, but DOC-06, the first DOC session, ends 2026-05-06 13:30 "
        "and CO-04, the last CO session in time, begins 2026-05-04 12:30; a CO session "
        "from 2026-05-06 13:30 on or a DOC session that ends by 2026-05-04 12:30 would "
        "do"
    )


def far_from(days: tuple[str, str], *, check_price: int) -> Scenario:
    """CO and PEC at the clinic, 77 minutes away; the sooner check costs a price."""
    sessions = (
        session(CO, "15 06:00", "16 04:00", place_id="CLINIC"),
        *(
            session(PEC, f"{day} 06:00", f"{day} 08:00", place_id="CLINIC")
            for day in days
        ),
    )
    dear = sessions[2].model_copy(update={"price_per_person_cents": check_price})
    base = mission()
    hours = ruled(base, co_hours_min=24).rules
    later = changed(
        base=base, sessions=(*sessions[:2], dear), rules=(*base.rules, *hours)
    )
    return with_programme(later, required_steps=(CO, PEC))


def test_nobody_leaves_for_the_check_before_being_home_from_orientation() -> None:
    """Home on the 16th at 05:17; the check of that day is left for at 04:43."""
    scenario = far_from(("16", "17"), check_price=50_000)
    plan = draft_plan(scenario, LIMITS)

    assert attended(plan) == {"CO-15", "PEC-17"}
    assert run_checks(scenario, plan).broken_rules == frozenset()

    loose = draft_plan(scenario, LIMITS, without=frozenset({RULE}))
    assert attended(loose) == {"CO-15", "PEC-16"}
    (fact,) = (v.fact for v in run_checks(scenario, loose).violations if v.rule == RULE)
    assert fact == (
        "F1 outbound: CO comes before PEC, but the way to PEC-16 begins "
        "2026-05-16 08:13, before the way back from CO-15 ends 2026-05-16 08:47"
    )


def test_a_row_with_ways_in_an_officers_words() -> None:
    name = RowName(RULE, "F1", "CO-15/PEC-16")
    scenario = far_from(("16", "17"), check_price=0)
    assert binding_fact(scenario, name, 2, 1) == (
        "CO comes before PEC, but the way back from CO-15 ends 2026-05-16 08:47 and the"
        " way to PEC-16 begins 2026-05-16 08:13; room in a PEC session for which it "
        "leaves from 2026-05-16 08:47 on or in a CO session from which it is back by "
        "2026-05-16 08:13 would do"
    )
