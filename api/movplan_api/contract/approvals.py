"""Approve a plan."""

from typing import Annotated

from pydantic import Field

from movplan_api.contract.orders import Asked


class Waiver(Asked):
    """A rule that could not be checked for everybody, and why that is all right."""

    rule: Annotated[str, Field(min_length=1, max_length=100)]
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class ApprovalAsked(Asked):
    """Put the plan in force.

    ``replaces`` guards against others: the plan that the caller believes to be in force
    (``null``: none); left out, whatever is in force is replaced.
    """

    waived: tuple[Waiver, ...] = Field(default=(), max_length=200)
    replaces: Annotated[str, Field(max_length=60)] | None = None
