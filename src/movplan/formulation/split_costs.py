"""A price split over its payers: draws on budget rows and reporting cost."""

from collections.abc import Iterator, Sequence
from datetime import date

from movplan.costing.prices import Price
from movplan.formulation.context import Context


def split_draws(
    context: Context, price: Price, payers: Sequence[tuple[str, int]], on: date
) -> Iterator[tuple[int | None, int, int]]:
    """Per line share: (budget row or None, cents drawn, 0), then (None, 0, cost).

    A share draws on its line and all ancestors, overhead included.
    """
    for line, cents in context.tariffs.split(price, payers):
        cost = context.tariffs.reporting_with_overhead(line, cents, price.currency, on)
        yield None, 0, cost
        drawn = context.tariffs.line_amounts(line, cents, price.currency, on)
        for drawn_line, amount in drawn:
            row = context.budget_row.get(drawn_line)
            if row is not None:
                yield row, amount, 0
