"""Documents that depend on the itinerary: ``document_validity``, ``document_order``."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import numpy as np

from movplan.domain.people import Document, Family, Member
from movplan.domain.programmes import DocumentType
from movplan.domain.words import DocumentState, Part, Reason
from movplan.screening.bars import Bar, Side
from movplan.screening.bookable import Bookable
from movplan.screening.document_order import NEVER, Order, Paper, due, in_hand
from movplan.screening.holders import (
    ALWAYS,
    OBTAIN,
    ON_THE_WAY,
    HolderSpans,
    Span,
    have,
)
from movplan.screening.result import BoolArray, IntArray
from movplan.screening.shared import Shared
from movplan.screening.table import Dates, Table

VALIDITY, ORDER = "document_validity", "document_order"
NOUN = "date of use"
MEMBER = "{member}"
"""Stands in facts for the member, who is put there last."""


class _Row(NamedTuple):
    """What of a document matters to the rules, whoever's it is."""

    document_type: str
    state: DocumentState
    valid_from: date | None
    valid_until: date | None
    span: Span

    @property
    def name(self) -> str:
        """The document as facts call it."""
        return f"{self.document_type} of member {MEMBER}"

    def beside(self, today: date) -> "_Row":
        """What matters beside documents to obtain: when a held one is in hand."""
        since = self.valid_from if self.state is DocumentState.HELD else None
        since = since if since is not None and since > today else None
        return _Row(self.document_type, self.state, since, None, self.span)


Rows = tuple[_Row, ...]


class Papers:
    """Bars of a family's documents; those of equal documents are found once.

    A held one is looked at by itself, those to obtain with all of a member: but of its
    held ones these ask only when they are in hand. So few members differ.
    """

    def __init__(self, shared: Shared) -> None:
        self._files = shared.files
        self._holders = HolderSpans(shared.files)
        self._order = Order(shared.scenario)
        self._today = shared.scenario.as_of.date()
        self._firm = shared.facts.of_departures(
            [d.is_firm for d in shared.facts.departures]
        )
        self._shared = shared
        self._bookable = Bookable(shared)
        horizon = shared.scenario.horizon
        self._first_dates = (horizon.first, horizon.last)
        self._held: dict[tuple[int, _Row], tuple[Bar, ...]] = {}
        self._wanted: dict[tuple[Hashable, ...], tuple[Bar, ...]] = {}

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """Bars of the documents that the programme requires of each member."""
        required = self._holders.required(family)
        if not required:
            return
        for member in self._files.members[family.family_id]:
            rows = tuple(
                [
                    self._row(family, member, row, required[row.document_type])
                    for row in self._files.documents[member.member_id]
                    if row.document_type in required
                ]
            )
            for bar in self._of_member(family, table, rows):
                yield bar.about(MEMBER, member.member_id)
        yield from self._missing(family, table)

    def _of_member(self, family: Family, table: Table, rows: Rows) -> Iterator[Bar]:
        """Bars of held documents, then of those to obtain."""
        wanted = False
        for row in rows:
            if row.state is DocumentState.HELD:
                yield from self._of_held(row, table)
            else:
                wanted = True
        if wanted:
            beside = tuple([row.beside(self._today) for row in rows])
            yield from self._of_wanted(family, table, beside)

    def _of_held(self, row: _Row, table: Table) -> tuple[Bar, ...]:
        key = (id(table), row)
        if key not in self._held:
            self._held[key] = _biting(self._find_held(row, self._needed(row, table)))
        return self._held[key]

    def _of_wanted(self, family: Family, table: Table, rows: Rows) -> tuple[Bar, ...]:
        days = self._files.values.family("days_to_firm", family)
        listed = self._shared.listed.get(family.family_id)
        key = (id(table), days, rows, listed)
        if key not in self._wanted:
            booked = self._bookable.until(family, table)
            dates = {row: self._needed(row, table) for row in rows}
            self._wanted[key] = _biting(self._to_obtain(table, days, booked, dates))
        return self._wanted[key]

    def _row(
        self, family: Family, member: Member, row: Document, kind: DocumentType
    ) -> _Row:
        span = self._holders.of(family, member, kind)
        return _Row(row.document_type, row.state, row.valid_from, row.valid_until, span)

    def _missing(self, family: Family, table: Table) -> Iterator[Bar]:
        """Types needed on some itineraries only; the others refuse the family."""
        lacking: dict[tuple[str, Span], list[str]] = defaultdict(list)
        for member in self._files.members[family.family_id]:
            for name, span in self._holders.lacking(family, member):
                if not self._holders.always(name, span, self._first_dates):
                    lacking[name, span].append(member.member_id)
        for (name, span), members in lacking.items():
            kind = self._holders.type(name)
            if table.part is Part.RETURN and kind.moment not in ON_THE_WAY:
                continue
            needed = table.needed(kind.moment, kind.country).some
            passes = ~(needed & self._holds(span, table))
            if not passes.all():
                yield Bar(
                    reason=Reason.DOCUMENT_MISSING,
                    fact=f"{have(members)} no {name}",
                    passes=passes,
                    dates=table.first_on,
                    rule=VALIDITY,
                    change=lambda _: OBTAIN,
                )

    def _holds(self, span: Span, table: Table) -> BoolArray:
        """Itineraries for which somebody needs it, by the outbound's first date.

        That of a return is not known: some first date of the horizon will do.
        """
        if span is ALWAYS or table.part is Part.RETURN:
            needs = span is ALWAYS or span.meets(*self._first_dates)
            return np.full(len(table), needs, dtype=np.bool_)
        first, end = span.first.toordinal(), span.end.toordinal()
        holds: BoolArray = (table.first_on >= first) & (table.first_on < end)
        return holds

    def _needed(self, row: _Row, table: Table) -> Dates:
        kind = self._holders.type(row.document_type)
        dates = table.needed(kind.moment, kind.country)
        if row.span is ALWAYS:
            return dates
        return replace(dates, some=dates.some & self._holds(row.span, table))

    def _find_held(self, row: _Row, dates: Dates) -> Iterator[Bar]:
        since, until = row.valid_from, row.valid_until
        if since is not None and since.toordinal() > dates.earliest:
            yield Bar(
                reason=Reason.DOCUMENT_MISSING,
                fact=f"{row.name} is valid from {since}",
                passes=~dates.some | (dates.first >= since.toordinal()),
                dates=dates.first,
                noun=NOUN,
                nearest=Side.LAST,
                rule=VALIDITY,
            )
        if until is not None and until.toordinal() < dates.latest:
            yield Bar(
                reason=Reason.DOCUMENT_EXPIRED,
                fact=f"{row.name} ends {until}",
                passes=~dates.some | (dates.last <= until.toordinal()),
                dates=dates.last,
                noun=NOUN,
                rule=VALIDITY,
                change=_valid_to(dates.last),
            )

    def _to_obtain(
        self, table: Table, days: int, booked: IntArray, dates: dict[_Row, Dates]
    ) -> Iterator[Bar]:
        """Ready when due; then valid from due for its validity days."""
        is_firm = table.whole(self._firm)
        firm = self._today.toordinal() + np.where(is_firm, 0, days)
        papers = {
            row.document_type: self._paper(row, dates[row], firm, booked)
            for row in dates
        }
        waits = np.where(is_firm, -NEVER, days)
        ready = in_hand(papers, self._order, waits)
        latest = due(papers, self._order, waits)
        for row, needed in dates.items():
            if row.state is DocumentState.HELD:
                continue
            name = row.document_type
            yield self._in_time(row, needed, ready[name], latest[name])
            validity = papers[name].kind.validity_days
            if validity is not None:
                yield Bar(
                    reason=Reason.DOCUMENT_EXPIRED,
                    fact=f"{row.name} will be valid for {validity} days only",
                    passes=~needed.some | (needed.last <= latest[name] + validity),
                    dates=needed.last,
                    noun=NOUN,
                    rule=VALIDITY,
                )

    def _paper(
        self, row: _Row, dates: Dates, firm: IntArray, booked: IntArray
    ) -> Paper:
        kind = self._holders.type(row.document_type)
        held = row.state is DocumentState.HELD
        start, by = firm, dates.first
        if held or not kind.waits_for_transport:
            since = row.valid_from.toordinal() if held and row.valid_from else 0
            start = np.full(
                len(firm), max(self._today.toordinal(), since), dtype=np.int64
            )
        if kind.needed_to_book:
            by = np.minimum(by, booked)
        return Paper(kind, held, dates.some, start, by)

    def _in_time(self, row: _Row, dates: Dates, ready: IntArray, by: IntArray) -> Bar:
        passes = ~dates.some | (ready <= by)
        kind = self._holders.type(row.document_type)
        late = ready[~passes]
        earliest = date.fromordinal(int(late.min())) if len(late) else date.min
        alone = bool(np.all(late == self._today.toordinal() + kind.lead_days))
        waits = "" if alone and not kind.needed_to_book else _because(kind)
        return Bar(
            reason=Reason.DOCUMENT_MISSING if alone else Reason.DOCUMENT_ORDER,
            fact=f"{row.name} cannot be in hand before {earliest}{waits}",
            passes=passes,
            dates=by,
            noun="due date",
            nearest=Side.LAST,
            rule=ORDER,
        )


def _because(kind: DocumentType) -> str:
    """Why it takes longer than its own lead."""
    after = [f"after {' and '.join(kind.after)}"] if kind.after else []
    if kind.irreversible:
        after.append("last, as it cannot be undone")
    if kind.waits_for_transport:
        after.append("when the transport is firm")
    told = ["needed to book the transport"] if kind.needed_to_book else []
    told += [f"applied for {', '.join(after)}"] if after else []
    return f" ({', '.join([f'{kind.lead_days} days', *told])})" if told else ""


def _valid_to(dates: IntArray) -> Callable[[int], str]:
    return lambda i: f"one valid to {date.fromordinal(int(dates[i]))}"


def _biting(bars: Iterator[Bar]) -> tuple[Bar, ...]:
    """Bars that keep somebody off something."""
    return tuple(bar for bar in bars if not bar.passes.all())
