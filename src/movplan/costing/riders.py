"""Who a family is on a date: fare classes, laps, special places, seats."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from movplan.domain.ages import adult_from, fare_class
from movplan.domain.people import Family, Member
from movplan.domain.scenario import Scenario
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


class RiderCounts:
    """Counts families on dates, once for each; the rules' ages apply to everybody."""

    def __init__(self, scenario: Scenario) -> None:
        self._families = {family.family_id: family for family in scenario.families}
        self._members: dict[str, list[Member]] = defaultdict(list)
        for member in scenario.members:
            self._members[member.family_id].append(member)
        self._infant_age = scenario.rule_int("infant_age_years")
        self._child_age = scenario.rule_int("child_age_years")
        self._adult_age = scenario.rule_int("adult_age_years")
        self._laps = scenario.rule_int("lap_infants_per_adult")
        self.on = cache(self._count)

    def nationalities(self, family_id: str) -> tuple[str, ...]:
        """Nationalities of a family's listed members, each once."""
        members = self._members.get(family_id, [])
        return tuple(sorted({member.nationality for member in members}))

    def _count(self, family_id: str, on: date) -> Riders:
        members = self._members.get(family_id)
        if members is None:
            return self._count_unnamed(self._families[family_id])
        classes = [self._fare_class(member, on) for member in members]
        grown_up = sum(on >= adult_from(m, self._adult_age) for m in members)
        infants = classes.count(AgeClass.INFANT)
        stretchers = sum(Need.STCR in member.needs for member in members)
        either = sum(
            Need.STCR in member.needs or Need.WCHC in member.needs for member in members
        )
        return Riders(
            adults=classes.count(AgeClass.ADULT),
            children=classes.count(AgeClass.CHILD),
            infants=infants,
            lap_infants=min(infants, grown_up * self._laps),
            wheelchairs=either - stretchers,
            stretchers=stretchers,
        )

    def _fare_class(self, member: Member, on: date) -> AgeClass:
        return fare_class(
            member,
            on,
            infant_age_years=self._infant_age,
            child_age_years=self._child_age,
        )

    def _count_unnamed(self, family: Family) -> Riders:
        children, infants = family.children or 0, family.infants or 0
        adults = family.persons - children - infants
        lap_infants = min(infants, adults * self._laps)
        return Riders(adults, children, infants, lap_infants, 0, 0)
