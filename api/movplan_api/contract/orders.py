"""What a caller asks for."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    HttpUrl,
    model_validator,
)
from pydantic import Tag as Way

from movplan.domain.changes import Change
from movplan.domain.scenario import Horizon

MOST_CHANGES = 100_000

Tag = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[\w.:-]+$")]
Id = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[\w-]+$")]
ChangeLine = Annotated[str, Field(min_length=1, max_length=10_000)]
# The tags name the two ways to write a change; they are no part of any address.
AS_TEXT, AS_OBJECT = "as_text", "as_object"


def _way_of(change: object) -> str:
    return AS_TEXT if isinstance(change, str) else AS_OBJECT


AnyChange = Annotated[
    Annotated[ChangeLine, Way(AS_TEXT)] | Annotated[Change, Way(AS_OBJECT)],
    Discriminator(_way_of),
]
Changes = Annotated[
    tuple[AnyChange, ...],
    Field(
        max_length=MOST_CHANGES,
        description="Each as an object, or as a line: 'family F12: withdraw'.",
    ),
]
AsOf = Annotated[
    AwareDatetime | None, Field(description="The new 'now' of the scenario.")
]


class Asked(BaseModel):
    """Fields that are not known are refused, with a hint."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LimitsAsked(Asked):
    """How long to search: a clock, rounds of effort, or both, and what gap is enough.

    With effort alone the same scenario and seed give the same plan.
    """

    time_limit_s: float | None = Field(default=None, gt=0, le=86_400)
    effort: int | None = Field(default=None, ge=1, le=10_000)
    seed: int = Field(default=0, ge=0, lt=2**31)
    gap: Decimal | None = Field(default=None, ge=0, lt=1)


class ScenarioAsked(Asked):
    """A scenario sent along. With ``set_aside`` families with errors are left out."""

    scenario: dict[str, Any] = Field(
        description="A scenario; see docs/scenario.schema.json."
    )
    set_aside: bool = False


class OfScenario(Asked):
    """Something about a scenario: sent along, or sent before; perhaps changed first."""

    scenario: dict[str, Any] | None = Field(
        default=None, description="A scenario; see docs/scenario.schema.json."
    )
    scenario_id: Id | None = None
    set_aside: bool = Field(
        default=False,
        description="Leave families with errors out instead of refusing everything.",
    )
    overrides: Changes = ()
    as_of: AsOf = None
    horizon: Horizon | None = None

    @model_validator(mode="after")
    def _one_scenario(self) -> "OfScenario":
        both_or_none = (self.scenario is None) == (self.scenario_id is None)
        if both_or_none and not self._says_its_scenario:
            raise ValueError("give either a scenario or a scenario_id")
        if self.set_aside and self.scenario is None:
            raise ValueError("set_aside goes with a scenario, not with a scenario_id")
        return self

    @property
    def _says_its_scenario(self) -> bool:
        """Whether something else in the request says which scenario is meant."""
        return False

    @property
    def changes_something(self) -> bool:
        """Whether the plan is of another scenario than the one named."""
        return bool(self.overrides or self.as_of or self.horizon)


class PlanAsked(OfScenario):
    """A plan to be made: of a scenario sent along, or of one sent before."""

    limits: LimitsAsked = LimitsAsked()
    tags: tuple[Tag, ...] = Field(default=(), max_length=20)
    webhook: HttpUrl | None = Field(default=None, description="Told when it is done.")


class ReplanAsked(Asked):
    """A plan to be made from another: what has changed since; promises are kept.

    ``take_events``: events recorded since the plan was ordered are applied first.
    """

    changes: Changes = ()
    as_of: AsOf = None
    horizon: Horizon | None = None
    take_events: bool = True
    limits: LimitsAsked = LimitsAsked()
    tags: tuple[Tag, ...] = Field(default=(), max_length=20)
    webhook: HttpUrl | None = Field(default=None, description="Told when it is done.")


class ValidationAsked(OfScenario):
    """A scenario to be looked at; nothing is stored."""


class VersionAsked(Asked):
    """What makes the next version of a scenario: changes, or another time."""

    changes: Changes = ()
    as_of: AsOf = None
    horizon: Horizon | None = None

    @model_validator(mode="after")
    def _something(self) -> "VersionAsked":
        if not (self.changes or self.as_of or self.horizon):
            raise ValueError("give changes, as_of or horizon")
        return self


class CheckAsked(OfScenario):
    """A plan to be checked and priced against a scenario; give it in one way.

    A plan named by ``plan_id`` is checked against its own unless one is named.
    """

    plan: dict[str, Any] | None = Field(
        default=None, description="A plan; see docs/plan.schema.json."
    )
    plan_id: Id | None = None
    assignments: tuple[dict[str, Any], ...] | None = Field(
        default=None, description="A plan made by hand: rows of assignments."
    )
    assignments_csv: str | None = Field(
        default=None, description="The same as a text like assignments.csv."
    )

    @property
    def _says_its_scenario(self) -> bool:
        named = self.scenario is not None or self.scenario_id is not None
        return self.plan_id is not None and not named

    @model_validator(mode="after")
    def _one_plan(self) -> "CheckAsked":
        ways = (self.plan, self.plan_id, self.assignments, self.assignments_csv)
        if sum(way is not None for way in ways) != 1:
            raise ValueError(
                "give one of plan, plan_id, assignments and assignments_csv"
            )
        return self
