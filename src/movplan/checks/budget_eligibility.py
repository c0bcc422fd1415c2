"""budget_eligibility: a family's charge is paid whole by one line that may pay it."""

from collections import Counter
from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.budgets import BudgetLine
from movplan.domain.money import money_text
from movplan.domain.people import Family
from movplan.domain.plan import Charge
from movplan.domain.words import CostCategory, SubjectKind

RULE = "budget_eligibility"


def check(view: PlanView) -> Outcome:
    """Programme, category, nationality, destination, beneficiary, service dates."""
    tally = Tally(RULE)
    uncounted: set[str] = set()
    once: Counter[tuple[str, str, str]] = Counter()
    for charge in view.plan.ledger:
        line = view.lines.get(charge.budget_line_id)
        family = view.families.get(charge.subject_id)
        if charge.subject_kind is not SubjectKind.FAMILY or not line or not family:
            continue
        once[family.family_id, charge.category.value, charge.item] += 1
        tally.judge(_facts(view, charge, line, family), family.family_id, charge.item)
        if line.nationalities and not view.members_of(family):
            uncounted.add(family.family_id)
    for (family_id, category, item), times in once.items():
        if times > 1:
            tally.broken(
                f"{family_id}: {category} {item} is paid {times} times", family_id
            )
    tally.unchecked = len(uncounted)
    return tally.outcome()


def _facts(
    view: PlanView, charge: Charge, line: BudgetLine, family: Family
) -> Iterator[str]:
    amount = money_text(charge.amount_cents, charge.currency)
    what = f"{family.family_id}: {charge.category.value} {charge.item} ({amount})"
    for reason in _reasons(view, charge, line, family):
        yield f"{what} is on {line.budget_line_id}, which {reason}"


def _reasons(
    view: PlanView, charge: Charge, line: BudgetLine, family: Family
) -> Iterator[str]:
    if line.programmes and family.programme not in line.programmes:
        yield f"does not pay for {family.programme}"
    overhead = charge.category is CostCategory.OVERHEAD
    if line.categories and charge.category not in line.categories and not overhead:
        yield f"does not pay {charge.category.value}"
    places = {family.destination, view.country_of(family.destination)}
    if line.destinations and not places & set(line.destinations):
        yield f"does not pay for {family.destination}"
    if line.beneficiary_types and family.beneficiary_type not in line.beneficiary_types:
        yield f"does not pay for {family.beneficiary_type or 'no'} beneficiaries"
    foreign = {member.nationality for member in view.members_of(family)}
    if line.nationalities and not foreign <= set(line.nationalities):
        yield f"pays for {', '.join(line.nationalities)} only"
    if line.service_from and charge.on < line.service_from:
        yield f"pays from {line.service_from} on, the service is on {charge.on}"
    if line.service_until and charge.on > line.service_until:
        yield f"pays until {line.service_until}, the service is on {charge.on}"
