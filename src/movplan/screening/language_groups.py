"""Who attends an orientation together, and who goes along with whom.

Away from where it starts a family is nowhere without its adults: those too young to
attend, and minors with sessions of their own, travel with a group that has an adult.
"""

from dataclasses import dataclass
from datetime import date

from movplan.domain.ages import adult_from, birthday
from movplan.domain.people import Member


@dataclass(frozen=True, slots=True)
class LanguageGroup:
    """Members of one language, old enough from ``old_enough`` on (one date each).

    ``travelling`` go when it attends elsewhere than where the family starts; with
    ``only_here`` it attends nowhere else.
    """

    language: str | None
    old_enough: tuple[date, ...]
    travelling: int
    only_here: bool = False


@dataclass(frozen=True, slots=True)
class _Speakers:
    """Members of one language with the dates they are old enough, and its adults."""

    language: str | None
    old_enough: tuple[date, ...]
    adults: int

    def attending(self, on: date) -> int:
        return sum(day <= on for day in self.old_enough)


def language_groups(
    members: list[Member], today: date, *, attend_from: int, adult_from_age: int
) -> list[LanguageGroup]:
    """Groups that attend, by language; ages in years, counted on ``today``.

    The leading group has most adults, then most who attend, then the first language.
    With an adult in it, minors without a language attend with it, and everybody goes
    along who is not of another group with an adult.
    """
    attending = [
        speakers
        for speakers in _by_language(members, today, attend_from, adult_from_age)
        if speakers.attending(today)
    ]
    if not attending:
        return []
    lead = min(attending, key=lambda some: (-some.adults, -some.attending(today)))
    if not lead.adults:
        return _without_adults(attending, lead, len(members))
    joining = [s for s in attending if s.language is None and not s.adults]
    lead_dates = sorted(d for s in (lead, *joining) for d in s.old_enough)
    others = [s for s in attending if s is not lead and s not in joining]
    apart = sum(len(s.old_enough) for s in others if s.adults)
    found = [
        LanguageGroup(lead.language, tuple(lead_dates), len(members) - apart),
        *(
            LanguageGroup(s.language, s.old_enough, len(s.old_enough), not s.adults)
            for s in others
        ),
    ]
    return sorted(found, key=lambda group: group.language or "")


def _without_adults(
    attending: list[_Speakers], lead: _Speakers, persons: int
) -> list[LanguageGroup]:
    """No adult to go with: whoever has no group of its own goes with the leading."""
    apart = sum(len(s.old_enough) for s in attending if s is not lead)
    return [
        LanguageGroup(
            s.language,
            s.old_enough,
            persons - apart if s is lead else len(s.old_enough),
        )
        for s in attending
    ]


def _by_language(
    members: list[Member], today: date, attend_from: int, adult_from_age: int
) -> list[_Speakers]:
    by_language: dict[str | None, list[Member]] = {}
    for member in members:
        by_language.setdefault(member.language, []).append(member)
    return [
        _Speakers(
            language,
            tuple(sorted(max(birthday(m.birth_date, attend_from), today) for m in of)),
            sum(adult_from(m, adult_from_age) <= today for m in of),
        )
        for language, of in sorted(by_language.items(), key=lambda item: item[0] or "")
    ]
