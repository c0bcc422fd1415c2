"""Whom a rule binds: what it alone keeps a family off."""

from movplan.domain.scenario import Scenario
from movplan.domain.words import DepartureStatus
from movplan.planning.bound.screened import bound_by_screening
from movplan.screening import screen
from tests.screening.mission import BASE, changed, may, with_family, with_programme
from tests.screening.rules import on_departures, ruled

F1 = frozenset({"F1"})


def bound(scenario: Scenario) -> dict[str, set[str]]:
    found = bound_by_screening(scenario, screen(scenario))
    return {rule: names for rule, names in found.items() if names}


def test_a_mission_without_limits_binds_nobody() -> None:
    assert bound(BASE) == {}


def test_a_rule_that_alone_forbids_some_departure() -> None:
    # latest 12 May forbids C19, the lock C05
    late = with_family(latest=may(12))
    assert bound(late) == {"travel_window": F1}
    assert bound(ruled(late, manifest_lock_hours_convoy=99)) == {
        "travel_window": F1,
        "manifest_lock": F1,
    }


def test_two_that_forbid_the_same_do_not_bind_alone() -> None:
    both = on_departures(with_family(latest=may(4)), names_due=may(1))
    assert bound(both) == {"travel_window": F1}
    closed = on_departures(both, programmes=("OTHER",))
    assert bound(closed) == {}


def test_rules_of_the_family_and_of_the_network() -> None:
    unsigned = with_programme(BASE, consent_required=True)
    assert bound(unsigned) == {"consent": F1}
    assert bound(ruled(BASE, drive_from_hour=7)) == {"daylight_driving": F1}


def test_a_cancelled_departure_is_a_way_that_a_rule_alone_takes_away() -> None:
    off = {"status": DepartureStatus.CANCELLED}
    first, *others = BASE.departures
    cancelled = changed(departures=(first.model_copy(update=off), *others))
    assert bound(cancelled) == {"departure_runs": F1}


def test_ties_bind_who_could_go_alone() -> None:
    other = BASE.families[0].model_copy(
        update={"family_id": "F2", "travels_with": ("F1",), "latest": may(12)}
    )
    found = bound(changed(families=(*BASE.families, other)))
    assert found == {"travels_with": F1, "travel_window": frozenset({"F2"})}
