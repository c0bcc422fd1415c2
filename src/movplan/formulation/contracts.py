"""Contracts that cost more than their lines have left contradict the ceilings."""

from collections import defaultdict

from movplan.domain.budgets import BudgetLine
from movplan.domain.errors import ConflictError
from movplan.domain.money import money_text
from movplan.domain.transport import Departure
from movplan.domain.words import DepartureStatus, SubjectKind
from movplan.formulation.context import Context
from movplan.formulation.departures import constant_charges


def refuse_overdrawn(context: Context) -> None:
    """Refuse a scenario whose contracts cost a line more than it has left.

    The conflict of the first such line (by id), smallest: the dearest contracts until
    together they are too dear, and the line. A line overspent already has nothing left,
    which contradicts nothing unless some contract costs it.
    """
    due = _due(context)
    for line in sorted(context.scenario.budget_lines, key=lambda row: row.key):
        available = line.available_cents
        costs = due.get(context.budget_row.get(line.budget_line_id, -1), {})
        if available is None or sum(costs.values()) <= max(available, 0):
            continue
        raise ConflictError(
            [
                *_too_dear(context, line, costs, left=max(available, 0)),
                _has_left(line),
            ]
        )


def _due(context: Context) -> dict[int, dict[str, int]]:
    """Cents due of every budget row by departure, whatever is decided."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for departure, price in constant_charges(context):
        payers = context.tariffs.payers(SubjectKind.DEPARTURE, departure.departure_id)
        on = departure.departs.date()
        for row, cents in context.splits.of(price, payers, on).draws:
            found[row][departure.departure_id] += cents
    return found


def _too_dear(
    context: Context, line: BudgetLine, costs: dict[str, int], *, left: int
) -> list[str]:
    """Contracts in words, dearest first, until what is left does not cover them."""
    said: list[str] = []
    for departure_id, cents in sorted(costs.items(), key=lambda x: (-x[1], x[0])):
        if left < 0:
            break
        left -= cents
        what = _contract(context.departures[departure_id])
        amount = money_text(cents, line.currency)
        said.append(f"{what} costs budget line {line.budget_line_id} {amount}")
    return said


def _contract(departure: Departure) -> str:
    if departure.status is DepartureStatus.CANCELLED:
        return f"{departure.departure_id} is cancelled, and its fee"
    return f"{departure.departure_id} is {departure.status.value} and"


def _has_left(line: BudgetLine) -> str:
    """What the line has, and what has gone of it before this plan."""

    def money(cents: int) -> str:
        return money_text(cents, line.currency)

    ceiling, spent, committed = (
        line.ceiling_cents or 0,
        line.spent_cents,
        line.committed_cents,
    )
    left = max(ceiling - spent - committed, 0)
    return (
        f"budget line {line.budget_line_id} has {money(left)} left: its ceiling is"
        f" {money(ceiling)}, {money(spent)} are spent, {money(committed)} committed"
    )
