"""Columns that rows written by hand may give beside what their helpers fill in.

A day may be written as text, ``04-15``.
"""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from movplan.domain.assignments import Assignment, Override
from movplan.domain.budgets import BudgetLine
from movplan.domain.escorts import Escort, EscortTravel, Payer, Session
from movplan.domain.people import Document, Family, Medical, Member
from movplan.domain.programmes import DocumentType, Programme
from movplan.domain.rules import Rule
from movplan.domain.transport import (
    Capacity,
    Closure,
    Departure,
    DepartureStop,
    DepartureVehicle,
    Fare,
    Place,
    Transfer,
    VehicleType,
)
from movplan.domain.words import (
    CostCategory,
    DocumentState,
    EscortRole,
    EscortShare,
    LineKind,
    MedicalStatus,
    Need,
    Priority,
)

Day = str | date


class PlaceColumns(TypedDict, total=False):
    """Of a carried place."""

    subdivision: str
    holidays: bool
    night_price_cents: int
    max_nights: int
    connection_min: int


class MemberColumns(TypedDict, total=False):
    """Of the first member of a family."""

    nationality: str
    needs: tuple[Need, ...]
    pregnancy_weeks: int
    pregnancy_as_of: date
    pregnancy_multiple: bool


class FamilyColumns(TypedDict, total=False):
    """Of a family."""

    persons: int
    latest: Day | None
    return_earliest: Day
    return_latest: Day
    waiting_since: Day
    consent_signed: Day | None
    best_interests: Day
    travels_with: tuple[str, ...]
    travel_apart_consent: Day
    priority: Priority
    promissory_note: DocumentState | None
    luggage_kg: int | None


class MedicalColumns(TypedDict, total=False):
    """Of a clearance."""

    status: MedicalStatus
    valid_until: Day
    hold_until: Day
    hold_released: Day
    airline_clearance_until: Day
    escort_role: EscortRole
    escort_share: EscortShare
    escort_skills: tuple[str, ...]
    family_companion_allowed: bool


class FlightColumns(TypedDict, total=False):
    """Of a flight."""

    seats: int
    min_persons: int
    names_due: date
    programmes: tuple[str, ...]
    wheelchair_limit: int


class EscortColumns(TypedDict, total=False):
    """Of an escort."""

    available_from: Day
    skills: tuple[str, ...]
    countries: tuple[str, ...]


class LineColumns(TypedDict, total=False):
    """Of a budget line."""

    kind: LineKind
    programmes: tuple[str, ...]
    categories: tuple[CostCategory, ...]
    nationalities: tuple[str, ...]
    needs_approval: bool
    max_persons: int
    max_per_person_cents: int


class Tables(TypedDict, total=False):
    """Of a scenario."""

    programmes: Iterable[Programme]
    document_types: Iterable[DocumentType]
    families: Iterable[Family]
    members: Iterable[Member]
    medical: Iterable[Medical]
    documents: Iterable[Document]
    places: Iterable[Place]
    transfers: Iterable[Transfer]
    vehicle_types: Iterable[VehicleType]
    departures: Iterable[Departure]
    departure_stops: Iterable[DepartureStop]
    departure_vehicles: Iterable[DepartureVehicle]
    fares: Iterable[Fare]
    payers: Iterable[Payer]
    escorts: Iterable[Escort]
    escort_travel: Iterable[EscortTravel]
    sessions: Iterable[Session]
    capacities: Iterable[Capacity]
    closures: Iterable[Closure]
    budget_lines: Iterable[BudgetLine]
    assignments: Iterable[Assignment]
    overrides: Iterable[Override]
    rules: Iterable[Rule]
