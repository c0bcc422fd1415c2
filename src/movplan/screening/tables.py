"""Tables of itineraries, one per class, found once."""

import numpy as np

from movplan.network import Network, Request, find_itineraries
from movplan.screening.result import BoolArray
from movplan.screening.table import Table


class Tables:
    """Finds the table of a class when first asked for."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._tables: dict[Request, Table] = {}
        self._open: dict[str, BoolArray] = {}

    def of(self, request: Request) -> Table:
        """The table of a class; programme and nights are left to masks."""
        if request not in self._tables:
            found = find_itineraries(self._network, request)
            self._tables[request] = Table(self._network, found)
        return self._tables[request]

    def open_rides(self, programme: str) -> BoolArray:
        """Rides open to a programme: [network rides]."""
        if programme not in self._open:
            rides = range(len(self._network.rides))
            self._open[programme] = np.array(
                [self._network.is_open(ride, programme) for ride in rides],
                dtype=np.bool_,
            )
        return self._open[programme]

    def classes(self) -> list[tuple[Request, Table]]:
        """All tables found, in order of their class."""
        return sorted(
            self._tables.items(),
            key=lambda item: (
                item[0].origin,
                item[0].destination,
                item[0].part,
                item[0].wheelchair,
            ),
        )
