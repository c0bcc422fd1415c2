"""Documents: who needs which, on what dates, and when one to obtain is in hand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from movplan.checks.view.clock import utc
from movplan.checks.view.events import crossings
from movplan.checks.view.in_hand import Booking, InHand, in_hand
from movplan.checks.view.journeys import Journey
from movplan.checks.view.plan_view import PlanView
from movplan.domain.people import Document, Family, Member
from movplan.domain.programmes import DocumentType
from movplan.domain.words import DepartureStatus, DocumentState, Holders, Moment, Part

Dates = Mapping[str, list[date]]
PARENT_AND_CHILD = {
    ("principal", "child"),
    ("spouse", "child"),
    ("parent", "principal"),
    ("parent", "sibling"),
}
"""Relations to the principal of two who are parent and child."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A member's rows of the types it needs on a part, and the dates of need, sorted.

    ``in_hand`` says when those to obtain are in hand.
    """

    member: Member
    rows: Mapping[str, Document]
    needed: Mapping[str, list[date]]
    in_hand: Mapping[str, InHand]


class Papers:
    """Looks at one member and one part at a time."""

    def __init__(self, view: PlanView) -> None:
        self._view = view
        rows = view.scenario.document_types
        self._types = {row.document_type: row for row in rows}
        self._in_hands: dict[tuple[object, ...], dict[str, InHand]] = {}
        self._sheets: dict[tuple[str, Part], list[Sheet]] = {}
        self._dates_of: dict[tuple[str, Part, str], list[date]] = {}

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
            case Holders.MINORS:
                return [m for m in members if not persons.is_adult(family, m, on)]
            case Holders.MINORS_ONE_PARENT:
                return self._without_parents(family, on)

    def _without_parents(self, family: Family, on: date) -> list[Member]:
        """Minors who travel with adults, but not surely with two parents."""
        members, persons = self._view.members_of(family), self._view.persons
        adults = [m for m in members if persons.is_adult(family, m, on)]
        return [
            minor
            for minor in members
            if adults
            and minor not in adults
            and sum(_is_parent(adult, minor, members) for adult in adults) <= 1
        ]

    def document(self, member: Member, kind: str) -> Document | None:
        """The member's row of a type."""
        for row in self._view.files.documents.get(member.member_id, ()):
            if row.document_type == kind:
                return row
        return None

    def dates(self, journey: Journey, kind: DocumentType) -> list[date]:
        """Dates of a part on which a document of the type has to be valid, sorted."""
        key = (journey.family.family_id, journey.part, kind.document_type)
        if key not in self._dates_of:
            self._dates_of[key] = sorted(self._dates(journey, kind))
        return self._dates_of[key]

    def sheets(self, journey: Journey, first: date) -> list[Sheet]:
        """Of the members of a journey; ``first`` is the first date outbound.

        On that date it is decided who needs which.
        """
        key = (journey.family.family_id, journey.part)
        if key not in self._sheets:
            self._sheets[key] = list(self._work_out(journey, first))
        return self._sheets[key]

    def _work_out(self, journey: Journey, first: date) -> Iterator[Sheet]:
        family = journey.family
        needed: dict[str, list[date]] = {}
        holders: dict[str, set[str]] = {}
        for kind in self.types_of(family):
            dates = self.dates(journey, kind)
            if dates:
                needed[kind.document_type] = dates
                found = self.holders(family, kind, first)
                holders[kind.document_type] = {member.member_id for member in found}
        for member in self._view.members_of(family) if needed else ():
            rows = {
                kind: row
                for kind in needed
                if member.member_id in holders[kind]
                and (row := self.document(member, kind)) is not None
            }
            yield Sheet(member, rows, needed, self._in_hand(journey, rows, needed))

    def _in_hand(
        self, journey: Journey, rows: Mapping[str, Document], needed: Dates
    ) -> dict[str, InHand]:
        """Of those to obtain; a held one is in hand since it is valid, or now."""
        held = {
            kind: max(row.valid_from or date.min, self._view.as_of_date)
            for kind, row in rows.items()
            if row.state is DocumentState.HELD
        }
        if len(held) == len(rows):
            return {}
        # Members of one family mostly hold and need the same.
        key = (journey.name, *rows, *held.items())
        if key not in self._in_hands:
            self._in_hands[key] = in_hand(
                {kind: self.type_of(kind) for kind in rows},
                known=self._types,
                held=held,
                needed={kind: needed[kind][0] for kind in rows},
                booking=self._booking(journey),
            )
        return self._in_hands[key]

    def type_of(self, name: str) -> DocumentType:
        """The type of that name; one without a row is needed on arrival."""
        return self._types.get(name) or DocumentType(document_type=name)

    def _booking(self, journey: Journey) -> Booking:
        """How the transport of a part is booked."""
        days = timedelta(days=self._view.family_rule("days_to_firm", journey.family))
        firm = all(ride.service.departure.is_firm for ride in journey.rides)
        by = self._booked(journey)
        return Booking(self._view.as_of_date, by, None if firm else days)

    def _booked(self, journey: Journey) -> date:
        """The last date to be added to each manifest the family is not on yet."""
        dates = [date.max]
        for ride in journey.rides:
            departure, start = ride.service.departure, ride.service.served[0]
            listed = self._view.manifests
            if listed.lists(departure.departure_id, journey.family.family_id):
                continue
            name = f"manifest_lock_hours_{departure.kind.value}"
            hours = timedelta(hours=self._view.departure_rule(name, departure))
            dates.append(self._view.clock.date(start.place_id, start.departs - hours))
            ticketed = departure.status is DepartureStatus.TICKETED
            others = (departure.names_due, None if ticketed else departure.ticket_by)
            dates += [on for on in others if on is not None]
        return min(dates)

    def _dates(self, journey: Journey, kind: DocumentType) -> Iterator[date]:
        if journey.first_date is None or journey.final_date is None:
            return
        if kind.moment in (Moment.DEPARTURE, Moment.JOURNEY):
            yield journey.first_date
        enters = kind.moment is Moment.ARRIVAL and journey.part is Part.OUTBOUND
        if enters or kind.moment is Moment.JOURNEY:
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


def _is_parent(adult: Member, minor: Member, members: Iterable[Member]) -> bool:
    """By guardian, or by what both are to the one principal both belong to."""
    if minor.guardian_id == adult.member_id:
        return True
    principals = [m for m in members if m.relation.casefold() == "principal"]
    if len(principals) > 1:
        of_case = [m for m in principals if m.case_id == minor.case_id]
        if len(of_case) != 1 or adult.case_id != minor.case_id:
            return False
    pair = (adult.relation.casefold(), minor.relation.casefold())
    return pair in PARENT_AND_CHILD


def _leaves(journey: Journey, k: int) -> datetime:
    """When the family leaves the place where its ride ``k`` alights, in UTC."""
    ride = journey.rides[k]
    for leg in journey.transfers:
        if leg.from_place == ride.to_place and utc(leg.departs) >= ride.arrives:
            return utc(leg.departs)
    following = journey.rides[k + 1 : k + 2]
    return following[0].departs if following else ride.arrives
