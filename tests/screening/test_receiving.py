"""Notice, hours, closures of some, nights, changes on the way: at the bound, beyond."""

from datetime import timedelta

from movplan.domain.calendar import WorkingDays
from movplan.domain.people import Medical
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Capacity, Closure, DepartureStop
from movplan.domain.words import (
    CapacityKind,
    DepartureKind,
    EscortRole,
    Need,
    Reason,
)
from movplan.network import Night
from movplan.screening import screen
from movplan.screening.nights import StayLimit
from tests.screening.mission import (
    BASE,
    at,
    changed,
    convoy,
    eligible,
    may,
    place,
    refusal,
    with_family,
    with_programme,
)
from tests.screening.rules import CONVOYS, listed, of, overridden, person, ruled


def noticed(days: int, **columns: object) -> Scenario:
    row = {"capacity_id": "K", "place_id": "KABUL", "kind": CapacityKind.ARRIVAL}
    rest = {"limit": 100, "notice_working_days": days, **columns}
    return changed(capacities=(Capacity.model_validate({**row, **rest}),))


def test_notice_is_given_in_working_days() -> None:
    # the working days at KABUL on 2, 3, 4 and 5 May, arrival on the 5th
    calendar = WorkingDays(BASE)
    by_the_5th = sum(calendar.is_working("KABUL", may(day)) for day in (2, 3, 4, 5))
    assert calendar.is_working("KABUL", may(5))
    assert eligible(noticed(by_the_5th)) == CONVOYS
    short = noticed(by_the_5th + 1)
    assert eligible(short) == CONVOYS[1:]
    assert eligible(listed(short, "C05")) == CONVOYS
    assert eligible(noticed(by_the_5th + 1, programme="OTHER")) == CONVOYS
    assert eligible(noticed(by_the_5th + 1, date_from=may(6))) == CONVOYS
    # an override of the capacity does not matter
    assert eligible(overridden(short, "place_capacity", "K")) == CONVOYS[1:]
    found = refusal(changed(base=short, departures=(convoy(5),)))
    assert (found.reason, found.rule) == (Reason.NOTICE_TOO_SHORT, "arrival_notice")
    assert "KABUL wants" in found.fact
    assert f"possible from {may(6)}" in found.fact


def test_arrivals_until_an_hour() -> None:
    # 10:30 UTC is 15:00 at KABUL
    assert eligible(ruled(BASE, latest_arrival_hour=15)) == CONVOYS
    late = ruled(BASE, latest_arrival_hour=14)
    found = refusal(late)
    assert (found.reason, found.rule) == (Reason.LATE_ARRIVAL, "late_arrival")
    assert "KABUL takes arrivals from 05:00 to 14:00" in found.fact
    assert "with arrivals taken 05:00 to 15:00 or an override of" in found.fact
    for scope in ("F1", "AVRR", "KABUL", "*"):
        assert eligible(overridden(late, "late_arrival", scope)) == CONVOYS
    assert eligible(overridden(late, "late_arrival", "TOWN")) == []


def test_the_small_hours_belong_to_the_evening_before() -> None:
    def arriving(day: int, clock: str, **rules: int) -> Scenario:
        # in UTC; KABUL is four hours and a half ahead
        own = {"kind": DepartureKind.FLIGHT, "seats": 9, "arrives": at(day, clock)}
        flight = convoy(4).model_copy(update=own)
        return ruled(changed(departures=(flight,)), latest_arrival_hour=22, **rules)

    found = refusal(arriving(4, "20:00"))  # 00:30 on 5 May
    assert (found.reason, found.rule) == (Reason.LATE_ARRIVAL, "late_arrival")
    assert "KABUL takes arrivals from 05:00 to 22:00" in found.fact
    assert "with arrivals taken 00:00 to 22:00 or an override of" in found.fact
    assert refusal(arriving(5, "00:29")).rule == "late_arrival"  # 04:59
    assert eligible(arriving(5, "00:30")) == ["C04"]  # 05:00
    assert eligible(arriving(4, "17:30")) == ["C04"]  # 22:00
    assert eligible(arriving(4, "20:00", earliest_arrival_hour=0)) == ["C04"]
    assert eligible(ruled(arriving(4, "20:00"), latest_arrival_hour=24)) == ["C04"]


def shut(**columns: object) -> Scenario:
    row = {"closure_id": "X", "place_id": "KABUL", "reason": "flood"}
    dates = {"date_from": may(5), "date_to": may(12)}
    return changed(closures=(Closure.model_validate({**row, **dates, **columns}),))


def test_closures_of_a_programme_and_overrides_of_a_family() -> None:
    assert eligible(shut()) == ["C19"]
    assert eligible(shut(programmes=("AVRR",))) == ["C19"]
    assert eligible(shut(programmes=("RQA",))) == CONVOYS
    for scope in ("F1", "AVRR", "X", "KABUL"):
        assert eligible(overridden(shut(), "place_open", scope)) == CONVOYS
    others = overridden(shut(), "place_open", "F2")
    other = BASE.families[0].model_copy(update={"family_id": "F2"})
    both = changed(base=others, families=(*BASE.families, other))
    assert eligible(both) == ["C19"]
    assert eligible(both, "F2") == CONVOYS
    only = changed(base=shut(programmes=("AVRR",)), departures=(convoy(5),))
    found = refusal(only)
    assert (found.reason, found.rule) == (Reason.PLACE_CLOSED, "place_open")
    # closed until 12 May: 4 May is nearer
    assert found.fact == (
        "KABUL is closed on 2026-05-05 (flood), first departure otherwise possible"
        " 2026-05-05 (C05) with an override of place_open (nearest date open"
        " 2026-05-04)"
    )


def test_a_public_holiday_says_what_would_do() -> None:
    """Youth and Sports Day is 19 May; another family's override does not help."""
    turkish = {"country": "TR", "holidays": True}
    places = tuple(
        row.model_copy(update=turkish) if row.place_id == "KABUL" else row
        for row in BASE.places
    )
    only = changed(departures=(convoy(19),), places=places)
    found = refusal(only)
    assert (found.reason, found.rule) == (Reason.PLACE_CLOSED, "public_holidays")
    holiday = (
        "KABUL has a public holiday on 2026-05-19: Commemoration of Atatürk, Youth and"
        " Sports Day"
    )
    assert found.fact == (
        f"{holiday}, nearest date open 2026-05-20 (or an override of public_holidays),"
        " so C19 cannot be taken, and there is no other way"
    )
    other = BASE.families[0].model_copy(update={"family_id": "F2"})
    excepted = overridden(only, "public_holidays", "F2")
    both = {"families": (*BASE.families, other)}
    others = refusal(excepted.model_copy(update=both))
    assert others.fact == (
        f"{holiday}, first departure otherwise possible 2026-05-19 (C19) with an"
        " override of public_holidays (nearest date open 2026-05-20)"
    )


def test_a_night_aboard_a_convoy_is_a_night_in_transit() -> None:
    through = convoy(5).model_copy(update={"arrives": at(6, "10:30")})
    # BORDER, far from TOWN, from 17:30 to 06:00 at Tehran's time
    halt = DepartureStop(
        departure_id="C05",
        sequence=1,
        place_id="BORDER",
        arrives=at(5, "14:00"),
        departs=at(6, "02:30"),
    )
    places = (*BASE.places, place("BORDER", "IR"))
    base = changed(departures=(through,), departure_stops=(halt,), places=places)
    assert eligible(base) == ["C05"]
    by_day = with_programme(base, overnight_transit=False)
    found = refusal(by_day)
    assert found.reason is Reason.NO_OVERNIGHT_TRANSIT
    assert found.rule == "overnight_transit"
    assert eligible(overridden(by_day, "overnight_transit", "F1")) == ["C05"]


def test_stays_of_consecutive_nights() -> None:
    row = place("CLINIC", "IR", night=900).model_copy(update={"max_nights": 2})
    limit = StayLimit(changed(places=(row,)))

    def nights(*days: int) -> list[Night]:
        return [Night("CLINIC", may(d), at(d, "12:00"), at(d, "23:00")) for d in days]

    assert limit.too_long(nights(5, 6)) is None
    assert limit.too_long(nights(5, 6, 8, 9)) is None
    assert limit.too_long(nights(7, 5, 6)) == "CLINIC"
    assert (
        limit.too_long([Night("TOWN", may(5), at(5, "01:00"), at(6, "01:00"))]) is None
    )


def changing(*, clinic: bool = False, nights: int | None = None) -> Scenario:
    """TOWN - CLINIC (a town far away) on the 5th, on to KABUL on the 6th."""
    first = convoy(5).model_copy(update={"to_place": "CLINIC"})
    then = convoy(5).model_copy(
        update={
            "departure_id": "C06",
            "from_place": "CLINIC",
            "departs": at(6, "02:30"),
            "arrives": at(6, "10:30"),
        }
    )
    halt = place("CLINIC", "IR", night=900)
    far = {"latitude": 45.0, "clinic": clinic, "max_nights": nights}
    halt = halt.model_copy(update=far)
    fleet = BASE.departure_vehicles[0].model_copy(update={"departure_id": "C06"})
    return changed(
        departures=(first, then),
        places=(BASE.places[0], halt, BASE.places[2]),
        departure_vehicles=(*BASE.departure_vehicles, fleet),
    )


def test_a_place_takes_people_in_transit_for_so_many_nights() -> None:
    # one night, that of the 5th
    assert eligible(changing(nights=1)) == ["C05", "C06"]
    found = refusal(changing(nights=0))
    assert (found.reason, found.rule) == (Reason.STAY_TOO_LONG, "stay_limit")
    assert screen(changing(nights=0), without=frozenset({"stay_limit"})).parts


def test_patients_are_examined_where_they_change() -> None:
    sick = (person(1, needs=(Need.MEDA,)), person(2))
    found = refusal(of(*sick, base=changing()))
    assert (found.reason, found.rule) == (Reason.NO_FITNESS_CHECK, "fitness_between")
    assert eligible(of(*sick, base=changing(clinic=True))) == ["C05", "C06"]
    # a family companion in the place of a nurse examines nobody
    row = Medical(
        member_id="M1", escort_role=EscortRole.NURSE, family_companion_allowed=True
    )
    helped = changed(base=of(person(1), person(2), base=changing()), medical=(row,))
    assert refusal(helped).rule == "fitness_between"
    well = of(person(1), person(2), base=changing())
    assert eligible(well) == ["C05", "C06"]


def test_the_nearest_change_is_told() -> None:
    found = refusal(with_family(latest=may(4)))
    assert found.rule == "travel_window"
    soon = at(1, "00:00") + timedelta(days=4)
    assert f"first arrival otherwise possible {soon:%Y-%m-%d}" in found.fact
