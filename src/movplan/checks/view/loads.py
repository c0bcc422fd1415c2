"""What a family takes up on a ride: persons, seats, wheelchair and stretcher places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from movplan.checks.view.persons import is_patient
from movplan.domain.ages import birthday, latest_birth_date
from movplan.domain.people import Family, Medical, Member
from movplan.domain.values import Values
from movplan.domain.words import Need

Sought = tuple[str, str, str]
NO_NEEDS = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Load:
    """What a family takes up on a date aboard a carrier.

    flight seats = persons - lap infants + stretchers x (``stretcher_seats`` - 1);
    convoy seats = persons - lap infants - convoy wheelchairs - stretchers. A flight
    counts ``WCHS`` among the wheelchairs, a convoy ``WCHC`` only.
    """

    persons: int
    flight_seats: int
    convoy_seats: int
    flight_wheelchairs: int
    convoy_wheelchairs: int
    stretchers: int

    def seats(self, *, is_flight: bool) -> int:
        """Seats on a flight or a convoy."""
        return self.flight_seats if is_flight else self.convoy_seats


@dataclass(frozen=True, slots=True)
class _Limits:
    """Ride values a load is made from."""

    infant_age: int
    adult_age: int
    lap_infants: int
    stretcher_seats: int


class Loads:
    """Loads of families by date and carrier, each worked out once."""

    def __init__(
        self,
        values: Values,
        members: Mapping[str, Sequence[Member]],
        medical: Mapping[str, Medical],
    ) -> None:
        self._values = values
        self._members = members
        self._medical = medical
        self._limits: dict[Sought, _Limits] = {}
        self._known: dict[tuple[str, date, str], Load] = {}

    def load(self, family: Family, on: date, carrier: str) -> Load:
        """What the family takes up on that date aboard the carrier."""
        key = (family.family_id, on, carrier)
        if key not in self._known:
            self._known[key] = self._work_out(family, on, carrier)
        return self._known[key]

    def _work_out(self, family: Family, on: date, carrier: str) -> Load:
        limits = self._limits_of(family, carrier)
        members = self._members.get(family.family_id, ())
        if members:
            infants = sum(
                on < birthday(member.birth_date, limits.infant_age)
                for member in members
            )
            laps = infants and sum(
                on >= birthday(latest_birth_date(member), limits.adult_age)
                and not is_patient(member, self._medical.get(member.member_id))
                for member in members
            )
        else:
            infants = family.infants or 0
            laps = family.persons - infants - (family.children or 0)
        on_flights, on_convoys, stretchers = _special(members)
        seated = family.persons - min(infants, laps * limits.lap_infants)
        return Load(
            persons=family.persons,
            flight_seats=seated + stretchers * (limits.stretcher_seats - 1),
            convoy_seats=seated - on_convoys - stretchers,
            flight_wheelchairs=on_flights,
            convoy_wheelchairs=on_convoys,
            stretchers=stretchers,
        )

    def _limits_of(self, family: Family, carrier: str) -> _Limits:
        key = (family.programme, family.destination, carrier)
        if key not in self._limits:
            self._limits[key] = _Limits(
                *(
                    self._values.ride(name, family, carrier)
                    for name in (
                        "infant_age_years",
                        "adult_age_years",
                        "lap_infants_per_adult",
                        "stretcher_seats",
                    )
                )
            )
        return self._limits[key]


def _special(members: Sequence[Member]) -> tuple[int, int, int]:
    """Wheelchairs on a flight, on a convoy, and stretchers (no wheelchair)."""
    on_flights, on_convoys, stretchers = NO_NEEDS
    for member in members:
        if not member.needs:
            continue
        if Need.STCR in member.needs:
            stretchers += 1
            continue
        on_convoys += Need.WCHC in member.needs
        on_flights += Need.WCHC in member.needs or Need.WCHS in member.needs
    return on_flights, on_convoys, stretchers
