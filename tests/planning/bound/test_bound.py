"""How many families each rule binds, in the mission made by hand.

F1 to F5 are 3, 1, 4, 4 and 2 persons. Convoys lead from Tehran to Mashhad on 5 May and
from there to Herat on 6 and 13 May, each a minibus of 8; a flight of 4 seats leads from
Tehran to Herat on 9 May. Transfers lead everywhere, so all may take each of them.
"""

from datetime import date

import pytest

from movplan.domain.assignments import Override
from movplan.domain.budgets import BudgetLine
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Capacity, Closure, Departure
from movplan.domain.words import CapacityKind, LineKind
from movplan.planning.bound import families_bound
from tests.reports.by_hand import SCENARIO

ALL = {"F1", "F2", "F3", "F4", "F5"}


def families(**changes: dict[str, object]) -> Scenario:
    """The mission with fields of families exchanged."""
    rows = tuple(
        row.model_copy(update=changes.get(row.family_id, {}))
        for row in SCENARIO.families
    )
    return SCENARIO.model_copy(update={"families": rows})


def bound(scenario: Scenario, rule: str) -> set[str]:
    return set(families_bound(scenario).get(rule, ()))


def test_who_has_not_consented() -> None:
    assert bound(SCENARIO, "consent") == set()
    assert bound(families(F1={"consent_signed": None}), "consent") == {"F1"}


def test_two_rules_that_refuse_a_family_bind_nobody() -> None:
    """Without consent, and ready only in June: neither refuses it alone."""
    both = {"consent_signed": None, "ready_from": date(2026, 6, 1)}
    found = families_bound(families(F1=both))
    assert "F1" not in found.get("consent", ())
    assert "F1" not in found.get("travel_window", ())


def test_a_window_that_takes_some_ways() -> None:
    """F3's convoys leave Mashhad on 6 and 13 May: ready on the 7th, one is lost."""
    late = families(F3={"ready_from": date(2026, 5, 7)})
    assert "F3" in bound(late, "travel_window")
    assert "F3" not in bound(SCENARIO, "travel_window")


def with_closure(*overrides: Override) -> Scenario:
    """Herat takes nobody on 6 May."""
    shut = Closure(
        closure_id="shut",
        place_id="herat",
        date_from=date(2026, 5, 6),
        date_to=date(2026, 5, 6),
    )
    return SCENARIO.model_copy(update={"closures": (shut,), "overrides": overrides})


def test_a_closure_binds_whoever_loses_a_departure() -> None:
    """The convoy of 6 May from Mashhad: F3, and those who come there from Tehran."""
    found = bound(with_closure(), "place_open")
    assert "F3" in found
    lifted = Override(
        rule="place_open",
        scope="shut",
        by="governor",
        reference="4",
        date=date(2026, 4, 1),
    )
    assert bound(with_closure(lifted), "place_open") == set()


def test_a_convoy_that_drives_at_night_binds_who_would_ride_it() -> None:
    """CV-0505 reaches Mashhad at 20:00; driving ends at 18:00 by default."""
    assert bound(SCENARIO, "daylight_driving") == set()
    short_days = SCENARIO.model_copy(update={"rules": ()})
    assert "F1" in bound(short_days, "daylight_driving")


def flight(**fields: object) -> Scenario:
    def changed(row: Departure) -> Departure:
        is_flight = row.departure_id == "FL-0509"
        return row.model_copy(update=fields) if is_flight else row

    rows = tuple(changed(row) for row in SCENARIO.departures)
    return SCENARIO.model_copy(update={"departures": rows})


def test_a_flight_with_room_for_all_is_not_scarce() -> None:
    """3 + 1 + 4 + 4 + 2 = 14 persons, one seat each."""
    assert bound(flight(seats=14), "seats") == set()
    assert bound(flight(seats=13), "seats") == ALL


@pytest.mark.parametrize(("limit", "binds"), [(14, False), (13, True)])
def test_a_place_that_takes_all_is_not_scarce(limit: int, binds: bool) -> None:
    """All 14 persons end in Herat, and on one day they could."""
    row = Capacity(
        capacity_id="herat",
        place_id="herat",
        kind=CapacityKind.ARRIVAL,
        limit=limit,
    )
    scenario = SCENARIO.model_copy(update={"capacities": (row,)})
    assert bool(bound(scenario, "place_capacity")) is binds


def lines(**changes: dict[str, object]) -> Scenario:
    def changed(row: BudgetLine) -> BudgetLine:
        return row.model_copy(update=changes.get(row.budget_line_id, {}))

    rows = tuple(changed(row) for row in SCENARIO.budget_lines)
    return SCENARIO.model_copy(update={"budget_lines": rows})


def test_lines_without_approval_or_note() -> None:
    """Fares of the flight are paid by any line; the unapproved all pay nothing."""
    closed = {name: {"needs_approval": True} for name in ("WB", "KFW", "EU")}
    found = families_bound(lines(**closed))
    assert found["line_approval"] == ALL
    loans = {name: {"kind": LineKind.LOAN} for name in ("WB", "KFW", "EU")}
    found = families_bound(lines(**loans))
    assert found["promissory_note"] == ALL
    assert "line_approval" not in found


def test_lines_for_another_programme() -> None:
    others = {name: {"programmes": ("other",)} for name in ("WB", "KFW", "EU")}
    found = families_bound(lines(**others))
    assert found["budget_eligibility"] == ALL
