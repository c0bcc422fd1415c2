"""The transfers and nights that follow from a family's rides and sessions.

Rides and sessions are chosen; everything between them follows from
``docs/semantics.md`` (*Rides, transfers, nights*, *Appointments*) and is worked out
here once more, from scratch, to be compared with what the plan says.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise

from movplan.checks.view.clock import Clock, utc
from movplan.checks.view.journeys import Journey
from movplan.checks.view.roads import Chain, Move, Roads
from movplan.checks.view.services import Ride
from movplan.domain.escorts import Session
from movplan.domain.people import Family
from movplan.domain.words import Part, SessionKind


class Chains:
    """Works out the chain of a journey, and of each session attended."""

    def __init__(
        self, roads: Roads, clock: Clock, sessions: Mapping[str, Session]
    ) -> None:
        self._roads = roads
        self._clock = clock
        self._sessions = sessions

    def check_away(self, journey: Journey) -> Session | None:
        """The pre-embarkation check held elsewhere than the start, if there is one."""
        for leg in journey.appointments:
            session = self._sessions.get(leg.session_id or "")
            if (
                session
                and session.kind is SessionKind.PRE_EMBARKATION_CHECK
                and session.place_id != journey.starts_at
            ):
                return session
        return None

    def of_journey(self, journey: Journey) -> Chain:
        """Transfers and nights before (unless a check replaces it), between, after."""
        chain = Chain()
        if not journey.rides:
            return chain
        if self.check_away(journey) is None:
            self._add_access(chain, journey)
        for arriving, leaving in pairwise(journey.rides):
            self._add_change(chain, journey.family, arriving, leaving)
        last = journey.rides[-1]
        if last.to_place != journey.ends_at:
            self._roads.add_move(
                chain, last.to_place, journey.ends_at, leaves=last.arrives
            )
        return chain

    def of_session(self, journey: Journey, session: Session) -> Chain:
        """Transfers and nights that attending a session takes."""
        chain = Chain()
        start = journey.starts_at
        if session.place_id == start or journey.part is Part.RETURN:
            return chain
        starts, ends = utc(session.starts), utc(session.ends)
        self._roads.add_move(chain, start, session.place_id, reaches=starts)
        if session.kind is SessionKind.PRE_EMBARKATION_CHECK:
            leaves = self._leave_check(chain, journey, session)
        else:
            self._roads.add_move(chain, session.place_id, start, leaves=ends)
            leaves = ends
        self._roads.add_nights(chain, session.place_id, starts, leaves)
        return chain

    def sets_out(self, journey: Journey) -> datetime:
        """When the access to the first ride leaves (or the ride itself), in UTC."""
        chain = Chain()
        self._add_access(chain, journey)
        return chain.moves[0].departs if chain.moves else journey.rides[0].departs

    def _add_access(self, chain: Chain, journey: Journey) -> None:
        first = journey.rides[0]
        if first.from_place != journey.starts_at:
            reaches = first.departs - self._roads.connection(first)
            self._roads.add_move(
                chain, journey.starts_at, first.from_place, reaches=reaches
            )

    def _leave_check(
        self, chain: Chain, journey: Journey, session: Session
    ) -> datetime:
        first = journey.rides[0]
        leaves = first.departs
        if first.from_place != session.place_id:
            reaches = first.departs - self._roads.connection(first)
            before = len(chain.moves)
            self._roads.add_move(
                chain, session.place_id, first.from_place, reaches=reaches
            )
            if len(chain.moves) > before:
                leaves = chain.moves[-1].departs
        if leaves < utc(session.ends):
            chain.faults.append(
                f"it would have to leave {session.place_id} before "
                f"{session.session_id} ends"
            )
        return leaves

    def _add_change(
        self, chain: Chain, family: Family, arriving: Ride, leaving: Ride
    ) -> None:
        """Between two rides: the wait at A, the transfer to B, the wait at B."""
        place_a, place_b = arriving.to_place, leaving.from_place
        due = leaving.departs - self._roads.change(family, leaving)
        road = self._roads.duration(place_a, place_b)
        if road is None:
            chain.faults.append(f"there is no transfer from {place_a} to {place_b}")
            return
        if arriving.arrives + road > due:
            chain.faults.append(
                f"it reaches {leaving.departure_id} at {place_b} "
                f"{self._clock.text(place_b, arriving.arrives + road)}, later than "
                f"{self._clock.text(place_b, due)}, when it has to be there"
            )
        self._wait(chain, arriving, leaving, due - road)

    def _wait(
        self, chain: Chain, arriving: Ride, leaving: Ride, latest: datetime
    ) -> None:
        """Stay at A if anybody can sleep there, else go on and stay at B."""
        place_a, place_b = arriving.to_place, leaving.from_place
        road = self._roads.duration(place_a, place_b) or timedelta()
        overnight = self._clock.date(place_a, arriving.arrives) != leaving.on
        stays_at_a = overnight and self._roads.can_sleep(place_a)
        goes_on = latest if stays_at_a else arriving.arrives
        if place_a != place_b:
            chain.moves.append(Move(place_a, place_b, goes_on, goes_on + road))
        reached_b = goes_on + road
        wait = leaving.departs - arriving.arrives - road
        chain.waits.append((leaving.departure_id, wait))
        if stays_at_a:
            leaves = leaving.departs if place_a == place_b else goes_on
            self._roads.add_nights(chain, place_a, arriving.arrives, leaves)
        elif overnight and self._roads.can_sleep(place_b):
            self._roads.add_nights(chain, place_b, reached_b, leaving.departs)
        elif overnight:
            chain.faults.append(
                f"nobody can sleep at {place_a} or {place_b} before "
                f"{leaving.departure_id}"
            )
