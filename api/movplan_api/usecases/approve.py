"""Approve a plan: it becomes the plan in force, with whatever was waived."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from movplan_api.auth.caller import Caller
from movplan_api.auth.medical import HEALTH_RULES, HOLD
from movplan_api.clock import now
from movplan_api.contract.answers import PlanMetadata
from movplan_api.contract.approvals import ApprovalAsked
from movplan_api.contract.views import PlanInForce
from movplan_api.problems import (
    ConflictingError,
    InvalidError,
    NotFoundError,
    ProblemIssue,
)
from movplan_api.store.audit import record
from movplan_api.store.in_force import InForcePlans
from movplan_api.store.plans import Plans
from movplan_api.store.tables import InForce
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.looking import finished, whole_plan
from movplan_api.usecases.notices import read_ahead, tell_of_approval
from movplan_api.usecases.telling import told
from movplan_api.views.seen import Row
from movplan_api.words import Role, Scope

_MOVABLE = frozenset({"OPTIMAL", "FEASIBLE"})


def approve(
    desk: Desk, caller: Caller, plan_id: str, asked: ApprovalAsked
) -> PlanInForce:
    """Put a plan in force; refuses broken rules, and unchecked ones not waived.

    Approving the plan in force again with the same waivers changes nothing.
    """
    caller.must_be(Role.PLANNER)
    known = finished(desk, caller, plan_id)
    _refuse_unfit(whole_plan(desk, caller, known), asked, caller.scopes)
    read_ahead(desk, caller, plan_id)
    with desk.store.transaction() as session:
        in_force = InForcePlans(session, caller.workspace_id)
        in_force.hold()
        current = in_force.current()
        _refuse_surprise(asked, current)
        if current is None or not _same(session, caller, plan_id, asked, current):
            _put(desk, session, caller, plan_id, asked)
    return plan_in_force(desk, caller)


def plan_in_force(desk: Desk, caller: Caller) -> PlanInForce:
    """The plan in force."""
    with desk.store.transaction() as session:
        current = InForcePlans(session, caller.workspace_id).current()
        if current is None:
            raise NotFoundError("NO_PLAN_IN_FORCE", "No plan has been approved yet.")
        plan = Plans(session, caller.workspace_id).get(current.plan_id)
    return PlanInForce(
        plan_id=current.plan_id,
        since=current.since,
        approved_by=current.approved_by,
        plan=told(plan, caller),
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a plan stands with the rules: how often each is broken, or unchecked.

    What the plan in force before it breaks is no matter: this one is to replace it.
    """

    broken: dict[str, int]
    unchecked: dict[str, int]

    @classmethod
    def of(cls, plan: Row) -> "_Standing":
        checks = plan["certificate"]["checks"]
        return cls(
            broken={c["rule"]: c["violations"] for c in checks if c["violations"]},
            unchecked={c["rule"]: c["unchecked"] for c in checks if c["unchecked"]},
        )


def _refuse_unfit(plan: Row, asked: ApprovalAsked, scopes: Collection[Scope]) -> None:
    """Raise everything that stands against it, of the gravest kind."""
    if plan["outcome"] not in _MOVABLE:
        raise ConflictingError("NO_PLAN", f"Its outcome is {plan['outcome']}.")
    if not plan["certificate"]["ledger_balanced"]:
        raise ConflictingError("LEDGER_UNBALANCED", "Its ledger does not balance.")
    standing = _Standing.of(plan)
    if standing.broken:
        words = "Rules are broken; only rules that could not be checked can be waived."
        issues = _issues("RULE_BROKEN", _tellable(standing.broken, scopes), "", "")
        raise ConflictingError("RULES_BROKEN", words, issues=issues)
    waived = {row.rule for row in asked.waived}
    _refuse_waiving_nothing(waived - set(standing.unchecked))
    missing = {r: n for r, n in standing.unchecked.items() if r not in waived}
    if missing:
        words = "Some rules could not be checked for everybody: waive each of them."
        hint = 'put {"rule": ..., "reason": ...} in waived'
        told = _tellable(missing, scopes)
        issues = _issues("RULE_UNCHECKED", told, "/waived", hint)
        raise ConflictingError("RULES_NOT_WAIVED", words, issues=issues)


def _tellable(counts: dict[str, int], scopes: Collection[Scope]) -> dict[str, int]:
    """The counts by rule; rules of health are one without the scope to know them."""
    told: Counter[str] = Counter()
    for rule, count in counts.items():
        hidden = rule in HEALTH_RULES and Scope.MEDICAL not in scopes
        told[HOLD if hidden else rule] += count
    return told


def _issues(
    code: str, counts: dict[str, int], path: str, hint: str
) -> list[ProblemIssue]:
    return [
        ProblemIssue(
            code=code,
            path=path,
            value=rule,
            problem=f"{count} times",
            hint=_FOR_MEDICAL if hint and rule == HOLD else hint,
        )
        for rule, count in sorted(counts.items())
    ]


_FOR_MEDICAL = "a key with the scope medical sees which rules these are"


def _refuse_waiving_nothing(extra: set[str]) -> None:
    """A waiver of what needs none is a slip, or meant for another plan."""
    if extra:
        problem = "checked for everybody, or no rule"
        issues = [
            ProblemIssue(
                code="NOTHING_TO_WAIVE", path="/waived", value=rule, problem=problem
            )
            for rule in sorted(extra)
        ]
        words = "There is nothing to waive of some rules."
        raise InvalidError("NOTHING_TO_WAIVE", words, issues=issues)


def _refuse_surprise(asked: ApprovalAsked, current: InForce | None) -> None:
    if "replaces" not in asked.model_fields_set:
        return
    there = None if current is None else current.plan_id
    if there != asked.replaces:
        words = f"In force is {there or 'no plan'}, not {asked.replaces or 'none'}."
        raise ConflictingError("ANOTHER_IN_FORCE", words)


def _same(
    session: Session,
    caller: Caller,
    plan_id: str,
    asked: ApprovalAsked,
    current: InForce,
) -> bool:
    if current.plan_id != plan_id:
        return False
    said = PlanMetadata.of(Plans(session, caller.workspace_id).get(plan_id)).approval
    return said is not None and said["waived"] == _waivers(asked)


def _put(
    desk: Desk, session: Session, caller: Caller, plan_id: str, asked: ApprovalAsked
) -> None:
    in_force = InForcePlans(session, caller.workspace_id)
    before = in_force.current()
    replaced = None if before is None else before.plan_id
    at = now()
    approval = {
        "at": at.isoformat(),
        "by": caller.key_id,
        "waived": _waivers(asked),
        "replaced": replaced,
    }
    Plans(session, caller.workspace_id).approve(plan_id, approval)
    in_force.put(plan_id, since=at, by=caller.key_id)
    detail = {"waived": [row.rule for row in asked.waived], "replaced": replaced}
    record(session, caller.actor, "plan.approved", plan_id, detail)
    tell_of_approval(desk, session, caller, plan_id, replaced)


def _waivers(asked: ApprovalAsked) -> list[dict[str, str]]:
    return [row.model_dump() for row in asked.waived]
