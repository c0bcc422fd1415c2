"""enrolment: a line supports only so many families and persons."""

from collections import Counter
from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.budgets import BudgetLine
from movplan.domain.plan import Charge
from movplan.domain.words import CostCategory, Part, SubjectKind

RULE = "enrolment"


def check(view: PlanView) -> Outcome:
    """Families and persons enrolled <= ``max_families``, ``max_persons``."""
    tally = Tally(RULE)
    families, persons = enrolled(view)
    for line_id, line in view.lines.items():
        if line.max_families is not None or line.max_persons is not None:
            facts = _facts(line, families[line_id], persons[line_id])
            tally.judge(facts, line_id)
    return tally.outcome()


def _facts(line: BudgetLine, families: int, persons: int) -> Iterator[str]:
    name = line.budget_line_id
    if line.max_families is not None and families > line.max_families:
        yield f"{name} supports {families} families, at most {line.max_families}"
    if line.max_persons is not None and persons > line.max_persons:
        yield f"{name} supports {persons} persons, at most {line.max_persons}"


def enrolled(view: PlanView) -> tuple[Counter[str], Counter[str]]:
    """Families and persons that each line supports."""
    families: Counter[str] = Counter()
    persons: Counter[str] = Counter()
    for family_id, line_id in _enrolling_lines(view).items():
        families[line_id] += 1
        persons[line_id] += view.families[family_id].persons
    return families, persons


def _enrolling_lines(view: PlanView) -> dict[str, str]:
    """The line of each family's grant, or without one of its first fare outbound."""
    first: dict[str, tuple[tuple[int, int], str]] = {}
    for charge in view.plan.ledger:
        rank = _rank(charge)
        if rank is None or charge.subject_id not in view.families:
            continue
        found = (rank, charge.budget_line_id)
        first[charge.subject_id] = min(first.get(charge.subject_id, found), found)
    return {family_id: line_id for family_id, (_, line_id) in first.items()}


def _rank(charge: Charge) -> tuple[int, int] | None:
    """Grant first, then outbound fares by leg; ``None`` for what does not enrol."""
    if charge.subject_kind is not SubjectKind.FAMILY:
        return None
    if charge.category is CostCategory.GRANT:
        return (0, 0)
    if charge.category is not CostCategory.FARE:
        return None
    part, _, rest = charge.item.partition("/")
    leg = rest.partition("/")[0]
    if part != Part.OUTBOUND or not leg.isdigit():
        return None
    return (1, int(leg))
