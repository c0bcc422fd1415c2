"""A typed client of the service: ``submit``, ``wait``, ``stream``, and the views.

It needs httpx and pydantic, nothing else of the service::

    with Client("http://127.0.0.1:8080", key) as movplan:
        plan = movplan.wait(movplan.submit(scenario, Limits(effort=5)).id)
        for row in movplan.rows(plan.id, "schedule"):
            print(row["family_id"], row["departure_id"])
"""

from movplan_api.client.answers import News, Page, PlanState, Row
from movplan_api.client.client import Client
from movplan_api.client.failures import ServiceFault, StillRunningError
from movplan_api.client.limits import Limits

__all__ = [
    "Client",
    "Limits",
    "News",
    "Page",
    "PlanState",
    "Row",
    "ServiceFault",
    "StillRunningError",
]
