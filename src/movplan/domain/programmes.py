"""Programmes: what a family travels under. Data, not code."""

from datetime import date
from typing import ClassVar

from pydantic import NonNegativeInt

from movplan.domain.money import Currency
from movplan.domain.rows import Row
from movplan.domain.words import (
    EvidenceLabel,
    Holders,
    Household,
    Moment,
    PriceBasis,
    SessionKind,
    Trip,
)


class Programme(Row):
    """Requirements, trip type and grants of one programme.

    A round trip has an event: outbound arrives ``arrive_days_before_event`` days before
    ``event_opens`` at the latest, the return departs ``leave_days_after_event`` days
    after ``event_closes`` at the earliest (dates local to the destination).
    Grants: per person, per member with relation principal, and once per company of
    families that travel together. ``household`` limits who may belong to a family.
    """

    KEY: ClassVar[tuple[str, ...]] = ("programme_id",)

    programme_id: str
    name: str = ""
    trip: Trip = Trip.ONE_WAY
    event_opens: date | None = None
    event_closes: date | None = None
    required_documents: tuple[str, ...] = ()
    required_steps: tuple[SessionKind, ...] = ()
    medical_required: bool = False
    consent_required: bool = True
    overnight_transit: bool = True
    weight: int | None = None
    grant_per_person_cents: NonNegativeInt = 0
    grant_currency: Currency | None = None
    grant_basis: PriceBasis = PriceBasis.ESTIMATE
    source: str = ""
    label: EvidenceLabel = EvidenceLabel.COMMON_PRACTICE
    household: Household = Household.ANY
    grant_per_family_cents: NonNegativeInt = 0
    grant_per_principal_cents: NonNegativeInt = 0


class DocumentType(Row):
    """Where and when a kind of document must be valid, and how it is obtained.

    ``moment`` is the moment of the journey, ``arrival`` that at the destination, not
    home again; ``country`` narrows ``border`` and ``transit`` to itineraries through
    that country. ``lead_days`` calendar days pass between applying (not before
    ``as_of``) and holding; a document to obtain is then valid for ``validity_days``. It
    is applied for after the types in ``after`` are in hand and, unless
    ``before_booking``, once the transport is firm; an irreversible one after all
    others. One ``needed_to_book`` is in hand before the transport is booked, so applied
    for before it too. ``holders`` says which members need one.
    """

    KEY: ClassVar[tuple[str, ...]] = ("document_type",)

    document_type: str
    name: str = ""
    moment: Moment = Moment.ARRIVAL
    country: str | None = None
    lead_days: NonNegativeInt = 0
    validity_days: NonNegativeInt | None = None
    irreversible: bool = False
    source: str = ""
    label: EvidenceLabel = EvidenceLabel.COMMON_PRACTICE
    after: tuple[str, ...] = ()
    before_booking: bool = False
    holders: Holders = Holders.ALL
    needed_to_book: bool = False

    @property
    def waits_for_transport(self) -> bool:
        """Whether it is applied for only once the transport is firm."""
        return not (self.before_booking or self.needed_to_book)
