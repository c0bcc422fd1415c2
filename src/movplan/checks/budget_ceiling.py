"""budget_ceiling: no line, nor any line above it, is drawn beyond what is available."""

from movplan.checks.draws import draws
from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.money import money_text

RULE = "budget_ceiling"


def check(view: PlanView) -> Outcome:
    """Draws (own, overhead, descendants) <= ceiling - spent - committed."""
    tally = Tally(RULE)
    drawn = draws(view)
    for line_id, line in view.lines.items():
        available = line.available_cents
        if available is None:
            continue
        amount = drawn[line_id]
        fact = (
            f"{line_id} ({line.donor}) is drawn {money_text(amount, line.currency)}, "
            f"{money_text(available, line.currency)} are available"
        )
        # A line overspent before this plan is no fault of a plan that draws nothing.
        over = amount > max(available, 0)
        tally.judge([fact] if over else [], line_id)
    return tally.outcome()
