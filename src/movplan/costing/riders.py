"""Who a family is on a date: fare classes, laps, special places, seats."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from movplan.domain.ages import adult_from, fare_class
from movplan.domain.charge import takes_charge
from movplan.domain.people import Family, Member
from movplan.domain.scenario import Scenario
from movplan.domain.values import Values
from movplan.domain.words import AgeClass, DepartureKind, Need


@dataclass(frozen=True, slots=True)
class Riders:
    """A family counted on the local date it boards.

    ``infants`` are all of them, ``lap_infants`` those without a seat of their own; a
    member who needs a stretcher and a wheelchair counts as stretcher only.
    """

    adults: int
    children: int
    infants: int
    lap_infants: int
    wheelchairs: int
    stretchers: int

    @property
    def persons(self) -> int:
        """All members."""
        return self.adults + self.children + self.infants

    @property
    def seated(self) -> int:
        """Everybody but lap infants: the seats of a transfer."""
        return self.persons - self.lap_infants

    def seats(self, kind: DepartureKind, *, stretcher_seats: int) -> int:
        """Seats on a departure.

        flight: seated + stretchers x (stretcher_seats - 1);
        convoy: seated - wheelchairs - stretchers.
        """
        if kind is DepartureKind.FLIGHT:
            return self.seated + self.stretchers * (stretcher_seats - 1)
        return self.seated - self.wheelchairs - self.stretchers


@dataclass(frozen=True, slots=True)
class _Terms:
    """Ages in years, and infants on the laps of one in charge."""

    infant_age: int
    child_age: int
    adult_age: int
    laps: int


class RiderCounts:
    """Counts families on dates, once for each.

    Ages and lap infants are those of the family's programme and destination and, on a
    ride, of its carrier; who is surely adult goes without the carrier but for laps,
    which are those of members in charge.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._families = {family.family_id: family for family in scenario.families}
        self._members: dict[str, list[Member]] = defaultdict(list)
        for member in scenario.members:
            self._members[member.family_id].append(member)
        medical = {row.member_id: row for row in scenario.medical}
        self._in_charge = {
            member.member_id
            for member in scenario.members
            if takes_charge(member, medical.get(member.member_id))
        }
        self._values = Values(scenario)
        self._terms = cache(self._find_terms)
        self._counted = cache(self._count)

    def on(self, family_id: str, on: date, carrier: str | None = None) -> Riders:
        """A family on a local date; ``carrier`` is that of the ride it boards."""
        return self._counted(family_id, on, carrier)

    def stretcher_seats(self, family_id: str, carrier: str) -> int:
        """Seats a stretcher of the family takes on a flight of the carrier."""
        family = self._families[family_id]
        return self._values.ride("stretcher_seats", family, carrier)

    def nationalities(self, family_id: str) -> tuple[str, ...]:
        """Nationalities of a family's listed members, each once."""
        members = self._members.get(family_id, [])
        return tuple(sorted({member.nationality for member in members}))

    def _count(self, family_id: str, on: date, carrier: str | None) -> Riders:
        terms = self._terms(family_id, carrier)
        members = self._members.get(family_id)
        if members is None:
            return _count_unnamed(self._families[family_id], terms)
        classes = [_fare_class(member, on, terms) for member in members]
        in_charge = sum(
            m.member_id in self._in_charge and on >= adult_from(m, terms.adult_age)
            for m in members
        )
        infants = classes.count(AgeClass.INFANT)
        stretchers = sum(Need.STCR in member.needs for member in members)
        either = sum(
            Need.STCR in member.needs or Need.WCHC in member.needs for member in members
        )
        return Riders(
            adults=classes.count(AgeClass.ADULT),
            children=classes.count(AgeClass.CHILD),
            infants=infants,
            lap_infants=min(infants, in_charge * terms.laps),
            wheelchairs=either - stretchers,
            stretchers=stretchers,
        )

    def _find_terms(self, family_id: str, carrier: str | None) -> _Terms:
        family, value = self._families[family_id], self._values.ride
        return _Terms(
            infant_age=value("infant_age_years", family, carrier),
            child_age=value("child_age_years", family, carrier),
            adult_age=value("adult_age_years", family, carrier),
            laps=value("lap_infants_per_adult", family, carrier),
        )


def _fare_class(member: Member, on: date, terms: _Terms) -> AgeClass:
    return fare_class(
        member, on, infant_age_years=terms.infant_age, child_age_years=terms.child_age
    )


def _count_unnamed(family: Family, terms: _Terms) -> Riders:
    children, infants = family.children or 0, family.infants or 0
    adults = family.persons - children - infants
    lap_infants = min(infants, adults * terms.laps)
    return Riders(adults, children, infants, lap_infants, 0, 0)
