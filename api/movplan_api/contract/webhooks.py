"""Webhooks and their delivery log, as asked for and as told."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, HttpUrl

from movplan_api.contract.answers import Answer
from movplan_api.contract.orders import Asked
from movplan_api.store.notices import DeliveryState, NoticeKind
from movplan_api.store.pages import MOST

ThingId = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[\w-]+$")]


class WebhookAsked(Asked):
    """An address that wants notices of these kinds."""

    url: HttpUrl = Field(description="https, and no address of a private network.")
    kinds: Annotated[tuple[NoticeKind, ...], Field(min_length=1, max_length=20)]


class WebhookAnswer(Answer):
    """An address that is told. Without ``url``: the addresses that plans bring along.

    It is disabled when the other side says 410: gone.
    """

    id: str
    url: str | None
    kinds: tuple[NoticeKind, ...]
    created_at: datetime
    disabled_at: datetime | None


class WebhookMade(WebhookAnswer):
    """With the secret that signs, as Standard Webhooks writes it."""

    secret: str


class WebhookList(Answer):
    """All of the workspace."""

    items: tuple[WebhookAnswer, ...]


class DeliveriesQuery(Asked):
    """Which deliveries, newest first."""

    limit: int = Field(default=50, ge=1, le=MOST)
    cursor: Annotated[str | None, Field(max_length=400)] = None
    webhook_id: ThingId | None = None
    state: DeliveryState | None = None
    kind: NoticeKind | None = None


class AttemptAnswer(Answer):
    """One try: what came back, or why nothing did."""

    number: int
    at: datetime
    http_status: int | None
    took_ms: int
    error: str | None


class DeliveryAnswer(Answer):
    """One notice to one address; ``next_at`` says when it is tried again."""

    id: str
    notice_id: str
    webhook_id: str | None
    url: str
    kind: NoticeKind
    subject_id: str
    state: DeliveryState
    attempts: int
    next_at: datetime | None


class DeliveryDetail(DeliveryAnswer):
    """With what is sent, and every try."""

    data: dict[str, Any]
    tries: tuple[AttemptAnswer, ...]


class DeliveryPage(Answer):
    """One page of the delivery log."""

    items: tuple[DeliveryAnswer, ...]
    next_cursor: str | None
