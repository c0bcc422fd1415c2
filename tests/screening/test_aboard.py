"""What airlines and departures ask for: kept at the bound, broken beyond it."""

from datetime import date, timedelta

import pytest

from movplan.domain.people import Medical
from movplan.domain.rules import RuleOverride, default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.words import DepartureStatus, Need, Reason
from movplan.screening import screen
from tests.screening.mission import BASE, changed, eligible, may, refusal
from tests.screening.rules import (
    CONVOYS,
    FLIGHTS,
    listed,
    of,
    on_departures,
    overridden,
    person,
    ruled,
)


def test_a_clearance_is_asked_for_days_ahead() -> None:
    # 1 May + 4 days = 5 May
    meda = of(person(1, needs=(Need.MEDA,)), person(2))
    assert eligible(ruled(meda, airline_clearance_days=4)) == CONVOYS
    assert eligible(ruled(meda, airline_clearance_days=5)) == CONVOYS[1:]
    found = refusal(ruled(meda, airline_clearance_days=30))
    assert (found.reason, found.rule) == (Reason.AIRLINE_CLEARANCE, "airline_clearance")
    assert "is there on 2026-05-31" in found.fact
    assert eligible(changed(base=meda, departures=BASE.departures)) == CONVOYS


def test_a_clearance_counts_to_its_last_day() -> None:
    def cleared(until: date) -> Scenario:
        row = Medical(member_id="M1", airline_clearance_until=until)
        return changed(base=FLIGHTS, medical=(row,))

    assert eligible(cleared(may(12))) == CONVOYS[:2]
    assert eligible(cleared(may(11))) == CONVOYS[:1]
    assert "with a clearance to 2026-05-05" in refusal(cleared(may(4))).fact


def test_special_needs_are_announced_hours_ahead() -> None:
    # from 1 May 00:00 to 5 May 02:30 UTC: 98.5 hours
    row = Medical(member_id="M1", airline_clearance_until=may(30))
    oxygen = changed(base=of(person(1, needs=(Need.OXYG,)), person(2)), medical=(row,))
    assert eligible(ruled(oxygen, special_notice_hours=98)) == CONVOYS
    late = ruled(oxygen, special_notice_hours=99)
    assert eligible(late) == CONVOYS[1:]
    assert eligible(listed(late, "C05")) == CONVOYS
    found = refusal(changed(base=late, departures=late.departures[:1]))
    assert (found.reason, found.rule) == (Reason.NOTICE_TOO_SHORT, "special_notice")
    assert "told of OXYG of member M1 99 h ahead, from 2026-05-05 03:00" in found.fact


def pregnant(weeks: int, **columns: object) -> Scenario:
    counted = {"pregnancy_weeks": weeks, "pregnancy_as_of": may(1), **columns}
    base = of(person(1), person(2, **counted))
    return ruled(base, pregnancy_refuse_week=36, pregnancy_multiple_weeks_earlier=4)


def test_pregnancy_by_week() -> None:
    # 35 on 1 May: 35 on the 5th (4 days), 36 on the 12th (11 days)
    assert eligible(pregnant(35)) == CONVOYS[:1]
    # 33, 34 and 35
    assert eligible(pregnant(33)) == CONVOYS
    # with twins refused from 32 on: 31 on the 5th
    assert eligible(pregnant(31, pregnancy_multiple=True)) == CONVOYS[:1]
    found = refusal(pregnant(36))
    assert (found.reason, found.rule) == (Reason.PREGNANCY, "pregnancy")
    assert "flies before week 36, which begins 2026-05-01" in found.fact
    assert found.fact.endswith(
        "first boarding of the last ride otherwise possible 2026-05-05 (C05)"
        " with a carrier that takes pregnant members in week 36"
    )
    assert eligible(changed(base=pregnant(36), departures=BASE.departures)) == CONVOYS


def test_after_week_32_is_from_32_weeks_on() -> None:
    """VQ as shipped: 32 weeks and 4 days on the 5th are past 32; 31 and 4 are not."""
    on_vq = {"carrier": "VQ"}
    base = on_departures(FLIGHTS, **on_vq)

    def counted(weeks: int) -> Scenario:
        expecting = {"pregnancy_weeks": weeks, "pregnancy_as_of": may(1)}
        return changed(base=base, members=(person(1), person(2, **expecting)))

    assert eligible(counted(31)) == CONVOYS[:1]
    assert eligible(counted(30)) == CONVOYS[:2]
    assert "flies before week 32" in refusal(counted(32)).fact


def test_who_needs_help_on_a_long_flight_has_an_able_adult() -> None:
    # WCHC takes a place: the shipped limit of a flight allows it
    base = ruled(FLIGHTS, wheelchair_limit=2, companion_flight_hours=7)
    chair = person(1, needs=(Need.WCHC,))
    helped = of(chair, person(2), base=base)
    assert eligible(helped) == CONVOYS
    # eight hours are not more than eight
    child = of(chair, person(2, date(2015, 1, 1)), base=base)
    short = ruled(child, wheelchair_limit=2, companion_flight_hours=8)
    assert eligible(short) == CONVOYS
    found = refusal(child)
    assert (found.reason, found.rule) == (Reason.NO_COMPANION, "companion")
    assert "member M1 has no able adult of the family to help" in found.fact
    two = of(chair, person(2, needs=(Need.DPNA,)), person(3), base=base)
    assert refusal(two).rule == "companion"
    # of age on 12 May
    grows = of(chair, person(2, date(2008, 5, 12)), base=base)
    assert eligible(grows) == CONVOYS[1:]


def test_wheelchairs_that_reach_the_seat_count_on_flights_alone() -> None:
    for limit, ways in ((1, CONVOYS), (0, [])):
        base = of(person(1, needs=(Need.WCHS,)), person(2))
        assert eligible(ruled(base, wheelchair_limit=limit)) == ways
    by_road = of(person(1, needs=(Need.WCHS,)), person(2), base=BASE)
    assert eligible(by_road) == CONVOYS


def test_loads_of_a_carrier_with_ages_of_its_own() -> None:
    years = default_rules()["infant_age_years"]
    mine = years.model_copy(
        update={"overrides": (RuleOverride(carrier="TK", value=3),)}
    )
    base = of(person(1), person(2, date(2024, 1, 1)))
    loads = screen(changed(base=base, rules=(mine,))).loads
    assert (loads.infants[0, 0], loads.of("TK").infants[0, 0]) == (0, 1)
    assert (loads.flight_seats[0, 0], loads.of("TK").flight_seats[0, 0]) == (2, 1)
    assert loads.of("other") is loads
    assert screen(base).loads.by_carrier == {}
    # a flight of one seat takes them as the carrier counts them
    small = on_departures(changed(base=base, rules=(mine,)), seats=1)
    assert eligible(small) == CONVOYS
    assert eligible(on_departures(base, seats=1)) == []


def test_luggage_of_members_and_of_the_family() -> None:
    # 20 kg for M1, none for the infant, 35 said by M3
    members = (person(1), person(2, date(2025, 1, 1)), person(3, luggage_kg=35))
    base = ruled(of(*members), luggage_kg_per_person=20)
    assert screen(base).loads.luggage_kg.tolist() == [55]
    ten = ruled(base, luggage_kg_per_infant=10)
    assert screen(ten).loads.luggage_kg.tolist() == [65]
    family = base.families[0].model_copy(update={"luggage_kg": 12})
    assert screen(changed(base=base, families=(family,))).loads.luggage_kg[0] == 12
    counts = {"persons": 5, "adults": 3, "children": 1, "infants": 1}
    counted = base.families[0].model_copy(update=counts)
    by_count = changed(base=base, families=(counted,), members=())
    assert screen(by_count).loads.luggage_kg[0] == 80
    ten = ruled(by_count, luggage_kg_per_infant=10)
    assert screen(ten).loads.luggage_kg[0] == 90


@pytest.mark.parametrize("column", ["names_due", "ticket_by"])
def test_nobody_is_added_after_the_deadlines(column: str) -> None:
    base = on_departures(BASE, **{column: may(1)})
    assert eligible(base) == CONVOYS
    past = on_departures(BASE, **{column: may(1) - timedelta(days=1)})
    found = refusal(past)
    assert (found.reason, found.rule) == (Reason.MANIFEST_CLOSED, "departure_deadlines")
    assert "C05" in found.fact
    assert eligible(listed(past, "C12")) == ["C12"]
    ticketed = on_departures(past, status=DepartureStatus.TICKETED)
    assert eligible(ticketed) == (CONVOYS if column == "ticket_by" else [])


def test_nobody_is_added_inside_the_lock() -> None:
    # 98.5 hours before C05
    assert eligible(ruled(BASE, manifest_lock_hours_convoy=98)) == CONVOYS
    locked = ruled(BASE, manifest_lock_hours_convoy=99)
    assert eligible(locked) == CONVOYS[1:]
    assert eligible(listed(locked, "C05")) == CONVOYS
    assert eligible(ruled(BASE, manifest_lock_hours_flight=99)) == CONVOYS
    found = refusal(changed(base=locked, departures=locked.departures[:1]))
    assert (found.reason, found.rule) == (Reason.MANIFEST_CLOSED, "manifest_lock")
    assert "the manifest of C05 closed 2026-04-30 23:30" in found.fact


def test_departures_open_to_others_and_overrides() -> None:
    closed = on_departures(BASE, programmes=("OTHER",))
    assert refusal(closed).rule == "open_to_programme"
    for scope, ways in (("F1", CONVOYS), ("AVRR", CONVOYS), ("C12", ["C12"])):
        assert eligible(overridden(closed, "open_to_programme", scope)) == ways
