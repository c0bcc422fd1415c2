"""The secret of an endpoint; that of addresses which plans bring along.

A plan may name an address of its own (``webhook``). Such notices are signed with one
secret per workspace, kept as an endpoint without an address.
"""

from sqlalchemy.orm import Session

from movplan_api.store.notices import Endpoints
from movplan_api.store.tables import Endpoint
from movplan_api.webhooks.secrets import Secrets, new_secret


def of_plans(session: Session, secrets: Secrets, workspace_id: str) -> Endpoint:
    """The workspace's endpoint for addresses that plans bring along, made if needed.

    Its id follows from the workspace's: two who make it at once cannot make two.
    """
    endpoint_id = "whp_" + workspace_id.partition("_")[2]
    found = session.get(Endpoint, endpoint_id)
    if found is not None:
        return found
    sealed = secrets.seal(endpoint_id, new_secret())
    return Endpoints(session, workspace_id).add(endpoint_id, "", (), sealed)


def secret_for(
    session: Session, secrets: Secrets, workspace_id: str, endpoint_id: str | None
) -> str:
    """What signs a delivery; ``None``: it goes to a plan's own address."""
    if endpoint_id is None:
        endpoint = of_plans(session, secrets, workspace_id)
    else:
        endpoint = Endpoints(session, workspace_id).get(endpoint_id)
    return secrets.open(endpoint.id, endpoint.sealed_secret)
