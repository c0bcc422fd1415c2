"""Escorts pinned by name: kept over several missions, or said to be a contradiction."""

from fractions import Fraction

import pytest

from movplan.checks import run_checks
from movplan.costing.tariffs import Tariffs
from movplan.domain.assignments import Assignment
from movplan.domain.errors import ConflictError
from movplan.domain.scenario import Scenario
from movplan.domain.words import AssignmentState
from movplan.files import read_scenario
from movplan.formulation.build import build_model
from movplan.optimiser.solution import nobody
from movplan.planning import Limits, plan_scenario
from movplan.planning.pins import refuse_lost_pins
from movplan.screening import screen
from tests.planning.conftest import ROOT

# Children with one convoy to Mashhad, days later another from Kerman and a third:
# their escort goes home between the first and the second.
RIDES = (
    ("TH-0419", "tehran", "mashhad"),
    ("KZ-0422", "kerman", "zaranj"),
    ("ZK-0424", "zaranj", "kabul"),
)
CHILDREN, GUIDE = "F00005", "operational-1"
# Nothing looks at a clock, and no level is worth more than a first plan of it.
ANY_PLAN = Limits(effort=0, gap=Fraction(99, 100))
FIRM = (AssignmentState.PINNED, AssignmentState.LOCKED, AssignmentState.DEPARTED)


@pytest.mark.parametrize("state", FIRM)
def test_one_pinned_escort_may_go_twice(state: AssignmentState) -> None:
    scenario = escorted(state)
    plan = plan_scenario(scenario, ANY_PLAN).plan
    missions = [m for m in plan.missions if CHILDREN in m.family_ids]
    assert {m.escort_id for m in missions} == {GUIDE}
    ridden = [[ride.departure_id for ride in m.rides] for m in missions]
    assert sorted(ridden) == [["KZ-0422", "ZK-0424"], ["TH-0419"]]
    assert run_checks(scenario, plan).violations == ()


def test_a_pin_that_was_lost_is_a_contradiction(first_convoy: Scenario) -> None:
    row = Assignment(
        family_id="F5", departure_id="MH-0414", state=AssignmentState.PINNED
    )
    scenario = first_convoy.model_copy(update={"assignments": (row,)})
    model = build_model(scenario, screen(scenario), Tariffs(scenario)).model
    with pytest.raises(ConflictError) as caught:
        refuse_lost_pins(scenario, model, nobody(model))
    (sentence,) = caught.value.conflict
    assert sentence.startswith("F5 is pinned on MH-0414: no vehicles and escorts")


def escorted(state: AssignmentState) -> Scenario:
    """The children pinned with their escort; seats enough for whoever fills up."""
    scenario = read_scenario(ROOT / "avrr-herat")
    rows = tuple(
        Assignment(
            family_id=CHILDREN,
            leg=leg,
            departure_id=departure_id,
            from_place=from_place,
            to_place=to_place,
            escort_id=GUIDE,
            state=state,
        )
        for leg, (departure_id, from_place, to_place) in enumerate(RIDES, start=1)
    )
    return scenario.model_copy(update={"assignments": rows})
