"""Rule ``open_to_programme``: whom a departure is open to."""

from collections.abc import Iterator

import numpy as np

from movplan.domain.aside import Aside
from movplan.domain.people import Family
from movplan.domain.words import Reason
from movplan.screening.bars import Bar
from movplan.screening.result import BoolArray
from movplan.screening.shared import Shared
from movplan.screening.table import Table

RULE = "open_to_programme"


class OpenTo:
    """Bars departures that are not open to a programme."""

    def __init__(self, shared: Shared) -> None:
        self._network = shared.network
        self._aside = Aside(shared.scenario, RULE)
        self._open: dict[str, BoolArray] = {}

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """A bar, the same for all families of a programme."""
        if self._aside.family(family):
            return
        name = family.programme
        passes = table.whole(self._open_rides(name))
        which = "not every" if passes.any() else "no"
        yield Bar(
            reason=Reason.NO_ROUTE,
            fact=f"{which} departure is open to programme {name}",
            passes=passes,
            dates=table.first_on,
            rule=RULE,
            change=lambda _: f"its departures opened to {name}",
        )

    def _open_rides(self, programme: str) -> BoolArray:
        """Rides open to a programme: [network rides]."""
        if programme not in self._open:
            rides = range(len(self._network.rides))
            self._open[programme] = np.array(
                [self._network.is_open(ride, programme) for ride in rides],
                dtype=np.bool_,
            )
        return self._open[programme]
