"""Who a family is on a date: fare classes, laps, special places, seats."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from movplan.domain.ages import adult_from, birthday
from movplan.domain.charge import takes_charge
from movplan.domain.people import Family, Member
from movplan.domain.scenario import Scenario
from movplan.domain.values import Values
from movplan.domain.words import DepartureKind, Need


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


@dataclass(frozen=True, slots=True)
class _Ages:
    """When the members of a family come of age, whatever they board.

    ``grows`` are the dates from which each member is no infant and no child any more;
    an uncertain birth date counts as the older. ``in_charge_from`` is when those who
    may be in charge are surely adults.
    """

    grows: tuple[tuple[date, date], ...]
    in_charge_from: tuple[date, ...]
    wheelchairs: int
    stretchers: int

    def count(self, on: date, laps: int) -> Riders:
        """The family on a date, with so many infants on the laps of one in charge."""
        infants = sum(on < child for child, _ in self.grows)
        children = sum(child <= on < adult for child, adult in self.grows)
        in_charge = sum(on >= adult for adult in self.in_charge_from)
        return Riders(
            adults=len(self.grows) - infants - children,
            children=children,
            infants=infants,
            lap_infants=min(infants, in_charge * laps),
            wheelchairs=self.wheelchairs,
            stretchers=self.stretchers,
        )


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
        self._medical = {row.member_id: row for row in scenario.medical}
        self._values = Values(scenario)
        self._terms: dict[tuple[str, str, str | None], _Terms] = {}
        self._ages = cache(self._find_ages)
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
        family = self._families[family_id]
        terms = self._terms_of(family, carrier)
        if family_id not in self._members:
            return _count_unnamed(family, terms)
        return self._ages(family_id, terms).count(on, terms.laps)

    def _find_ages(self, family_id: str, terms: _Terms) -> _Ages:
        members = self._members[family_id]
        stretchers = sum(Need.STCR in member.needs for member in members)
        either = sum(
            Need.STCR in member.needs or Need.WCHC in member.needs for member in members
        )
        return _Ages(
            grows=tuple(
                (
                    birthday(member.birth_date, terms.infant_age),
                    birthday(member.birth_date, terms.child_age),
                )
                for member in members
            ),
            in_charge_from=tuple(
                adult_from(member, terms.adult_age)
                for member in members
                if takes_charge(member, self._medical.get(member.member_id))
            ),
            wheelchairs=either - stretchers,
            stretchers=stretchers,
        )

    def _terms_of(self, family: Family, carrier: str | None) -> _Terms:
        alike = (family.programme, family.destination, carrier)
        if alike not in self._terms:
            value = self._values.ride
            self._terms[alike] = _Terms(
                infant_age=value("infant_age_years", family, carrier),
                child_age=value("child_age_years", family, carrier),
                adult_age=value("adult_age_years", family, carrier),
                laps=value("lap_infants_per_adult", family, carrier),
            )
        return self._terms[alike]


def _count_unnamed(family: Family, terms: _Terms) -> Riders:
    children, infants = family.children or 0, family.infants or 0
    adults = family.persons - children - infants
    lap_infants = min(infants, adults * terms.laps)
    return Riders(adults, children, infants, lap_infants, 0, 0)
