"""Studies: the same scenario under different conditions, a plan for each."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, model_validator

from movplan.domain.changes import Change, describe
from movplan.domain.words import Status
from movplan_api.contract.answers import Answer
from movplan_api.contract.orders import Asked, Changes, Id, LimitsAsked
from movplan_api.store.tables import StoredPlan, StoredStudy, StudyVariant

MOST_VARIANTS = 200

VariantName = Annotated[str, Field(min_length=1, max_length=50, pattern=r"^[\w.:-]+$")]
Share = Annotated[Decimal, Field(ge=0, le=100)]


class VariantAsked(Asked):
    """One variant: the scenario with these changes; without any, as it is."""

    name: VariantName
    changes: Changes = ()


class StudyAsked(Asked):
    """A plan for each variant, side by side as far as there are workers.

    ``budget_shares`` adds a variant for each: every ceiling of every budget line times
    that share, e.g. ``[0.8, 1, 1.2]``.
    """

    scenario_id: Id
    name: str = Field(default="", max_length=100)
    variants: tuple[VariantAsked, ...] = Field(default=(), max_length=MOST_VARIANTS)
    budget_shares: tuple[Share, ...] = Field(default=(), max_length=MOST_VARIANTS)
    limits: LimitsAsked = LimitsAsked()

    @model_validator(mode="after")
    def _names_differ(self) -> "StudyAsked":
        names = [variant.name for variant in self.all_variants]
        if not 1 <= len(names) <= MOST_VARIANTS:
            raise ValueError(f"give 1 to {MOST_VARIANTS} variants")
        if len(set(names)) < len(names):
            raise ValueError("two variants have the same name")
        return self

    @property
    def all_variants(self) -> tuple[VariantAsked, ...]:
        """Those given, then one for each share."""
        return (*self.variants, *map(_of_share, self.budget_shares))


def _of_share(share: Decimal) -> VariantAsked:
    changes = () if share == 1 else (f"budget_line *: ceiling_cents * {share:f}",)
    return VariantAsked(name=f"budget-{share:f}", changes=changes)


def lines_of(changes: Sequence[str | Change]) -> list[str]:
    """Changes as the lines that are stored."""
    return [one if isinstance(one, str) else describe(one) for one in changes]


class LevelReached(Answer):
    """What a plan reached at one objective level, and what the first variant did."""

    name: str
    value: int
    against_first: int | None


class VariantAnswer(Answer):
    """A variant and its plan; ``issues`` where the changes do not fit the scenario."""

    number: int
    name: str
    changes: tuple[str, ...]
    plan_id: str | None
    status: Status | None
    outcome: str | None
    levels: tuple[LevelReached, ...]
    issues: tuple[dict[str, Any], ...]


class StudySummary(Answer):
    """Where a study stands."""

    id: str
    name: str
    scenario_id: str
    status: Status
    limits: dict[str, Any]
    created_at: datetime
    finished_at: datetime | None
    cancel_requested_at: datetime | None


class StudyAnswer(StudySummary):
    """A study with what each of its variants came to."""

    variants: tuple[VariantAnswer, ...]

    @classmethod
    def of(
        cls,
        study: StoredStudy,
        rows: Sequence[tuple[StudyVariant, StoredPlan | None]],
    ) -> "StudyAnswer":
        """As stored."""
        first = _values(rows[0][1]) if rows else {}
        variants = tuple(_variant(row, plan, first) for row, plan in rows)
        head = StudySummary.model_validate(study).model_dump()
        return cls(**head, variants=variants)


class StudyPage(Answer):
    """One page of studies, newest first."""

    items: tuple[StudySummary, ...]
    next_cursor: str | None


def _values(plan: StoredPlan | None) -> dict[str, int]:
    rows = () if plan is None or plan.levels is None else plan.levels
    return {row["name"]: row["value"] for row in rows}


def _variant(
    row: StudyVariant, plan: StoredPlan | None, first: dict[str, int]
) -> VariantAnswer:
    levels = tuple(
        LevelReached(
            name=name,
            value=value,
            against_first=value - first[name] if name in first else None,
        )
        for name, value in _values(plan).items()
    )
    return VariantAnswer(
        number=row.number,
        name=row.name,
        changes=tuple(row.changes),
        plan_id=row.plan_id,
        status=None if plan is None else Status(plan.status),
        outcome=None if plan is None else plan.outcome,
        levels=levels,
        issues=tuple(row.issues or ()),
    )
