"""Families, their members, medical clearances and documents. No names, no diagnosis."""

from datetime import date
from typing import ClassVar

from pydantic import NonNegativeInt, PositiveInt

from movplan.domain.rows import Row
from movplan.domain.words import (
    DatePrecision,
    DocumentState,
    EscortLegs,
    EscortRole,
    EscortShare,
    MedicalStatus,
    Need,
    Priority,
    SessionKind,
    Sex,
)


class Family(Row):
    """The indivisible travel group of one or more linked cases: the unit of decision.

    Either members are listed in the members table, or the family carries counts by
    seat class (``adults``, ``children`` 2-11, ``infants`` under 2) that sum to
    ``persons``; with neither, all ``persons`` count as adults. ``travels_with`` names
    families that share every departure (not the vehicle), unless both have recorded
    their consent to travel apart (``travel_apart_consent`` is its date).
    ``best_interests`` is the date of the assessment that minors without an adult need;
    ``promissory_note`` says whether the note of a loan is signed.
    """

    KEY: ClassVar[tuple[str, ...]] = ("family_id",)

    family_id: str
    case_ids: tuple[str, ...] = ()
    external_ref: str | None = None
    programme: str
    persons: PositiveInt
    adults: NonNegativeInt | None = None
    children: NonNegativeInt | None = None
    infants: NonNegativeInt | None = None
    origin: str
    current_place: str | None = None
    destination: str
    ready_from: date
    latest: date | None = None
    priority: Priority = Priority.NORMAL
    weight: PositiveInt | None = None
    waiting_since: date | None = None
    must_travel: bool = False
    consent_signed: date | None = None
    consent_withdrawn: date | None = None
    travel_apart_consent: date | None = None
    travels_with: tuple[str, ...] = ()
    return_earliest: date | None = None
    return_latest: date | None = None
    beneficiary_type: str | None = None
    steps_done: tuple[SessionKind, ...] = ()
    luggage_kg: NonNegativeInt | None = None
    best_interests: date | None = None
    promissory_note: DocumentState | None = None

    @property
    def starts_at(self) -> str:
        """Where the journey starts: the current place, by default the origin."""
        return self.current_place or self.origin


class Member(Row):
    """A person of a family. A birth date by month or year is its first day.

    ``relation`` is what the member is to the principal: ``principal`` itself, spouse,
    child, parent, sibling, or another word that validation knows. ``guardian_id`` is a
    member who is a parent or in the place of one.
    """

    KEY: ClassVar[tuple[str, ...]] = ("member_id",)

    member_id: str
    family_id: str
    case_id: str | None = None
    birth_date: date
    birth_precision: DatePrecision = DatePrecision.DAY
    sex: Sex = Sex.UNSPECIFIED
    nationality: str = "AF"
    relation: str = ""
    guardian_id: str | None = None
    language: str | None = None
    needs: tuple[Need, ...] = ()
    pregnancy_weeks: NonNegativeInt | None = None
    pregnancy_as_of: date | None = None
    pregnancy_multiple: bool = False
    pregnancy_first: bool = False
    luggage_kg: NonNegativeInt | None = None


class Medical(Row):
    """A member's medical clearance: status, dates and the escort it asks for.

    ``valid_until`` absent: examination date plus the rule ``medical_validity_days``.
    A hold without ``hold_until`` or ``hold_released`` is a hold of unknown length.
    ``escort_skills`` are all asked of the escort.
    """

    KEY: ClassVar[tuple[str, ...]] = ("member_id",)

    member_id: str
    status: MedicalStatus = MedicalStatus.FIT
    exam_date: date | None = None
    valid_until: date | None = None
    hold_until: date | None = None
    airline_clearance_until: date | None = None
    escort_role: EscortRole | None = None
    escort_share: EscortShare = EscortShare.SHARED
    escort_legs: EscortLegs = EscortLegs.ALL
    escort_sex: Sex | None = None
    escort_language: str | None = None
    family_companion_allowed: bool = False
    hold_released: date | None = None
    escort_skills: tuple[str, ...] = ()


class Document(Row):
    """A document of a member, held with its dates or still to be obtained."""

    KEY: ClassVar[tuple[str, ...]] = ("member_id", "document_type")

    member_id: str
    document_type: str
    state: DocumentState = DocumentState.HELD
    valid_from: date | None = None
    valid_until: date | None = None
