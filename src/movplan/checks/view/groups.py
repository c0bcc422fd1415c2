"""Who of a family attends a step: language groups, and which session suits them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from movplan.domain.ages import adult_from, birthday
from movplan.domain.escorts import Session
from movplan.domain.people import Family, Member
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
    ``None`` when any session suits. ``going`` set out for a session held elsewhere;
    ``stays_here``: for want of an adult nobody does.
    """

    language: str | None
    fixed: int
    going: int
    of_age_on: tuple[date, ...] = ()
    stays_here: bool = False

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
    if kind is SessionKind.PRE_EMBARKATION_CHECK or (
        members and kind is SessionKind.DOCUMENT_STEP
    ):
        return [AttendingGroup(None, family.persons, family.persons)]
    if not members:
        persons = family.persons - (family.infants or 0)
        return [AttendingGroup(None, persons, family.persons)] if persons else []
    return _by_language(view, family, members)


def _by_language(
    view: "PlanView", family: Family, members: Sequence[Member]
) -> list[AttendingGroup]:
    """One group leads: most adults, then most of age, then the first language."""
    age = view.family_rule("co_age_years", family)
    adult_age = view.family_rule("adult_age_years", family)
    today = view.as_of_date
    of_age: dict[str | None, list[date]] = {}
    adults: Counter[str | None] = Counter()
    for member in members:
        of_age.setdefault(member.language, []).append(birthday(member.birth_date, age))
        adults[member.language] += adult_from(member, adult_age) <= today
    speaking = {k: days for k, days in of_age.items() if min(days) <= today}
    if not speaking:
        return []

    def rank(language: str | None) -> tuple[int, int, str]:
        attending = sum(day <= today for day in speaking[language])
        return -adults[language], -attending, language or ""

    leading = min(speaking, key=rank)
    if adults[leading] and leading is not None and not adults[None]:
        speaking[leading] += speaking.pop(None, [])
    apart = {
        language: len(days)
        for language, days in speaking.items()
        if language != leading and (adults[language] or not adults[leading])
    }
    apart[leading] = len(members) - sum(apart.values())
    return [
        AttendingGroup(
            language, 0, apart.get(language, 0), tuple(days), language not in apart
        )
        for language, days in speaking.items()
    ]


def matches(
    groups: Sequence[AttendingGroup], attended: Sequence[Attendance]
) -> Iterator[dict[str, list[AttendingGroup]]]:
    """Every way to share the groups out so that each session has its persons.

    Every group attends one session, with those of age on its date.
    """
    left: Counter[str] = Counter()
    for attendance in attended:
        left[attendance.session.session_id] += attendance.persons
    by_id = {attendance.session.session_id: attendance for attendance in attended}
    yield from _matches(list(groups), by_id, left)


def _matches(
    groups: list[AttendingGroup], sessions: dict[str, Attendance], left: Counter[str]
) -> Iterator[dict[str, list[AttendingGroup]]]:
    if not groups:
        if not +left:
            yield {}
        return
    group, rest = groups[0], groups[1:]
    for session_id, attendance in sessions.items():
        size = group.size(attendance.on)
        if size <= left[session_id] and group.suits(attendance.session):
            after = left.copy()
            after[session_id] -= size
            for shared in _matches(rest, sessions, after):
                yield {**shared, session_id: [*shared.get(session_id, []), group]}
