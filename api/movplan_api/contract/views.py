"""The answers of views: pages of rows, and single documents."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from movplan.application.costs import By, View
from movplan.domain.plan import Certificate, Charge, Deadline, Finding, LeftOut
from movplan.domain.words import Outcome, StopReason
from movplan_api.contract.answers import Answer, PlanMetadata
from movplan_api.contract.rows import (
    BeforeAfter,
    CostRow,
    DepartureChange,
    DepartureRow,
    EscortAboard,
    FamilyChange,
    FamilyRow,
    FormerFamily,
    LegRow,
    ManifestRow,
    MissionRow,
)

R = TypeVar("R")


class RowPage(Answer, Generic[R]):
    """One page of a plan's rows; ``total`` counts them all, filters applied."""

    items: tuple[R, ...]
    total: int
    next_cursor: str | None


class SchedulePage(RowPage[LegRow]):
    """Rows of the schedule, family by family."""

    no_longer_scheduled: tuple[FormerFamily, ...] = ()


class DeparturePage(RowPage[DepartureRow]):
    """Departures by time."""


class FamilyPage(RowPage[FamilyRow]):
    """Families by id, those that travel and those that stay."""


class LedgerPage(RowPage[Charge]):
    """Charges; amounts in minor units."""


class DeadlinePage(RowPage[Deadline]):
    """Dates by which somebody must act, in time order."""


class MissionPage(RowPage[MissionRow]):
    """Escorts' missions: out with those they serve, back alone, rest."""


class LeftOutPage(RowPage[LeftOut]):
    """Those left out, with reason and fact."""


class CostPage(RowPage[CostRow]):
    """Costs by one thing; reporting amounts sum to the ledger's total."""

    by: By
    view: View
    reporting_currency: str
    total_reporting_cents: int


class CertificateAnswer(Answer):
    """What makes the plan trustworthy, and what it reports."""

    plan_id: str
    plan_sha256: str
    outcome: Outcome
    stop_reason: StopReason
    repeatable: bool
    broken: int
    unchecked: int
    certificate: Certificate
    findings: tuple[Finding, ...]


class InputAnswer(Answer):
    """What the plan was made from: the scenario in canonical form, and the order.

    ``changes`` made the scenario out of ``parent_id``: overrides, what a replan took.
    """

    scenario_id: str
    name: str
    version: int
    digest: str
    parent_id: str | None
    limits: dict[str, Any]
    changes: tuple[dict[str, Any], ...]
    set_aside: tuple[LeftOut, ...]
    scenario: dict[str, Any]


class DiffPage(RowPage[FamilyChange]):
    """What the plan changes against the one before."""

    plan_id: str
    against: str
    same_scenario: bool
    totals: dict[str, BeforeAfter]
    departures: tuple[DepartureChange, ...]


class Names(StrEnum):
    """Whether names are on a manifest, and if not, why."""

    JOINED = "joined"
    NOT_IN_SCOPE = "not_in_scope"
    VAULT_CLOSED = "vault_closed"


class Manifest(Answer):
    """Who is aboard a departure. ``named`` counts the members with a name."""

    plan_id: str
    departure_id: str
    runs: bool
    persons: int
    names: Names
    named: int
    items: tuple[ManifestRow, ...]
    escorts: tuple[EscortAboard, ...]


class PlanInForce(Answer):
    """The plan in force: since when, by whose key, and where it stands."""

    plan_id: str
    since: datetime
    approved_by: str | None
    plan: PlanMetadata
