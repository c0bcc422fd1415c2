"""A price split over its payers: draws on budget rows and reporting cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from movplan.costing.payers import Share
from movplan.costing.prices import Price
from movplan.costing.tariffs import Tariffs
from movplan.formulation.money_days import MoneyDays


@dataclass(frozen=True, slots=True)
class Split:
    """What a price costs in reporting cents, and (budget row, cents) it draws.

    A share draws on its line and all ancestors, overhead included.
    """

    cost: int
    draws: tuple[tuple[int, int], ...]


class Splits:
    """Splits prices, equal ones once for all days on which money is the same."""

    def __init__(
        self, tariffs: Tariffs, budget_row: Mapping[str, int], days: MoneyDays
    ) -> None:
        self._tariffs, self._budget_row, self._days = tariffs, budget_row, days
        self._known: dict[tuple[int, str, tuple[Share, ...], date], Split] = {}

    def of(self, price: Price, payers: tuple[Share, ...], on: date) -> Split:
        """The split of a price that is due on a date."""
        day = self._days.standing_for_date(on)
        key = price.amount_cents, price.currency, payers, day
        if key not in self._known:
            self._known[key] = self._split(price, payers, day)
        return self._known[key]

    def _split(self, price: Price, payers: tuple[Share, ...], on: date) -> Split:
        tariffs, currency, cost = self._tariffs, price.currency, 0
        draws: list[tuple[int, int]] = []
        for line, cents in tariffs.split(price, payers):
            cost += tariffs.reporting_with_overhead(line, cents, currency, on)
            draws += (
                (self._budget_row[drawn_line], drawn_cents)
                for drawn_line, drawn_cents in tariffs.line_amounts(
                    line, cents, currency, on
                )
                if drawn_line in self._budget_row
            )
        return Split(cost, tuple(draws))
