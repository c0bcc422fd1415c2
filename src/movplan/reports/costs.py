"""What the plan costs, by category, budget line and donor."""

from collections import Counter, defaultdict

from movplan.costing.breakdown import SHARED, breakdown
from movplan.costing.groups import By, usual_view
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import PriceBasis
from movplan.reports.draws import Draw, draws
from movplan.reports.table import Column, Table, left, right
from movplan.reports.text import bar, money, percent


def cost_tables(plan: Plan, scenario: Scenario | None = None) -> tuple[Table, ...]:
    """The costs' tables; programmes, donors and ceilings need the scenario."""
    tables = (by_line(plan, scenario), by_category(plan))
    if scenario is None:
        return tables
    more = (costs_by(plan, scenario, by) for by in (By.PROGRAMME, By.DONOR))
    return (*tables, *more)


def by_line(plan: Plan, scenario: Scenario | None) -> Table:
    """Draws on every budget line against what there is to draw."""
    if scenario is None:
        return _by_line_alone(plan)
    columns = (
        *left("Budget line", "Donor"),
        *right("Drawn", "Available", "Left"),
        Column("", bar=True),
        *right("Used"),
    )
    rows = tuple(_draw_row(draw) for draw in draws(scenario, plan))
    return Table("Budget lines", columns, rows, _estimated(plan))


def _draw_row(draw: Draw) -> tuple[str, ...]:
    line, available = draw.line, draw.available_cents
    names = (line.budget_line_id, line.donor, money(draw.drawn_cents, line.currency))
    if available is None:
        return (*names, "no ceiling", "", "", "")
    return (
        *names,
        money(available, line.currency),
        money(available - draw.drawn_cents, line.currency),
        bar(draw.drawn_cents, available),
        percent(draw.drawn_cents, available),
    )


def _by_line_alone(plan: Plan) -> Table:
    own: dict[str, int] = defaultdict(int)
    for charge in plan.ledger:
        own[charge.budget_line_id] += charge.reporting_cents
    return _shares("Budget lines", "Budget line", own, plan)


def by_category(plan: Plan) -> Table:
    """Costs in the reporting currency by cost category."""
    amounts: dict[str, int] = defaultdict(int)
    for charge in plan.ledger:
        amounts[charge.category.value] += charge.reporting_cents
    return _shares("Costs by category", "Category", amounts, plan)


def costs_by(plan: Plan, scenario: Scenario, by: By) -> Table:
    """Costs in the reporting currency; a fixed cost is shared by those aboard.

    By departure and donor it stays whole with who is charged.
    """
    frame = breakdown(scenario, plan, by, usual_view(by))
    amounts = frame.groupby(by.value)["reporting_cents"].sum()
    words = by.value.replace("_", " ")
    return _shares(
        f"Costs by {words}",
        words.capitalize(),
        {
            f"of no {words} alone" if name == SHARED else str(name): int(cents)
            for name, cents in amounts.items()
        },
        plan,
    )


def _shares(title: str, what: str, amounts: dict[str, int], plan: Plan) -> Table:
    total = sum(amounts.values())
    currency = plan.reporting_currency
    ordered = sorted(amounts.items(), key=lambda item: (-item[1], item[0]))
    rows = [
        (name, money(cents, currency), bar(cents, total), percent(cents, total))
        for name, cents in ordered
    ]
    rows.append(("all", money(total, currency), "", ""))
    columns = (
        *left(what),
        *right("Amount"),
        Column("", bar=True),
        *right("Share"),
    )
    return Table(title, columns, tuple(rows), _estimated(plan))


def _estimated(plan: Plan) -> str:
    amounts: Counter[PriceBasis] = Counter()
    for charge in plan.ledger:
        amounts[charge.basis] += abs(charge.reporting_cents)
    total = sum(amounts.values())
    if not total:
        return "Nothing is charged."
    share = percent(amounts[PriceBasis.ESTIMATE], total)
    return f"{share} of the amounts rest on estimated prices."
