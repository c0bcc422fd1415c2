"""What happened on the ground, as it is told and listed."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, model_validator

from movplan.application.happenings import Happening
from movplan.domain.words import Reason
from movplan_api.contract.answers import Answer
from movplan_api.contract.orders import Asked, Id

MOST_EVENTS = 1000

RowId = Annotated[
    str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]


class EventAsked(Asked):
    """One event. ``DEPARTED`` and ``NO_SHOW`` name a departure and, unless it is all
    aboard, a family; ``CANCELLED`` a departure or a family; the others a family, or a
    member for a medical stop. The same event told twice is recorded once.
    """

    kind: Happening
    happened_at: AwareDatetime
    family_id: RowId | None = None
    departure_id: RowId | None = None
    member_id: RowId | None = None
    hold_until: date | None = Field(
        default=None, description="Of a medical stop: first date it may be over."
    )
    reference: Annotated[
        str | None, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")
    ] = Field(default=None, description="The sender's own number; no names.")

    @model_validator(mode="after")
    def _names_what_it_needs(self) -> "EventAsked":
        given = {
            name
            for name in ("family_id", "departure_id", "member_id", "hold_until")
            if getattr(self, name) is not None
        }
        if not any(needed <= given for needed, _ in _FIELDS[self.kind]):
            wanted = " or ".join(
                " and ".join(sorted(needed)) for needed, _ in _FIELDS[self.kind]
            )
            raise ValueError(f"{self.kind} needs {wanted}")
        if not any(n <= given <= n | more for n, more in _FIELDS[self.kind]):
            raise ValueError(f"{self.kind} has fields that it does not take")
        return self


_F = frozenset
# What each kind needs, and what it may have beside; one of the rows must fit.
_FIELDS: dict[Happening, tuple[tuple[frozenset[str], frozenset[str]], ...]] = {
    Happening.DEPARTED: ((_F({"departure_id"}), _F({"family_id"})),),
    Happening.NO_SHOW: ((_F({"departure_id", "family_id"}), _F()),),
    Happening.CANCELLED: (
        (_F({"departure_id"}), _F()),
        (_F({"family_id"}), _F()),
    ),
    Happening.MEDICAL_STOP: (
        (_F({"family_id"}), _F({"member_id", "hold_until"})),
        (_F({"member_id"}), _F({"family_id", "hold_until"})),
    ),
    Happening.CONSENT_WITHDRAWN: ((_F({"family_id"}), _F()),),
}


class EventsAsked(Asked):
    """Events of one plan, by default of the plan in force; all are kept or none."""

    plan_id: Id | None = None
    events: Annotated[tuple[EventAsked, ...], Field(max_length=MOST_EVENTS)]

    @model_validator(mode="after")
    def _any(self) -> "EventsAsked":
        if not self.events:
            raise ValueError("give at least one event")
        return self


class EventKind(StrEnum):
    """Kinds of events as they are listed: health is a hold without the scope."""

    DEPARTED = Happening.DEPARTED.value
    NO_SHOW = Happening.NO_SHOW.value
    CANCELLED = Happening.CANCELLED.value
    MEDICAL_STOP = Happening.MEDICAL_STOP.value
    CONSENT_WITHDRAWN = Happening.CONSENT_WITHDRAWN.value
    MEDICAL_HOLD = Reason.MEDICAL_HOLD.value


class EventAnswer(Answer):
    """One event as it is kept."""

    id: str
    kind: EventKind
    happened_at: datetime
    recorded_at: datetime
    family_id: str | None
    departure_id: str | None
    detail: dict[str, Any] | None


class EventsKept(Answer):
    """What is kept now, in the order told; ``new`` counts those not known before."""

    plan_id: str
    new: int
    items: tuple[EventAnswer, ...]


class EventPage(Answer):
    """One page of events, newest first."""

    items: tuple[EventAnswer, ...]
    next_cursor: str | None
