"""Ways to attend sessions in time for an itinerary, shared wherever they are equal."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from movplan.domain.escorts import Session
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import SessionKind
from movplan.network import Itinerary, Move, Network, Ride
from movplan.network.waits import stay
from movplan.screening.result import (
    AppointmentOption,
    AppointmentSlot,
    BoolArray,
    IntArray,
    Loads,
)
from movplan.screening.sessions import FOREVER, Group, Groups, Timetable, suits
from movplan.screening.table import Table

Options = tuple[AppointmentOption, ...]
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a family sets out and under which rules its options are found."""

    start: str
    programme: str
    country: str


@dataclass(frozen=True, slots=True)
class Attendance:
    """Options of each slot for each eligible itinerary, and which have them all."""

    slots: tuple[AppointmentSlot, ...]
    options: tuple[tuple[Options, ...], ...]
    possible: BoolArray
    lacking: str


class Appointments:
    """Finds the options of a family's groups. Results are cached and shared."""

    def __init__(
        self, scenario: Scenario, files: Files, network: Network, loads: Loads
    ) -> None:
        self._scenario = scenario
        self._files = files
        self._network = network
        self._day0 = loads.day0
        self._groups = Groups(scenario, files, loads)
        self._timetables: dict[tuple[str, Group], Timetable] = {}
        self._found: dict[tuple[Desk, Group, int, datetime], Options] = {}
        self._trips: dict[tuple[Desk, Group, str, int], AppointmentOption | None] = {}
        self._shared: dict[tuple[int, ...], Options] = {}

    def attendance(
        self, family: Family, table: Table, chosen: IntArray, sessions: frozenset[str]
    ) -> Attendance:
        """Options for the chosen itineraries; ``sessions`` are pinned (or none)."""
        country = self._files.places[family.destination].country
        desk = Desk(family.starts_at, family.programme, country)
        itineraries = [table.itineraries[i] for i in chosen.tolist()]
        possible = np.ones(len(itineraries), dtype=np.bool_)
        slots, options, lacking = [], [], ""
        for group in self._groups.of(family):
            wanted = self._pinned_of(group, sessions)
            found = [self._of(desk, group, it, wanted) for it in itineraries]
            possible &= np.array([bool(some) for some in found], dtype=np.bool_)
            if not lacking and not possible.any():
                lacking = _lack(group)
            slots.append(self._slot(group))
            options.append(tuple(found))
        return Attendance(tuple(slots), tuple(options), possible, lacking)

    def _slot(self, group: Group) -> AppointmentSlot:
        on = (self._scenario.as_of.date() - self._day0).days
        seats = group.seats[on] if group.seats else group.persons
        return AppointmentSlot(group.kind, group.language, group.persons, seats)

    def _pinned_of(self, group: Group, sessions: frozenset[str]) -> frozenset[str]:
        kinds = {s.session_id: s.kind for s in self._scenario.sessions}
        return frozenset(name for name in sessions if kinds.get(name) is group.kind)

    def _of(
        self, desk: Desk, group: Group, itinerary: Itinerary, wanted: frozenset[str]
    ) -> Options:
        first = itinerary.rides[0]
        key = (desk, group, self._network.index[id(first)], itinerary.starts)
        if key not in self._found:
            self._found[key] = self._share(self._find(desk, group, itinerary))
        found = self._found[key]
        if not wanted:
            return found
        return tuple(option for option in found if option.session_id in wanted)

    def _share(self, options: list[AppointmentOption]) -> Options:
        key = tuple(id(option) for option in options)
        return self._shared.setdefault(key, tuple(options))

    def _find(
        self, desk: Desk, group: Group, itinerary: Itinerary
    ) -> list[AppointmentOption]:
        if group.kind is SessionKind.PRE_EMBARKATION_CHECK:
            return self._find_check(desk, group, itinerary)
        return self._find_course(desk, group, itinerary)

    def _find_course(
        self, desk: Desk, group: Group, itinerary: Itinerary
    ) -> list[AppointmentOption]:
        """CO and DOC: there and back before the family sets out."""
        departs = itinerary.rides[0].departs
        latest = departs - self._hours("co_hours_min", desk) * HOUR
        sessions = self._timetable(desk, group).ending(departs - FOREVER, latest)
        found = []
        for session in sessions:
            option = self._there_and_back(desk, group, session)
            if option is None:
                continue
            back = option.moves[-1].arrives if option.moves else session.ends
            if back <= itinerary.starts:
                found.append(option)
        return found

    def _find_check(
        self, desk: Desk, group: Group, itinerary: Itinerary
    ) -> list[AppointmentOption]:
        """PEC: on the way to the first ride, some hours before it."""
        first = itinerary.rides[0]
        sessions = self._timetable(desk, group).ending(
            first.departs - self._hours("pec_hours_max", desk) * HOUR,
            first.departs - self._hours("pec_hours_min", desk) * HOUR,
        )
        found = []
        for session in sessions:
            if session.place_id != desk.start:
                option = self._on_the_way(desk, group, session, first)
            elif session.ends <= itinerary.starts:
                option = self._there_and_back(desk, group, session)
            else:
                option = None
            if option is not None:
                found.append(option)
        return found

    def _there_and_back(
        self, desk: Desk, group: Group, session: Session
    ) -> AppointmentOption | None:
        key = (desk, group, session.session_id, -1)
        if key not in self._trips:
            self._trips[key] = self._plan_there_and_back(desk, group, session)
        return self._trips[key]

    def _plan_there_and_back(
        self, desk: Desk, group: Group, session: Session
    ) -> AppointmentOption | None:
        place, waits = session.place_id, self._network.waits
        if place == desk.start:
            return self._option(group, session, [], replaces_access=False)
        go = waits.move_arriving(desk.start, place, session.starts)
        back = waits.move_leaving(place, desk.start, session.ends)
        if go is None or back is None:
            return None
        return self._option(group, session, [go, back], replaces_access=False)

    def _on_the_way(
        self, desk: Desk, group: Group, session: Session, first: Ride
    ) -> AppointmentOption | None:
        key = (desk, group, session.session_id, self._network.index[id(first)])
        if key not in self._trips:
            self._trips[key] = self._plan_on_the_way(desk, group, session, first)
        return self._trips[key]

    def _plan_on_the_way(
        self, desk: Desk, group: Group, session: Session, first: Ride
    ) -> AppointmentOption | None:
        place, waits = session.place_id, self._network.waits
        go = waits.move_arriving(desk.start, place, session.starts)
        on = waits.access(place, first)
        if go is None or (on is None and place != first.from_place):
            return None
        leaves = on.departs if on else first.departs
        if leaves < session.ends:
            return None
        moves = [go, on] if on else [go]
        return self._option(group, session, moves, leaves=leaves, replaces_access=True)

    def _option(
        self,
        group: Group,
        session: Session,
        moves: list[Move],
        *,
        leaves: datetime | None = None,
        replaces_access: bool,
    ) -> AppointmentOption | None:
        """The option, if the session has the places and the nights can be slept."""
        place = self._files.places[session.place_id]
        clock = self._network.clock
        starts = clock.at(place.place_id, session.starts)
        ends = clock.at(place.place_id, leaves or session.ends)
        nights = stay(place.place_id, starts, ends) if moves else ()
        persons = group.attending(starts.date())
        if persons > session.places or (nights and place.night_price_cents is None):
            return None
        return AppointmentOption(
            session_id=session.session_id,
            persons=persons,
            moves=tuple(moves),
            nights=nights,
            replaces_access=replaces_access,
            move_seats=tuple(self._seats(group, persons, move) for move in moves),
        )

    def _seats(self, group: Group, persons: int, move: Move) -> int:
        if not group.seats:
            return persons
        day = (move.departs.date() - self._day0).days
        return group.seats[min(max(day, 0), len(group.seats) - 1)]

    def _timetable(self, desk: Desk, group: Group) -> Timetable:
        key = (desk.programme, group)
        if key not in self._timetables:
            as_of = self._scenario.as_of
            self._timetables[key] = Timetable(
                [
                    session
                    for session in self._scenario.sessions
                    if suits(session, group, desk.programme, as_of)
                ]
            )
        return self._timetables[key]

    def _hours(self, rule: str, desk: Desk) -> int:
        return self._scenario.rule_int(
            rule, programme=desk.programme, destination=desk.country
        )


def _lack(group: Group) -> str:
    language = f" in {group.language}" if group.language else ""
    return f"no {group.kind} session{language} for {group.persons} in time"
