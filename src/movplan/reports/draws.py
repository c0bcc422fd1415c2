"""What a plan draws on every budget line, descendants included."""

from dataclasses import dataclass

from movplan.costing.draws import line_draws
from movplan.domain.budgets import BudgetLine
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Draw:
    """A budget line and what the plan draws on it, in the line's currency."""

    line: BudgetLine
    drawn_cents: int

    @property
    def available_cents(self) -> int | None:
        """What there is to draw; ``None`` is unlimited."""
        return self.line.available_cents


def draws(scenario: Scenario, plan: Plan) -> tuple[Draw, ...]:
    """Draws by budget line in draw order; nested lines draw on their parents too."""
    drawn = line_draws(scenario, plan.ledger)
    ordered = sorted(scenario.budget_lines, key=lambda r: (r.draw_order, r.key))
    return tuple(Draw(line, drawn[line.budget_line_id]) for line in ordered)
