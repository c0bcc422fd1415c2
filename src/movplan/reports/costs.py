"""What the plan costs, by category, budget line and donor."""

from collections import Counter, defaultdict

from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import PriceBasis
from movplan.reports.draws import Draw, draws
from movplan.reports.table import Column, Table, left, right
from movplan.reports.text import bar, money, percent


def cost_tables(plan: Plan, scenario: Scenario | None = None) -> tuple[Table, ...]:
    """The costs' tables; donors and ceilings need the scenario."""
    tables = (by_line(plan, scenario), by_category(plan))
    return tables if scenario is None else (*tables, by_donor(plan, scenario))


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


def by_donor(plan: Plan, scenario: Scenario) -> Table:
    """Costs in the reporting currency by who pays."""
    donors = {line.budget_line_id: line.donor for line in scenario.budget_lines}
    amounts: dict[str, int] = defaultdict(int)
    for charge in plan.ledger:
        donor = donors.get(charge.budget_line_id, charge.budget_line_id)
        amounts[donor] += charge.reporting_cents
    return _shares("Costs by donor", "Donor", amounts, plan)


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
