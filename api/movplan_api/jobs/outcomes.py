"""Store how a run ended, under its token."""

import hashlib
from typing import Any

import structlog
from sqlalchemy.orm import Session

from movplan.application.documents import plan_of_text, plan_text
from movplan.domain.words import StopReason
from movplan_api.solving.errand import Errand
from movplan_api.solving.messages import Kind, Message
from movplan_api.store import Store
from movplan_api.store.attempts import Attempt, Attempts, Found, is_better

log = structlog.get_logger()

_LOG_CHARS = 20_000
_ISSUES = 100
_PLACES = 12


def store_outcome(
    store: Store, attempt: Attempt, errand: Errand, last: Message | None
) -> None:
    """Store the last word of a solver; ``None``: it would not end when asked to."""
    said = _log_of(errand)
    if last is None:
        store.patiently(lambda session: promote_best(session, attempt, said))
    elif last.kind is Kind.RESULT:
        found = found_in(errand, last)
        store.patiently(lambda s: complete_best(s, attempt, found, said))
    elif last.kind is Kind.CONFLICT:
        failure = {"code": "CONTRADICTION", **last.body}
        store.patiently(lambda s: Attempts(s).conflict(attempt, failure))
    elif last.kind is Kind.STOPPED:
        store.patiently(lambda s: Attempts(s).cancelled(attempt))
    else:
        fail(store, attempt, _failure(last, said))


def fail(store: Store, attempt: Attempt, failure: dict[str, Any]) -> None:
    """There is no plan, and this is why."""
    log.error("solve failed", plan_id=attempt.plan_id, code=failure["code"])
    store.patiently(lambda session: Attempts(session).fail(attempt, failure))


def complete_best(session: Session, attempt: Attempt, found: Found, said: str) -> None:
    """What came out becomes the plan, unless a run before it had found better."""
    attempts = Attempts(session)
    best = attempts.best(attempt.plan_id)
    if best is not None and is_better(best.levels, found.levels):
        promote_best(session, attempt, said, StopReason(found.stop_reason))
    else:
        attempts.complete(attempt, found, log=said)


def promote_best(
    session: Session,
    attempt: Attempt,
    said: str,
    reason: StopReason = StopReason.CANCELLED,
) -> None:
    """The best checked plan kept on the way becomes the plan; it says it was cut."""
    attempts = Attempts(session)
    best = attempts.best(attempt.plan_id)
    assert best is not None, "asked before"
    cut = {"stop_reason": reason, "repeatable": False}
    plan = plan_of_text(best.document).model_copy(update=cut)
    text = plan_text(plan)
    found = Found(
        plan=text,
        run=best.run,
        sha256=_sha256(text),
        outcome=plan.outcome.value,
        stop_reason=plan.stop_reason.value,
        levels=tuple(best.levels),
    )
    attempts.complete(attempt, found, log=said)


def found_in(errand: Errand, message: Message) -> Found:
    """The plan a message is about, from its files in the folder."""
    plan = (errand.folder / message.body["plan_file"]).read_text("utf-8")
    return Found(
        plan=plan,
        run=(errand.folder / message.body["run_file"]).read_text("utf-8"),
        sha256=_sha256(plan),
        outcome=message.body["outcome"],
        stop_reason=message.body["stop_reason"],
        levels=tuple(message.body["levels"]),
    )


def _failure(last: Message, said: str) -> dict[str, Any]:
    """A fault in words for the caller; the solver's own words go to our log only."""
    fault = last.body["fault"]
    log.error(
        "solver fault",
        fault=fault,
        exit_code=last.body.get("exit_code"),
        solver_lines=_lines_of(said),
    )
    failure = {"code": "SOLVER_FAULT", "fault": fault}
    if fault == "InputError":
        return {**failure, "code": "INVALID", "issues": last.body["issues"][:_ISSUES]}
    return failure


def _lines_of(said: str) -> list[str]:
    """Where it went wrong: lines of code, no values (those are with the plan)."""
    places = [row.strip() for row in said.splitlines() if row.startswith('  File "')]
    return places[-_PLACES:]


def _log_of(errand: Errand) -> str:
    return errand.log_path.read_text("utf-8", errors="replace")[-_LOG_CHARS:]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
