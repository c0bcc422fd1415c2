"""Charges of templates, collected while journeys and appointments are built.

Who may pay a charge and what it draws depends on its *kind* alone, and many charges are
of one kind (10,000 families: 2.5 million charges of 26,000 kinds). So a charge is kept
as its template, its item and its kind, and money is looked up once per kind.
"""

from dataclasses import dataclass

import numpy as np

from movplan.domain.words import CostCategory
from movplan.formulation.money_days import MoneyDays
from movplan.formulation.ragged import first_rows
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
class Kinds:
    """Kinds of charges as equal-length arrays.

    ``payer`` class of the family, ``category`` and ``currency`` indices, ``amount`` in
    minor units, ``day`` as date ordinal (see ``MoneyDays``), ``enrols`` the persons
    the paying line enrols with it (0: none).
    """

    payer: IntArray
    category: IntArray
    currency: IntArray
    amount: IntArray
    day: IntArray
    enrols: IntArray


@dataclass(frozen=True, slots=True)
class Charges:
    """All charges as equal-length arrays, sorted by template, and their kinds."""

    template: IntArray
    item: IntArray
    kind: IntArray
    kinds: Kinds


class ChargeBook:
    """Collects charges in chunks of one category; zero amounts are dropped.

    Of the days on which money is the same only the one that stands for them is kept.
    """

    def __init__(self, days: MoneyDays) -> None:
        self.items, self.currencies = Vocabulary(), Vocabulary()
        self._days = days
        self._chunks: list[tuple[IntArray, IntArray, IntArray]] = []
        self._kinds: list[IntArray] = []
        self._num_kinds = 0

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
        if enrols is None:
            enrols = np.zeros_like(amount)
        day = self._days.standing_for(day)
        told = [column[kept] for column in (payer, currency, amount, day, enrols)]
        first, kind = first_rows(*told)
        payer, currency, amount, day, enrols = (column[first] for column in told)
        same = np.full(len(first), CATEGORY_INDEX[category], np.int64)
        columns = payer, same, currency, amount, day, enrols
        self._kinds.append(np.array(columns, np.int64))
        self._chunks.append((template[kept], item[kept], kind + self._num_kinds))
        self._num_kinds += len(first)

    def take(self) -> Charges:
        """All charges, sorted by template, within one as they were added.

        The book is empty then.
        """
        none = np.zeros(0, np.int64)
        chunks, self._chunks = [*self._chunks, (none, none, none)], []
        template, item, kind = map(np.concatenate, zip(*chunks, strict=True))
        del chunks
        kinds = np.concatenate([*self._kinds, np.zeros((6, 0), np.int64)], axis=1)
        self._kinds = []
        order = np.argsort(template, kind="stable")
        return Charges(template[order], item[order], kind[order], Kinds(*kinds))
