"""Sessions in order of their end, and the groups of a family that attend them."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from movplan.domain.aside import Aside
from movplan.domain.escorts import Session
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import SessionKind
from movplan.screening.language_groups import language_groups
from movplan.screening.result import Loads


@dataclass(frozen=True, slots=True)
class Group:
    """Persons of a family who attend a step together.

    ``old_enough`` are the dates from which its members count (CO, by age); without
    them all ``persons`` attend. ``travelling`` go if it attends elsewhere than where
    the family starts (``only_here``: it does not); ``seats`` are theirs day by day,
    empty for part of a family, who take one each.
    """

    kind: SessionKind
    language: str | None
    persons: int
    old_enough: tuple[date, ...] | None
    travelling: int
    seats: tuple[int, ...] = ()
    only_here: bool = False

    def attending(self, on: date) -> int:
        """How many attend a session on that date."""
        if self.old_enough is None:
            return self.persons
        return sum(start <= on for start in self.old_enough)

    def seats_on(self, days: Iterable[int]) -> tuple[int, ...]:
        """Seats it takes on days, counted as those of its ``seats``."""
        if not self.seats:
            return tuple([self.travelling for _ in days])
        return tuple([self.seats[day] for day in days])


class Groups:
    """Finds the groups of a family for the steps it still has to do."""

    def __init__(
        self,
        scenario: Scenario,
        files: Files,
        loads: Loads,
        *,
        without: frozenset[str] = frozenset(),
    ) -> None:
        self._scenario = scenario
        self._files = files
        self._today = scenario.as_of.date()
        self._loads = loads
        self._row = {name: row for row, name in enumerate(loads.family_ids)}
        self._aside = Aside(scenario, "appointments")
        self._kind = {s.session_id: s.kind for s in scenario.sessions}
        self._nothing = "appointments" in without

    def of(self, family: Family, *, only: Collection[str] | None = None) -> list[Group]:
        """Steps in the programme's order; CO by language, the others by family.

        ``only``: of the steps that these sessions are, unless it is ``None``.
        """
        if self._nothing or self._aside.family(family):
            return []
        steps = self._files.programmes[family.programme].required_steps
        due = {self._kind.get(session) for session in only or ()}
        groups: list[Group] = []
        for kind in dict.fromkeys(steps):
            if kind in family.steps_done or (only is not None and kind not in due):
                continue
            if kind is SessionKind.CULTURAL_ORIENTATION:
                groups.extend(self._by_language(family))
            else:
                groups.append(self.whole(family, kind))
        return [group for group in groups if group.persons]

    def _by_language(self, family: Family) -> list[Group]:
        kind = SessionKind.CULTURAL_ORIENTATION
        members = self._files.members[family.family_id]
        if not members:
            return [self.whole(family, kind)]
        values = self._files.values
        groups = language_groups(
            members,
            self._today,
            attend_from=values.family("co_age_years", family),
            adult_from_age=values.family("adult_age_years", family),
        )
        return [
            Group(
                kind,
                group.language,
                group.old_enough.count(self._today),
                group.old_enough,
                group.travelling,
                self._seats(family) if group.travelling == family.persons else (),
                only_here=group.only_here,
            )
            for group in groups
        ]

    def whole(self, family: Family, kind: SessionKind) -> Group:
        """All of a family as one group."""
        persons = family.persons
        check = kind is SessionKind.PRE_EMBARKATION_CHECK
        if not check and not self._files.members[family.family_id]:
            persons -= family.infants or 0
        seats = self._seats(family)
        return Group(kind, None, persons, None, family.persons, seats)

    def _seats(self, family: Family) -> tuple[int, ...]:
        loads, row = self._loads, self._row[family.family_id]
        seats = loads.convoy_seats[row] + loads.wheelchairs[row] + loads.stretchers[row]
        return tuple(seats.tolist())


class Timetable:
    """Sessions of one kind open to one programme and group, by end."""

    def __init__(self, sessions: list[Session]) -> None:
        self.sessions = sorted(sessions, key=lambda s: (s.ends, s.session_id))
        self._ends = [session.ends for session in self.sessions]

    def ending(self, first: datetime, last: datetime) -> list[Session]:
        """Sessions that end in a closed interval."""
        start = bisect_left(self._ends, first)
        return self.sessions[start : bisect_right(self._ends, last)]


def suits(session: Session, group: Group, programme: str, since: datetime) -> bool:
    """Whether the session is of the group's kind and language, and later."""
    return (
        session.kind is group.kind
        and session.starts > since
        and (not session.programmes or programme in session.programmes)
        and language_suits(session, group)
    )


def language_suits(session: Session, group: Group) -> bool:
    """Whether the group follows the session: without a language, any suits."""
    languages = (session.language, group.language)
    return None in languages or session.language == group.language


FOREVER = timedelta(days=36_500)
