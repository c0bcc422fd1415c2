"""Scenarios and plans as texts with stable bytes, for those who keep them elsewhere."""

from pydantic import ValidationError

from movplan.domain.errors import InputError, Issue
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.files import canonical, digest, plan_text
from movplan.files.canonical import canonical_json
from movplan.files.plans import parsed_plan

__all__ = [
    "plan_of_document",
    "plan_of_text",
    "plan_text",
    "scenario_digest",
    "scenario_text",
]


def scenario_text(scenario: Scenario) -> str:
    """The canonical form as JSON; ``load`` reads it back to the same scenario."""
    return canonical_json(canonical(scenario).model_dump_json())


def scenario_digest(scenario: Scenario) -> str:
    """SHA-256 (hex) of the canonical form."""
    return digest(scenario)


def plan_of_text(text: str) -> Plan:
    """The plan of a text made by ``plan_text``; raises ``InputError`` for others."""
    try:
        return Plan.model_validate_json(text)
    except ValidationError as error:
        problem = f"is not a plan of this version: {error.error_count()} errors"
        issue = Issue(code="BAD_VALUE", table="plan", problem=problem)
        raise InputError([issue]) from None


def plan_of_document(document: object) -> Plan:
    """The plan of a parsed JSON document; raises ``InputError`` naming every field."""
    try:
        return parsed_plan(document)
    except InputError as error:
        raise InputError([_addressed(issue) for issue in error.issues]) from None


def _addressed(issue: Issue) -> Issue:
    """The issue with its place as a path of a JSON document."""
    return issue.model_copy(
        update={"key": issue.column.replace(".", "/"), "column": ""}
    )
