"""Webhooks: who is told of what, and how telling went."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from movplan_api.contract.webhooks import (
    DeliveriesQuery,
    DeliveryDetail,
    DeliveryPage,
    WebhookAsked,
    WebhookList,
    WebhookMade,
)
from movplan_api.http.depends import TheBody, TheCaller, TheDesk
from movplan_api.http.openapi import body_of, refusals
from movplan_api.usecases import webhooks as use

router = APIRouter(prefix="/v1", tags=["webhooks"])

WebhookId = Annotated[str, Path(max_length=60, pattern=r"^[\w-]+$")]
DeliveryId = Annotated[str, Path(max_length=60, pattern=r"^[\w-]+$")]


@router.post(
    "/webhooks",
    status_code=201,
    openapi_extra=body_of(WebhookAsked),
    responses=refusals(400, 401, 403, 409, 413, 422),
)
def post_webhook(
    desk: TheDesk, caller: TheCaller, body: TheBody, response: Response
) -> WebhookMade:
    """Tell an address of what happens; the answer has the secret that signs."""
    made = use.add_webhook(desk, caller, body)
    response.headers["Location"] = f"/v1/webhooks/{made.id}"
    return made


@router.get("/webhooks", responses=refusals(401, 403))
def get_webhooks(desk: TheDesk, caller: TheCaller) -> WebhookList:
    """All webhooks of the workspace, without their secrets."""
    return use.list_webhooks(desk, caller)


@router.put("/webhooks/of-plans", responses=refusals(401, 403))
def put_webhook_of_plans(desk: TheDesk, caller: TheCaller) -> WebhookMade:
    """The secret that signs notices to addresses which plans bring along."""
    return use.webhook_of_plans(desk, caller)


@router.get("/webhooks/{webhook_id}", responses=refusals(401, 403, 404, 422))
def get_webhook(desk: TheDesk, caller: TheCaller, webhook_id: WebhookId) -> WebhookMade:
    """One webhook with its secret; that it was shown is in the audit log."""
    return use.look_at_webhook(desk, caller, webhook_id)


@router.delete(
    "/webhooks/{webhook_id}",
    status_code=204,
    responses=refusals(401, 403, 404, 422),
)
def delete_webhook(desk: TheDesk, caller: TheCaller, webhook_id: WebhookId) -> None:
    """Tell it no more; what waits for it is given up."""
    use.remove_webhook(desk, caller, webhook_id)


@router.get("/webhook-deliveries", responses=refusals(400, 401, 403, 422))
def get_deliveries(
    desk: TheDesk, caller: TheCaller, query: Annotated[DeliveriesQuery, Query()]
) -> DeliveryPage:
    """The delivery log, newest first."""
    return use.list_deliveries(desk, caller, query)


@router.get("/webhook-deliveries/{delivery_id}", responses=refusals(401, 403, 404, 422))
def get_delivery(
    desk: TheDesk, caller: TheCaller, delivery_id: DeliveryId
) -> DeliveryDetail:
    """One delivery: what is sent, and every try."""
    return use.look_at_delivery(desk, caller, delivery_id)


@router.post(
    "/webhook-deliveries/{delivery_id}:again",
    status_code=202,
    responses=refusals(401, 403, 404, 409, 422),
)
def post_delivery_again(
    desk: TheDesk, caller: TheCaller, delivery_id: DeliveryId
) -> DeliveryDetail:
    """Send it again now, even if it arrived or was given up."""
    return use.deliver_again(desk, caller, delivery_id)
