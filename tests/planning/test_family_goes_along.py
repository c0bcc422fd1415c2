"""A whole plan: the family goes to its orientation, and pays for all of itself.

F1 is two adults, a child of four and an infant; orientation is at CLINIC on 2 and 3 May
(one night at 9.00 a person, the session 5.00 for each of the two who attend).
"""

from movplan.checks import run_checks
from movplan.domain.words import CostCategory, LegKind
from movplan.planning import draft_plan
from tests.planning.test_stays import LIMITS, mission
from tests.screening.mission import changed, with_programme
from tests.screening.test_appointments import CO
from tests.screening.test_who_goes_along import AWAY, of


def test_the_family_travels_sleeps_and_pays() -> None:
    people = of("adult", "adult", "four", "infant")
    priced = AWAY.model_copy(update={"price_per_person_cents": 500})
    scenario = with_programme(
        changed(
            base=mission(),
            families=people.families,
            members=people.members,
            sessions=(priced,),
        ),
        required_steps=(CO,),
    )
    plan = draft_plan(scenario, LIMITS)

    rows = [leg for leg in plan.schedule if leg.session_id == "CO-02"]
    told = sorted((leg.kind, leg.persons, leg.seats) for leg in rows)
    # Three seats on the road: the infant sits on a lap.
    assert told == [
        (LegKind.APPOINTMENT, 2, 0),
        (LegKind.NIGHT, 4, 0),
        (LegKind.TRANSFER, 4, 3),
        (LegKind.TRANSFER, 4, 3),
    ]
    paid = {
        charge.category: charge.amount_cents
        for charge in plan.ledger
        if charge.item.startswith("session/") and charge.amount_cents
    }
    assert paid[CostCategory.SESSION] == 2 * 500
    assert paid[CostCategory.ACCOMMODATION] == 4 * 900
    assert run_checks(scenario, plan).broken_rules == frozenset()
