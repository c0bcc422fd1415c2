"""Store an order with its scenario and queue it: all of it or nothing, once per key."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from movplan_api.auth.caller import Caller
from movplan_api.contract.orders import LimitsAsked, PlanAsked, ReplanAsked
from movplan_api.problems import InvalidError, ProblemIssue, UnavailableError
from movplan_api.settings import Settings
from movplan_api.store.audit import record
from movplan_api.store.idempotency import IdempotencyKeys
from movplan_api.store.plans import PlanOrder, Plans
from movplan_api.store.scenarios import ScenarioDraft, Scenarios
from movplan_api.store.tables import StoredPlan
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.telling_where import refuse_unfit_address

T = TypeVar("T")

# Two callers may store the same scenario or key at once: the later looks again.
TRIES = 5


@dataclass(frozen=True, slots=True)
class Request:
    """What the caller called its request, and a fingerprint of all that was sent."""

    key: str | None
    sha256: str

    @classmethod
    def of(cls, key: str | None, *parts: bytes) -> "Request":
        """The same parts under the same key are the same request."""
        return cls(key, hashlib.sha256(b"\0".join(parts)).hexdigest())


@dataclass(frozen=True, slots=True)
class Order:
    """A plan to be made: of a draft (made of ``scenario_id`` if that is named)."""

    asked: PlanAsked | ReplanAsked
    draft: ScenarioDraft | None = None
    scenario_id: str | None = None
    parent_id: str | None = None


def hand_in(
    desk: Desk, caller: Caller, request: Request, read: Callable[[], Order]
) -> StoredPlan:
    """The plan of this request: the one that is there already, or a new one.

    ``read`` is asked only if the request is new.
    """
    with desk.store.transaction() as session:
        known = _known(session, caller, request)
    if known is not None:
        return known
    order = read()
    if order.asked.webhook is not None:
        url = str(order.asked.webhook)
        refuse_unfit_address(desk.settings, url, path="/webhook")
    return find_or_store(
        desk,
        find=lambda session: _known(session, caller, request),
        store=lambda session: _store(desk, session, caller, order, request),
    )


def find_or_store(
    desk: Desk,
    *,
    find: Callable[[Session], T | None],
    store: Callable[[Session], T],
) -> T:
    """What this request made before, or what it makes now; in one transaction."""
    for _ in range(TRIES):
        try:
            with desk.store.transaction() as session:
                known = find(session)
                return store(session) if known is None else known
        except IntegrityError:
            continue
    raise UnavailableError("BUSY", "Others store the same at once; try again.")


def _known(session: Session, caller: Caller, request: Request) -> StoredPlan | None:
    if request.key is None:
        return None
    keys = IdempotencyKeys(session, caller.workspace_id)
    plan_id = keys.plan_of(request.key, request.sha256)
    if plan_id is None:
        return None
    return Plans(session, caller.workspace_id).get(plan_id)


def _store(
    desk: Desk, session: Session, caller: Caller, order: Order, request: Request
) -> StoredPlan:
    webhook = order.asked.webhook
    plan = Plans(session, caller.workspace_id).add(
        PlanOrder(
            scenario_id=_scenario_id(session, caller, order),
            limits=limits_within(order.asked.limits, desk.settings),
            tags=order.asked.tags,
            webhook_url=None if webhook is None else str(webhook),
            parent_id=order.parent_id,
        ),
        by=caller.key_id,
    )
    if request.key is not None:
        keys = IdempotencyKeys(session, caller.workspace_id)
        keys.keep(request.key, request.sha256, plan_id=plan.id)
    record(session, caller.actor, "plan.submitted", plan.id)
    desk.queueing.put(session, plan.id)
    return plan


def _scenario_id(session: Session, caller: Caller, order: Order) -> str:
    scenarios = Scenarios(session, caller.workspace_id)
    if order.draft is None:
        return scenarios.get(order.scenario_id or "").id
    stored = scenarios.keep(order.draft, by=caller.key_id, parent_id=order.scenario_id)
    return stored.id


def limits_within(asked: LimitsAsked, settings: Settings) -> dict[str, Any]:
    """The caller's limits; without any, the installation's time limit."""
    limits: dict[str, Any] = asked.model_dump(mode="json", exclude_none=True)
    most = settings.max_time_limit_s
    if asked.time_limit_s is None and asked.effort is None:
        limits["time_limit_s"] = settings.default_time_limit_s
    if limits.get("time_limit_s", 0) > most:
        issue = ProblemIssue(
            code="LIMIT_TOO_HIGH",
            path="/limits/time_limit_s",
            value=str(asked.time_limit_s),
            hint=f"at most {most:g} s here",
        )
        words = "The time limit is too high."
        raise InvalidError("INVALID_REQUEST", words, issues=[issue])
    # Rounds of effort alone may take very long: the clock is there as a last resort.
    limits.setdefault("time_limit_s", most)
    return limits
