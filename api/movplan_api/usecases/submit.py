"""Hand in a plan to be made."""

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from movplan_api.auth.caller import Caller
from movplan_api.contract.orders import LimitsAsked, PlanAsked
from movplan_api.problems import (
    BadRequestError,
    InvalidError,
    ProblemIssue,
    UnavailableError,
)
from movplan_api.settings import Settings
from movplan_api.solving.reading import Readout, read_order
from movplan_api.store.audit import record
from movplan_api.store.idempotency import IdempotencyKeys
from movplan_api.store.plans import PlanOrder, Plans
from movplan_api.store.scenarios import ScenarioDraft, Scenarios
from movplan_api.store.tables import StoredPlan
from movplan_api.usecases.desk import Desk
from movplan_api.words import Role

# Two callers may store the same scenario or key at once: the later looks again.
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Handed:
    """What is handed in: read, with the caller's name for the request."""

    asked: PlanAsked
    draft: ScenarioDraft | None
    key: str | None
    sha256: str


def submit(desk: Desk, caller: Caller, body: bytes, key: str | None) -> StoredPlan:
    """Store the scenario and the plan, and queue it: all of it or nothing.

    The same request under the same key gives the plan that is there already.
    """
    caller.must_be(Role.PLANNER)
    sha256 = hashlib.sha256(body).hexdigest()
    known = _known(desk, caller, key, sha256)
    if known is not None:
        return known
    readout = desk.readers.do(read_order, body)
    asked = _accepted(readout)
    handed = Handed(asked, readout.draft, key, sha256)
    for _ in range(_TRIES):
        try:
            with desk.store.transaction() as session:
                return _store(desk, session, caller, handed)
        except IntegrityError:
            known = _known(desk, caller, key, sha256)
            if known is not None:
                return known
    raise UnavailableError("BUSY", "Others store the same at once; try again.")


def _known(
    desk: Desk, caller: Caller, key: str | None, sha256: str
) -> StoredPlan | None:
    if key is None:
        return None
    with desk.store.transaction() as session:
        keys = IdempotencyKeys(session, caller.workspace_id)
        plan_id = keys.plan_of(key, sha256)
        if plan_id is None:
            return None
        return Plans(session, caller.workspace_id).get(plan_id)


def _accepted(readout: Readout) -> PlanAsked:
    if readout.not_json:
        raise BadRequestError("NOT_JSON", f"The body is no JSON: {readout.not_json}")
    if readout.asked is None:
        total = readout.issues_total
        words = f"The request has {total} issue{'s' * (total != 1)}."
        raise InvalidError(
            "INVALID_REQUEST", words, issues=readout.issues, issues_total=total
        )
    return readout.asked


def _store(desk: Desk, session: Session, caller: Caller, handed: Handed) -> StoredPlan:
    scenarios = Scenarios(session, caller.workspace_id)
    if handed.draft is not None:
        scenario = scenarios.keep(handed.draft, by=caller.key_id)
    else:
        scenario = scenarios.get(handed.asked.scenario_id or "")
    order = PlanOrder(
        scenario_id=scenario.id,
        limits=_limits(handed.asked.limits, desk.settings),
        tags=handed.asked.tags,
        webhook_url=None if handed.asked.webhook is None else str(handed.asked.webhook),
    )
    plan = Plans(session, caller.workspace_id).add(order, by=caller.key_id)
    if handed.key is not None:
        keys = IdempotencyKeys(session, caller.workspace_id)
        keys.keep(handed.key, handed.sha256, plan.id)
    record(session, caller.actor, "plan.submitted", plan.id)
    desk.queueing.put(session, plan.id)
    return plan


def _limits(asked: LimitsAsked, settings: Settings) -> dict[str, Any]:
    """The caller's limits; without any, the installation's time limit."""
    limits: dict[str, Any] = asked.model_dump(mode="json", exclude_none=True)
    if asked.time_limit_s is None and asked.effort is None:
        limits["time_limit_s"] = settings.default_time_limit_s
    most = settings.max_time_limit_s
    if limits.get("time_limit_s", 0) > most:
        issue = ProblemIssue(
            code="LIMIT_TOO_HIGH",
            path="/limits/time_limit_s",
            value=str(asked.time_limit_s),
            hint=f"at most {most:g} s here",
        )
        raise InvalidError(
            "INVALID_REQUEST", "The time limit is too high.", issues=[issue]
        )
    # Rounds of effort alone may take very long: the clock is there as a last resort.
    limits.setdefault("time_limit_s", most)
    return limits
