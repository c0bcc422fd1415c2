"""Budget lines: what an amount draws on each, and which may pay for what."""

from collections.abc import Sequence, Set
from datetime import date
from fractions import Fraction
from functools import cache

from movplan.costing.beneficiary import Beneficiary
from movplan.domain.budgets import BudgetLine
from movplan.domain.errors import InputError, Issue
from movplan.domain.money import RateTable, round_half_even
from movplan.domain.scenario import Scenario
from movplan.domain.words import CostCategory

Draw = tuple[str, int]


class Lines:
    """Budget lines with their ancestors, in the currencies of each.

    Amounts are integers in minor units; every conversion is half-even and made once
    from the original amount (never by way of another line's currency).
    """

    def __init__(self, scenario: Scenario, rates: RateTable) -> None:
        self.by_id = {line.budget_line_id: line for line in scenario.budget_lines}
        self.rates = rates
        self._country = {place.place_id: place.country for place in scenario.places}
        self._ordered = sorted(
            scenario.budget_lines, key=lambda line: (line.draw_order, line.key)
        )
        self._ancestors = {
            line_id: _ancestors(line_id, self.by_id) for line_id in self.by_id
        }
        self._converted = cache(self._convert)
        self._amounts = cache(self._find_amounts)
        self._overhead = cache(self._find_overhead)
        self._eligible = cache(self._find_eligible)

    def turning_days(self) -> tuple[int, ...]:
        """Dates, as ordinals in order, from which money is another than the day before.

        Between two of them neither rates change nor which lines are in service.
        """
        lines = self.by_id.values()
        days = {on.toordinal() for on in self.rates.dates}
        days |= {x.service_from.toordinal() for x in lines if x.service_from}
        days |= {x.service_until.toordinal() + 1 for x in lines if x.service_until}
        return tuple(sorted(days))

    def ancestors(self, line_id: str) -> tuple[str, ...]:
        """Lines a draw on this one draws on too: its parent first, the root last."""
        return self._ancestors[line_id]

    def convert(self, amount_cents: int, source: str, target: str, on: date) -> int:
        """Convert once, half-even; ``InputError`` when a rate is unknown that day."""
        return self._converted(amount_cents, source, target, on)

    def overhead(self, line_id: str, amount_cents: int, currency: str, on: date) -> int:
        """Overhead in the line's currency: half-even(line amount x percent / 100)."""
        return self._overhead(line_id, amount_cents, currency, on)

    def amounts(
        self, line_id: str, amount_cents: int, currency: str, on: date
    ) -> tuple[Draw, ...]:
        """What a charge draws, overhead included: own line first, then ancestors.

        own = convert(amount) + overhead;
        ancestor = convert(amount) + convert(overhead):
        two charges, each rounded for itself.
        """
        return self._amounts(line_id, amount_cents, currency, on)

    def eligible(
        self, beneficiary: Beneficiary, category: CostCategory, on: date
    ) -> tuple[str, ...]:
        """Lines that may pay such a charge, in draw order, then by id.

        Empty lists of a line mean all; ``destinations`` name places or countries. A
        line is no good on a date on which it or an ancestor has no known rate.
        """
        return self._eligible(beneficiary, category, on)

    def against(
        self, line_id: str, beneficiary: Beneficiary, category: CostCategory, on: date
    ) -> tuple[str, ...]:
        """Why a line may not pay such a charge; nothing when it is ``eligible``."""
        line, who = self.by_id[line_id], beneficiary
        met = {
            _service_words(line): _in_service(line, on),
            _only("programme", line.programmes): _takes(
                {who.programme}, line.programmes
            ),
            _only("charge", line.categories): _takes({category}, line.categories),
            _only("destination", line.destinations): (
                not line.destinations
                or not self._ends(who).isdisjoint(line.destinations)
            ),
            _only("nationality", line.nationalities): _takes(
                set(who.nationalities), line.nationalities
            ),
            _only("beneficiary type", line.beneficiary_types): _takes(
                {who.beneficiary_type or ""}, line.beneficiary_types
            ),
            f"has no rate on {on}": self._has_rates(line, on),
        }
        return tuple(words for words, holds in met.items() if not holds)

    def _convert(self, amount_cents: int, source: str, target: str, on: date) -> int:
        try:
            return self.rates.convert(amount_cents, source, target, on)
        except KeyError as missing:
            raise InputError([_no_rate(str(missing.args[0]))]) from None

    def _find_amounts(
        self, line_id: str, amount_cents: int, currency: str, on: date
    ) -> tuple[Draw, ...]:
        own = self.by_id[line_id].currency
        overhead = self._overhead(line_id, amount_cents, currency, on)
        draws = [(line_id, self.convert(amount_cents, currency, own, on) + overhead)]
        for ancestor in self._ancestors[line_id]:
            target = self.by_id[ancestor].currency
            draws.append(
                (
                    ancestor,
                    self.convert(amount_cents, currency, target, on)
                    + self.convert(overhead, own, target, on),
                )
            )
        return tuple(draws)

    def _find_overhead(
        self, line_id: str, amount_cents: int, currency: str, on: date
    ) -> int:
        line = self.by_id[line_id]
        if not line.overhead_percent:
            return 0
        own = self.convert(amount_cents, currency, line.currency, on)
        return round_half_even(Fraction(own * line.overhead_percent, 100))

    def _ends(self, beneficiary: Beneficiary) -> set[str]:
        """Its destination, and the country of that."""
        place = beneficiary.destination
        return {place, self._country.get(place, "")}

    def _find_eligible(
        self, beneficiary: Beneficiary, category: CostCategory, on: date
    ) -> tuple[str, ...]:
        who, ends = beneficiary, self._ends(beneficiary)
        return tuple(
            line.budget_line_id
            for line in self._ordered
            if _in_service(line, on)
            and (not line.programmes or who.programme in line.programmes)
            and (not line.categories or category in line.categories)
            and (not line.destinations or not ends.isdisjoint(line.destinations))
            and (
                not line.nationalities
                or set(who.nationalities) <= set(line.nationalities)
            )
            and (
                not line.beneficiary_types
                or who.beneficiary_type in line.beneficiary_types
            )
            and self._has_rates(line, on)
        )

    def _has_rates(self, line: BudgetLine, on: date) -> bool:
        chain = (line.budget_line_id, *self._ancestors[line.budget_line_id])
        return all(
            self.rates.find_rate(self.by_id[link].currency, on) is not None
            for link in chain
        )


def _in_service(line: BudgetLine, on: date) -> bool:
    return (line.service_from is None or line.service_from <= on) and (
        line.service_until is None or on <= line.service_until
    )


def _takes(wanted: Set[str], listed: Sequence[str]) -> bool:
    """An empty list takes all."""
    return not listed or wanted <= set(listed)


def _only(what: str, listed: Sequence[str]) -> str:
    return f"pays only for {what} {', '.join(listed)}"


def _service_words(line: BudgetLine) -> str:
    first = f" from {line.service_from}" if line.service_from else ""
    last = f" until {line.service_until}" if line.service_until else ""
    return f"pays only{first}{last}"


def _ancestors(line_id: str, lines: dict[str, BudgetLine]) -> tuple[str, ...]:
    found: list[str] = []
    parent = lines[line_id].parent
    while parent is not None and parent not in (line_id, *found):
        found.append(parent)
        parent = lines[parent].parent
    return tuple(found)


def _no_rate(problem: str) -> Issue:
    return Issue(
        code="NO_RATE",
        table="rates",
        problem=problem,
        expected="a rate dated on or before the first charge in the currency",
    )
