"""What each family takes on each date: seats, special places, fare classes, bags."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from movplan.domain.ages import adult_from, birthday, infant_until
from movplan.domain.charge import takes_charge
from movplan.domain.people import Family, Member
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import Need
from movplan.network import Ride
from movplan.screening.result import IntArray, Loads

DAYS_BEFORE = 3
DAYS_AFTER = 8
"""Days around the rides on which transfers, nights and appointments may fall."""

AGES = ("infant_age_years", "child_age_years", "adult_age_years")
SEATING = (*AGES, "lap_infants_per_adult", "stretcher_seats")
"""Ride values that say what a family takes aboard."""

Counts = tuple[IntArray, IntArray, IntArray, IntArray]
Turns = tuple[list[date], list[date], list[date]]
"""Dates from which on one more of a family is no infant, no child, in charge."""


def family_loads(scenario: Scenario, files: Files, rides: Iterable[Ride]) -> Loads:
    """Loads of all families (in id order) on every date a plan may look at.

    lap infants = min(infants, members in charge x ``lap_infants_per_adult``);
    flight seats = persons - lap infants + stretchers x (``stretcher_seats`` - 1);
    convoy seats = persons - lap infants - wheelchairs - stretchers.
    Carriers whose values differ have loads of their own.
    """
    desk = _Desk(scenario, files, rides)
    plain = desk.loads(None)
    own = {carrier: desk.loads(carrier) for carrier in _carriers_apart(scenario)}
    return replace(plain, by_carrier=own) if own else plain


def is_wheelchair(member: Member) -> bool:
    """Takes a wheelchair place of a vehicle (a stretcher comes first)."""
    return Need.WCHC in member.needs and Need.STCR not in member.needs


def is_wheelchair_aloft(member: Member) -> bool:
    """Counts against a flight's limit of wheelchairs (a stretcher comes first)."""
    wheels = Need.WCHC in member.needs or Need.WCHS in member.needs
    return wheels and Need.STCR not in member.needs


def is_stretcher(member: Member) -> bool:
    """Takes a stretcher place."""
    return Need.STCR in member.needs


def _carriers_apart(scenario: Scenario) -> list[str]:
    """Carriers of departures that some ride value of seating names."""
    named = {
        override.carrier
        for name in SEATING
        for override in scenario.rule(name).overrides
    }
    return sorted({d.carrier for d in scenario.departures if d.carrier} & named)


@dataclass(frozen=True, slots=True)
class _Years:
    """Ages at which members become children, adults by fare and surely adult."""

    infant: int
    child: int
    adult: int


class _Desk:
    """Counts all families day by day, for a carrier or without a ride."""

    def __init__(self, scenario: Scenario, files: Files, rides: Iterable[Ride]) -> None:
        self._scenario = scenario
        self._files = files
        self._families = sorted(scenario.families, key=lambda family: family.family_id)
        self._day0, self._days = _dates(scenario, rides)
        self._luggage = self._all_luggage()
        self._known: dict[tuple[str, _Years], Turns] = {}

    def loads(self, carrier: str | None) -> Loads:
        infants, children, adults, in_charge = self._all_counts(carrier)
        persons = infants + children + adults
        per_adult = self._values("lap_infants_per_adult", carrier)
        lap = np.minimum(infants, in_charge * per_adult)
        chairs = self._special(is_wheelchair)
        stretchers = self._special(is_stretcher)
        extra = stretchers * (self._values("stretcher_seats", carrier) - 1)
        return Loads(
            day0=self._day0,
            family_ids=tuple(family.family_id for family in self._families),
            persons=persons,
            adults=adults,
            children=children,
            infants=infants,
            extra_infants=infants - lap,
            wheelchairs=self._every_day(chairs),
            stretchers=self._every_day(stretchers),
            flight_seats=persons - lap + extra,
            convoy_seats=persons - lap - chairs - stretchers,
            flight_wheelchairs=self._every_day(self._special(is_wheelchair_aloft)),
            luggage_kg=self._luggage,
        )

    def _every_day(self, column: IntArray) -> IntArray:
        """The same on every day, kept once: [families, 1] to [families, days]."""
        return np.broadcast_to(column, (len(column), self._days))

    def _values(self, name: str, carrier: str | None) -> IntArray:
        """A ride value of every family: [families, 1]."""
        ride = self._files.values.ride
        return self._column(ride(name, family, carrier) for family in self._families)

    def _special(self, which: Callable[[Member], bool]) -> IntArray:
        members = (self._files.members[f.family_id] for f in self._families)
        return self._column(sum(map(which, group)) for group in members)

    def _all_counts(self, carrier: str | None) -> Counts:
        """Infants, children, adults by fare and members in charge on each day."""
        turns = [self._turns(family, carrier) for family in self._families]
        not_infant, not_child, in_charge = (
            self._reached([of_family[which] for of_family in turns])
            for which in range(3)
        )
        persons = self._column(self._persons(family) for family in self._families)
        infants, children = persons - not_infant, not_infant - not_child
        return infants, children, not_child, in_charge

    def _persons(self, family: Family) -> int:
        return len(self._files.members[family.family_id]) or family.persons

    def _turns(self, family: Family, carrier: str | None) -> Turns:
        members = self._files.members[family.family_id]
        if not members:
            return _constant(family)
        ride = self._files.values.ride
        years = _Years(*(ride(name, family, carrier) for name in AGES))
        key = (family.family_id, years)
        if key not in self._known:
            self._known[key] = self._by_member(members, years)
        return self._known[key]

    def _by_member(self, members: list[Member], years: _Years) -> Turns:
        return (
            [infant_until(m, years.infant) for m in members],
            [birthday(m.birth_date, years.child) for m in members],
            [
                adult_from(m, years.adult)
                for m in members
                if takes_charge(m, self._files.medical.get(m.member_id))
            ],
        )

    def _reached(self, turns: list[list[date]]) -> IntArray:
        """How many of a family's dates have come, on each day: [families, days]."""
        days, first = self._days + 1, self._day0.toordinal()
        rows = np.repeat(np.arange(len(turns)), [len(dates) for dates in turns])
        ordinals = [day.toordinal() for dates in turns for day in dates]
        offsets = np.clip(np.array(ordinals, dtype=np.int64) - first, 0, days - 1)
        starts = np.bincount(rows * days + offsets, minlength=len(turns) * days)
        by_day = starts.reshape(len(turns), days)[:, : self._days]
        return np.cumsum(by_day, axis=1).astype(np.int64)

    def _column(self, numbers: Iterable[int]) -> IntArray:
        """A number per family: [families, 1]."""
        return np.array(list(numbers), dtype=np.int64).reshape(-1, 1)

    def _all_luggage(self) -> IntArray:
        return np.array([self._kg(f) for f in self._families], dtype=np.int64)

    def _kg(self, family: Family) -> int:
        """Its own figure, else the sum of its members'; infants have their own."""
        if family.luggage_kg is not None:
            return family.luggage_kg
        values, first = self._files.values, self._scenario.horizon.first
        each = values.family("luggage_kg_per_person", family)
        infant = values.family("luggage_kg_per_infant", family)
        members = self._files.members[family.family_id]
        if not members:
            infants = family.infants or 0
            return each * (family.persons - infants) + infant * infants
        years = values.family("infant_age_years", family)
        return sum(
            m.luggage_kg
            if m.luggage_kg is not None
            else (each if infant_until(m, years) <= first else infant)
            for m in members
        )


def _constant(family: Family) -> Turns:
    """Families given as counts are what they are on every day."""
    infants, children = family.infants or 0, family.children or 0
    adults = [date.min] * (family.persons - infants - children)
    return [date.min] * (family.persons - infants), adults, adults


def _dates(scenario: Scenario, rides: Iterable[Ride]) -> tuple[date, int]:
    first, last = scenario.as_of.date(), scenario.horizon.last
    for ride in rides:
        first = min(first, ride.on - timedelta(days=DAYS_BEFORE))
        last = max(last, ride.arrives.date())
    return first, (last - first).days + 1 + DAYS_AFTER
