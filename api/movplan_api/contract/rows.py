"""Rows of views. What a caller may not see is absent: null, or an empty list."""

from datetime import date
from typing import Any

from pydantic import AwareDatetime

from movplan.domain.plan import (
    Charge,
    Deadline,
    EscortMission,
    Leg,
    VehicleLoad,
)
from movplan.domain.words import (
    AssignmentState,
    DatePrecision,
    DepartureKind,
    DepartureStatus,
    EscortRole,
    EscortShare,
    Need,
    Reason,
    Sex,
)
from movplan_api.contract.answers import Answer
from movplan_api.contract.queries import Change


class LegRow(Leg):
    """A row of the schedule; without ``medical`` no seats and no escorts."""

    seats: int | None  # type: ignore[assignment]


class MissionRow(EscortMission):
    """An escort's mission; without ``medical`` neither role nor families."""

    role: EscortRole | None  # type: ignore[assignment]
    share: EscortShare | None  # type: ignore[assignment]


class FormerFamily(Answer):
    """A family that had rows in an earlier plan and has none now."""

    family_id: str
    case_ids: tuple[str, ...]
    external_ref: str | None


class FamilyRow(Answer):
    """A family: first ride and last arrival outbound, or why it stays."""

    family_id: str
    case_ids: tuple[str, ...]
    external_ref: str | None
    programme: str | None
    persons: int
    travels: bool
    departs: AwareDatetime | None
    arrives: AwareDatetime | None
    departure_ids: tuple[str, ...]
    nights: int
    reason: Reason | None
    fact: str | None
    deferred: bool | None
    lapses_on: date | None


class FamilyDetail(FamilyRow):
    """A family with all that the plan says about it."""

    legs: tuple[LegRow, ...]
    charges: tuple[Charge, ...]
    deadlines: tuple[Deadline, ...]
    missions: tuple[MissionRow, ...]


class DepartureRow(Answer):
    """A departure: as timetabled, and as planned."""

    departure_id: str
    kind: DepartureKind
    carrier: str
    number: str
    from_place: str
    to_place: str
    departs: AwareDatetime
    arrives: AwareDatetime
    status: DepartureStatus
    runs: bool
    persons: int
    peak_seats: int
    peak_wheelchairs: int | None
    peak_stretchers: int | None
    seats: int | None
    family_ids: tuple[str, ...]
    mission_ids: tuple[str, ...]
    vehicles: tuple[VehicleLoad, ...]


class DepartureDetail(DepartureRow):
    """A departure with its own charges and deadlines."""

    charges: tuple[Charge, ...]
    deadlines: tuple[Deadline, ...]


class CostRow(Answer):
    """What one group costs in one currency of the lines that pay, in minor units."""

    group: str
    line_currency: str
    charges: int
    line_cents: int
    reporting_cents: int
    estimated_reporting_cents: int


class ManifestRow(Answer):
    """A person aboard, or a family of which only counts are known.

    Names for the scope ``names``, needs and escorts for ``medical``.
    """

    family_id: str
    case_ids: tuple[str, ...]
    external_ref: str | None
    member_id: str | None
    persons: int
    name: str | None
    document_number: str | None
    phone: str | None
    case_id: str | None
    birth_date: date | None
    birth_precision: DatePrecision | None
    sex: Sex | None
    nationality: str | None
    relation: str | None
    language: str | None
    needs: tuple[Need, ...] | None
    from_place: str
    to_place: str
    departs: AwareDatetime
    arrives: AwareDatetime
    vehicle: str | None
    escort_ids: tuple[str, ...]
    state: AssignmentState


class EscortAboard(Answer):
    """An escort on a departure."""

    escort_id: str
    mission_id: str
    role: EscortRole | None
    from_place: str
    to_place: str


class FamilyChange(Answer):
    """What another plan changes for a family."""

    family_id: str
    case_ids: tuple[str, ...]
    external_ref: str | None
    persons: int
    change: Change
    departs_before: AwareDatetime | None
    departure_ids_before: tuple[str, ...] | None
    reason_before: Reason | None
    departs_after: AwareDatetime | None
    departure_ids_after: tuple[str, ...] | None
    reason_after: Reason | None
    fact: str | None


class DepartureChange(Answer):
    """A departure that is run by one plan only, or carries other families."""

    departure_id: str
    ran: bool
    runs: bool
    persons_before: int
    persons_after: int
    joined: tuple[str, ...]
    left: tuple[str, ...]


class BeforeAfter(Answer):
    """A figure of two plans."""

    before: Any
    after: Any
