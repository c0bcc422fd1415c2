"""The travel and nights a session takes: there and back, or on the way to a ride."""

from dataclasses import dataclass
from datetime import datetime

from movplan.domain.escorts import Session
from movplan.domain.windows import Files
from movplan.network import Move, Network, Night, Ride
from movplan.network.waits import stay


@dataclass(frozen=True, slots=True)
class Way:
    """Transfers and nights of a session; ``back``: when the family is done with it."""

    moves: tuple[Move, ...]
    nights: tuple[Night, ...]
    back: datetime
    replaces_access: bool = False


class Ways:
    """Works out ways, each once: they are the same for all who start at a place."""

    def __init__(self, files: Files, network: Network) -> None:
        self._places = files.places
        self._network = network
        self._known: dict[tuple[str, str, str, int], Way | None] = {}

    def there_and_back(self, start: str, session: Session) -> Way | None:
        """Arriving exactly at the start, leaving at the end; nothing if it is here."""
        key = (start, session.session_id, "", 0)
        if key not in self._known:
            self._known[key] = self._there_and_back(start, session)
        return self._known[key]

    def on_the_way(self, start: str, session: Session, first: Ride) -> Way | None:
        """Arriving exactly at the start, then as late as possible to the first ride."""
        key = (start, session.session_id, first.departure_id, first.board)
        if key not in self._known:
            self._known[key] = self._on_the_way(start, session, first)
        return self._known[key]

    def anyhow(self, start: str, session: Session, first: Ride | None) -> Way:
        """Where there is no way: the transfers there are, no night nobody can sleep.

        With ``first`` the way goes on to that ride, without it back to the start.
        """
        place, waits = session.place_id, self._network.waits
        go = waits.move_arriving(start, place, session.starts)
        if first is None:
            on = waits.move_leaving(place, start, session.ends)
            leaves, back = session.ends, on.arrives if on else session.ends
        else:
            on = waits.access(place, first)
            leaves = back = on.departs if on else first.departs
        moves = tuple(move for move in (go, on) if move is not None)
        nights = self._nights(session, leaves) or ()
        return Way(moves, nights, back, replaces_access=first is not None)

    def _there_and_back(self, start: str, session: Session) -> Way | None:
        place, waits = session.place_id, self._network.waits
        if place == start:
            return Way((), (), session.ends)
        go = waits.move_arriving(start, place, session.starts)
        back = waits.move_leaving(place, start, session.ends)
        nights = self._nights(session, session.ends)
        if go is None or back is None or nights is None:
            return None
        return Way((go, back), nights, back.arrives)

    def _on_the_way(self, start: str, session: Session, first: Ride) -> Way | None:
        place, waits = session.place_id, self._network.waits
        go = waits.move_arriving(start, place, session.starts)
        on = waits.access(place, first)
        if go is None or (on is None and place != first.from_place):
            return None
        leaves = on.departs if on else first.departs
        nights = self._nights(session, leaves)
        if leaves < session.ends or nights is None:
            return None
        moves = (go, on) if on else (go,)
        return Way(moves, nights, leaves, replaces_access=True)

    def _nights(self, session: Session, leaves: datetime) -> tuple[Night, ...] | None:
        """Nights at the session's place, ``None`` if nobody can sleep there."""
        place, clock = self._places[session.place_id], self._network.clock
        nights = stay(
            place.place_id,
            clock.at(place.place_id, session.starts),
            clock.at(place.place_id, leaves),
        )
        return None if nights and place.night_price_cents is None else nights
