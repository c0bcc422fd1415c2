"""Documents: who needs which, on what dates, and when one to obtain is in hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from movplan.checks.view.clock import utc
from movplan.checks.view.events import crossings
from movplan.checks.view.journeys import Journey
from movplan.domain.people import Document, Family, Member
from movplan.domain.programmes import DocumentType
from movplan.domain.words import DocumentState, Holders, Moment

if TYPE_CHECKING:
    from movplan.checks.view.plan_view import PlanView

Dates = Mapping[str, list[date]]


@dataclass(frozen=True, slots=True)
class InHand:
    """When a document to obtain can be in hand, and by when it has to be."""

    ready: date
    due: date


class Papers:
    """Looks at one member and one part at a time."""

    def __init__(self, view: "PlanView") -> None:
        self._view = view
        rows = view.scenario.document_types
        self._types = {row.document_type: row for row in rows}

    def types_of(self, family: Family) -> list[DocumentType]:
        """The types the family's programme requires."""
        wanted = self._view.programme_of(family).required_documents
        return [self.type_of(t) for t in wanted]

    def holders(self, family: Family, kind: DocumentType, on: date) -> list[Member]:
        """Members who need a document of the type; ``on`` is the first date out."""
        members, persons = self._view.members_of(family), self._view.persons
        match kind.holders:
            case Holders.ALL:
                return members
            case Holders.ADULTS:
                return [m for m in members if persons.may_be_adult(family, m, on)]
            case Holders.MINORS_ONE_PARENT if persons.adults(family, on) != 1:
                return []
            case _:
                return [m for m in members if not persons.is_adult(family, m, on)]

    def document(self, member: Member, kind: str) -> Document | None:
        """The member's row of a type."""
        for row in self._view.files.documents.get(member.member_id, ()):
            if row.document_type == kind:
                return row
        return None

    def dates(self, journey: Journey, kind: DocumentType) -> list[date]:
        """Dates of a part on which a document of the type has to be valid, sorted."""
        return sorted(self._dates(journey, kind))

    def in_hand(
        self, journey: Journey, held: Mapping[str, Document], needed: Dates
    ) -> dict[str, InHand]:
        """By type, of a member's documents to obtain that the part needs.

        ``held`` are the member's rows of the types needed, on the dates ``needed``.
        """
        order = _Order({t: self.type_of(t) for t in held if needed.get(t)})
        wanted = [t for t in order.types if _is_to_obtain(held[t])]
        ready: dict[str, date] = {}
        due: dict[str, date] = {}
        for t in order.sorted():
            if t in wanted:
                before = [ready[p] for p in order.before[t] if p in ready]
                lead = timedelta(days=order.types[t].lead_days)
                ready[t] = max([self._start(journey, order.types[t]), *before]) + lead
            else:
                ready[t] = max(held[t].valid_from or date.min, self._view.as_of_date)
        for t in reversed(order.sorted()):
            if t in wanted:
                after = [
                    due[d] - timedelta(days=order.types[d].lead_days)
                    for d in wanted
                    if t in order.before[d]
                ]
                due[t] = min([needed[t][0], *after])
        return {t: InHand(ready[t], due[t]) for t in wanted}

    def type_of(self, name: str) -> DocumentType:
        """The type of that name; one without a row is needed on arrival."""
        return self._types.get(name) or DocumentType(document_type=name)

    def _start(self, journey: Journey, kind: DocumentType) -> date:
        """When one may be applied for: now, or once the part's transport is firm."""
        firm = all(ride.service.departure.is_firm for ride in journey.rides)
        if firm or kind.before_booking:
            return self._view.as_of_date
        days = self._view.family_rule("days_to_firm", journey.family)
        return self._view.as_of_date + timedelta(days=days)

    def _dates(self, journey: Journey, kind: DocumentType) -> Iterator[date]:
        if journey.first_date is None or journey.final_date is None:
            return
        if kind.moment in (Moment.DEPARTURE, Moment.JOURNEY):
            yield journey.first_date
        if kind.moment in (Moment.ARRIVAL, Moment.JOURNEY):
            yield journey.final_date
        if kind.moment is Moment.BORDER:
            yield from self._borders(journey, kind.country)
        if kind.moment is Moment.TRANSIT:
            yield from self._transits(journey, kind.country)

    def _borders(self, journey: Journey, country: str | None) -> Iterator[date]:
        view = self._view
        for place_id, at in crossings(journey, view.places):
            if country in (None, view.country_of(place_id)):
                yield view.clock.date(place_id, at)

    def _transits(self, journey: Journey, country: str | None) -> Iterator[date]:
        """From alighting to leaving, at places on the way."""
        view = self._view
        for k, ride in enumerate(journey.rides):
            where = ride.to_place
            through = country in (None, view.country_of(where))
            if where != journey.ends_at and through:
                yield view.clock.date(where, ride.arrives)
                yield view.clock.date(where, _leaves(journey, k))


class _Order:
    """Which types come after which, of those a member needs on a part."""

    def __init__(self, types: Mapping[str, DocumentType]) -> None:
        self.types = types
        builds_on = {t: self._closure(t) for t in types}
        self.before: dict[str, set[str]] = {}
        for t, kind in types.items():
            others = set[str]()
            if kind.irreversible:
                others = {
                    q
                    for q, other in types.items()
                    if not other.irreversible and t not in builds_on[q]
                }
            self.before[t] = builds_on[t] | others

    def sorted(self) -> list[str]:
        """Types, each after those it comes after."""
        found: list[str] = []
        left = list(self.types)
        while left:
            free = [t for t in left if not self.before[t].intersection(left)]
            # After a circle (an error of the scenario) as they are listed.
            free = free or left
            found += free
            left = [t for t in left if t not in free]
        return found

    def _closure(self, t: str) -> set[str]:
        found: set[str] = set()
        left = list(self.types[t].after)
        while left:
            p = left.pop()
            if p in self.types and p not in found:
                found.add(p)
                left += self.types[p].after
        return found


def _is_to_obtain(document: Document) -> bool:
    return document.state is DocumentState.TO_OBTAIN


def _leaves(journey: Journey, k: int) -> datetime:
    """When the family leaves the place where its ride ``k`` alights, in UTC."""
    ride = journey.rides[k]
    for leg in journey.transfers:
        if leg.from_place == ride.to_place and utc(leg.departs) >= ride.arrives:
            return utc(leg.departs)
    following = journey.rides[k + 1 : k + 2]
    return following[0].departs if following else ride.arrives
