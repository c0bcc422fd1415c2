"""Who of a family attends a step: language groups, and which session suits them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from movplan.domain.ages import birthday
from movplan.domain.escorts import Session
from movplan.domain.people import Family
from movplan.domain.words import SessionKind

if TYPE_CHECKING:
    from movplan.checks.view.plan_view import PlanView


@dataclass(frozen=True, slots=True)
class Attendance:
    """Persons the plan sends to a session, with its local date."""

    session: Session
    on: date
    persons: int


@dataclass(frozen=True, slots=True)
class AttendingGroup:
    """Persons who attend one session together.

    ``fixed`` always attend; each of ``of_age_on`` from that date on. ``language`` is
    ``None`` when any session suits.
    """

    language: str | None
    fixed: int
    of_age_on: tuple[date, ...] = ()

    def size(self, on: date) -> int:
        """How many attend on that date."""
        return self.fixed + sum(day <= on for day in self.of_age_on)

    def suits(self, session: Session) -> bool:
        """Whether the session's language suits the group."""
        return None in (self.language, session.language) or (
            self.language == session.language
        )

    def text(self, on: date) -> str:
        """The group in words, with those who attend on that date."""
        return f"{self.size(on)} persons ({self.language or 'any'})"


def groups_of(
    view: "PlanView", family: Family, kind: SessionKind
) -> list[AttendingGroup]:
    """The groups of a family that attend a step of that kind.

    A language group nobody of whom is of age on the date of ``as_of`` has none.
    """
    members = view.members_of(family)
    if kind is SessionKind.PRE_EMBARKATION_CHECK:
        return [AttendingGroup(None, family.persons)]
    if not members:
        persons = family.persons - (family.infants or 0)
        return [AttendingGroup(None, persons)] if persons else []
    if kind is SessionKind.DOCUMENT_STEP:
        return [AttendingGroup(None, family.persons)]
    age = view.family_rule("co_age_years", family)
    by_language: dict[str | None, list[date]] = {}
    for member in members:
        of_age = birthday(member.birth_date, age)
        by_language.setdefault(member.language, []).append(of_age)
    return [
        AttendingGroup(language, 0, tuple(days))
        for language, days in by_language.items()
        if min(days) <= view.as_of_date
    ]


def match(groups: Sequence[AttendingGroup], attended: Sequence[Attendance]) -> bool:
    """Whether the groups can be shared out so that each session has its persons.

    Every group attends one session, with those of age on its date.
    """
    left: Counter[str] = Counter()
    for attendance in attended:
        left[attendance.session.session_id] += attendance.persons
    by_id = {attendance.session.session_id: attendance for attendance in attended}
    return _match(list(groups), by_id, left)


def _match(
    groups: list[AttendingGroup], sessions: dict[str, Attendance], left: Counter[str]
) -> bool:
    if not groups:
        return not +left
    group, rest = groups[0], groups[1:]
    for session_id, attendance in sessions.items():
        size = group.size(attendance.on)
        if size <= left[session_id] and group.suits(attendance.session):
            after = left.copy()
            after[session_id] -= size
            if _match(rest, sessions, after):
                return True
    return False
