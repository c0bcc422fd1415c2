"""Scenarios and plans as texts with stable bytes, for those who keep them elsewhere."""

from pydantic import ValidationError

from movplan.domain.errors import InputError, Issue
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.files import canonical, digest, plan_text
from movplan.files.canonical import canonical_json

__all__ = [
    "plan_of_document",
    "plan_of_text",
    "plan_text",
    "scenario_digest",
    "scenario_text",
]

_VALUE_CHARS = 80


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
        return Plan.model_validate(document)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False)
    raise InputError(
        [
            Issue(
                code="BAD_VALUE",
                table="plan",
                key="/".join(str(part) for part in detail["loc"]),
                value=str(detail["input"])[:_VALUE_CHARS],
                problem=detail["msg"],
            )
            for detail in details
        ]
    )
