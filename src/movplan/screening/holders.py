"""Which members need a document of a type, by the first date of the outbound."""

from datetime import date
from typing import NamedTuple

from movplan.domain.ages import adult_from, birthday
from movplan.domain.parents import parents_of
from movplan.domain.people import Family, Member
from movplan.domain.programmes import DocumentType
from movplan.domain.windows import Files
from movplan.domain.words import Holders, Moment


class Span(NamedTuple):
    """First dates from ``first`` on, before ``end``, on which somebody needs one."""

    first: date = date.min
    end: date = date.max

    def holds(self, first: date, last: date) -> bool:
        """Whether it is needed on all dates of a range (both included)."""
        return self.first <= first and last < self.end

    def meets(self, first: date, last: date) -> bool:
        """Whether it is needed on some date of a range (both included)."""
        return max(self.first, first) <= min(last, self._last) and not self.is_empty

    @property
    def is_empty(self) -> bool:
        """Whether it is never needed."""
        return self.first >= self.end

    @property
    def _last(self) -> date:
        return date.fromordinal(max(1, self.end.toordinal() - 1))


ALWAYS = Span()
ON_THE_WAY = frozenset({Moment.BORDER, Moment.TRANSIT})
"""Moments that not every itinerary has."""
OBTAIN = "one held or to obtain in time"
"""What would do for whoever has no document of a type."""


def have(members: list[str]) -> str:
    """Those members, and the verb."""
    if len(members) == 1:
        return f"member {members[0]} has"
    return f"members {', '.join(members[:-1])} and {members[-1]} have"


class HolderSpans:
    """Adults are who may be of age, minors who are not surely."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._types = {t.document_type: t for t in files.scenario.document_types}
        self._required: dict[str, dict[str, DocumentType]] = {}

    def lacking(self, family: Family, member: Member) -> list[tuple[str, Span]]:
        """Required types the member has no row of, with when it needs one."""
        has = {row.document_type for row in self._files.documents[member.member_id]}
        return [
            (name, self.of(family, member, kind))
            for name, kind in self.required(family).items()
            if name not in has
        ]

    def required(self, family: Family) -> dict[str, DocumentType]:
        """The types its programme requires, by name."""
        programme = family.programme
        if programme not in self._required:
            names = self._files.programmes[programme].required_documents
            self._required[programme] = {name: self.type(name) for name in names}
        return self._required[programme]

    def always(self, name: str, span: Span, first_dates: tuple[date, date]) -> bool:
        """Whether it is needed on whatever itinerary, and first date of a range."""
        return self.type(name).moment not in ON_THE_WAY and span.holds(*first_dates)

    def type(self, name: str) -> DocumentType:
        """The type's row, or its defaults when it is not listed."""
        return self._types.get(name) or DocumentType(document_type=name)

    def of(self, family: Family, member: Member, kind: DocumentType) -> Span:
        """First dates on which the member needs a document of the type."""
        if kind.holders is Holders.ALL:
            return ALWAYS
        years = self._files.values.family("adult_age_years", family)
        if kind.holders is Holders.ADULTS:
            return Span(first=birthday(member.birth_date, years))
        of_age = adult_from(member, years)
        if kind.holders is Holders.MINORS:
            return Span(end=of_age)
        adult, parents = self._company(family, member, years)
        return Span(first=adult, end=min(parents, of_age))

    def _company(self, family: Family, member: Member, years: int) -> tuple[date, date]:
        """From when the family has a sure adult, and from when two are parents."""
        members = self._files.members[family.family_id]
        adult = min(adult_from(other, years) for other in members)
        parents = sorted(adult_from(p, years) for p in parents_of(member, members))
        return adult, parents[1] if len(parents) > 1 else date.max
