"""Plans as JSON documents whose bytes repeat."""

from pathlib import Path

from pydantic import ValidationError

from movplan.domain.errors import InputError, Issue
from movplan.domain.long_lived import long_lived
from movplan.domain.plan import Plan
from movplan.files.atomic import write_whole
from movplan.files.canonical import canonical_json
from movplan.files.document import load_json
from movplan.files.spots import Spot, spots

_PLAN = "a plan.json that movplan plan has written"


def write_plan(plan: Plan, path: Path | str) -> None:
    """Write a plan: sorted keys, the plan's own order of rows, a final newline."""
    write_whole(Path(path), plan_text(plan))


@long_lived()
def plan_text(plan: Plan) -> str:
    """The bytes of a plan as text."""
    return canonical_json(plan.model_dump_json())


@long_lived()
def read_plan(path: Path | str) -> Plan:
    """Read a plan; raises ``InputError`` naming every field that is wrong."""
    path = Path(path)
    if not path.is_file():
        issue = Issue(
            code="NO_PLAN",
            table="plan",
            value=str(path),
            problem="no plan here",
            expected=_PLAN,
        )
        raise InputError([issue])
    return parsed_plan(load_json(path, table="plan"), file=path.name)


def parsed_plan(document: object, *, file: str = "") -> Plan:
    """The plan of a parsed JSON document; raises ``InputError`` naming every field."""
    try:
        return Plan.model_validate(document)
    except ValidationError as error:
        found = list(spots(Plan, error))
    issues = [
        _issue(
            file, column=spot.path, value=spot.value, problem=spot.problem
        ).model_copy(update={"expected": spot.expected})
        for spot in found
        if not _is_lost(spot)
    ]
    lost = [spot.path for spot in found if _is_lost(spot)]
    if lost:
        problem = f"is not a plan: it has no {', '.join(lost)}"
        issues.insert(0, _issue(file, problem=problem))
    raise InputError(issues)


def _is_lost(spot: Spot) -> bool:
    """Whether a whole part of the plan is missing."""
    return spot.missing and "." not in spot.path


def _issue(file: str, *, problem: str, column: str = "", value: str = "") -> Issue:
    return Issue(
        code="BAD_VALUE",
        table="plan",
        column=column,
        value=value,
        problem=problem,
        expected=_PLAN,
        file=file,
    )
