"""What is announced when a plan is put in force, first and instead of another."""

from movplan_api.auth.caller import caller_of
from movplan_api.usecases.announcing import to_announce
from movplan_api.words import Role, Scope
from tests.api.views.conftest import key


def caller(house):
    scopes = (Scope.MEDICAL, Scope.NAMES)
    shown = key(house.client, Role.PLANNER, scopes)["Authorization"].split()[1]
    return caller_of(house.store, shown, None)


def test_the_first_plan_announces_everybody(house, first):
    said = to_announce(house.client.app.state.desk, caller(house), house.before, None)
    plan = first.document
    going = {leg["family_id"] for leg in plan["schedule"]}
    assert {row["family_id"] for row in said.families} == going
    assert {row["change"] for row in said.families} == {"new"}
    left_out = {row["family_id"] for row in plan["left_out"]}
    assert {row["family_id"] for row in said.left_out} == left_out
    running = {row["departure_id"] for row in plan["departures"] if row["runs"]}
    assert {row["departure_id"] for row in said.departures} == running


def test_the_next_plan_announces_what_it_changes_and_nothing_of_health(house):
    desk = house.client.app.state.desk
    said = to_announce(desk, caller(house), house.after, house.before)
    left_out = {row["family_id"]: row for row in said.left_out}
    assert left_out["F00007"]["change"] == "leaves"
    assert left_out["F00007"]["reason_after"] == "MEDICAL_HOLD"
    assert left_out["F00007"]["fact"] == "2027-01-01"
    assert left_out["F00048"]["reason_after"] == "CONSENT_WITHDRAWN"
    assert not {row["family_id"] for row in said.families} & set(left_out)
    nothing = to_announce(desk, caller(house), house.after, house.after)
    assert not nothing.families + nothing.left_out + nothing.departures
