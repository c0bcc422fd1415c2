"""What each family takes on each date: seats, special places, fare classes."""

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

from movplan.domain.ages import adult_from, birthday, infant_until
from movplan.domain.people import Family, Member
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import Need
from movplan.network import Ride
from movplan.screening.result import IntArray, Loads

DAYS_BEFORE = 3
DAYS_AFTER = 8
"""Days around the rides on which transfers, nights and appointments may fall."""


def family_loads(scenario: Scenario, files: Files, rides: Iterable[Ride]) -> Loads:
    """Loads of all families (in id order) on every date a plan may look at.

    lap infants = min(infants, grown-ups x ``lap_infants_per_adult``);
    flight seats = persons - lap infants + stretchers x (``stretcher_seats`` - 1);
    convoy seats = persons - lap infants - wheelchairs - stretchers.
    """
    families = sorted(scenario.families, key=lambda family: family.family_id)
    day0, days = _dates(scenario, rides)
    ages = _Ages(scenario, day0, days)
    infants, children, adults, grown = (
        np.stack([ages.count(family, files, which) for family in families])
        if families
        else np.zeros((0, days), dtype=np.int64)
        for which in range(4)
    )
    persons = infants + children + adults
    lap = np.minimum(infants, grown * scenario.rule_int("lap_infants_per_adult"))
    chairs, stretchers = _special(families, files)
    extra_seats = stretchers * (scenario.rule_int("stretcher_seats") - 1)
    everyday = np.ones((1, days), dtype=np.int64)
    return Loads(
        day0=day0,
        family_ids=tuple(family.family_id for family in families),
        persons=persons,
        adults=adults,
        children=children,
        infants=infants,
        extra_infants=infants - lap,
        wheelchairs=chairs * everyday,
        stretchers=stretchers * everyday,
        flight_seats=persons - lap + extra_seats,
        convoy_seats=persons - lap - chairs - stretchers,
    )


def is_wheelchair(member: Member) -> bool:
    """Takes a wheelchair place (a stretcher comes first)."""
    return Need.WCHC in member.needs and Need.STCR not in member.needs


def is_stretcher(member: Member) -> bool:
    """Takes a stretcher place."""
    return Need.STCR in member.needs


def _dates(scenario: Scenario, rides: Iterable[Ride]) -> tuple[date, int]:
    first, last = scenario.as_of.date(), scenario.horizon.last
    for ride in rides:
        first = min(first, ride.on - timedelta(days=DAYS_BEFORE))
        last = max(last, ride.arrives.date())
    return first, (last - first).days + 1 + DAYS_AFTER


def _special(families: list[Family], files: Files) -> tuple[IntArray, IntArray]:
    members = [files.members[family.family_id] for family in families]
    chairs = [sum(map(is_wheelchair, group)) for group in members]
    stretchers = [sum(map(is_stretcher, group)) for group in members]
    return (
        np.array(chairs, dtype=np.int64).reshape(-1, 1),
        np.array(stretchers, dtype=np.int64).reshape(-1, 1),
    )


class _Ages:
    """Infants, children, adults by fare and grown-ups of a family, day by day."""

    def __init__(self, scenario: Scenario, day0: date, days: int) -> None:
        self._infant_years = scenario.rule_int("infant_age_years")
        self._child_years = scenario.rule_int("child_age_years")
        self._adult_years = scenario.rule_int("adult_age_years")
        self._day0, self._days = day0, days
        self._spans: dict[str, tuple[IntArray, IntArray, IntArray, IntArray]] = {}

    def count(self, family: Family, files: Files, which: int) -> IntArray:
        key = family.family_id
        if key not in self._spans:
            members = files.members[key]
            self._spans[key] = (
                self._by_member(members) if members else self._constant(family)
            )
        return self._spans[key][which]

    def _by_member(
        self, members: list[Member]
    ) -> tuple[IntArray, IntArray, IntArray, IntArray]:
        infant_ends = [infant_until(m, self._infant_years) for m in members]
        child_ends = [birthday(m.birth_date, self._child_years) for m in members]
        grown_ups = [adult_from(m, self._adult_years) for m in members]
        not_infant, not_child = self._reached(infant_ends), self._reached(child_ends)
        return (
            len(members) - not_infant,
            not_infant - not_child,
            not_child,
            self._reached(grown_ups),
        )

    def _reached(self, dates: list[date]) -> IntArray:
        """How many of the dates have come, on each day."""
        offsets = [min(max((d - self._day0).days, 0), self._days) for d in dates]
        starts = np.bincount(offsets, minlength=self._days + 1)[: self._days]
        return np.cumsum(starts).astype(np.int64)

    def _constant(
        self, family: Family
    ) -> tuple[IntArray, IntArray, IntArray, IntArray]:
        infants, children = family.infants or 0, family.children or 0
        adults = family.persons - infants - children
        one = np.ones(self._days, dtype=np.int64)
        return one * infants, one * children, one * adults, one * adults
