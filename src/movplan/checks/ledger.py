"""ledger: every charge is converted once, half-even, with its line's overhead."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from movplan.checks.draws import converted
from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.money import money_text, round_half_even
from movplan.domain.plan import Charge
from movplan.domain.words import CostCategory

RULE = "ledger"
Place = tuple[str, str, str, str]


def check(view: PlanView) -> Outcome:
    """Line and reporting amounts, overhead, and no charge twice on one line."""
    tally = Tally(RULE)
    due: Counter[Place] = Counter()
    charged: Counter[Place] = Counter()
    seen: Counter[tuple[str, ...]] = Counter()
    for charge in view.plan.ledger:
        tally.judge(_conversions(view, charge), charge.subject_id, charge.item)
        seen[*_place(charge), charge.category.value] += 1
        if charge.category is CostCategory.OVERHEAD:
            charged[_place(charge)] += charge.amount_cents
        else:
            due[_overhead_place(charge)] += _overhead(view, charge)
    for place in sorted({*due, *charged}):
        if due[place] != charged[place]:
            tally.broken(
                f"overhead {place[2]} of {place[1]} on {place[3]}: "
                f"{charged[place]} cents charged, {due[place]} due",
                place[1],
            )
    for row, times in seen.items():
        if times > 1:
            tally.broken(f"{row[1]}: {row[2]} is charged {times} times", row[1])
    return tally.outcome()


def _conversions(view: PlanView, charge: Charge) -> Iterator[str]:
    line = view.lines.get(charge.budget_line_id)
    if line is None:
        return
    if charge.amount_cents == 0:
        yield f"{charge.subject_id}: {charge.item} charges nothing"
    wanted = (
        (line.currency, charge.line_cents),
        (view.scenario.reporting_currency, charge.reporting_cents),
    )
    # A line in the reporting currency has both amounts the same: wrong once.
    for currency, stated in dict.fromkeys(wanted):
        right = converted(view, charge, currency)
        if right is None:
            yield f"{charge.item}: no rate of {charge.currency} on {charge.on}"
        elif right != stated:
            yield (
                f"{charge.subject_id}: {charge.item}, "
                f"{money_text(charge.amount_cents, charge.currency)} on {charge.on} "
                f"are {money_text(right, currency)}, not {money_text(stated, currency)}"
            )


def _overhead(view: PlanView, charge: Charge) -> int:
    """half-even(line amount x percent / 100), in the line's currency."""
    line = view.lines.get(charge.budget_line_id)
    if line is None or not line.overhead_percent:
        return 0
    amount = converted(view, charge, line.currency) or 0
    return round_half_even(Fraction(amount * line.overhead_percent, 100))


def _place(charge: Charge) -> Place:
    kind, subject = charge.subject_kind.value, charge.subject_id
    return kind, subject, charge.item, charge.budget_line_id


def _overhead_place(charge: Charge) -> Place:
    kind, subject, item, line_id = _place(charge)
    return kind, subject, f"{charge.category.value}/{item}", line_id
