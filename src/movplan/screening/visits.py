"""Visits: sessions that groups may attend in time for a ride, each with its way.

All of it is the same for everybody who starts at a place under the same rules, so it is
found once per course and first ride; groups only add how many they are.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

import numpy as np

from movplan.domain.escorts import Session
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import SessionKind
from movplan.network import Move, Network, Ride
from movplan.screening.result import IntArray, Loads
from movplan.screening.sessions import FOREVER, Group, Timetable, suits
from movplan.screening.step_order import LAST
from movplan.screening.table import Table
from movplan.screening.ways import Way, Ways

HOUR = timedelta(hours=1)
ALWAYS = datetime.min.replace(tzinfo=UTC)
# How long before the first ride a session of the kind has to end.
LEAST = {
    SessionKind.CULTURAL_ORIENTATION: "co_hours_min",
    SessionKind.DOCUMENT_STEP: "doc_hours_min",
    SessionKind.PRE_EMBARKATION_CHECK: "pec_hours_min",
}


@dataclass(frozen=True, slots=True)
class Course:
    """A step for all who start at a place: its sessions, and when they have to end.

    That is ``least`` to ``most`` before the first ride departs. ``number`` is the same
    for equal courses: dictionaries look up by it.
    """

    number: int
    kind: SessionKind
    start: str
    programme: str
    timetable: Timetable
    least: timedelta
    most: timedelta


@dataclass(frozen=True, slots=True, eq=False)
class Visit:
    """A session, its local date, and the way; equal visits are the same object.

    ``move_days`` are the days of the loads on which its moves leave.
    """

    session: Session
    on: date
    way: Way
    move_days: tuple[int, ...]


Choice = tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """``found[of[i]]`` are the visits in time for a table's itinerary i."""

    of: IntArray
    found: tuple[Choice, ...]


class Visits:
    """Finds courses and their visits. Results are cached and shared."""

    def __init__(
        self, scenario: Scenario, files: Files, network: Network, loads: Loads
    ) -> None:
        self._scenario = scenario
        self._values = files.values
        self._clock = network.clock
        self._day0, self._last_day = loads.day0, int(loads.persons.shape[1]) - 1
        self._ways = Ways(files, network)
        self._numbers = count()
        self._courses: dict[tuple[Hashable, ...], Course] = {}
        self._visits: dict[tuple[str, int], Visit] = {}
        self._choices: dict[Choice, Choice] = {}
        self._of_rides: dict[tuple[int, str, int, datetime], Choice] = {}
        self._of_tables: dict[tuple[int, int], Choices] = {}

    def course(self, family: Family, group: Group, *, set_out: bool) -> Course:
        """The course a group takes; who has ``set_out`` attends past sessions too."""

        def hours(rule: str) -> timedelta:
            return HOUR * self._values.family(rule, family)

        least = hours(LEAST[group.kind])
        most = hours("pec_hours_max") if group.kind is LAST else FOREVER
        wanted = (group.kind, group.language, group.only_here)
        key = (family.starts_at, family.programme, *wanted, least, most, set_out)
        if key not in self._courses:
            self._courses[key] = Course(
                number=next(self._numbers),
                kind=group.kind,
                start=family.starts_at,
                programme=family.programme,
                timetable=self._timetable(family, group, set_out=set_out),
                least=least,
                most=most,
            )
        return self._courses[key]

    def of_table(self, course: Course, table: Table) -> Choices:
        """The visits in time for each itinerary of a table."""
        key = (course.number, id(table))
        if key not in self._of_tables:
            self._of_tables[key] = self._find_all(course, table)
        return self._of_tables[key]

    def of_ride(self, course: Course, first: Ride, starts: datetime) -> Choice:
        """The visits in time for a first ride of whoever sets out when it ``starts``.

        Those that end first come first; equal choices are the same object.
        """
        key = (course.number, first.departure_id, first.board, starts)
        if key not in self._of_rides:
            choice = self._find(course, first, starts)
            self._of_rides[key] = self._choices.setdefault(choice, choice)
        return self._of_rides[key]

    def day_of(self, move: Move) -> int:
        """The day of the loads on which a move leaves, or the one nearest to it."""
        day = (move.departs.date() - self._day0).days
        return min(max(day, 0), self._last_day)

    def _timetable(self, family: Family, group: Group, *, set_out: bool) -> Timetable:
        since = ALWAYS if set_out else self._scenario.as_of
        return Timetable(
            [
                session
                for session in self._scenario.sessions
                if suits(session, group, family.programme, since)
                and (session.place_id == family.starts_at or not group.only_here)
            ]
        )

    def _find_all(self, course: Course, table: Table) -> Choices:
        """Who takes the same first ride sets out at the same time."""
        _, rows, of_ride = np.unique(
            table.rides[:, 0], return_index=True, return_inverse=True
        )
        ways = (table.itineraries[row] for row in rows.tolist())
        by_ride = [self.of_ride(course, it.rides[0], it.starts) for it in ways]
        found = tuple(dict.fromkeys(by_ride))
        number = {choice: n for n, choice in enumerate(found)}
        of = np.array([number[choice] for choice in by_ride], dtype=np.int64)
        return Choices(of[of_ride], found)

    def _find(self, course: Course, first: Ride, starts: datetime) -> Choice:
        found = []
        for session in course.timetable.ending(
            first.departs - course.most, first.departs - course.least
        ):
            way = self._way(course, session, first, starts)
            if way is not None:
                found.append(self._visit(session, way))
        return tuple(found)

    def _way(
        self, course: Course, session: Session, first: Ride, starts: datetime
    ) -> Way | None:
        """CO and DOC: back before the family sets out. PEC elsewhere: on the way."""
        if course.kind is LAST and session.place_id != course.start:
            return self._ways.on_the_way(course.start, session, first)
        way = self._ways.there_and_back(course.start, session)
        return way if way is not None and way.back <= starts else None

    def _visit(self, session: Session, way: Way) -> Visit:
        key = (session.session_id, id(way))
        if key not in self._visits:
            on = self._clock.date(session.place_id, session.starts)
            days = tuple(map(self.day_of, way.moves))
            self._visits[key] = Visit(session, on, way, days)
        return self._visits[key]
