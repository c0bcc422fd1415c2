"""What a family takes up on a date: persons, seats, wheelchair and stretcher places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from movplan.domain.ages import birthday, latest_birth_date
from movplan.domain.people import Family, Member
from movplan.domain.scenario import Scenario
from movplan.domain.words import Need


@dataclass(frozen=True, slots=True)
class Load:
    """What a family takes up on a date.

    flight seats = persons - lap infants + stretchers x (``stretcher_seats`` - 1);
    convoy seats = persons - lap infants - wheelchairs - stretchers.
    """

    persons: int
    flight_seats: int
    convoy_seats: int
    wheelchairs: int
    stretchers: int

    def seats(self, *, is_flight: bool) -> int:
        """Seats on a flight or a convoy."""
        return self.flight_seats if is_flight else self.convoy_seats


class Loads:
    """Loads of families by date, each worked out once."""

    def __init__(
        self, scenario: Scenario, members: Mapping[str, Sequence[Member]]
    ) -> None:
        self._members = members
        self._infant_age = scenario.rule_int("infant_age_years")
        self._adult_age = scenario.rule_int("adult_age_years")
        self._lap_infants = scenario.rule_int("lap_infants_per_adult")
        self._stretcher_seats = scenario.rule_int("stretcher_seats")
        self._known: dict[tuple[str, date], Load] = {}

    def load(self, family: Family, on: date) -> Load:
        """What the family takes up on that date."""
        key = (family.family_id, on)
        if key not in self._known:
            self._known[key] = self._work_out(family, on)
        return self._known[key]

    def _work_out(self, family: Family, on: date) -> Load:
        members = self._members.get(family.family_id, ())
        if members:
            infants = sum(self._is_infant(member, on) for member in members)
            grown_ups = sum(self._is_grown_up(member, on) for member in members)
        else:
            infants = family.infants or 0
            grown_ups = family.persons - infants - (family.children or 0)
        stretchers = sum(Need.STCR in member.needs for member in members)
        wheelchairs = sum(
            Need.WCHC in member.needs and Need.STCR not in member.needs
            for member in members
        )
        lap_infants = min(infants, grown_ups * self._lap_infants)
        seated = family.persons - lap_infants
        return Load(
            persons=family.persons,
            flight_seats=seated + stretchers * (self._stretcher_seats - 1),
            convoy_seats=seated - wheelchairs - stretchers,
            wheelchairs=wheelchairs,
            stretchers=stretchers,
        )

    def _is_infant(self, member: Member, on: date) -> bool:
        return on < birthday(member.birth_date, self._infant_age)

    def _is_grown_up(self, member: Member, on: date) -> bool:
        return on >= birthday(latest_birth_date(member), self._adult_age)
