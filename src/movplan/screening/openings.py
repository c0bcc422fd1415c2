"""Closures and holidays that stop some families only: the others the network keeps."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from movplan.domain.aside import Aside
from movplan.domain.people import Family
from movplan.domain.words import Reason
from movplan.network.closures import HOLIDAYS, OPEN, nearest_open
from movplan.network.itinerary import Event
from movplan.network.stops import Stop
from movplan.screening.bars import Bar
from movplan.screening.result import BoolArray
from movplan.screening.shared import Shared
from movplan.screening.table import Table


@dataclass(slots=True)
class _Stopped:
    """Itineraries a rule stops at a place, for some or all; its first fact."""

    stop: Stop
    stopped: BoolArray


class Openings:
    """Bars what closures forbid, those of a programme or with families excepted."""

    def __init__(self, shared: Shared) -> None:
        self._closures = shared.network.closures
        self._aside = {rule: Aside(shared.scenario, rule) for rule in (OPEN, HOLIDAYS)}
        self._found: dict[int, list[_Stopped]] = {}

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """One bar per rule and place that stops the family somewhere."""
        if not self._closures.narrows:
            return
        if id(table) not in self._found:
            self._found[id(table)] = self._find(table)
        for found in self._found[id(table)]:
            stop = found.stop
            concerns = not stop.programmes or family.programme in stop.programmes
            if concerns and not self._aside[stop.rule].family(family):
                yield Bar(
                    reason=Reason.PLACE_CLOSED,
                    fact=stop.fact,
                    passes=~found.stopped,
                    dates=table.first_on,
                    rule=stop.rule,
                    change=partial(self._would_do, stop, table),
                )

    def _would_do(self, stop: Stop, table: Table, itinerary: int) -> str:
        """The nearest date the place is open instead, or an override."""

        def is_closed(event: Event) -> bool:
            return any(_is_like(stop, other) for other in self._closures.left(event))

        event = next(filter(is_closed, table.itineraries[itinerary].events), None)
        near = nearest_open(event, is_closed) if event is not None else None
        on = f" (nearest date open {near})" if near is not None else ""
        return f"an override of {stop.rule}{on}"

    def _find(self, table: Table) -> list[_Stopped]:
        found: dict[tuple[object, ...], _Stopped] = {}
        for row, itinerary in enumerate(table.itineraries):
            for event in itinerary.events:
                for stop in self._closures.left(event):
                    key = (stop.rule, stop.place_id, stop.programmes)
                    none = np.zeros(len(table), dtype=np.bool_)
                    found.setdefault(key, _Stopped(stop, none)).stopped[row] = True
        return list(found.values())


def _is_like(stop: Stop, other: Stop) -> bool:
    """Whether both are of one rule, place and programmes."""
    same = (stop.rule, stop.place_id, stop.programmes)
    return (other.rule, other.place_id, other.programmes) == same
