"""Documents and airline clearances that depend on the itinerary's moments."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from movplan.domain.people import Document, Family, Medical
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import DepartureKind, DocumentState, Reason
from movplan.network import Network
from movplan.screening.bars import Bar, Side
from movplan.screening.result import BoolArray
from movplan.screening.table import Dates, Table
from movplan.screening.windows import Bounds


class Papers:
    """Bars of a family's documents and airline clearances."""

    def __init__(
        self, scenario: Scenario, files: Files, network: Network, bounds: Bounds
    ) -> None:
        self._files = files
        self._bounds = bounds
        self._today = scenario.as_of.date()
        self._fly = np.array(
            [ride.kind is DepartureKind.FLIGHT for ride in network.rides],
            dtype=np.bool_,
        )
        self._on = np.array(
            [ride.on.toordinal() for ride in network.rides], dtype=np.int64
        )

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """One bar per document that programme requires, and per airline clearance."""
        required = self._files.programmes[family.programme].required_documents
        for member in self._files.members[family.family_id]:
            medical = self._files.medical.get(member.member_id)
            if medical is not None and medical.airline_clearance_until is not None:
                yield self._airline(medical, table)
            for row in self._files.documents[member.member_id]:
                if row.document_type not in required:
                    continue
                if row.state is DocumentState.HELD:
                    yield from self._held(row, table)
                else:
                    yield from self._to_obtain(row, table)

    def _airline(self, medical: Medical, table: Table) -> Bar:
        until = medical.airline_clearance_until
        assert until is not None
        in_time = ~self._fly | (self._on <= until.toordinal())
        flights = np.append(np.where(self._fly, self._on, 0), 0)[table.rides]
        return Bar(
            reason=Reason.MEDICAL_EXPIRED,
            fact=f"airline clearance of member {medical.member_id} ends {until}",
            passes=table.whole(in_time),
            dates=flights.max(axis=1, initial=0),
            noun="flight",
        )

    def _held(self, row: Document, table: Table) -> Iterator[Bar]:
        dates = self._needed(row, table)
        name = f"{row.document_type} of member {row.member_id}"
        if row.valid_from is not None:
            yield Bar(
                reason=Reason.DOCUMENT_MISSING,
                fact=f"{name} is valid from {row.valid_from}",
                passes=_if_needed(dates, dates.first >= row.valid_from.toordinal()),
                dates=dates.first,
                noun="date it is needed",
                nearest=Side.LAST,
            )
        if row.valid_until is not None:
            yield Bar(
                reason=Reason.DOCUMENT_EXPIRED,
                fact=f"{name} ends {row.valid_until}",
                passes=_if_needed(dates, dates.last <= row.valid_until.toordinal()),
                dates=dates.last,
                noun="date it is needed",
            )

    def _to_obtain(self, row: Document, table: Table) -> Iterator[Bar]:
        """In hand not before ``as_of`` + lead; then valid for its validity days."""
        dates = self._needed(row, table)
        kind = self._bounds.document_type(row.document_type)
        in_hand = self._today + timedelta(days=kind.lead_days)
        name = f"{row.document_type} of member {row.member_id}"
        yield Bar(
            reason=Reason.DOCUMENT_MISSING,
            fact=f"{name} cannot be in hand before {in_hand}",
            passes=_if_needed(dates, dates.first >= in_hand.toordinal()),
            dates=dates.first,
            noun="date it is needed",
            nearest=Side.LAST,
        )
        if kind.validity_days is not None:
            yield Bar(
                reason=Reason.DOCUMENT_EXPIRED,
                fact=f"{name} will be valid for {kind.validity_days} days only",
                passes=_if_needed(
                    dates, dates.last - dates.first <= kind.validity_days
                ),
                dates=dates.last,
                noun="date it is needed",
            )

    def _needed(self, row: Document, table: Table) -> Dates:
        kind = self._bounds.document_type(row.document_type)
        return table.needed(kind.moment, kind.country)


def _if_needed(dates: Dates, valid: BoolArray) -> BoolArray:
    return ~dates.some | valid
