"""Who a family is on a date."""

from datetime import date

import pytest

from movplan.costing.riders import RiderCounts, Riders
from movplan.domain.people import Family, Medical, Member
from movplan.domain.rules import RuleOverride, default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.words import DatePrecision, DepartureKind, EscortRole, Need
from tests.costing.story import MAY_13, SCENARIO


def with_members(*members: Member) -> Scenario:
    return SCENARIO.model_copy(update={"members": members})


def born(member_id: str, year: int, *needs: Need, month: int = 1) -> Member:
    return Member(
        member_id=member_id,
        family_id="aria",
        birth_date=date(year, month, 1),
        needs=needs,
    )


def test_infant_becomes_a_child_on_the_second_birthday() -> None:
    """Member a4 is born on 1 January 2025."""
    counts = RiderCounts(SCENARIO)
    before, after = (
        counts.on("aria", date(2026, 12, 31)),
        counts.on("aria", date(2027, 1, 1)),
    )
    assert (before.infants, before.lap_infants, before.seated) == (1, 1, 3)
    assert (after.infants, after.children, after.seated) == (0, 2, 4)


def test_one_lap_per_grown_up() -> None:
    """One adult, two infants: one on the lap, one in a seat: 2 seats of 3 persons."""
    riders = RiderCounts(
        with_members(born("m1", 1990), born("m2", 2025), born("m3", 2025))
    ).on("aria", MAY_13)
    assert (riders.infants, riders.lap_infants, riders.seated) == (2, 1, 2)


def test_no_lap_of_a_patient() -> None:
    """Two adults, one on a stretcher, two infants: one lap, 3 seated of 4 persons."""
    members = (
        born("m1", 1990),
        born("m2", 1990, Need.STCR),
        born("m3", 2025),
        born("m4", 2025),
    )
    riders = RiderCounts(with_members(*members)).on("aria", MAY_13)
    assert (riders.infants, riders.lap_infants, riders.seated) == (2, 1, 3)
    # with an escort for the other one too, none
    escorted = Medical(member_id="m1", escort_role=EscortRole.NURSE)
    scenario = with_members(*members).model_copy(update={"medical": (escorted,)})
    assert RiderCounts(scenario).on("aria", MAY_13).lap_infants == 0


def test_adult_fare_without_being_grown_up() -> None:
    """Born in 2008: surely 18 only from 31 December 2026 (the year is all we know)."""
    mother = Member(
        member_id="m1",
        family_id="aria",
        birth_date=date(2008, 1, 1),
        birth_precision=DatePrecision.YEAR,
    )
    riders = RiderCounts(with_members(mother, born("m2", 2025))).on("aria", MAY_13)
    assert (riders.adults, riders.infants, riders.lap_infants) == (1, 1, 0)


def test_seats_by_kind_of_departure() -> None:
    """Four adults, one WCHC, one with STCR and WCHC (a stretcher only).

    Flight: 4 + 1 x (9 - 1) = 12 seats; convoy: 4 - 1 - 1 = 2.
    """
    riders = RiderCounts(
        with_members(
            born("m1", 1990),
            born("m2", 1990),
            born("m3", 1990, Need.WCHC),
            born("m4", 1990, Need.STCR, Need.WCHC),
        )
    ).on("aria", MAY_13)
    assert (riders.wheelchairs, riders.stretchers) == (1, 1)
    assert riders.seats(DepartureKind.FLIGHT, stretcher_seats=9) == 12
    assert riders.seats(DepartureKind.CONVOY, stretcher_seats=9) == 2


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"persons": 5}, Riders(5, 0, 0, 0, 0, 0)),
        ({"persons": 5, "children": 2, "infants": 1}, Riders(2, 2, 1, 1, 0, 0)),
        ({"persons": 3, "infants": 3}, Riders(0, 0, 3, 0, 0, 0)),
    ],
)
def test_a_family_given_as_counts(counts: dict[str, int], expected: Riders) -> None:
    family = Family(
        family_id="c",
        programme="returns",
        origin="MHD",
        destination="IST",
        ready_from=MAY_13,
        **counts,
    )
    scenario = SCENARIO.model_copy(update={"families": (family,)})
    assert RiderCounts(scenario).on("c", MAY_13) == expected


def test_a_carriers_own_age_counts_aboard_it() -> None:
    """TK sells infant fares up to three: a4, two in January 2027, is one there."""
    rule = default_rules()["infant_age_years"]
    own = RuleOverride(carrier="TK", value=3)
    rules = (rule.model_copy(update={"overrides": (own,)}),)
    counts = RiderCounts(SCENARIO.model_copy(update={"rules": rules}))
    on = date(2027, 6, 1)
    assert counts.on("aria", on, "TK").infants == 1
    assert counts.on("aria", on, "W5").infants == 0
    assert counts.on("aria", on).infants == 0


def test_a_destinations_laps_count_everywhere() -> None:
    """No infant on a lap on the way to Turkey: 4 seats instead of 3."""
    rule = default_rules()["lap_infants_per_adult"]
    own = RuleOverride(destination="TR", value=0)
    rules = (rule.model_copy(update={"overrides": (own,)}),)
    counts = RiderCounts(SCENARIO.model_copy(update={"rules": rules}))
    assert counts.on("aria", MAY_13).seated == 4
    assert RiderCounts(SCENARIO).on("aria", MAY_13).seated == 3


def test_a_stretcher_takes_what_the_carrier_says() -> None:
    rule = default_rules()["stretcher_seats"]
    own = RuleOverride(carrier="TK", value=6)
    rules = (rule.model_copy(update={"overrides": (own,)}),)
    counts = RiderCounts(SCENARIO.model_copy(update={"rules": rules}))
    assert counts.stretcher_seats("aria", "TK") == 6
    assert counts.stretcher_seats("aria", "W5") == 9
