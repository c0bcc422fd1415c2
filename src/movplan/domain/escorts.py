"""Escorts, what their positioning costs, and sessions with places."""

from datetime import date
from typing import ClassVar

from pydantic import AwareDatetime, NonNegativeInt, PositiveInt

from movplan.domain.money import Currency
from movplan.domain.rows import Row
from movplan.domain.words import EscortRole, PriceBasis, SessionKind, Sex, SubjectKind


class Escort(Row):
    """A doctor, nurse or operational escort, or an unnamed roster of ``headcount``.

    On a mission: positioning from base, out with the families (a seat on every ride),
    back alone, then ``rest_hours`` (absent: the rule ``escort_rest_hours``). Paid
    ``day_rate_cents`` per started local calendar day at base from leaving to being
    back, plus fares. ``patients_at_a_time`` absent: the rule of the role
    (``Scenario.patients_at_a_time``). ``countries`` are those the escort may enter
    besides the base's own; empty is all.
    """

    KEY: ClassVar[tuple[str, ...]] = ("escort_id",)

    escort_id: str
    role: EscortRole
    skills: tuple[str, ...] = ()
    sex: Sex = Sex.UNSPECIFIED
    languages: tuple[str, ...] = ()
    base: str
    unnamed: bool = False
    headcount: PositiveInt = 1
    lead_days: NonNegativeInt = 0
    available_from: date | None = None
    available_until: date | None = None
    documents_until: date | None = None
    rest_hours: NonNegativeInt | None = None
    patients_at_a_time: PositiveInt | None = None
    day_rate_cents: NonNegativeInt = 0
    currency: Currency
    basis: PriceBasis = PriceBasis.ESTIMATE
    countries: tuple[str, ...] = ()


class EscortTravel(Row):
    """What it takes an escort, alone, to get from one place to another."""

    KEY: ClassVar[tuple[str, ...]] = ("from_place", "to_place")

    from_place: str
    to_place: str
    both_ways: bool = True
    minutes: NonNegativeInt
    fare_cents: NonNegativeInt = 0
    currency: Currency
    basis: PriceBasis = PriceBasis.ESTIMATE


class Payer(Row):
    """A budget line's share of a departure's or an escort's fixed cost.

    Shares of one subject sum to 100 percent, whoever travels.
    """

    KEY: ClassVar[tuple[str, ...]] = ("subject_kind", "subject_id", "budget_line_id")

    subject_kind: SubjectKind
    subject_id: str
    budget_line_id: str
    share_percent: PositiveInt


class Session(Row):
    """A dated session with places: CO by member and language, PEC by family."""

    KEY: ClassVar[tuple[str, ...]] = ("session_id",)

    session_id: str
    kind: SessionKind
    place_id: str
    starts: AwareDatetime
    ends: AwareDatetime
    language: str | None = None
    places: NonNegativeInt
    programmes: tuple[str, ...] = ()
    price_per_person_cents: NonNegativeInt = 0
    currency: Currency
    basis: PriceBasis = PriceBasis.ESTIMATE
