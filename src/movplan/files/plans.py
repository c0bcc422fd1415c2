"""Plans as JSON documents whose bytes repeat."""

from pathlib import Path

from pydantic import ValidationError

from movplan.domain.errors import InputError, Issue
from movplan.domain.plan import Plan
from movplan.files.atomic import write_whole
from movplan.files.canonical import canonical_json
from movplan.files.document import load_json


def write_plan(plan: Plan, path: Path | str) -> None:
    """Write a plan: sorted keys, the plan's own order of rows, a final newline."""
    write_whole(Path(path), plan_text(plan))


def plan_text(plan: Plan) -> str:
    """The bytes of a plan as text."""
    return canonical_json(plan.model_dump_json())


def read_plan(path: Path | str) -> Plan:
    """Read a plan; raises ``InputError`` naming every field that is wrong."""
    path = Path(path)
    if not path.is_file():
        problem = "no plan here"
        raise InputError(
            [Issue(code="NO_PLAN", table="plan", problem=f"{path}: {problem}")]
        )
    document = load_json(path, table="plan")
    try:
        return Plan.model_validate(document)
    except ValidationError as error:
        raise InputError(_issues(path, error)) from None


def _issues(path: Path, error: ValidationError) -> list[Issue]:
    return [
        Issue(
            code="BAD_VALUE",
            table="plan",
            column=".".join(str(part) for part in detail["loc"]),
            value=str(detail["input"])[:80],
            problem=detail["msg"],
            file=path.name,
        )
        for detail in error.errors(include_url=False)
    ]
