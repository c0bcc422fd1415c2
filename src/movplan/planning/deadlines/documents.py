"""Documents to obtain: when to apply for each, and when it has to be in hand.

due(t) = min(first date t is needed, due(d) - lead(d) of every d to obtain that comes
after t); it is applied for on due(t) - lead(t). One needed to book is due by the last
date to book, too. See ``docs/semantics.md``, Documents.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from movplan.domain.ages import adult_from, birthday
from movplan.domain.parents import parents_of
from movplan.domain.people import Member
from movplan.domain.plan import Deadline
from movplan.domain.programmes import DocumentType
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import DocumentState, Holders, Moment, Part
from movplan.planning.deadlines.booking import Booking, Bookings, FirmBy
from movplan.planning.deadlines.trips import Trip, Trips

Types = Mapping[str, DocumentType]
BOTH = 2


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a trip asks: the first date each document is needed, how it is booked.

    Who is an adult is seen on ``starts_on``, when the family leaves home.
    """

    trip: Trip
    starts_on: date
    needed: Mapping[str, date]
    booking: Booking


class Applications:
    """Finds what members have to apply for on the trips of a plan."""

    def __init__(self, scenario: Scenario, files: Files, reader: Trips) -> None:
        self._files, self._reader = files, reader
        self._bookings = Bookings(scenario, files, reader)
        self._types = {row.document_type: row for row in scenario.document_types}

    def of(self, trips: Sequence[Trip]) -> Iterator[Deadline]:
        """Apply-by and in-hand-by dates, per member, document and part.

        And when each departure has to be firm for it, the first time that it does.
        """
        firm = FirmBy()
        first = {
            trip.family.family_id: trip.starts_on
            for trip in trips
            if trip.part is Part.OUTBOUND
        }
        for trip in trips:
            asked = _Asked(
                trip=trip,
                starts_on=first.get(trip.family.family_id, trip.starts_on),
                needed=self._needed(trip),
                booking=self._bookings.of(trip),
            )
            for member in self._files.members[trip.family.family_id]:
                yield from self._of_member(asked, member, firm)
        yield from firm.deadlines()

    def _needed(self, trip: Trip) -> dict[str, date]:
        """First date each required document is needed on, where it ever is."""
        programme = self._files.programmes[trip.family.programme]
        dates = {
            name: min(self._dates(trip, self._type(name)), default=None)
            for name in programme.required_documents
        }
        return {name: on for name, on in dates.items() if on is not None}

    def _type(self, name: str) -> DocumentType:
        return self._types.get(name) or DocumentType(document_type=name)

    def _dates(self, trip: Trip, kind: DocumentType) -> Iterator[date]:
        match kind.moment:
            case Moment.DEPARTURE | Moment.JOURNEY:
                yield trip.starts_on
            case Moment.ARRIVAL if trip.part is Part.OUTBOUND:
                yield trip.ends_on
            case Moment.BORDER:
                yield from self._in_country(self._reader.crossings(trip), kind)
            case Moment.TRANSIT:
                stops = ((ride.to_place, ride.alights_on) for ride in trip.rides)
                on_the_way = (stop for stop in stops if stop[0] != trip.ends_at)
                yield from self._in_country(on_the_way, kind)

    def _in_country(
        self, visits: Iterator[tuple[str, date]], kind: DocumentType
    ) -> Iterator[date]:
        for place_id, on in visits:
            if kind.country in (None, self._reader.places[place_id].country):
                yield on

    def _of_member(
        self, asked: _Asked, member: Member, firm: FirmBy
    ) -> Iterator[Deadline]:
        trip, needed = asked.trip, asked.needed
        rows = {r.document_type: r for r in self._files.documents[member.member_id]}
        lacks = {
            name
            for name in needed
            if name in rows and rows[name].state is DocumentState.TO_OBTAIN
        }
        if not lacks:
            return
        types = {
            name: self._type(name)
            for name in needed
            if name in rows and self._holds(member, self._type(name), asked.starts_on)
        }
        due_by = due_dates(types, needed, lacks & types.keys(), asked.booking)
        for name, due in due_by.items():
            kind, detail = types[name], f"member {member.member_id}"
            how = ", and to book the transport" if kind.needed_to_book else ""
            last = ", irreversible: after all others" if kind.irreversible else ""
            needs = f"{detail}, needed {needed[name]}{how}{last}"
            apply_on = due - timedelta(days=kind.lead_days)
            yield trip.deadline(apply_on, what=f"apply for {name}", detail=needs)
            yield trip.deadline(due, what=f"{name} in hand", detail=needs)
            if kind.waits_for_transport:
                then = f"{trip.family.family_id} then applies for {name}"
                firm.ask(trip, apply_on, then)

    def _holds(self, member: Member, kind: DocumentType, on: date) -> bool:
        """Whether the member needs a document of the type, by its holders."""
        if kind.holders is Holders.ALL:
            return True
        family = self._files.family_of[member.member_id]
        years = self._files.values.family("adult_age_years", family)
        if kind.holders is Holders.ADULTS:
            return on >= birthday(member.birth_date, years)
        if on >= adult_from(member, years):
            return False
        if kind.holders is Holders.MINORS:
            return True
        members = self._files.members[family.family_id]
        adults = [m for m in members if on >= adult_from(m, years)]
        parents = [p for p in parents_of(member, members) if p in adults]
        return bool(adults) and len(parents) < BOTH


def due_dates(
    types: Types, needed: Mapping[str, date], to_obtain: set[str], booking: Booking
) -> dict[str, date]:
    """When each document to obtain has to be in hand at the latest."""
    before = {name: _comes_after(name, types) for name in types}
    due: dict[str, date] = {}

    def find(name: str) -> date:
        if name not in due:
            later = [
                find(d) - timedelta(days=types[d].lead_days) - wait
                for d in to_obtain
                if (wait := _wait(d, name, types, before, booking)) is not None
            ]
            books = types[name].needed_to_book
            by = min(needed[name], booking.by) if books else needed[name]
            due[name] = min([by, *later])
        return due[name]

    return {name: find(name) for name in sorted(to_obtain)}


def _wait(
    name: str, other: str, types: Types, before: Mapping[str, set[str]], book: Booking
) -> timedelta | None:
    """How long after the other one may be applied for; ``None``: at any time."""
    after_booking = types[other].needed_to_book and types[name].waits_for_transport
    if after_booking and not book.is_firm and name not in before[other]:
        return book.to_firm
    return timedelta() if other in before[name] else None


def _comes_after(name: str, types: Types) -> set[str]:
    """The documents a document comes after, directly or through others."""
    found = _through(name, types)
    if types[name].irreversible:
        found |= {
            other
            for other, kind in types.items()
            if not kind.irreversible and name not in _through(other, types)
        }
    return found - {name}


def _through(name: str, types: Types) -> set[str]:
    found: set[str] = set()
    waiting = list(types[name].after)
    while waiting:
        other = waiting.pop()
        if other in types and other not in found:
            found.add(other)
            waiting.extend(types[other].after)
    return found
