"""Places and routes: which places lead to a destination, in how few rides.

Two nodes per place: *there* (arrived by ride) and *ready* (about to board). A ride
leads from ready to there at cost 1; from there a family is ready at the same place or,
by one transfer, at another, at cost 0. Time plays no part: a lower bound.
"""

from collections.abc import Iterable

import networkx as nx

from movplan.network.itinerary import Ride
from movplan.network.waits import Waits

THERE, READY = "there", "ready"


class PlaceGraph:
    """Fewest rides left from a place to each destination."""

    def __init__(self, rides: Iterable[Ride], waits: Waits) -> None:
        self._waits = waits
        pairs = {(ride.from_place, ride.to_place) for ride in rides}
        self.boarding = sorted({board for board, _ in pairs})
        self.alighting = sorted({alight for _, alight in pairs})
        self._graph = self._reversed_graph(pairs)
        self._left: dict[str, dict[str, int]] = {}

    def reachable_boardings(self, place_id: str) -> list[tuple[str, int]]:
        """Places to board at from here, with the minutes of the transfer (0: here)."""
        found = ((p, self._waits.transfer_min(place_id, p)) for p in self.boarding)
        return [(place, minutes) for place, minutes in found if minutes is not None]

    def rides_left(self, destination: str) -> dict[str, int]:
        """Fewest rides after arriving by ride at each place (absent: no way)."""
        if destination not in self._left:
            self._left[destination] = self._search(destination)
        return self._left[destination]

    def rides_left_to_any(self, destinations: Iterable[str]) -> dict[str, int]:
        """The same to the nearest of some destinations."""
        nearest: dict[str, int] = {}
        for destination in destinations:
            for place, rides in self.rides_left(destination).items():
                nearest[place] = min(rides, nearest.get(place, rides))
        return nearest

    def _search(self, destination: str) -> dict[str, int]:
        ends = {
            (place, THERE)
            for place in self.alighting
            if self._waits.transfer_min(place, destination) is not None
        }
        if not ends:
            return {}
        lengths = nx.multi_source_dijkstra_path_length(
            self._graph, ends, weight="rides"
        )
        return {
            place: int(rides)
            for (place, node), rides in lengths.items()
            if node == THERE
        }

    def _reversed_graph(
        self, pairs: set[tuple[str, str]]
    ) -> "nx.DiGraph[tuple[str, str]]":
        graph: nx.DiGraph[tuple[str, str]] = nx.DiGraph()
        graph.add_nodes_from((place, THERE) for place in self.alighting)
        graph.add_edges_from(
            (((to, THERE), (board, READY)) for board, to in sorted(pairs)), rides=1
        )
        for place in self.alighting:
            for board, _ in self.reachable_boardings(place):
                graph.add_edge((board, READY), (place, THERE), rides=0)
        return graph
