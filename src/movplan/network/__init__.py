"""The transport network and the itineraries through it."""

from movplan.network.itinerary import Event, Itinerary, Move, Night, Ride
from movplan.network.network import Network
from movplan.network.request import Request
from movplan.network.search import find_itineraries

__all__ = [
    "Event",
    "Itinerary",
    "Move",
    "Network",
    "Night",
    "Request",
    "Ride",
    "find_itineraries",
]
