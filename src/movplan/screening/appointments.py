"""Ways to attend sessions in time for an itinerary, shared wherever they are equal."""

from dataclasses import dataclass
from datetime import date
from itertools import count

import numpy as np

from movplan.domain.escorts import Session
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.network import Itinerary, Network
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
from movplan.screening.sessions import Group, Groups
from movplan.screening.step_order import StepOrder
from movplan.screening.table import Table
from movplan.screening.visits import Choice, Course, Visit, Visits
from movplan.screening.ways import Way

Options = tuple[AppointmentOption, ...]
STAY = "stay_limit"
ORDER = "step_order"


@dataclass(frozen=True, slots=True)
class Party:
    """A group and the course it takes; ``number`` is the same for equal parties."""

    number: int
    group: Group
    course: Course


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
        self._visits = Visits(scenario, files, network, loads)
        self._room = SessionRoom(scenario)
        self._kind = {s.session_id: s.kind for s in scenario.sessions}
        self._numbers = count()
        self._parties: dict[tuple[int, Group], Party] = {}
        self._found: dict[tuple[int, int], Options] = {}
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
            found = self._of_chosen(party, table, chosen, wanted)
            in_time, every_one = possible & _any(found), found
            if self._limits_stays:
                found = list(map(self._short_stays, found, itineraries))
            possible &= _any(found)
            if itineraries and not lacking and not possible.any():
                lacking = self._lacks_session(party, itineraries[-1])
                if in_time.any():
                    last, rule = int(np.flatnonzero(in_time)[-1]), STAY
                    of_last = [every_one[last]]
                    lacking = self._lacks.short_stay(of_last, itineraries[last])
            slots.append(self._slot(group))
            options.append(found)
        if disorder := self._order.arrange(
            family, [slot.kind for slot in slots], options, possible
        ):
            lacking, rule = disorder, ORDER
        if self._limits_stays and len(slots) > 1 and possible.any():
            last = int(np.flatnonzero(possible)[-1])
            possible &= self._together(options, itineraries)
            if not possible.any():
                of_last = [some[last] for some in options]
                lacking, rule = self._lacks.short_stay(of_last, itineraries[last]), STAY
        every = tuple(map(tuple, options))
        return Attendance(tuple(slots), every, possible, lacking, rule)

    def _lacks_session(self, party: Party, itinerary: Itinerary) -> str:
        """That no session is in time for an itinerary, and what would be."""
        departs, course = itinerary.rides[0].departs, party.course
        times = (departs - course.most, departs - course.least)
        return self._lacks.session(party.group, course.start, times)

    def of_itinerary(
        self, family: Family, itinerary: Itinerary
    ) -> list[tuple[Group, list[AppointmentOption]]]:
        """Every group with its options for one itinerary, earliest session first."""
        first, starts = itinerary.rides[0], itinerary.starts
        found = []
        for group in self._groups.of(family):
            party = self._party(family, group)
            choice = self._visits.of_ride(party.course, first, starts)
            found.append((group, self._options_of(party, choice)))
        kinds = [group.kind for group, _ in found]
        options: list[list[Options]] = [[some] for _, some in found]
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
            move_seats=group.seats_on(map(self._visits.day_of, way.moves)),
        )

    def _slot(self, group: Group) -> AppointmentSlot:
        on = (self._scenario.as_of.date() - self._day0).days
        seats = group.seats[on] if group.seats else group.travelling
        return AppointmentSlot(group.kind, group.language, group.persons, seats)

    def _party(self, family: Family, group: Group, *, set_out: bool = False) -> Party:
        course = self._visits.course(family, group, set_out=set_out)
        key = (course.number, group)
        if key not in self._parties:
            self._parties[key] = Party(next(self._numbers), group, course)
        return self._parties[key]

    def _of_chosen(
        self, party: Party, table: Table, chosen: IntArray, wanted: frozenset[str]
    ) -> list[Options]:
        """The options of each chosen itinerary; of ``wanted`` sessions if any are."""
        choices = self._visits.of_table(party.course, table)
        of = choices.of[chosen].tolist()
        found = {n: self._options_of(party, choices.found[n]) for n in set(of)}
        if wanted:
            for n, some in found.items():
                found[n] = tuple(o for o in some if o.session_id in wanted)
        return [found[n] for n in of]

    def _options_of(self, party: Party, choice: Choice) -> Options:
        """The options of visits, where the session has the places."""
        key = (party.number, id(choice))
        if key not in self._found:
            found = [self._option(party, visit) for visit in choice]
            options = tuple([option for option in found if option is not None])
            same = tuple(map(id, options))
            self._found[key] = self._shared.setdefault(same, options)
        return self._found[key]

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

    def _option(self, party: Party, visit: Visit) -> AppointmentOption | None:
        """The option, if the session and its place have the places."""
        group, session = party.group, visit.session
        persons = group.attending(visit.on)
        if persons > self._room.most(session, party.course.programme):
            return None
        seats = group.seats_on(visit.move_days)
        key = (id(visit), persons, group.travelling, seats)
        if key not in self._options:
            self._options[key] = AppointmentOption(
                session_id=session.session_id,
                persons=persons,
                travelling=group.travelling,
                moves=visit.way.moves,
                nights=visit.way.nights,
                replaces_access=visit.way.replaces_access,
                move_seats=seats,
            )
        return self._options[key]


def _any(found: list[Options]) -> BoolArray:
    return np.array([bool(some) for some in found], dtype=np.bool_)
