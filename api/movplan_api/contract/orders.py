"""What a caller asks for."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, model_validator

Tag = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[\w.:-]+$")]


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


class PlanAsked(Asked):
    """A plan to be made: of a scenario sent along, or of one sent before."""

    scenario: dict[str, Any] | None = Field(
        default=None, description="A scenario; see docs/scenario.schema.json."
    )
    scenario_id: str | None = Field(default=None, max_length=60)
    limits: LimitsAsked = LimitsAsked()
    tags: tuple[Tag, ...] = Field(default=(), max_length=20)
    webhook: HttpUrl | None = Field(default=None, description="Told when it is done.")

    @model_validator(mode="after")
    def _one_scenario(self) -> "PlanAsked":
        if (self.scenario is None) == (self.scenario_id is None):
            raise ValueError("give either a scenario or a scenario_id")
        return self
