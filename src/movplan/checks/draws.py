"""What the ledger draws on budget lines, converted from scratch."""

from collections import Counter
from collections.abc import Iterator

from movplan.checks.view import PlanView
from movplan.domain.budgets import BudgetLine
from movplan.domain.plan import Charge


def ancestry(view: PlanView, line: BudgetLine) -> Iterator[BudgetLine]:
    """The line, its parent, and so on; stops at an unknown or repeated line."""
    seen: set[str] = set()
    found: BudgetLine | None = line
    while found is not None and found.budget_line_id not in seen:
        seen.add(found.budget_line_id)
        yield found
        found = view.lines.get(found.parent or "")


def converted(view: PlanView, charge: Charge, currency: str) -> int | None:
    """The charge in another currency at its date's rate; ``None`` if unknown."""
    if charge.currency == currency:
        return charge.amount_cents
    try:
        return view.rates.convert(
            charge.amount_cents, charge.currency, currency, charge.on
        )
    except KeyError:
        return None


def draws(view: PlanView) -> Counter[str]:
    """Minor units of its currency drawn on each line, descendants included."""
    drawn: Counter[str] = Counter()
    for charge in view.plan.ledger:
        line = view.lines.get(charge.budget_line_id)
        for ancestor in ancestry(view, line) if line else ():
            amount = converted(view, charge, ancestor.currency)
            drawn[ancestor.budget_line_id] += amount or 0
    return drawn
