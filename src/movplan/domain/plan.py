"""The plan: schedule, departures, missions, ledger, those left out, certificate."""

from datetime import date
from fractions import Fraction

from pydantic import AwareDatetime

from movplan.domain.money import Currency
from movplan.domain.rows import Frozen
from movplan.domain.words import (
    AssignmentState,
    CostCategory,
    EscortRole,
    EscortShare,
    LegKind,
    Measure,
    Outcome,
    Part,
    PriceBasis,
    Reason,
    StopReason,
    SubjectKind,
)


class Leg(Frozen):
    """One row of the schedule: a ride, transfer, night or appointment of a family.

    ``sequence`` orders the rows of a family's part from 1, in time. A ride names its
    departure, a convoy ride its vehicle too; an appointment its session and how many
    persons attend. A transfer or night that names a session is travel to, stay at or
    travel from (a PEC: on from) that session, by the attending persons. ``seats`` are
    those of a ride, or of a transfer the persons who need a seat. ``state`` is that of
    the ride's assignment, of other rows the loosest of the part's rides; ``revision``
    counts how often the part's rows changed, plan after plan, when this row came in.

    Nights are one row each: from the arrival at the place (a following night: from
    midnight) until midnight (the last: until leaving), local to the place; the date of
    ``departs`` is the night's evening.
    """

    family_id: str
    case_ids: tuple[str, ...] = ()
    external_ref: str | None = None
    part: Part = Part.OUTBOUND
    sequence: int
    kind: LegKind
    departure_id: str | None = None
    session_id: str | None = None
    from_place: str
    to_place: str
    departs: AwareDatetime
    arrives: AwareDatetime
    persons: int
    seats: int = 0
    vehicle: str | None = None
    escort_ids: tuple[str, ...] = ()
    state: AssignmentState = AssignmentState.PROPOSED
    revision: int = 0


class VehicleLoad(Frozen):
    """A vehicle of a convoy with the families and escorts aboard.

    ``peak_*`` are the most taken on any of its segments: seats (escorts included),
    wheelchair and stretcher places; ``None`` where a plan does not say.
    """

    vehicle: str
    vehicle_type_id: str
    family_ids: tuple[str, ...]
    mission_ids: tuple[str, ...] = ()
    peak_seats: int
    seats: int
    spare_seats: int
    peak_wheelchairs: int | None = None
    peak_stretchers: int | None = None


class PlannedDeparture(Frozen):
    """A departure of the scenario in the plan: run or not, its load, its vehicles.

    ``peak_*`` are the most on any segment, as of a vehicle; aboard a flight whoever
    cannot climb stairs (WCHS) counts as a wheelchair too.
    """

    departure_id: str
    runs: bool
    persons: int = 0
    peak_seats: int = 0
    seats: int | None = None
    family_ids: tuple[str, ...] = ()
    mission_ids: tuple[str, ...] = ()
    vehicles: tuple[VehicleLoad, ...] = ()
    peak_wheelchairs: int | None = None
    peak_stretchers: int | None = None


class MissionRide(Frozen):
    """A ride an escort makes with families."""

    departure_id: str
    from_place: str
    to_place: str


class EscortMission(Frozen):
    """One escort out along rides of departures, back alone, then rest.

    ``leaves_base`` .. ``back_at_base`` are local to the base; the escort is free again
    at ``free_from``. ``family_ids`` are the families served, ``share`` whether the
    escort is one family's own. A mission of share ``convoy`` is part of a convoy's
    staff: one ride over the whole departure, and no families.
    """

    mission_id: str
    escort_id: str
    role: EscortRole
    share: EscortShare
    rides: tuple[MissionRide, ...]
    family_ids: tuple[str, ...]
    leaves_base: AwareDatetime
    starts: AwareDatetime
    ends: AwareDatetime
    back_at_base: AwareDatetime
    free_from: AwareDatetime


class Charge(Frozen):
    """One amount, one cost category, one subject, one budget line.

    ``item`` names what is paid, unique within (subject, category), e.g.
    ``outbound/2/TK871-0512``. ``amount_cents`` is in ``currency`` as tariffed,
    ``line_cents`` in the budget line's currency and ``reporting_cents`` in the
    reporting currency, each converted once, half-even, at the rate of ``on``.
    """

    subject_kind: SubjectKind
    subject_id: str
    category: CostCategory
    item: str
    on: date
    budget_line_id: str
    currency: Currency
    amount_cents: int
    line_cents: int
    reporting_cents: int
    tariff: str = ""
    basis: PriceBasis = PriceBasis.ESTIMATE


class LeftOut(Frozen):
    """A family left out: the reason, the binding fact, and whether it lapses.

    ``rule`` names the movement rule that keeps it out, if one does.
    """

    family_id: str
    case_ids: tuple[str, ...] = ()
    external_ref: str | None = None
    persons: int
    reason: Reason
    fact: str
    deferred: bool = False
    lapses_on: date | None = None
    rule: str = ""


class Deadline(Frozen):
    """A date by which somebody must act, in time order."""

    on: date
    what: str
    subject_kind: SubjectKind
    subject_id: str
    detail: str = ""


class LevelResult(Frozen):
    """Value, proven bound and gap of one objective level.

    gap = |value - bound| / max(|value|, |bound|, 1), an exact fraction written
    ``"3/1000"``; ``held_at`` is the value later levels had to keep.
    """

    name: str
    measure: Measure
    maximise: bool
    value: int
    bound: int
    gap: str
    absolute_gap: int
    held_at: int
    proved: bool

    @property
    def gap_fraction(self) -> Fraction:
        """The exact gap."""
        return Fraction(self.gap)


class CheckResult(Frozen):
    """What one rule's check said: how many it looked at, could not, found broken."""

    rule: str
    checked: int
    violations: int
    unchecked: int = 0
    overridden: int = 0


class DefaultUsed(Frozen):
    """An assumption the plan rests on, with its source and evidence label."""

    what: str
    value: str
    source: str
    label: str


class Certificate(Frozen):
    """What makes a plan trustworthy."""

    scenario_digest: str
    levels: tuple[LevelResult, ...]
    optimal_given: tuple[str, ...] = ()
    checks: tuple[CheckResult, ...]
    ledger_balanced: bool
    ledger_total_reporting_cents: int
    estimated_share_percent: int
    scope: tuple[str, ...] = ()
    defaults: tuple[DefaultUsed, ...] = ()
    overrides: tuple[str, ...] = ()
    seed: int
    effort: int | None
    versions: dict[str, str]


class Finding(Frozen):
    """Something reported, not refused: a broken assignment in force, a shortfall."""

    rule: str
    subject: str
    fact: str


class Plan(Frozen):
    """A checked, costed, certified plan. Every family is in exactly one list."""

    schema_version: int = 1
    scenario_id: str
    as_of: AwareDatetime
    reporting_currency: Currency
    outcome: Outcome
    stop_reason: StopReason
    repeatable: bool
    schedule: tuple[Leg, ...]
    departures: tuple[PlannedDeparture, ...]
    missions: tuple[EscortMission, ...]
    ledger: tuple[Charge, ...]
    left_out: tuple[LeftOut, ...]
    deadlines: tuple[Deadline, ...] = ()
    findings: tuple[Finding, ...] = ()
    certificate: Certificate
