"""Sessions attended in a plan made by hand: those named, else the earliest possible."""

from collections import Counter
from collections.abc import Iterable, Sequence

from movplan.domain.escorts import Session
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import CapacityKind, Part, SessionKind
from movplan.network import Network, Night
from movplan.planning.by_hand.beds import DayLimits, Spot
from movplan.planning.by_hand.journeys import HandPart
from movplan.screening.appointments import Appointments
from movplan.screening.result import AppointmentOption, Loads
from movplan.screening.session_room import SessionRoom
from movplan.screening.sessions import Group, Groups, language_suits
from movplan.screening.step_order import Away, ordered_steps
from movplan.screening.ways import Way, Ways


class HandSessions:
    """Says what every part of a table attends; counts places and beds left."""

    def __init__(
        self,
        scenario: Scenario,
        network: Network,
        loads: Loads,
        parts: Iterable[HandPart],
    ) -> None:
        files = Files(scenario)
        self.network = network
        self.sessions = {row.session_id: row for row in scenario.sessions}
        self.appointments = Appointments(scenario, files, network, loads)
        self.groups = Groups(scenario, files, loads)
        self.ways = Ways(files, network)
        self.programmes = files.programmes
        self.away = Away(scenario)
        self.places = {row.session_id: row.places for row in scenario.sessions}
        self.room = SessionRoom(scenario)
        self.clinics = DayLimits(scenario, CapacityKind.APPOINTMENT)
        self.beds = DayLimits(scenario, CapacityKind.BEDS)
        for part in parts:
            family, nights = part.family, _slept(part.itinerary.nights)
            self.beds.take(nights, family.persons, family.programme)

    def attended(self, parts: Sequence[HandPart]) -> list[list[AppointmentOption]]:
        """What each part attends: those that name sessions or have little choice first.

        Each group goes to a session named for it, else to the first with room left;
        where none has, to the first of all. A named session that no group needs is
        attended by the whole family: the checks say that it is not needed.
        """
        found: list[list[AppointmentOption]] = [[] for _ in parts]
        for k in sorted(range(len(parts)), key=lambda k: self._freedom(parts[k])):
            found[k] = self._chosen(parts[k])
            for option in found[k]:
                self.places[option.session_id] -= option.persons
                programme = parts[k].family.programme
                self.beds.take(_slept(option.nights), option.travelling, programme)
                self.clinics.take(self._attended(option), option.persons, programme)
        return found

    def _freedom(self, part: HandPart) -> tuple[bool, int]:
        named = any(row.session_ids for row in part.rows)
        choices = [len(possible) for _, possible in self._groups(part)]
        return not named, min(choices, default=0)

    def _has_room(self, part: HandPart, option: AppointmentOption) -> bool:
        programme = part.family.programme
        if option.persons > self.places[option.session_id]:
            return False
        if not self.clinics.fit(self._attended(option), option.persons, programme):
            return False
        return self.beds.fit(_slept(option.nights), option.travelling, programme)

    def _attended(self, option: AppointmentOption) -> list[Spot]:
        session = self.sessions[option.session_id]
        return [(session.place_id, on) for on in self.room.dates(session)]

    def _chosen(self, part: HandPart) -> list[AppointmentOption]:
        named = dict.fromkeys(s for row in part.rows for s in row.session_ids)
        wanted = [self.sessions[session_id] for session_id in named]
        found: list[AppointmentOption] = []
        used: Counter[str] = Counter()
        for group, possible in self._groups(part):
            mine = [s for s in wanted if s.kind is group.kind]
            if mine:
                session = _choose(group, mine, used)
                used[session.session_id] += 1
                found.append(self._attend(part, group, session, possible))
            else:
                later = self._in_order(part.family, group, possible, found)
                free = [option for option in later if self._has_room(part, option)]
                found += (free or possible)[:1]
        for session in wanted:
            if session.session_id not in used:
                group = self.groups.whole(part.family, session.kind)
                found.append(self._attend(part, group, session, []))
        return found

    def _in_order(
        self,
        family: Family,
        group: Group,
        possible: list[AppointmentOption],
        found: list[AppointmentOption],
    ) -> list[AppointmentOption]:
        """Those left for after the family is back from steps attended already."""
        steps = ordered_steps(self.programmes[family.programme], family)
        if group.kind not in steps[1:]:
            return possible
        before = steps[: steps.index(group.kind)]
        back = [
            self.away.back(option)
            for option in found
            if self.away.session(option).kind in before
        ]
        return [
            option
            for option in possible
            if all(end <= self.away.leaves(option) for end in back)
        ]

    def _groups(self, part: HandPart) -> list[tuple[Group, list[AppointmentOption]]]:
        if part.part is Part.RETURN:
            return []
        return self.appointments.of_itinerary(part.family, part.itinerary)

    def _attend(
        self,
        part: HandPart,
        group: Group,
        session: Session,
        possible: list[AppointmentOption],
    ) -> AppointmentOption:
        for option in possible:
            if option.session_id == session.session_id:
                return option
        way = self._way(part, part.family, session)
        on = self.network.clock.date(session.place_id, session.starts)
        return self.appointments.attend(group, session, way, on)

    def _way(self, part: HandPart, family: Family, session: Session) -> Way:
        """There and back, or on to the first ride; possible or not."""
        start = family.starts_at
        if part.part is Part.RETURN or session.place_id == start:
            return Way((), (), session.ends)
        if session.kind is SessionKind.PRE_EMBARKATION_CHECK:
            first = part.itinerary.rides[0]
            way = self.ways.on_the_way(start, session, first)
            return way or self.ways.anyhow(start, session, first)
        way = self.ways.there_and_back(start, session)
        return way or self.ways.anyhow(start, session, None)


def _slept(nights: Iterable[Night]) -> list[Spot]:
    return [(night.place_id, night.on) for night in nights]


def _choose(group: Group, named: list[Session], used: Counter[str]) -> Session:
    """One in the group's language, then one nobody else attends, then the first."""
    return min(
        named,
        key=lambda session: (
            not language_suits(session, group),
            used[session.session_id],
            named.index(session),
        ),
    )
