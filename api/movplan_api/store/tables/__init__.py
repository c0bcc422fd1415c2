"""The tables. Each module is one aggregate; ``Base.metadata`` knows them all."""

from movplan_api.store.tables.access import ApiKey, AuditEntry, Workspace
from movplan_api.store.tables.base import Base
from movplan_api.store.tables.notices import Delivery, DeliveryAttempt, Endpoint, Notice
from movplan_api.store.tables.people import Identity
from movplan_api.store.tables.plans import (
    IdempotencyKey,
    Incumbent,
    InForce,
    MovementEvent,
    PlanDocument,
    StoredPlan,
)
from movplan_api.store.tables.scenarios import StoredScenario
from movplan_api.store.tables.studies import StoredStudy, StudyVariant
from movplan_api.store.tables.workers import Worker

__all__ = [
    "ApiKey",
    "AuditEntry",
    "Base",
    "Delivery",
    "DeliveryAttempt",
    "Endpoint",
    "IdempotencyKey",
    "Identity",
    "InForce",
    "Incumbent",
    "MovementEvent",
    "Notice",
    "PlanDocument",
    "StoredPlan",
    "StoredScenario",
    "StoredStudy",
    "StudyVariant",
    "Worker",
    "Workspace",
]
