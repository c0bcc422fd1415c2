"""What may stand behind the question mark of a view; anything else is refused."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field, TypeAdapter, ValidationError

from movplan.application.costs import By, View
from movplan.domain.words import (
    CostCategory,
    DepartureKind,
    LegKind,
    Outcome,
    Part,
    Reason,
    Status,
    StopReason,
    SubjectKind,
)
from movplan_api.contract.orders import Asked, Tag
from movplan_api.store.pages import MOST

MOST_ROWS, USUAL_ROWS = 1000, 200

# Databases take no control characters, and no id has any.
_Id = Annotated[
    str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]
_Cursor = Annotated[str | None, Field(max_length=400)]


class Change(StrEnum):
    """What became of a family between two plans."""

    JOINS = "joins"
    LEAVES = "leaves"
    MOVES = "moves"
    REASON = "reason"
    NEW = "new"
    GONE = "gone"


class RowsQuery(Asked):
    """Paging of rows. CSV without a limit is the whole table."""

    limit: int | None = Field(
        default=None, ge=1, le=MOST_ROWS, description="JSON: 200 unless given."
    )
    cursor: _Cursor = None


def _moment_or_plan(said: str) -> str:
    if said.startswith("pln_"):
        return said
    try:
        moment_of(said)
    except ValidationError:
        raise ValueError("give a time with its zone, or the id of a plan") from None
    return said


_MOMENT: TypeAdapter[datetime] = TypeAdapter(AwareDatetime)


def moment_of(said: str) -> datetime:
    """A time with its zone; ``+`` may have come as a space, as addresses have it."""
    return _MOMENT.validate_python(said.replace(" ", "+") if "T" in said else said)


class ScheduleQuery(RowsQuery):
    """Whose rows of the schedule."""

    case: _Id | None = None
    ref: _Id | None = None
    family: _Id | None = None
    departure: _Id | None = None
    part: Part | None = None
    kind: LegKind | None = None
    changed_since: Annotated[_Id, AfterValidator(_moment_or_plan)] | None = Field(
        default=None,
        description="Only families whose rows differ from an earlier plan's: the plan"
        " of this id, or the latest that this one came from and that was final by this"
        " time (with zone). Nothing earlier: all rows.",
    )


class DeparturesQuery(RowsQuery):
    """Which departures."""

    runs: bool | None = None
    kind: DepartureKind | None = None
    from_place: _Id | None = None
    to_place: _Id | None = None


class FamiliesQuery(RowsQuery):
    """Which families."""

    case: _Id | None = None
    ref: _Id | None = None
    programme: _Id | None = None
    travels: bool | None = None
    reason: Reason | None = None


class LedgerQuery(RowsQuery):
    """Which charges."""

    subject: _Id | None = None
    subject_kind: SubjectKind | None = None
    category: CostCategory | None = None
    line: _Id | None = Field(default=None, description="The budget line that pays.")


class DeadlinesQuery(RowsQuery):
    """Which deadlines."""

    subject: _Id | None = None
    subject_kind: SubjectKind | None = None


class MissionsQuery(RowsQuery):
    """Which escorts' missions. By family: as far as this caller sees families."""

    escort: _Id | None = None
    family: _Id | None = None


class LeftOutQuery(RowsQuery):
    """Which of those left out. ``reason`` is as this caller sees it."""

    case: _Id | None = None
    ref: _Id | None = None
    reason: Reason | None = None
    deferred: bool | None = None


class CostsQuery(RowsQuery):
    """By what, and whether as paid or as shared among those aboard."""

    by: By
    view: View | None = Field(
        default=None, description="Family and programme: attribution unless given."
    )

    @property
    def sharing(self) -> View:
        """As asked for, else what suits the breakdown."""
        for_whom = self.by in (By.FAMILY, By.PROGRAMME)
        usual = View.ATTRIBUTION if for_whom else View.PAYMENT
        return self.view or usual


class DiffQuery(RowsQuery):
    """Against which plan, and which changes."""

    against: _Id = Field(description="The id of the plan before.")
    change: Change | None = None
    case: _Id | None = None


class NoQuery(Asked):
    """Nothing."""


class PlansQuery(Asked):
    """Which plans, newest first."""

    limit: int = Field(default=50, ge=1, le=MOST)
    cursor: _Cursor = None
    status: Status | None = None
    outcome: Outcome | None = None
    stop_reason: StopReason | None = None
    tag: Tag | None = None
    scenario_id: _Id | None = None
    parent_id: _Id | None = None
    created_since: AwareDatetime | None = None
    created_until: AwareDatetime | None = None
