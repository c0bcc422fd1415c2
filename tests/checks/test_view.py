"""What the rules read: seats by date, local dates, segments, amounts in words."""

from datetime import UTC, date, datetime

import pytest

from movplan.checks.view import PlanView
from movplan.checks.view.clock import Clock
from movplan.checks.view.loads import Loads
from movplan.domain.people import Medical, Member
from movplan.domain.values import Values
from movplan.domain.words import DatePrecision, EscortRole, Need
from tests.checks.mission import PLAN
from tests.checks.world import PLACES, SCENARIO, family


def person(number: int, born: str, *needs: Need, precision: str = "day") -> Member:
    return Member(
        member_id=f"X-{number}",
        family_id="X",
        birth_date=date.fromisoformat(born),
        birth_precision=DatePrecision(precision),
        needs=needs,
    )


def test_seats_of_laps_wheelchairs_and_stretchers() -> None:
    members = [
        person(1, "1980-01-01"),
        person(2, "1985-01-01", Need.WCHC),
        person(3, "1950-01-01", Need.STCR, Need.WCHC),
        person(4, "2025-06-01"),
        person(5, "2025-06-01"),
        person(6, "2024-05-14"),
        person(7, "1990-01-01"),
    ]
    loads = Loads(Values(SCENARIO), {"X": members}, {})
    whole = family("X", "VOLREP", ("MASHHAD", "KABUL"), 7)

    load = loads.load(whole, date(2026, 5, 13), "TK")
    day_after = loads.load(whole, date(2026, 5, 14), "TK")

    # Three infants on three laps, not the patient's: 4 seats, + 8 for the stretcher;
    # on a convoy less the wheelchair and the stretcher.
    assert (load.flight_seats, load.convoy_seats) == (4 + 8, 4 - 1 - 1)
    assert (load.flight_wheelchairs, load.convoy_wheelchairs) == (1, 1)
    assert load.stretchers == 1
    # The third is two on the 14th: a seat more.
    assert (day_after.flight_seats, day_after.convoy_seats) == (5 + 8, 3)


@pytest.mark.parametrize(
    ("needs", "escort", "seats"),
    [
        ((), None, 2),
        ((Need.WCHC,), None, 2),
        ((Need.MEDA,), None, 3),
        ((), EscortRole.NURSE, 3),
        ((Need.STCR,), None, 3 + 8),
    ],
)
def test_a_patient_holds_no_infant(
    needs: tuple[Need, ...], escort: EscortRole | None, seats: int
) -> None:
    """An adult, one who may be a patient, two infants: 4 - min(2, in charge) seats.

    With both in charge 4 - 2 = 2; with one 4 - 1 = 3, and 8 more for a stretcher.
    """
    members = [
        person(1, "1980-01-01"),
        person(2, "1985-01-01", *needs),
        person(3, "2025-06-01"),
        person(4, "2025-06-01"),
    ]
    medical = {"X-2": Medical(member_id="X-2", escort_role=escort)}
    whole = family("X", "VOLREP", ("MASHHAD", "KABUL"), 4)

    load = Loads(Values(SCENARIO), {"X": members}, medical).load(
        whole, date(2026, 5, 13), "TK"
    )

    assert load.flight_seats == seats


@pytest.mark.parametrize(("on", "seats"), [("2025-12-31", 1), ("2026-01-01", 2)])
def test_an_uncertain_birth_date_takes_a_seat_as_soon_as_it_may(
    on: str, seats: int
) -> None:
    members = [person(1, "1980-01-01"), person(2, "2024-01-01", precision="year")]
    pair = family("X", "VOLREP", ("MASHHAD", "KABUL"), 2)

    load = Loads(Values(SCENARIO), {"X": members}, {}).load(
        pair, date.fromisoformat(on), "TK"
    )

    assert load.flight_seats == seats


def test_no_more_laps_than_surely_grown_up() -> None:
    # Born in 2008: surely eighteen only on 31 December 2026.
    members = [
        person(1, "2008-01-01", precision="year"),
        person(2, "2025-06-01"),
    ]
    pair = family("X", "VOLREP", ("MASHHAD", "KABUL"), 2)

    load = Loads(Values(SCENARIO), {"X": members}, {}).load(
        pair, date(2026, 12, 30), "TK"
    )

    assert load.flight_seats == 2


def test_dates_are_local_to_the_place() -> None:
    clock = Clock({place.place_id: place for place in PLACES})
    late = datetime(2026, 5, 14, 20, 45, tzinfo=UTC)

    assert clock.date("MASHHAD", late) == date(2026, 5, 15)
    assert clock.date("BERLIN", late) == date(2026, 5, 14)
    assert clock.text("KABUL", late) == "2026-05-15 01:15"


def test_a_ride_uses_the_segments_between_its_places() -> None:
    service = PlanView(SCENARIO, PLAN).services["C1"]

    assert [service.segment_name(k) for k in range(service.segments)] == [
        "MASHHAD-DOGHAROUN",
        "DOGHAROUN-HERAT",
    ]
    assert service.find_stretch("DOGHAROUN", "HERAT") == (1, 2)
    assert service.find_stretch("HERAT", "MASHHAD") is None
