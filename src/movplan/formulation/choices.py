"""The lines that may pay each charge, and what each would draw on."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from movplan.costing.beneficiary import Beneficiary
from movplan.domain.words import CostCategory
from movplan.formulation.appointments import Slots
from movplan.formulation.ceilings import ceiling_draws
from movplan.formulation.charges import CATEGORIES, Kinds
from movplan.formulation.context import Context
from movplan.formulation.ragged import (
    CodeArray,
    expand,
    narrow,
    pointers,
    unique_rows,
)
from movplan.formulation.rowbook import IntArray


@dataclass(frozen=True, slots=True)
class Choices:
    """Charges with their choices; ``payable`` marks charges some line may pay.

    Shapes: ``template``, ``category``, ``item``, ``payable`` [charges]; ``ptr``
    [charges + 1]; ``line``, ``cost`` [choices]; ``draws`` [choices x rows].
    """

    template: IntArray
    category: CodeArray
    item: CodeArray
    payable: NDArray[np.bool_]
    ptr: IntArray
    line: CodeArray
    cost: IntArray
    draws: csr_array

    def payable_only(self) -> "Choices":
        """Without the charges of templates that nobody may pay whole."""
        unpayable = np.unique(self.template[~self.payable])
        if not len(unpayable):
            return self
        charge = np.flatnonzero(~np.isin(self.template, unpayable))
        counts = np.diff(self.ptr)[charge]
        _, choice = expand(self.ptr[charge], counts)
        return Choices(
            template=self.template[charge],
            category=self.category[charge],
            item=self.item[charge],
            payable=self.payable[charge],
            ptr=pointers(counts),
            line=self.line[choice],
            cost=self.cost[choice],
            draws=self.draws[choice],
        )


@dataclass(frozen=True, slots=True)
class MoneyRows:
    """Row of every limited line, and its enrolment rows (-1 where there is none)."""

    lines: tuple[str, ...]
    budget: dict[str, int]
    enrol_families: IntArray
    enrol_persons: IntArray


def find_choices(context: Context, money: MoneyRows, slots: Slots) -> Choices:
    """Pair every charge with its eligible lines and convert it for each, once a kind.

    Rows of ``family_ceiling`` are added, so all others have to be there.
    """
    charges = context.charges.take()
    ways = _ways_to_pay(context, money, charges.kinds)
    counts = np.diff(ways.ptr)[charges.kind]
    _, way = expand(ways.ptr[charges.kind], counts)
    line, draws = ways.line[way], ways.draws[way]
    ceilings = ceiling_draws(context, charges, slots, counts, line)
    if ceilings is not None:
        draws = csr_array(hstack([draws, ceilings], format="csr"))
    return Choices(
        template=charges.template,
        category=narrow(charges.kinds.category)[charges.kind],
        item=narrow(charges.item),
        payable=counts > 0,
        ptr=pointers(counts),
        line=narrow(line),
        cost=ways.cost[way],
        draws=draws,
    )


@dataclass(frozen=True, slots=True)
class _Ways:
    """Ways to pay kinds of charges: those of kind k are ``ptr[k] .. ptr[k + 1]``.

    Each is a line, what that costs, and what it draws on: ``draws`` [ways x rows].
    """

    ptr: IntArray
    line: IntArray
    cost: IntArray
    draws: csr_array


def _ways_to_pay(context: Context, money: MoneyRows, kinds: Kinds) -> _Ways:
    (starts, counts), lines = _eligible(context, money, kinds)
    kind, position = expand(starts, counts)
    line = lines[position]
    prices = _prices(context, money, kinds, kind, line)
    return _Ways(
        ptr=pointers(counts),
        line=line,
        cost=prices.cost[prices.of_way],
        draws=_draw_matrix(context, prices, line, kinds.enrols[kind], money),
    )


def _eligible(
    context: Context, money: MoneyRows, kinds: Kinds
) -> tuple[tuple[IntArray, IntArray], IntArray]:
    """Eligible lines per kind, as (start, count) into one flat array of lines."""
    unique, inverse = unique_rows(kinds.payer, kinds.category, kinds.day)
    whom = context.beneficiaries
    index = {line: k for k, line in enumerate(money.lines)}
    found: list[list[int]] = []
    for payer, category_index, ordinal in unique.tolist():
        names = _lines_for(context, whom[payer], CATEGORIES[category_index], ordinal)
        found.append([index[name] for name in names])
    counts = np.array([len(lines) for lines in found], np.int64)
    flat = np.array([line for lines in found for line in lines], np.int64)
    starts = pointers(counts)[:-1]
    return (starts[inverse], counts[inverse]), flat


def _lines_for(
    context: Context, who: Beneficiary, category: CostCategory, ordinal: int
) -> tuple[str, ...]:
    """Lines that may pay a charge of a day, in draw order."""
    on = date.fromordinal(ordinal)
    if not context.keeps("budget_eligibility"):
        return tuple(line for line in context.line_ids if _has_rates(context, line, on))
    return context.tariffs.eligible_lines(who, category, on)


def _has_rates(context: Context, line_id: str, on: date) -> bool:
    lines, rates = context.tariffs.lines, context.tariffs.rates
    chain = (line_id, *lines.ancestors(line_id))
    return all(rates.find_rate(lines.by_id[x].currency, on) is not None for x in chain)


@dataclass(frozen=True, slots=True)
class _Prices:
    """Draws of every distinct (amount, currency, day, line), and who uses which."""

    cost: IntArray
    ptr: IntArray
    row: IntArray
    cents: IntArray
    of_way: IntArray


def _prices(
    context: Context,
    money: MoneyRows,
    kinds: Kinds,
    kind: IntArray,
    line: IntArray,
) -> _Prices:
    tariffs, currencies = context.tariffs, context.charges.currencies.words()
    unique, inverse = unique_rows(
        kinds.amount[kind], kinds.currency[kind], kinds.day[kind], line
    )
    cost: list[int] = []
    counts: list[int] = []
    row: list[int] = []
    cents: list[int] = []
    for price, unit, ordinal, payer in unique.tolist():
        code, on = currencies[unit], date.fromordinal(ordinal)
        name = money.lines[payer]
        cost.append(tariffs.reporting_with_overhead(name, price, code, on))
        drawn = [
            (money.budget[drawn_line], drawn_cents)
            for drawn_line, drawn_cents in tariffs.line_amounts(name, price, code, on)
            if drawn_line in money.budget
        ]
        counts.append(len(drawn))
        row.extend(index for index, _ in drawn)
        cents.extend(value for _, value in drawn)
    return _Prices(
        cost=np.array(cost, np.int64),
        ptr=pointers(np.array(counts, np.int64)),
        row=np.array(row, np.int64),
        cents=np.array(cents, np.int64),
        of_way=inverse,
    )


def _draw_matrix(
    context: Context,
    prices: _Prices,
    line: IntArray,
    enrols: IntArray,
    money: MoneyRows,
) -> csr_array:
    """Budget draws and enrolments of ways to pay: [ways x rows]."""
    starts = prices.ptr[:-1][prices.of_way]
    counts = np.diff(prices.ptr)[prices.of_way]
    owner, position = expand(starts, counts)
    parts = [(owner, prices.row[position], prices.cents[position])]
    enrolling = np.flatnonzero(enrols)
    for rows, value in (
        (money.enrol_families, np.ones(len(line), np.int64)),
        (money.enrol_persons, enrols),
    ):
        row = rows[line[enrolling]]
        kept = enrolling[row >= 0]
        parts.append((kept, rows[line[kept]], value[kept]))
    who, what, how_much = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    return csr_array((how_much, (who, what)), shape=(len(line), len(context.rows)))
