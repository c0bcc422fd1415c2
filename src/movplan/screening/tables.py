"""Tables of itineraries, one per class, found once."""

from movplan.network import Network, Request, find_itineraries
from movplan.screening.table import Table


class Tables:
    """Finds the table of a class when first asked for."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._tables: dict[Request, Table] = {}

    def of(self, request: Request) -> Table:
        """The table of a class; programme and nights are left to masks."""
        if request not in self._tables:
            found = find_itineraries(self._network, request)
            self._tables[request] = Table(self._network, found)
        return self._tables[request]

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
