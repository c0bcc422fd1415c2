"""Webhooks: make, look, remove; the delivery log."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from movplan_api.auth.caller import Caller
from movplan_api.contract.webhooks import (
    AttemptAnswer,
    DeliveriesQuery,
    DeliveryAnswer,
    DeliveryDetail,
    DeliveryPage,
    WebhookAnswer,
    WebhookAsked,
    WebhookList,
    WebhookMade,
)
from movplan_api.ids import new_id
from movplan_api.problems import ConflictingError
from movplan_api.store.audit import record
from movplan_api.store.notices import Deliveries, DeliveryFilter, Endpoints, NoticeKind
from movplan_api.store.tables import Delivery, Endpoint, Notice, StoredPlan
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.fetching import read_small
from movplan_api.usecases.telling_where import refuse_unfit_address
from movplan_api.webhooks.endpoints import of_plans, secret_for
from movplan_api.webhooks.secrets import Secrets, new_secret
from movplan_api.words import Role

_MOST_ENDPOINTS = 20


def add_webhook(desk: Desk, caller: Caller, body: bytes) -> WebhookMade:
    """Tell this address from now on; its secret is in the answer."""
    caller.must_be(Role.ADMIN)
    asked = read_small(desk, WebhookAsked, body)
    url = str(asked.url)
    refuse_unfit_address(desk.settings, url, path="/url")
    endpoint_id, secret = new_id("whk"), new_secret()
    sealed = Secrets.of(desk.settings).seal(endpoint_id, secret)
    with desk.store.transaction() as session:
        endpoints = Endpoints(session, caller.workspace_id)
        if len(endpoints.all()) >= _MOST_ENDPOINTS:
            words = f"A workspace has {_MOST_ENDPOINTS} webhooks at most."
            raise ConflictingError("TOO_MANY_WEBHOOKS", words)
        made = endpoints.add(endpoint_id, url, asked.kinds, sealed)
        detail = {"kinds": [kind.value for kind in asked.kinds]}
        record(session, caller.actor, "webhook.added", endpoint_id, detail)
        return _with_secret(made, secret)


def list_webhooks(desk: Desk, caller: Caller) -> WebhookList:
    """All of the workspace."""
    caller.must_be(Role.ADMIN)
    with desk.store.transaction() as session:
        found = Endpoints(session, caller.workspace_id).all()
        return WebhookList(items=tuple(_answer(endpoint) for endpoint in found))


def look_at_webhook(desk: Desk, caller: Caller, webhook_id: str) -> WebhookMade:
    """One of them, with its secret."""
    caller.must_be(Role.ADMIN)
    with desk.store.transaction() as session:
        found = Endpoints(session, caller.workspace_id).get(webhook_id)
        secrets = Secrets.of(desk.settings)
        secret = secret_for(session, secrets, caller.workspace_id, found.id)
        record(session, caller.actor, "webhook.secret_shown", webhook_id)
        return _with_secret(found, secret)


def webhook_of_plans(desk: Desk, caller: Caller) -> WebhookMade:
    """What signs notices to the addresses that plans bring along."""
    caller.must_be(Role.ADMIN)
    secrets = Secrets.of(desk.settings)

    def find() -> WebhookMade:
        with desk.store.transaction() as session:
            found = of_plans(session, secrets, caller.workspace_id)
            secret = secrets.open(found.id, found.sealed_secret)
            record(session, caller.actor, "webhook.secret_shown", found.id)
            return _with_secret(found, secret)

    try:
        return find()
    except IntegrityError:
        # Made by another at the same moment.
        return find()


def remove_webhook(desk: Desk, caller: Caller, webhook_id: str) -> None:
    """Tell it no more; what waits for it is given up."""
    caller.must_be(Role.ADMIN)
    with desk.store.transaction() as session:
        Endpoints(session, caller.workspace_id).remove(webhook_id)
        record(session, caller.actor, "webhook.removed", webhook_id)


def list_deliveries(desk: Desk, caller: Caller, query: DeliveriesQuery) -> DeliveryPage:
    """The delivery log, newest first."""
    caller.must_be(Role.ADMIN)
    wanted = DeliveryFilter(
        **query.model_dump(exclude={"limit", "cursor"}, mode="json")
    )
    with desk.store.transaction() as session:
        page = Deliveries(session, caller.workspace_id).page(
            limit=query.limit, cursor=query.cursor, wanted=wanted
        )
        items = tuple(DeliveryAnswer(**_said(*row)) for row in page.items)
    return DeliveryPage(items=items, next_cursor=page.next_cursor)


def look_at_delivery(desk: Desk, caller: Caller, delivery_id: str) -> DeliveryDetail:
    """One delivery: what is sent, and every try."""
    caller.must_be(Role.ADMIN)
    with desk.store.transaction() as session:
        return _detail(Deliveries(session, caller.workspace_id), delivery_id)


def deliver_again(desk: Desk, caller: Caller, delivery_id: str) -> DeliveryDetail:
    """Due now, even if it arrived or was given up."""
    caller.must_be(Role.ADMIN)
    with desk.store.transaction() as session:
        deliveries = Deliveries(session, caller.workspace_id)
        _refuse_orphan(session, *deliveries.get(delivery_id))
        deliveries.send_again(delivery_id)
        record(session, caller.actor, "delivery.again", delivery_id)
        return _detail(deliveries, delivery_id)


def _refuse_orphan(session: Session, delivery: Delivery, notice: Notice) -> None:
    """Without an endpoint only a plan's own address may be told."""
    if delivery.endpoint_id is not None:
        return
    plan = session.get(StoredPlan, notice.subject_id)
    if plan is None or plan.webhook_url != delivery.url:
        words = "Its webhook was removed."
        raise ConflictingError("WEBHOOK_REMOVED", words)


def _detail(deliveries: Deliveries, delivery_id: str) -> DeliveryDetail:
    delivery, notice = deliveries.get(delivery_id)
    tries = deliveries.attempts(delivery_id)
    return DeliveryDetail(
        **_said(delivery, notice),
        data={"id": notice.subject_id, **notice.detail},
        tries=tuple(AttemptAnswer.model_validate(one) for one in tries),
    )


def _said(delivery: Delivery, notice: Notice) -> dict[str, object]:
    return {
        "id": delivery.id,
        "notice_id": notice.id,
        "webhook_id": delivery.endpoint_id,
        "url": delivery.url,
        "kind": notice.kind,
        "subject_id": notice.subject_id,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "next_at": delivery.next_at,
    }


def _answer(endpoint: Endpoint) -> WebhookAnswer:
    return WebhookAnswer(
        id=endpoint.id,
        url=endpoint.url or None,
        kinds=tuple(NoticeKind(kind) for kind in endpoint.kinds),
        created_at=endpoint.created_at,
        disabled_at=endpoint.disabled_at,
    )


def _with_secret(endpoint: Endpoint, secret: str) -> WebhookMade:
    return WebhookMade(**_answer(endpoint).model_dump(), secret=secret)
