"""Check and price a plan that somebody sent, in a reader process."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import structlog

from movplan.application.by_hand import plan_by_hand
from movplan.application.checking import CheckReport, check
from movplan.application.documents import plan_of_document, plan_of_text, plan_text
from movplan.application.hand_made import (
    assignments_of_csv,
    assignments_of_rows,
    price,
)
from movplan.application.loading import Loaded
from movplan.domain.errors import InputError
from movplan.domain.plan import Plan
from movplan_api.contract.orders import CheckAsked
from movplan_api.problems import InvalidError
from movplan_api.solving.reading import (
    Stored,
    asked_of,
    invalid,
    issue_of,
    loaded_of,
)
from movplan_api.solving.strict_json import parse_object

log = structlog.get_logger()

MOST_FACTS = 1000


@dataclass(frozen=True, slots=True)
class CheckTask:
    """The request, and what it names: a stored scenario, the text of a plan."""

    body: bytes
    stored: Stored | None = None
    plan: str | None = None


@dataclass(frozen=True, slots=True)
class RuleReport:
    """What one rule says; at most so many facts are listed, all are counted."""

    rule: str
    checked: int
    unchecked: int
    overridden: int
    violations_total: int
    violations: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class CheckFound:
    """What all rules say, what the plan costs, and the plan as JSON text."""

    clean: bool
    same_scenario: bool
    rules: tuple[RuleReport, ...]
    price: dict[str, Any]
    plan: str


def check_plan(task: CheckTask) -> CheckFound:
    """Check the plan of a request against its scenario, and price it."""
    document = parse_object(task.body)
    asked = asked_of(CheckAsked, document)
    loaded = loaded_of(asked, document, task.stored)
    try:
        plan = _plan_of(asked, document, task.plan, loaded)
    except InputError as error:
        raise invalid(_as_hand_rows(issue_of(i)) for i in error.issues) from None
    _must_be_of(plan, loaded)
    return _found(_checked(loaded, plan))


def _plan_of(
    asked: CheckAsked, document: Mapping[str, object], text: str | None, loaded: Loaded
) -> Plan:
    if asked.plan is not None:
        return plan_of_document(document["plan"])
    if text is not None:
        return plan_of_text(text)
    if asked.assignments_csv is not None:
        rows = assignments_of_csv(asked.assignments_csv)
    else:
        rows = assignments_of_rows(asked.assignments or ())
    return plan_by_hand(loaded.scenario, rows)


def _as_hand_rows(issue: Any) -> Any:  # noqa: ANN401
    """Rows made by hand stand at the request's root, not in the scenario."""
    path = issue.path.replace("/scenario/assignments", "/assignments", 1)
    return issue.model_copy(update={"path": path})


def _must_be_of(plan: Plan, loaded: Loaded) -> None:
    if plan.scenario_id != loaded.scenario.scenario_id:
        words = (
            f"The plan is one of {plan.scenario_id!r}, the scenario is"
            f" {loaded.scenario.scenario_id!r}."
        )
        raise InvalidError("ANOTHER_SCENARIO", words)


def _checked(loaded: Loaded, plan: Plan) -> CheckReport:
    try:
        return check(loaded, plan)
    except Exception as error:
        # The checks trust the types of a plan; one from elsewhere may be of the right
        # form and yet mean nothing (an escort's mission without rides, say).
        log.warning("plan not checkable", fault=type(error).__name__)
        words = "The plan has the right form but cannot be followed: check its ids."
        raise InvalidError("PLAN_MAKES_NO_SENSE", words) from error


def _found(report: CheckReport) -> CheckFound:
    left = MOST_FACTS
    rules = []
    for outcome in report.outcomes:
        listed = tuple(
            {"rule": v.rule, "subjects": list(v.subjects), "fact": v.fact}
            for v in outcome.violations[:left]
        )
        left -= len(listed)
        rules.append(
            RuleReport(
                rule=outcome.rule,
                checked=outcome.checked,
                unchecked=outcome.unchecked,
                overridden=len(outcome.overridden),
                violations_total=len(outcome.violations),
                violations=listed,
            )
        )
    return CheckFound(
        clean=report.clean,
        same_scenario=report.same_scenario,
        rules=tuple(rules),
        price=asdict(price(report.plan)),
        plan=plan_text(report.plan),
    )
