"""family_ceiling: a line pays only so much per person for one family's journey."""

from collections import Counter

from movplan.checks.draws import converted
from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.money import money_text
from movplan.domain.plan import Charge
from movplan.domain.words import CostCategory, SubjectKind

RULE = "family_ceiling"
OF_THE_JOURNEY = frozenset(
    {CostCategory.FARE, CostCategory.TRANSFER, CostCategory.ACCOMMODATION}
)


def check(view: PlanView) -> Outcome:
    """Fares, transfers and nights of all parts, in the line's currency."""
    tally = Tally(RULE)
    limits = {
        line_id: (line, line.max_per_person_cents)
        for line_id, line in view.lines.items()
        if line.max_per_person_cents is not None
    }
    paid: Counter[tuple[str, str]] = Counter()
    for charge in view.plan.ledger if limits else ():
        if charge.budget_line_id in limits and _is_of_a_journey(view, charge):
            line, _ = limits[charge.budget_line_id]
            amount = converted(view, charge, line.currency) or 0
            paid[charge.subject_id, charge.budget_line_id] += amount
    for (family_id, line_id), amount in sorted(paid.items()):
        line, each = limits[line_id]
        persons = view.families[family_id].persons
        people = "1 person" if persons == 1 else f"{persons} persons"
        fact = (
            f"{family_id}: {line_id} pays {money_text(amount, line.currency)} for its "
            f"journey, at most {money_text(each * persons, line.currency)} for {people}"
        )
        tally.judge([fact] if amount > each * persons else [], family_id, line_id)
    return tally.outcome()


def _is_of_a_journey(view: PlanView, charge: Charge) -> bool:
    return (
        charge.subject_kind is SubjectKind.FAMILY
        and charge.subject_id in view.families
        and charge.category in OF_THE_JOURNEY
        and not charge.item.startswith("session/")
    )
