"""Charges of templates, collected while journeys and appointments are built."""

from dataclasses import dataclass, field

import numpy as np

from movplan.domain.words import CostCategory
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

    """Lines that may not pay whatever they list: not approved, no note signed."""


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

    def table(self) -> "Charges":
        """All charges, sorted by template, within one as they were added."""
        if not self._chunks:
            return Charges(*(np.zeros(0, np.int64),) * 8)
        joined = [np.concatenate(parts) for parts in zip(*self._chunks, strict=True)]
        order = np.argsort(joined[0], kind="stable")
        return Charges(*(column[order] for column in joined))


@dataclass(frozen=True, slots=True)
class Charges:
    """All charges as equal-length arrays, sorted by template (see ``ChargeBook``)."""

    template: IntArray
    payer: IntArray
    item: IntArray
    currency: IntArray
    amount: IntArray
    day: IntArray
    category: IntArray
    enrols: IntArray
