"""Assignments hold a family to departures; companions share them."""

from movplan.domain.assignments import Assignment
from movplan.domain.people import Family, Medical
from movplan.domain.rules import Rule, RuleOverride, default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Closure
from movplan.domain.words import AssignmentState, MedicalStatus, Part, Reason, Trip
from movplan.screening import screen
from tests.screening.mission import (
    BASE,
    FAMILY,
    changed,
    convoy,
    eligible,
    may,
    refusal,
    rides_of,
    with_family,
    with_programme,
)


def assigned(
    state: AssignmentState, *departures: str, base: Scenario = BASE
) -> Scenario:
    rows = tuple(
        Assignment(family_id="F1", departure_id=name, state=state)
        for name in departures
    )
    return changed(base=base, assignments=rows)


def test_pinned_and_forbidden_departures() -> None:
    assert eligible(assigned(AssignmentState.PINNED, "C12")) == ["C12"]
    assert eligible(assigned(AssignmentState.DEPARTED, "C05")) == ["C05"]
    assert eligible(assigned(AssignmentState.FORBIDDEN, "C12")) == ["C05", "C19"]
    assert eligible(assigned(AssignmentState.NOTIFIED, "C12")) == ["C05", "C12", "C19"]


def test_everything_forbidden_refuses() -> None:
    found = refusal(assigned(AssignmentState.FORBIDDEN, "C05", "C12", "C19"))
    assert found.reason is Reason.FORBIDDEN
    assert "may not ride C05, C12, C19" in found.fact


def test_a_pin_that_cannot_be_kept_is_a_conflict_and_not_a_refusal() -> None:
    late = with_family(BASE, ready_from=may(6))
    result = screen(assigned(AssignmentState.PINNED, "C05", base=late))
    (conflict,) = result.pin_conflicts
    assert result.refusals == ()
    assert rides_of(result, result.parts[0]) == [["C12"], ["C19"]]
    assert conflict.reason is Reason.NOT_READY
    assert conflict.fact == (
        "pinned to C05, but the family is ready from 2026-05-06, "
        "last departure otherwise possible 2026-05-05 (C05)"
    )


def test_two_pins_on_different_days_are_a_conflict() -> None:
    result = screen(assigned(AssignmentState.PINNED, "C05", "C12"))
    (conflict,) = result.pin_conflicts
    assert conflict.fact == "no itinerary of the family rides C05, C12"


def test_a_pin_to_a_closed_day_says_so() -> None:
    shut = Closure(closure_id="X", place_id="KABUL", date_from=may(5), date_to=may(5))
    base = changed(closures=(shut,))
    (conflict,) = screen(
        assigned(AssignmentState.PINNED, "C05", base=base)
    ).pin_conflicts
    assert conflict.reason is Reason.PLACE_CLOSED
    assert conflict.fact == (
        "KABUL is closed on 2026-05-05, nearest date open 2026-05-06 (or an override of"
        " place_open), so C05 cannot be taken"
    )


def test_a_refused_family_that_is_held_is_both() -> None:
    unfit = Medical(member_id="M1", status=MedicalStatus.NOT_FIT)
    base = changed(medical=(unfit,))
    result = screen(assigned(AssignmentState.LOCKED, "C05", base=base))
    assert [r.reason for r in result.refusals] == [Reason.MEDICAL_HOLD]
    (conflict,) = result.pin_conflicts
    assert conflict.reason is Reason.MEDICAL_HOLD
    assert conflict.fact.startswith("pinned to C05, but member M1 ")


def company(*families: Family) -> Scenario:
    return changed(families=families, members=())


def test_companions_keep_what_all_of_them_may_ride() -> None:
    f1 = FAMILY.model_copy(update={"latest": may(12)})
    f2 = FAMILY.model_copy(
        update={"family_id": "F2", "ready_from": may(6), "travels_with": ("F1",)}
    )
    f3 = FAMILY.model_copy(update={"family_id": "F3"})
    scenario = company(f1, f2, f3)
    assert eligible(scenario) == ["C12"]
    assert eligible(scenario, "F2") == ["C12"]
    assert eligible(scenario, "F3") == ["C05", "C12", "C19"]


def test_companions_of_a_refused_family_stay() -> None:
    # F3 with F2 with F1: transitive
    f1 = FAMILY.model_copy(update={"consent_withdrawn": may(1)})
    f2 = FAMILY.model_copy(update={"family_id": "F2", "travels_with": ("F1",)})
    f3 = FAMILY.model_copy(update={"family_id": "F3", "travels_with": ("F2",)})
    reasons = {r.family_id: r.reason for r in screen(company(f1, f2, f3)).refusals}
    assert reasons == {
        "F1": Reason.CONSENT_WITHDRAWN,
        "F2": Reason.COMPANION_LEFT_OUT,
        "F3": Reason.COMPANION_LEFT_OUT,
    }


def workshop(*days_back: int) -> Scenario:
    """The event is on 6 to 11 May; return convoys on ``days_back``."""
    back = tuple(
        convoy(day).model_copy(
            update={
                "departure_id": f"R{day:02}",
                "from_place": "KABUL",
                "to_place": "TOWN",
            }
        )
        for day in days_back
    )
    hire = BASE.departure_vehicles[0]
    fleet = tuple(
        hire.model_copy(update={"departure_id": row.departure_id}) for row in back
    )
    base = with_programme(
        trip=Trip.ROUND_TRIP, event_opens=may(6), event_closes=may(11)
    )
    return changed(
        base=base,
        departures=(*BASE.departures, *back),
        departure_vehicles=(*BASE.departure_vehicles, *fleet),
    )


def test_a_round_trip_is_there_the_day_before_and_back_from_the_day_after() -> None:
    result = screen(workshop(11, 12, 13))
    out, back = result.parts
    assert (out.part, back.part) == (Part.OUTBOUND, Part.RETURN)
    assert rides_of(result, out) == [["C05"]]
    assert rides_of(result, back) == [["R12"], ["R13"]]


def test_how_many_days_around_the_event_is_the_programmes() -> None:
    """C05 arrives on the 5th; with two days before the 6th nobody is there in time."""
    early = changed(base=workshop(12, 13), rules=(days_around("arrive", "before", 2),))
    found = refusal(early)
    assert found.rule == "round_trip"
    assert "the event opens on 2026-05-06, the family arrives by 2026-05-04" in (
        found.fact
    )
    late = changed(base=workshop(12, 13), rules=(days_around("leave", "after", 2),))
    result = screen(late)
    assert rides_of(result, result.parts[1]) == [["R13"]]


def days_around(verb: str, side: str, days: int) -> Rule:
    shipped = default_rules()[f"{verb}_days_{side}_event"]
    (programme,) = {family.programme for family in BASE.families}
    override = RuleOverride(programme=programme, value=days)
    return shipped.model_copy(update={"overrides": (override,)})


def test_without_a_way_back_nobody_goes() -> None:
    assert refusal(workshop(11)).reason is Reason.WINDOW_CLOSED
    assert screen(workshop(11)).parts == ()
