"""The transfers and nights that follow from a family's rides and sessions.

Rides and sessions are chosen; everything between them follows from
``docs/semantics.md`` (*Rides, transfers, nights*, *Appointments*) and is worked out
here once more, from scratch, to be compared with what the plan says.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from movplan.checks.view.clock import Clock, minutes, utc
from movplan.checks.view.journeys import Journey
from movplan.checks.view.services import Ride
from movplan.domain.assumed import Connections
from movplan.domain.escorts import Session
from movplan.domain.people import Family, Member
from movplan.domain.words import Need, Part, SessionKind

RuleReader = Callable[..., int]


@dataclass(frozen=True, slots=True)
class Move:
    """A transfer at its time, in UTC."""

    from_place: str
    to_place: str
    departs: datetime
    arrives: datetime


@dataclass(slots=True)
class Chain:
    """What has to be there: transfers, nights (place, evening), and what cannot be."""

    moves: list[Move] = field(default_factory=list)
    nights: list[tuple[str, date]] = field(default_factory=list)
    waits: list[tuple[str, timedelta]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Chains:
    """Works out the chain of a journey, and of each session attended."""

    def __init__(
        self,
        *,
        connections: Connections,
        clock: Clock,
        rule: RuleReader,
        sessions: Mapping[str, Session],
        members: Mapping[str, Sequence[Member]],
    ) -> None:
        self._connections = connections
        self._clock = clock
        self._rule = rule
        self._sessions = sessions
        self._members = members

    def connection(self, ride: Ride) -> timedelta:
        """How long before it departs one has to be there for a ride."""
        return self._before(is_flight=ride.is_flight, carrier=_carrier(ride))

    def needs_time(self, family: Family) -> bool:
        """Whether a member with WCHC or STCR makes connections longer."""
        return any(
            Need.WCHC in member.needs or Need.STCR in member.needs
            for member in self._members.get(family.family_id, ())
        )

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
        for arriving, leaving in zip(journey.rides, journey.rides[1:], strict=False):
            self._add_change(chain, journey.family, arriving, leaving)
        last = journey.rides[-1]
        if last.to_place != journey.ends_at:
            self._add_move(chain, last.to_place, journey.ends_at, leaves=last.arrives)
        return chain

    def of_session(self, journey: Journey, session: Session) -> Chain:
        """Transfers and nights that attending a session takes."""
        chain = Chain()
        start = journey.starts_at
        if session.place_id == start or journey.part is Part.RETURN:
            return chain
        starts, ends = utc(session.starts), utc(session.ends)
        self._add_move(chain, start, session.place_id, reaches=starts)
        if session.kind is SessionKind.PRE_EMBARKATION_CHECK:
            leaves = self._leave_check(chain, journey, session)
        else:
            self._add_move(chain, session.place_id, start, leaves=ends)
            leaves = ends
        self._add_nights(chain, session.place_id, starts, leaves)
        return chain

    def sets_out(self, journey: Journey) -> datetime:
        """When the access to the first ride leaves (or the ride itself), in UTC."""
        chain = Chain()
        self._add_access(chain, journey)
        return chain.moves[0].departs if chain.moves else journey.rides[0].departs

    def _before(self, *, is_flight: bool, carrier: str) -> timedelta:
        kind = "flight" if is_flight else "convoy"
        return minutes(self._rule(f"connection_{kind}_min", carrier=carrier))

    def _add_access(self, chain: Chain, journey: Journey) -> None:
        first = journey.rides[0]
        if first.from_place != journey.starts_at:
            reaches = first.departs - self.connection(first)
            self._add_move(chain, journey.starts_at, first.from_place, reaches=reaches)

    def _leave_check(
        self, chain: Chain, journey: Journey, session: Session
    ) -> datetime:
        first = journey.rides[0]
        leaves = first.departs
        if first.from_place != session.place_id:
            reaches = first.departs - self.connection(first)
            before = len(chain.moves)
            self._add_move(chain, session.place_id, first.from_place, reaches=reaches)
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
        time_needed = self.connection(leaving)
        if self.needs_time(family):
            time_needed *= self._rule(
                "wheelchair_connection_factor", carrier=_carrier(leaving)
            )
        due = leaving.departs - time_needed
        road = self._minutes(place_a, place_b)
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
        road = self._minutes(place_a, place_b) or timedelta()
        overnight = self._clock.date(place_a, arriving.arrives) != leaving.on
        stays_at_a = overnight and self._can_sleep(place_a)
        goes_on = latest if stays_at_a else arriving.arrives
        if place_a != place_b:
            chain.moves.append(Move(place_a, place_b, goes_on, goes_on + road))
        reached_b = goes_on + road
        wait = leaving.departs - arriving.arrives - road
        chain.waits.append((leaving.departure_id, wait))
        if stays_at_a:
            leaves = leaving.departs if place_a == place_b else goes_on
            self._add_nights(chain, place_a, arriving.arrives, leaves)
        elif overnight and self._can_sleep(place_b):
            self._add_nights(chain, place_b, reached_b, leaving.departs)
        elif overnight:
            chain.faults.append(
                f"nobody can sleep at {place_a} or {place_b} before "
                f"{leaving.departure_id}"
            )

    def _add_nights(
        self, chain: Chain, place_id: str, arrives: datetime, leaves: datetime
    ) -> None:
        evening = self._clock.date(place_id, arrives)
        last = self._clock.date(place_id, leaves)
        if evening < last and not self._can_sleep(place_id):
            chain.faults.append(f"nobody can sleep at {place_id} on {evening}")
        while evening < last:
            chain.nights.append((place_id, evening))
            evening += timedelta(days=1)

    def _add_move(
        self,
        chain: Chain,
        from_place: str,
        to_place: str,
        *,
        leaves: datetime | None = None,
        reaches: datetime | None = None,
    ) -> None:
        road = self._minutes(from_place, to_place)
        if road is None:
            chain.faults.append(f"there is no transfer from {from_place} to {to_place}")
        elif leaves is not None:
            chain.moves.append(Move(from_place, to_place, leaves, leaves + road))
        elif reaches is not None:
            chain.moves.append(Move(from_place, to_place, reaches - road, reaches))

    def _minutes(self, from_place: str, to_place: str) -> timedelta | None:
        if from_place == to_place:
            return timedelta()
        transfer = self._connections.find_transfer(from_place, to_place)
        return minutes(transfer.minutes) if transfer else None

    def _can_sleep(self, place_id: str) -> bool:
        return self._connections.places[place_id].night_price_cents is not None


def _carrier(ride: Ride) -> str:
    return ride.service.departure.carrier
