"""A family's travel window: the bounds its files set on departure and arrival."""

from collections.abc import Iterator
from datetime import date, timedelta
from operator import attrgetter
from typing import NamedTuple

from movplan.domain.people import Document, Family, Member
from movplan.domain.programmes import DocumentType
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import DocumentState, Moment, Part, Reason, Trip
from movplan.screening.bars import Bound, Side, Why
from movplan.screening.holders import ON_THE_WAY, HolderSpans
from movplan.screening.papers import ORDER, VALIDITY
from movplan.screening.result import Window
from movplan.screening.standing import hold_ends

ONE_DAY = timedelta(days=1)
LATER = "one valid to"
STARTS = (Moment.DEPARTURE, Moment.JOURNEY)
ENDS = (Moment.ARRIVAL, Moment.JOURNEY)


class Bounds:
    """Collects the dates that bound the departure and arrival of a family's part."""

    def __init__(self, scenario: Scenario, files: Files) -> None:
        self._scenario = scenario
        self._files = files
        self._holders = HolderSpans(files)
        self._first_dates = (scenario.horizon.first, scenario.horizon.last)

    def of(self, family: Family, part: Part) -> list[Bound]:
        """All bounds; those of the horizon and the family's own dates come first."""
        own = self._outbound(family) if part is Part.OUTBOUND else self._return(family)
        bounds = [*self._horizon(family, part), *own]
        for member in self._files.members[family.family_id]:
            bounds.extend(self._medical(family, member))
            bounds.extend(self._documents(family, member, part))
        return bounds

    def _horizon(self, family: Family, part: Part) -> Iterator[Bound]:
        horizon = self._scenario.horizon
        closed = Reason.WINDOW_CLOSED
        first = "the horizon begins"
        yield Bound(closed, first, horizon.first, Side.FIRST, rule="")
        if part is Part.OUTBOUND:
            yield Bound(closed, "the horizon ends", horizon.last, Side.LAST, rule="")
            return
        days = self._files.values.family("return_days_after_horizon", family)
        last = horizon.last + days * ONE_DAY
        yield Bound(closed, f"{days} days after the horizon end", last, Side.LAST)

    def _outbound(self, family: Family) -> Iterator[Bound]:
        ready = family.ready_from
        yield Bound(Reason.NOT_READY, "the family is ready from", ready, Side.FIRST)
        if family.latest is not None:
            yield _arrive_by("the family's latest date is", family.latest)
        programme = self._files.programmes[family.programme]
        if programme.trip is Trip.ROUND_TRIP and programme.event_opens is not None:
            opens = programme.event_opens
            fact = f"the event opens on {opens}, the family arrives by"
            yield _arrive_by(fact, self._arrival(family, opens), "round_trip")

    def _return(self, family: Family) -> Iterator[Bound]:
        closed = Reason.WINDOW_CLOSED
        programme = self._files.programmes[family.programme]
        opens, closes = programme.event_opens, programme.event_closes
        if opens is not None and closes is not None:
            days = self._files.values.family("leave_days_after_event", family)
            day = max(closes + days * ONE_DAY, self._arrival(family, opens) + ONE_DAY)
            fact = f"the event closes on {closes}, the family leaves from"
            yield Bound(closed, fact, day, Side.FIRST, rule="round_trip")
        if family.return_earliest is not None:
            fact = "the return is wanted from"
            yield Bound(closed, fact, family.return_earliest, Side.FIRST)
        if family.return_latest is not None:
            yield _arrive_by("the return is wanted by", family.return_latest)

    def _arrival(self, family: Family, opens: date) -> date:
        """The last date on which a round trip arrives."""
        days = self._files.values.family("arrive_days_before_event", family)
        return opens - days * ONE_DAY

    def _medical(self, family: Family, member: Member) -> Iterator[Bound]:
        medical = self._files.medical.get(member.member_id)
        if medical is None:
            return
        ends = hold_ends(medical)
        if ends is not None:
            fact = f"medical hold of member {member.member_id} lets depart from"
            day, rule = ends + ONE_DAY, "medical_fitness"
            yield Bound(Reason.MEDICAL_HOLD, fact, day, Side.FIRST, rule=rule)
        if not self._files.programmes[family.programme].medical_required:
            return
        until = self._files.medical_valid_until(medical)
        if until is not None:
            yield Bound(
                Reason.MEDICAL_EXPIRED,
                f"clearance of member {member.member_id} ends",
                until,
                Side.LAST,
                "arrival",
                rule="medical_fitness",
                change="a clearance valid to",
            )

    def _documents(self, family: Family, member: Member, part: Part) -> Iterator[Bound]:
        required = self._holders.required(family)
        for row in self._files.documents[member.member_id]:
            kind = required.get(row.document_type)
            if kind is None or kind.moment in ON_THE_WAY:
                continue
            if kind.moment is not Moment.ARRIVAL or part is Part.OUTBOUND:
                yield from self._document(family, member, row, kind)

    def _document(
        self, family: Family, member: Member, row: Document, kind: DocumentType
    ) -> Iterator[Bound]:
        """Bounds whatever the itinerary; the bars of documents are ``Papers``'."""
        if not self._holders.of(family, member, kind).holds(*self._first_dates):
            return
        name = f"{row.document_type} of member {row.member_id}"
        if row.state is DocumentState.TO_OBTAIN:
            if kind.moment in STARTS:
                day = self._scenario.as_of.date() + timedelta(days=kind.lead_days)
                fact = f"{name} cannot be in hand before"
                missing, rule = Reason.DOCUMENT_MISSING, ORDER
                yield Bound(missing, fact, day, Side.FIRST, rule=rule)
            return
        if row.valid_from is not None and kind.moment in STARTS:
            fact = f"{name} is valid from"
            missing, day = Reason.DOCUMENT_MISSING, row.valid_from
            yield Bound(missing, fact, day, Side.FIRST, rule=VALIDITY)
        if row.valid_until is not None and kind.moment in (*STARTS, *ENDS):
            noun = "departure" if kind.moment is Moment.DEPARTURE else "arrival"
            fact = f"{name} ends"
            expired, day = Reason.DOCUMENT_EXPIRED, row.valid_until
            yield Bound(expired, fact, day, Side.LAST, noun, VALIDITY, LATER)


def _arrive_by(fact: str, day: date, rule: str = "travel_window") -> Bound:
    return Bound(Reason.WINDOW_CLOSED, fact, day, Side.LAST, "arrival", rule)


OPEN = Bound(Reason.WINDOW_CLOSED, "nothing ends", date.max, Side.LAST, rule="")
"""Of a return, where the rule that ends it is looked past."""


DAY = attrgetter("day")


def binding(bounds: list[Bound]) -> tuple[Bound, Bound]:
    """The latest of the first dates and the earliest of the last dates."""
    starts = [bound for bound in bounds if bound.side is Side.FIRST]
    ends = [bound for bound in bounds if bound.side is Side.LAST] or [OPEN]
    return max(starts, key=DAY), min(ends, key=DAY)


def window(bounds: list[Bound]) -> Window:
    """First and last date a first ride may board (it boards before it arrives)."""
    first, last = binding(bounds)
    return Window(
        first=first.day,
        last=last.day,
        first_because=f"{first.fact} {first.day}",
        last_because=f"{last.fact} {last.day}",
    )


class Closed(NamedTuple):
    """Two bounds that leave no date: the one that the officer can act on tells why."""

    tells: Bound
    other: Bound

    @property
    def why(self) -> Why:
        """Reason and fact."""
        told = (self.tells.said, self.other.said)
        return Why(self.tells.reason, ", but ".join(told), self.tells.rule, told)


def closed_window(bounds: list[Bound]) -> Closed | None:
    """What makes the window empty, if it is."""
    first, last = binding(bounds)
    if first.day <= last.day:
        return None
    if last.reason is Reason.WINDOW_CLOSED:
        return Closed(first, last)
    return Closed(last, first)
