"""Seats, special places, escorts and place limits for one family alone."""

from datetime import date

import pytest

from movplan.domain.assignments import Override
from movplan.domain.escorts import Escort
from movplan.domain.people import Medical, Member
from movplan.domain.scenario import Limits, Scenario
from movplan.domain.transport import Capacity, Closure, VehicleType
from movplan.domain.words import (
    CapacityKind,
    DepartureKind,
    DepartureStatus,
    EscortRole,
    EscortShare,
    Need,
    Period,
    Reason,
    Sex,
)
from movplan.screening import screen
from tests.screening.mission import (
    BASE,
    FAMILY,
    MEMBERS,
    at,
    changed,
    convoy,
    eligible,
    may,
    refusal,
    with_family,
    with_programme,
)

ALL = ["C05", "C12", "C19"]


def counted(persons: int, *, seats: int = 20, spare: int = 0) -> Scenario:
    buses = (VehicleType(vehicle_type_id="BUS", seats=seats, stretcher_places=1),)
    convoys = tuple(
        row.model_copy(update={"spare_percent": spare}) for row in BASE.departures
    )
    scenario = changed(members=(), vehicle_types=buses, departures=convoys)
    return with_family(scenario, persons=persons)


def needing(*needs: Need) -> tuple[Member, Member]:
    return (MEMBERS[0].model_copy(update={"needs": needs}), MEMBERS[1])


def test_a_family_fits_in_one_vehicle_after_spare() -> None:
    # two buses of 20 seats, but one family does not split; floor(20 x 0.9) = 18
    assert eligible(counted(20)) == ALL
    assert eligible(counted(18, spare=10)) == ALL
    assert refusal(counted(19, spare=10)).reason is Reason.SEATS_FULL
    found = refusal(counted(21))
    assert "no flight or vehicle seats all 21 of the family" in found.fact


def test_a_lap_infant_takes_no_seat_until_it_is_two() -> None:
    # turns two on 12 May: one seat on the 5th, two from the 12th
    baby = MEMBERS[1].model_copy(update={"birth_date": date(2024, 5, 12)})
    small = VehicleType(vehicle_type_id="BUS", seats=1)
    scenario = changed(members=(MEMBERS[0], baby), vehicle_types=(small,))
    assert eligible(scenario) == ["C05"]


def test_loads_day_by_day() -> None:
    baby = MEMBERS[1].model_copy(update={"birth_date": date(2024, 5, 12)})
    stretcher = MEMBERS[0].model_copy(update={"needs": (Need.STCR,)})
    parent = Member(member_id="M3", family_id="F1", birth_date=date(1990, 1, 1))
    loads = screen(changed(members=(stretcher, baby, parent))).loads
    on = {day: (may(day) - loads.day0).days for day in (11, 12)}
    # flight: 3 persons - 1 lap + 1 stretcher x (9 - 1) = 10, then 11
    assert [loads.flight_seats[0, on[d]] for d in (11, 12)] == [10, 11]
    # convoy: 3 - 1 lap - 1 stretcher = 1, then 2
    assert [loads.convoy_seats[0, on[d]] for d in (11, 12)] == [1, 2]
    assert [loads.infants[0, on[d]] for d in (11, 12)] == [1, 0]
    assert [loads.children[0, on[d]] for d in (11, 12)] == [0, 1]


@pytest.mark.parametrize(
    ("needs", "escort", "convoy", "flight"),
    [
        # 2 persons - 1 lap
        ((), None, 1, 1),
        # no lap of a patient: 2; a stretcher: 2 - 1 on a convoy, 2 + 8 on a flight
        ((Need.MEDA,), None, 2, 2),
        ((), EscortRole.NURSE, 2, 2),
        ((Need.STCR,), None, 1, 10),
    ],
)
def test_a_patient_holds_no_infant(
    needs: tuple[Need, ...], escort: EscortRole | None, convoy: int, flight: int
) -> None:
    patient = MEMBERS[0].model_copy(update={"needs": needs})
    baby = MEMBERS[1].model_copy(update={"birth_date": date(2025, 6, 1)})
    medical = (Medical(member_id="M1", escort_role=escort),)
    loads = screen(changed(members=(patient, baby), medical=medical)).loads
    assert (loads.convoy_seats[0, 0], loads.flight_seats[0, 0]) == (convoy, flight)


def test_a_second_infant_of_one_adult_needs_a_seat() -> None:
    babies = tuple(
        Member(member_id=f"B{i}", family_id="F1", birth_date=date(2025, 6, 1))
        for i in (1, 2)
    )
    loads = screen(changed(members=(MEMBERS[0], *babies))).loads
    assert loads.extra_infants[0, 0] == 1
    assert loads.convoy_seats[0, 0] == 2


def test_a_stretcher_needs_its_place() -> None:
    assert eligible(changed(members=needing(Need.STCR))) == ALL
    found = refusal(changed(members=needing(Need.WCHC)))
    assert found.reason is Reason.NO_SPECIAL_PLACE


@pytest.mark.parametrize(("seats", "ways"), [(11, 1), (10, 0)])
def test_a_stretcher_takes_nine_seats_of_a_flight(seats: int, ways: int) -> None:
    # 2 persons + 8 more seats + its nurse = 11
    update = {"kind": DepartureKind.FLIGHT, "seats": seats}
    flight = convoy(5).model_copy(update=update)
    # the airline was asked on 1 May, 5 days before: a clearance is given here
    cleared = Medical(member_id="M1", airline_clearance_until=may(30))
    scenario = changed(
        members=needing(Need.STCR),
        medical=(cleared,),
        departures=(flight,),
        escorts=(NURSE,),
    )
    assert len(eligible(scenario)) == ways


def escorted(*escorts: Escort, **wishes: object) -> Scenario:
    row = Medical.model_validate(
        {"member_id": "M1", "escort_role": EscortRole.NURSE, **wishes}
    )
    return changed(medical=(row,), escorts=escorts)


NURSE = Escort(
    escort_id="N1",
    role=EscortRole.NURSE,
    sex=Sex.FEMALE,
    languages=("dari",),
    base="TOWN",
    currency="USD",
)


def test_a_nurse_is_needed_and_a_doctor_is_no_nurse() -> None:
    assert eligible(escorted(NURSE)) == ALL
    doctor = NURSE.model_copy(update={"role": EscortRole.DOCTOR})
    found = refusal(escorted(doctor))
    assert found.reason is Reason.NO_ESCORT
    assert "member M1 needs a nurse and there is none" in found.fact


def test_nurses_who_may_not_go_are_told_with_what_stops_them() -> None:
    early = {"documents_until": may(2), "countries": ("AF", "TJ")}
    found = refusal(escorted(NURSE.model_copy(update=early)))
    assert found.fact.startswith(
        f"member M1 needs a nurse and none is available: {NURSE.escort_id} (with"
        " documents until 2026-05-02, may enter AF and TJ), first departure otherwise"
        " possible 2026-05-05 (C05) with such an escort along"
    )


def test_wishes_of_the_patient_count() -> None:
    assert eligible(escorted(NURSE, escort_sex=Sex.FEMALE, escort_language="dari"))
    for wish in ({"escort_sex": Sex.MALE}, {"escort_language": "pashto"}):
        assert refusal(escorted(NURSE, **wish)).reason is Reason.NO_ESCORT


def test_an_escort_is_there_on_the_dates_of_the_ride() -> None:
    until = NURSE.model_copy(update={"available_until": may(12)})
    since = NURSE.model_copy(update={"available_from": may(12)})
    assert eligible(escorted(until)) == ["C05", "C12"]
    assert eligible(escorted(since)) == ["C12", "C19"]
    # as_of 1 May 00:00 UTC + 5 days is after C05 leaves (5 May 02:30) + 0
    hired = NURSE.model_copy(update={"unnamed": True, "lead_days": 5})
    assert eligible(escorted(hired)) == ["C12", "C19"]


def test_an_own_escort_rides_in_the_familys_vehicle() -> None:
    # 2 persons + 1 escort
    for seats, ways in ((3, ALL), (2, [])):
        bus = VehicleType(vehicle_type_id="BUS", seats=seats)
        scenario = escorted(NURSE, escort_share=EscortShare.OWN)
        assert eligible(changed(base=scenario, vehicle_types=(bus,))) == ways


def test_a_place_takes_the_family_on_its_dates() -> None:
    row = Capacity(
        capacity_id="K",
        place_id="KABUL",
        kind=CapacityKind.ARRIVAL,
        limit=2,
        date_from=may(5),
        date_to=may(12),
    )
    assert eligible(changed(capacities=(row,))) == ALL
    one = row.model_copy(update={"limit": 1})
    assert eligible(changed(capacities=(one,))) == ["C19"]
    # 19 May lies in no quota year
    used = row.model_copy(update={"used_to_date": 1, "period": Period.QUOTA_YEAR})
    assert eligible(changed(capacities=(used,))) == []
    unused = used.model_copy(update={"used_to_date": 0})
    assert eligible(changed(capacities=(unused,))) == ["C05", "C12"]
    found = refusal(changed(capacities=(unused,), departures=(convoy(19),)))
    assert (found.reason, found.rule) == (Reason.PLACE_FULL, "place_capacity")
    assert "no quota year of programme AVRR covers the date" in found.fact
    # a row set aside is no limit but still covers its dates; a place set aside is free
    for scope, ways in (("K", ["C05", "C12"]), ("KABUL", ALL), ("F1", ALL)):
        row = Override(
            rule="place_capacity", scope=scope, by="X", reference="-", date=may(1)
        )
        assert eligible(changed(capacities=(used,), overrides=(row,))) == ways


def test_a_departure_takes_the_family_unless_more_were_allowed_on_it() -> None:
    each = Capacity(
        capacity_id="K",
        place_id="KABUL",
        kind=CapacityKind.ARRIVAL,
        period=Period.DEPARTURE,
        limit=1,
        date_to=may(12),
    )
    assert eligible(changed(capacities=(each,))) == ["C19"]
    allowed = Override(
        rule="place_capacity", scope="C12", by="X", reference="-", date=may(1)
    )
    found = changed(capacities=(each,), overrides=(allowed,))
    assert eligible(found) == ["C12", "C19"]
    # It is the departure's own limit that does not apply: that of the day does.
    day = each.model_copy(update={"period": Period.DAY})
    assert eligible(changed(capacities=(day,), overrides=(allowed,))) == ["C19"]


@pytest.mark.parametrize(
    ("period", "used", "said"),
    [
        (Period.DAY, 0, "1 persons (arrival) a day"),
        (Period.WEEK, 0, "1 persons (arrival) a week"),
        (Period.QUOTA_YEAR, 1, "0 persons (arrival) in the quota year"),
        (Period.DEPARTURE, 0, "1 persons (arrival) a departure"),
    ],
)
def test_a_full_place_is_named_with_what_would_do(
    period: Period, used: int, said: str
) -> None:
    """Two persons want to go to KABUL, which has room for one, or for none."""
    row = Capacity(
        capacity_id="K",
        place_id="KABUL",
        kind=CapacityKind.ARRIVAL,
        period=period,
        limit=1,
        used_to_date=used,
    )
    found = refusal(changed(capacities=(row,)))
    assert found.fact == (
        f"KABUL has room for {said}, the family takes 2, first departure otherwise"
        f" possible 2026-05-05 (C05) with room for {1 + used} more at KABUL"
    )


def test_closed_every_day_is_told_as_such() -> None:
    shut = Closure(
        closure_id="X",
        place_id="KABUL",
        date_from=may(1),
        date_to=may(31),
        reason="flood",
    )
    found = refusal(changed(closures=(shut,)))
    assert found.reason is Reason.PLACE_CLOSED
    # 30 April is 5 days before, 1 June 27 after.
    assert found.fact == (
        "KABUL is closed on 2026-05-05 (flood), nearest date open 2026-04-30 (or an"
        " override of place_open), so C05 cannot be taken, nor any other way"
    )
    only = changed(closures=(shut,), departures=(convoy(5),))
    assert refusal(only).fact.endswith("cannot be taken, and there is no other way")
    assert eligible(changed(closures=(shut.model_copy(update={"weekdays": (1,)}),)))


def test_what_is_cancelled_or_lapsed_is_told_where_nothing_else_goes() -> None:
    off = convoy(5).model_copy(update={"status": DepartureStatus.CANCELLED})
    found = refusal(changed(departures=(off,)))
    assert (found.reason, found.rule) == (Reason.NO_ROUTE, "departure_runs")
    assert found.fact == "C05 is cancelled, and there is no other way"
    option = convoy(12).model_copy(
        update={"status": DepartureStatus.OPTION, "option_until": date(2026, 4, 30)}
    )
    found = refusal(changed(departures=(option,)))
    assert (found.reason, found.rule) == (Reason.NO_ROUTE, "departure_runs")
    assert found.fact == (
        "the option on C12 lapsed on 2026-04-30, and there is no other way"
    )
    # The way by C19 is there: nobody asks about the others.
    assert eligible(changed(departures=(off, option, convoy(19)))) == ["C19"]


def test_no_way_at_all() -> None:
    found = refusal(with_family(BASE, destination="CLINIC", origin="KABUL"))
    assert (found.reason, found.rule) == (Reason.NO_ROUTE, "journey_chain")
    assert found.fact == (
        "no departures lead from KABUL to CLINIC on whatever dates: departures or"
        " transfers are missing"
    )


def chain(**limits: int) -> Scenario:
    """TOWN - MARY, abroad, on the 5th, MARY - KABUL on the 8th: 64 hours between."""
    clinic = BASE.places[1]
    mary = clinic.model_copy(update={"place_id": "MARY", "country": "TM"})
    first = convoy(5).model_copy(update={"departure_id": "A", "to_place": "MARY"})
    second = convoy(8).model_copy(update={"departure_id": "B", "from_place": "MARY"})
    hire = BASE.departure_vehicles[0]
    return changed(
        places=(*BASE.places, mary),
        departures=(first, second),
        departure_vehicles=tuple(
            hire.model_copy(update={"departure_id": name}) for name in "AB"
        ),
        limits=Limits(**limits),
    )


@pytest.mark.parametrize(
    ("limits", "fact"),
    [
        (
            {"max_rides": 1},
            "within 1 ride: it takes 2 or more (max_rides)",
        ),
        (
            {"max_wait_hours": 63},
            "within 3 rides, 3 nights, waits of 63 hours and 168 hours in all",
        ),
    ],
)
def test_a_way_beyond_the_limits(limits: dict[str, int], fact: str) -> None:
    assert eligible(chain(max_rides=2, max_wait_hours=64)) == ["A", "B"]
    found = refusal(chain(**limits))
    assert (found.reason, found.rule) == (Reason.NO_ROUTE, "journey_chain")
    assert found.fact == f"no departures lead from TOWN to KABUL {fact}"


def test_the_way_that_the_fewest_facts_bar_is_told_with_all_of_them() -> None:
    """C05 leaves at 04:00, C12 also has one driver for 800 km: C05 needs less."""
    early = {"departs": at(5, "00:30"), "arrives": at(5, "08:30")}
    late = {
        "departs": at(12, "00:30"),
        "arrives": at(12, "08:30"),
        "drivers": 1,
        "distance_km": 800,
    }
    both = [convoy(5).model_copy(update=early), convoy(12).model_copy(update=late)]
    found = refusal(changed(departures=tuple(both)))
    assert (found.reason, found.rule) == (Reason.CONVOY_RULES, "daylight_driving")
    assert found.fact == (
        "C05 leaves TOWN at 04:00 on 2026-05-05, and convoys drive from 06:00: 2 h 00"
        " min later would do, so C05 cannot be taken, nor any other way"
    )
    only = refusal(changed(departures=tuple(both[1:])))
    assert only.fact.endswith(
        "so C12 cannot be taken, and there is no other way; also by rule driving_hours:"
        " C12 drives 800 km with one driver, 500 km at most: 2 drivers would do"
    )


def test_departures_of_other_programmes() -> None:
    closed = convoy(5).model_copy(update={"programmes": ("RQA",)})
    assert eligible(changed(departures=(closed, convoy(12)))) == ["C12"]
    found = refusal(changed(departures=(closed,)))
    assert found.reason is Reason.NO_ROUTE
    assert found.fact == (
        "no departure is open to programme AVRR, first departure otherwise possible "
        "2026-05-05 (C05) with its departures opened to AVRR"
    )


def test_a_departure_of_another_programme_is_told_as_one_of_several() -> None:
    closed = convoy(19).model_copy(update={"programmes": ("RQA",)})
    late = with_family(changed(departures=(convoy(5), closed)), ready_from=may(6))

    assert refusal(late).fact == (
        "not every departure is open to programme AVRR, first departure otherwise "
        "possible 2026-05-19 (C19) with its departures opened to AVRR; other ways by "
        "rule travel_window: the family is ready from 2026-05-06, last departure "
        "otherwise possible 2026-05-05 (C05)"
    )


def test_no_overnight_transit() -> None:
    # TOWN - CLINIC on the 5th, a night there, CLINIC - KABUL on the 6th
    first = convoy(5).model_copy(update={"departure_id": "A", "to_place": "CLINIC"})
    second = convoy(6).model_copy(update={"departure_id": "B", "from_place": "CLINIC"})
    hire = BASE.departure_vehicles[0]
    fleet = tuple(hire.model_copy(update={"departure_id": d}) for d in "AB")
    kept = changed(departures=(first, second), departure_vehicles=fleet, members=())
    roads = kept.rule("assumed_transfer_km").model_copy(update={"value": 0})
    kept = changed(base=kept, rules=(roads,))
    assert eligible(kept) == ["A", "B"]
    found = refusal(with_programme(kept, overnight_transit=False))
    assert found.reason is Reason.NO_OVERNIGHT_TRANSIT
    assert FAMILY.programme in found.fact
