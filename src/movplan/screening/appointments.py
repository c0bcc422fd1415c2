"""Ways to attend sessions in time for an itinerary, shared wherever they are equal."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

import numpy as np

from movplan.domain.escorts import Session
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import SessionKind
from movplan.network import Itinerary, Move, Network
from movplan.screening.nights import StayLimit
from movplan.screening.result import (
    AppointmentOption,
    AppointmentSlot,
    BoolArray,
    IntArray,
    Loads,
)
from movplan.screening.session_lacks import SessionLacks
from movplan.screening.session_room import SessionRoom
from movplan.screening.sessions import FOREVER, Group, Groups, Timetable, suits
from movplan.screening.step_order import LAST, StepOrder
from movplan.screening.table import Table
from movplan.screening.ways import Way, Ways

Options = tuple[AppointmentOption, ...]
HOUR = timedelta(hours=1)
ALWAYS = datetime.min.replace(tzinfo=UTC)
STAY = "stay_limit"
ORDER = "step_order"
# How long before the first ride a session of the kind has to end.
LEAST = {
    SessionKind.CULTURAL_ORIENTATION: "co_hours_min",
    SessionKind.DOCUMENT_STEP: "doc_hours_min",
    SessionKind.PRE_EMBARKATION_CHECK: "pec_hours_min",
}


@dataclass(frozen=True, slots=True)
class Party:
    """A group, where it sets out, and the rules it goes by.

    ``number`` is the same for equal parties: dictionaries look up by it.
    """

    number: int
    group: Group
    start: str
    programme: str
    timetable: Timetable
    least: timedelta
    most: timedelta


@dataclass(frozen=True, slots=True)
class Attendance:
    """Options of each slot for each eligible itinerary, and which have them all.

    ``lacking`` says what there is none of, ``rule`` which rule lets none be.
    """

    slots: tuple[AppointmentSlot, ...]
    options: tuple[tuple[Options, ...], ...]
    possible: BoolArray
    lacking: str
    rule: str = "appointments"


class Appointments:
    """Finds the options of a family's groups. Results are cached and shared."""

    def __init__(
        self,
        scenario: Scenario,
        files: Files,
        network: Network,
        loads: Loads,
        *,
        without: frozenset[str] = frozenset(),
    ) -> None:
        self._scenario = scenario
        self._files = files
        self._network = network
        self._day0 = loads.day0
        self._groups = Groups(scenario, files, loads, without=without)
        self._order = StepOrder(scenario, files, network, without=without)
        self._stays = StayLimit(scenario)
        self._lacks = SessionLacks(network.clock, self._stays)
        self._limits_stays = bool(self._stays.most) and STAY not in without
        self._ways = Ways(files, network)
        self._room = SessionRoom(scenario)
        self._kind = {s.session_id: s.kind for s in scenario.sessions}
        self._numbers = count()
        self._parties: dict[tuple[object, ...], Party] = {}
        self._found: dict[tuple[int, int, datetime], Options] = {}
        self._options: dict[tuple[object, ...], AppointmentOption] = {}
        self._shared: dict[tuple[int, ...], Options] = {}

    def attendance(
        self,
        family: Family,
        table: Table,
        chosen: IntArray,
        sessions: frozenset[str],
        *,
        set_out: bool = False,
    ) -> Attendance:
        """Options for the chosen itineraries; ``sessions`` are pinned (or none).

        Whoever has ``set_out`` attends what was pinned, past or not, and nothing else.
        """
        itineraries = [table.itineraries[i] for i in chosen.tolist()]
        possible = np.ones(len(itineraries), dtype=np.bool_)
        slots: list[AppointmentSlot] = []
        options: list[list[Options]] = []
        lacking, rule = "", "appointments"
        for group in self._groups.of(family, only=sessions if set_out else None):
            party = self._party(family, group, set_out=set_out)
            wanted = frozenset(s for s in sessions if self._kind.get(s) is group.kind)
            found = [self._of(party, it, wanted) for it in itineraries]
            in_time, every_one = possible & _any(found), found
            if self._limits_stays:
                found = list(map(self._short_stays, found, itineraries))
            possible &= _any(found)
            if itineraries and not lacking and not possible.any():
                stays = bool(in_time.any())
                rule = STAY if stays else "appointments"
                if stays:
                    last = int(np.flatnonzero(in_time)[-1])
                    lacking = self._lacks.short_stay(
                        [every_one[last]], itineraries[last]
                    )
                else:
                    departs = itineraries[-1].rides[0].departs
                    times = (departs - party.most, departs - party.least)
                    lacking = self._lacks.session(party.group, party.start, times)
            slots.append(self._slot(group))
            options.append(found)
        kinds = [slot.kind for slot in slots]
        if disorder := self._order.arrange(family, kinds, options, possible):
            lacking, rule = disorder, ORDER
        if self._limits_stays and len(slots) > 1 and possible.any():
            last = int(np.flatnonzero(possible)[-1])
            possible &= self._together(options, itineraries)
            if not possible.any():
                of_last = [some[last] for some in options]
                lacking, rule = self._lacks.short_stay(of_last, itineraries[last]), STAY
        every = tuple(map(tuple, options))
        return Attendance(tuple(slots), every, possible, lacking, rule)

    def of_itinerary(
        self, family: Family, itinerary: Itinerary
    ) -> list[tuple[Group, list[AppointmentOption]]]:
        """Every group with its options for one itinerary, earliest session first."""
        found = [
            (group, self._find(self._party(family, group), itinerary))
            for group in self._groups.of(family)
        ]
        kinds = [group.kind for group, _ in found]
        options: list[list[Options]] = [[tuple(some)] for _, some in found]
        every = np.array([all(some for _, some in found)], dtype=np.bool_)
        self._order.arrange(family, kinds, options, every)
        return [
            (group, list(some))
            for (group, _), (some,) in zip(found, options, strict=True)
        ]

    def attend(
        self, group: Group, session: Session, way: Way, on: date
    ) -> AppointmentOption:
        """What attending a session takes; ``on`` is its local date."""
        persons = group.attending(on)
        return AppointmentOption(
            session_id=session.session_id,
            persons=persons,
            travelling=group.travelling,
            moves=way.moves,
            nights=way.nights,
            replaces_access=way.replaces_access,
            move_seats=tuple(self._seats(group, move) for move in way.moves),
        )

    def _slot(self, group: Group) -> AppointmentSlot:
        on = (self._scenario.as_of.date() - self._day0).days
        seats = group.seats[on] if group.seats else group.travelling
        return AppointmentSlot(group.kind, group.language, group.persons, seats)

    def _party(self, family: Family, group: Group, *, set_out: bool = False) -> Party:
        ends = (family.starts_at, family.destination)
        key = (*ends, family.programme, group, set_out)
        if key not in self._parties:
            since = ALWAYS if set_out else self._scenario.as_of
            self._parties[key] = self._new_party(family, group, since)
        return self._parties[key]

    def _new_party(self, family: Family, group: Group, since: datetime) -> Party:
        def hours(rule: str) -> timedelta:
            return HOUR * self._files.values.family(rule, family)

        check = group.kind is LAST
        return Party(
            number=next(self._numbers),
            group=group,
            start=family.starts_at,
            programme=family.programme,
            timetable=Timetable(
                [
                    s
                    for s in self._scenario.sessions
                    if suits(s, group, family.programme, since)
                    and (s.place_id == family.starts_at or not group.only_here)
                ]
            ),
            least=hours(LEAST[group.kind]),
            most=hours("pec_hours_max") if check else FOREVER,
        )

    def _of(
        self, party: Party, itinerary: Itinerary, wanted: frozenset[str]
    ) -> Options:
        first = self._network.index[id(itinerary.rides[0])]
        key = (party.number, first, itinerary.starts)
        if key not in self._found:
            options = self._find(party, itinerary)
            same = tuple(id(option) for option in options)
            self._found[key] = self._shared.setdefault(same, tuple(options))
        found = self._found[key]
        if not wanted:
            return found
        return tuple(option for option in found if option.session_id in wanted)

    def _short_stays(self, options: Options, itinerary: Itinerary) -> Options:
        """Options after which nobody stays too long at a place (``stay_limit``)."""
        return tuple(
            option
            for option in options
            if not self._stays.too_long((*option.nights, *itinerary.nights))
        )

    def _together(
        self, options: list[list[Options]], itineraries: list[Itinerary]
    ) -> BoolArray:
        """Whether some choice of sessions keeps all stays short, per itinerary.

        Which choices do is a row of the model for those that do not.
        """
        nights = [
            [[option.nights for option in some] for some in slot] for slot in options
        ]
        return np.array(
            [
                self._stays.some_way([slot[k] for slot in nights], itinerary.nights)
                for k, itinerary in enumerate(itineraries)
            ],
            dtype=np.bool_,
        )

    def _find(self, party: Party, itinerary: Itinerary) -> list[AppointmentOption]:
        departs = itinerary.rides[0].departs
        found = []
        for session in party.timetable.ending(
            departs - party.most, departs - party.least
        ):
            way = self._way(party, session, itinerary)
            option = self._option(party, session, way) if way else None
            if option is not None:
                found.append(option)
        return found

    def _way(self, party: Party, session: Session, itinerary: Itinerary) -> Way | None:
        """CO and DOC: back before the family sets out. PEC elsewhere: on the way."""
        check = party.group.kind is LAST
        if check and session.place_id != party.start:
            return self._ways.on_the_way(party.start, session, itinerary.rides[0])
        way = self._ways.there_and_back(party.start, session)
        return way if way is not None and way.back <= itinerary.starts else None

    def _option(
        self, party: Party, session: Session, way: Way
    ) -> AppointmentOption | None:
        """The option, if the session and its place have the places."""
        on = self._network.clock.date(session.place_id, session.starts)
        persons = party.group.attending(on)
        if persons > self._room.most(session, party.programme):
            return None
        seats = tuple(self._seats(party.group, move) for move in way.moves)
        travelling = party.group.travelling
        key = (session.session_id, persons, travelling, id(way), seats)
        if key not in self._options:
            self._options[key] = AppointmentOption(
                session_id=session.session_id,
                persons=persons,
                travelling=travelling,
                moves=way.moves,
                nights=way.nights,
                replaces_access=way.replaces_access,
                move_seats=seats,
            )
        return self._options[key]

    def _seats(self, group: Group, move: Move) -> int:
        if not group.seats:
            return group.travelling
        day = (move.departs.date() - self._day0).days
        return group.seats[min(max(day, 0), len(group.seats) - 1)]


def _any(found: list[Options]) -> BoolArray:
    return np.array([bool(some) for some in found], dtype=np.bool_)
