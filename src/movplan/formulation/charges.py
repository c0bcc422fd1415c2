"""Charges of templates, the lines that may pay them, and what each line would draw."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from movplan.costing.tariffs import Tariffs
from movplan.domain.words import CostCategory
from movplan.formulation.ragged import expand, pointers, unique_rows
from movplan.formulation.rowbook import IntArray

CATEGORIES = tuple(CostCategory)
CATEGORY_INDEX = {category: k for k, category in enumerate(CATEGORIES)}


class Vocabulary:
    """Words in order of first use, each with its index."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {}

    def __getitem__(self, word: str) -> int:
        return self._index.setdefault(word, len(self._index))

    def words(self) -> tuple[str, ...]:
        """All words; position is index."""
        return tuple(self._index)


@dataclass(frozen=True, slots=True)
class PayerClass:
    """What decides which lines may pay for a family."""

    programme: str
    destination: str
    nationalities: tuple[str, ...]
    beneficiary_type: str | None


@dataclass(slots=True)
class ChargeBook:
    """Collects charges, in chunks of equal-length arrays; zero amounts are dropped.

    ``template`` owner, ``payer`` class of the family, ``category``, ``item`` and
    ``currency`` indices, ``amount`` in minor units, ``day`` as date ordinal, ``enrols``
    the persons the paying line enrols with it (0: none).
    """

    items: Vocabulary = field(default_factory=Vocabulary)
    currencies: Vocabulary = field(default_factory=Vocabulary)
    _chunks: list[tuple[IntArray, ...]] = field(default_factory=list)

    def add(  # noqa: PLR0913 -- one array per column of the table
        self,
        *,
        template: IntArray,
        payer: IntArray,
        category: CostCategory,
        item: IntArray,
        currency: IntArray,
        amount: IntArray,
        day: IntArray,
        enrols: IntArray | None = None,
    ) -> None:
        """Add a chunk of charges of one category."""
        kept = np.flatnonzero(amount)
        same = np.full(len(kept), CATEGORY_INDEX[category], np.int64)
        none = np.zeros(len(kept), np.int64)
        columns = (template, payer, item, currency, amount, day)
        picked = [np.asarray(column, np.int64)[kept] for column in columns]
        self._chunks.append((*picked, same, none if enrols is None else enrols[kept]))

    def columns(self) -> tuple[IntArray, ...]:
        """All charges, sorted by template, within one as they were added."""
        empty = np.zeros(0, np.int64)
        if not self._chunks:
            return (empty,) * 8
        joined = [np.concatenate(parts) for parts in zip(*self._chunks, strict=True)]
        order = np.argsort(joined[0], kind="stable")
        return tuple(column[order] for column in joined)


@dataclass(frozen=True, slots=True)
class Choices:
    """Charges with their choices; ``payable`` marks charges some line may pay.

    Shapes: ``template``, ``category``, ``item``, ``payable`` [charges]; ``ptr``
    [charges + 1]; ``line``, ``cost`` [choices]; ``draws`` [choices x rows].
    """

    template: IntArray
    category: IntArray
    item: IntArray
    payable: NDArray[np.bool_]
    ptr: IntArray
    line: IntArray
    cost: IntArray
    draws: csr_array


@dataclass(frozen=True, slots=True)
class MoneyRows:
    """Row of every limited line, and its enrolment rows (-1 where there is none)."""

    lines: tuple[str, ...]
    budget: dict[str, int]
    enrol_families: IntArray
    enrol_persons: IntArray


def find_choices(
    book: ChargeBook,
    payers: Sequence[PayerClass],
    tariffs: Tariffs,
    money: MoneyRows,
    num_rows: int,
) -> Choices:
    """Pair every charge with its eligible lines and convert it for each, once."""
    template, payer, item, currency, amount, day, category, enrols = book.columns()
    line_of, count_of = _eligible(payers, tariffs, money, payer, category, day)
    owner, position = expand(*line_of)
    line = count_of[position]
    prices = _prices(
        tariffs,
        money,
        book.currencies.words(),
        amount[owner],
        currency[owner],
        day[owner],
        line,
    )
    draws = _draw_matrix(prices, line, enrols[owner], money, num_rows)
    return Choices(
        template=template,
        category=category,
        item=item,
        payable=line_of[1] > 0,
        ptr=pointers(line_of[1]),
        line=line,
        cost=prices.cost[prices.of_choice],
        draws=draws,
    )


def _eligible(
    payers: Sequence[PayerClass],
    tariffs: Tariffs,
    money: MoneyRows,
    payer: IntArray,
    category: IntArray,
    day: IntArray,
) -> tuple[tuple[IntArray, IntArray], IntArray]:
    """Eligible lines per charge, as (start, count) into one flat array of lines."""
    unique, inverse = unique_rows(payer, category, day)
    index = {line: k for k, line in enumerate(money.lines)}
    found: list[list[int]] = []
    for payer_class, category_index, ordinal in unique.tolist():
        who = payers[payer_class]
        names = tariffs.eligible_lines(
            programme=who.programme,
            category=CATEGORIES[category_index],
            destination=who.destination,
            nationalities=who.nationalities,
            beneficiary_type=who.beneficiary_type,
            on=date.fromordinal(ordinal),
        )
        found.append([index[name] for name in names])
    counts = np.array([len(lines) for lines in found], np.int64)
    flat = np.array([line for lines in found for line in lines], np.int64)
    starts = pointers(counts)[:-1]
    return (starts[inverse], counts[inverse]), flat


@dataclass(frozen=True, slots=True)
class _Prices:
    """Draws of every distinct (amount, currency, day, line), and who uses which."""

    cost: IntArray
    ptr: IntArray
    row: IntArray
    cents: IntArray
    of_choice: IntArray


def _prices(  # noqa: PLR0913 -- one array per column of the table
    tariffs: Tariffs,
    money: MoneyRows,
    currencies: Sequence[str],
    amount: IntArray,
    currency: IntArray,
    day: IntArray,
    line: IntArray,
) -> _Prices:
    unique, inverse = unique_rows(amount, currency, day, line)
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
        of_choice=inverse,
    )


def _draw_matrix(
    prices: _Prices,
    line: IntArray,
    enrols: IntArray,
    money: MoneyRows,
    num_rows: int,
) -> csr_array:
    """Budget draws and enrolments of every choice: shape [choices x rows]."""
    starts = prices.ptr[:-1][prices.of_choice]
    counts = np.diff(prices.ptr)[prices.of_choice]
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
    return csr_array((how_much, (who, what)), shape=(len(line), num_rows))
