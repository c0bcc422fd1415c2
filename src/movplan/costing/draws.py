"""What a ledger draws on every budget line, its descendants' charges included."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import numpy as np

from movplan.costing.conversion import convert_all
from movplan.costing.lines import Lines
from movplan.domain.money import RateTable
from movplan.domain.plan import Charge
from movplan.domain.scenario import Scenario


def line_draws(scenario: Scenario, ledger: Iterable[Charge]) -> dict[str, int]:
    """Draws on each line in its own currency, for every line of the scenario.

    draw(l) = sum over charges on l and on its descendants of the charge's original
    amount, converted once to l's currency; overhead is a charge like any other.
    """
    rates = RateTable(scenario.rates, scenario.reporting_currency)
    lines = Lines(scenario, rates)
    drawn = dict.fromkeys(sorted(lines.by_id), 0)
    for (line_id, currency, on), amounts in _grouped(ledger).items():
        cents = np.array(amounts, np.int64)
        for link in (line_id, *lines.ancestors(line_id)):
            factor = rates.factor(currency, lines.by_id[link].currency, on)
            drawn[link] += int(convert_all(cents, factor).sum())
    return drawn


def headroom(scenario: Scenario, ledger: Iterable[Charge]) -> dict[str, int | None]:
    """Available - drawn of each line, in its currency; ``None`` is unlimited.

    Negative: overdrawn by that much.
    """
    drawn = line_draws(scenario, ledger)
    return {
        line.budget_line_id: None
        if line.available_cents is None
        else line.available_cents - drawn[line.budget_line_id]
        for line in sorted(scenario.budget_lines, key=lambda row: row.key)
    }


def _grouped(
    ledger: Iterable[Charge],
) -> dict[tuple[str, str, date], list[int]]:
    groups: dict[tuple[str, str, date], list[int]] = defaultdict(list)
    for charge in ledger:
        group = (charge.budget_line_id, charge.currency, charge.on)
        groups[group].append(charge.amount_cents)
    return groups
