"""The transport network and the itineraries through it."""
