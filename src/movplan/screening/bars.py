"""A bar: one rule that keeps a family off some itineraries, with the fact behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from movplan.domain.words import Reason
from movplan.screening.result import BoolArray, IntArray
from movplan.screening.table import Table


@dataclass(frozen=True, slots=True)
class Why:
    """Why a family cannot travel: reason, fact and the rule behind it, if any.

    ``told`` are the facts of all the bars that the sentence names, without their dates.
    ``change`` is what would do, to be read after "possible with ".
    """

    reason: Reason
    fact: str
    rule: str = ""
    told: tuple[str, ...] = ()
    change: str = ""


class Side(StrEnum):
    """Which date comes nearest to passing a bar."""

    FIRST = "first"
    LAST = "last"


class Bar(NamedTuple):
    """``passes[i]`` says whether itinerary i is allowed; ``fact`` why it may not be.

    ``dates`` are the dates (ordinals) the rule looks at, called ``noun`` in the
    sentence; ``nearest`` says whether the first or the last of them nearly passes.
    ``rule`` is the movement rule. ``change(i)`` says what would have let itinerary i
    pass, to be read after "possible with ".
    """

    reason: Reason
    fact: str
    passes: BoolArray
    dates: IntArray
    noun: str = "departure"
    nearest: Side = Side.FIRST
    rule: str = ""
    change: Callable[[int], str] | None = None

    def within(self, kept: BoolArray) -> "Bar":
        """The bar over some of the itineraries."""
        rows, change = np.flatnonzero(kept), self.change
        return self._replace(
            passes=self.passes[rows],
            dates=self.dates[rows],
            change=change and (lambda i: change(int(rows[i]))),
        )

    def about(self, placeholder: str, name: str) -> "Bar":
        """The bar with a name put in its fact: those of equal things are found once."""
        return self._replace(fact=self.fact.replace(placeholder, name))


class Bound(NamedTuple):
    """A date before or after which a family may not depart or arrive."""

    reason: Reason
    fact: str
    day: date
    side: Side
    noun: str = "departure"
    rule: str = "travel_window"
    change: str = ""

    @property
    def said(self) -> str:
        """The fact with its date."""
        return f"{self.fact} {self.day}"

    def bites(self, table: Table) -> bool:
        """Whether it keeps anybody off some itinerary."""
        day = self.day.toordinal()
        if self.side is Side.FIRST:
            return day > table.earliest[self.noun]
        return day < table.latest[self.noun]

    def bar(self, table: Table) -> Bar:
        """The bound as a bar: from ``day`` on, or until ``day``, both included."""
        dates = table.ends_on if self.noun == "arrival" else table.first_on
        from_on = self.side is Side.FIRST
        ordinal = self.day.toordinal()
        return Bar(
            reason=self.reason,
            fact=self.said,
            passes=dates >= ordinal if from_on else dates <= ordinal,
            dates=dates,
            noun=self.noun,
            nearest=Side.LAST if from_on else Side.FIRST,
            rule=self.rule,
            change=self._change(dates) if self.change else None,
        )

    def _change(self, dates: IntArray) -> Callable[[int], str]:
        return lambda i: f"{self.change} {date.fromordinal(int(dates[i]))}"


def passing(bars: list[Bar], table: Table) -> BoolArray:
    """Itineraries that every bar lets pass."""
    allowed = np.ones(len(table), dtype=np.bool_)
    for bar in bars:
        allowed &= bar.passes
    return allowed
