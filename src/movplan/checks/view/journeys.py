"""One part of a family's trip as the plan's schedule has it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from movplan.checks.view.clock import Clock, utc
from movplan.checks.view.services import Ride, Service
from movplan.domain.people import Family
from movplan.domain.plan import Leg
from movplan.domain.words import LegKind, Part


@dataclass(frozen=True, slots=True)
class Journey:
    """The legs of one family and part, sorted by sequence and told apart.

    ``transfers`` and ``nights`` are those of the journey itself; those of an
    appointment are in ``of_session``. ``lost`` are ride legs that name no departure of
    the scenario or a stretch it does not serve. ``ends`` (UTC) is the last arrival by
    ride or transfer, ``first_date`` and ``final_date`` are local.
    """

    family: Family
    part: Part
    legs: tuple[Leg, ...]
    rides: tuple[Ride, ...]
    lost: tuple[Leg, ...]
    transfers: tuple[Leg, ...]
    nights: tuple[Leg, ...]
    appointments: tuple[Leg, ...]
    of_session: Mapping[str, tuple[Leg, ...]]
    ends: datetime | None
    first_date: date | None
    final_date: date | None

    @property
    def starts_at(self) -> str:
        """Where the part starts: ``starts_at``, or the destination on the way back."""
        outbound = self.part is Part.OUTBOUND
        return self.family.starts_at if outbound else self.family.destination

    @property
    def ends_at(self) -> str:
        """Where the part ends: the destination, or the origin on the way back."""
        outbound = self.part is Part.OUTBOUND
        return self.family.destination if outbound else self.family.origin

    @property
    def name(self) -> str:
        """Family and part in words, e.g. ``F12 outbound``."""
        return f"{self.family.family_id} {self.part.value}"

    @property
    def departure_ids(self) -> frozenset[str]:
        """The departures ridden."""
        return frozenset(ride.departure_id for ride in self.rides)


def build_journeys(
    schedule: Iterable[Leg],
    *,
    families: Mapping[str, Family],
    services: Mapping[str, Service],
    clock: Clock,
) -> dict[tuple[str, Part], Journey]:
    """Journeys of known families by family id and part, in id order."""
    legs: dict[tuple[str, Part], list[Leg]] = defaultdict(list)
    for leg in schedule:
        if leg.family_id in families:
            legs[leg.family_id, leg.part].append(leg)
    return {
        key: _journey(families[key[0]], sorted(legs[key], key=_order), services, clock)
        for key in sorted(legs)
    }


def _order(leg: Leg) -> int:
    return leg.sequence


def _journey(
    family: Family, legs: list[Leg], services: Mapping[str, Service], clock: Clock
) -> Journey:
    rides: list[Ride] = []
    lost: list[Leg] = []
    own: dict[LegKind, list[Leg]] = defaultdict(list)
    of_session: dict[str, list[Leg]] = defaultdict(list)
    for leg in legs:
        if leg.kind is LegKind.RIDE:
            ride = _ride(leg, services, clock)
            rides.append(ride) if ride else lost.append(leg)
        elif leg.kind is LegKind.APPOINTMENT or leg.session_id is None:
            own[leg.kind].append(leg)
        else:
            of_session[leg.session_id].append(leg)
    last = _last_arrival(rides, own[LegKind.TRANSFER])
    return Journey(
        family=family,
        part=legs[0].part,
        legs=tuple(legs),
        rides=tuple(rides),
        lost=tuple(lost),
        transfers=tuple(own[LegKind.TRANSFER]),
        nights=tuple(own[LegKind.NIGHT]),
        appointments=tuple(own[LegKind.APPOINTMENT]),
        of_session={key: tuple(rows) for key, rows in of_session.items()},
        ends=last[0] if last else None,
        first_date=rides[0].on if rides else None,
        final_date=clock.date(last[1], last[0]) if last else None,
    )


def _ride(leg: Leg, services: Mapping[str, Service], clock: Clock) -> Ride | None:
    service = services.get(leg.departure_id or "")
    stretch = service.find_stretch(leg.from_place, leg.to_place) if service else None
    if service is None or stretch is None:
        return None
    board, alight = stretch
    on = clock.date(leg.from_place, service.served[board].departs)
    return Ride(leg=leg, service=service, board=board, alight=alight, on=on)


def _last_arrival(
    rides: Iterable[Ride], transfers: Iterable[Leg]
) -> tuple[datetime, str] | None:
    arrivals = [(ride.arrives, ride.to_place) for ride in rides]
    arrivals += [(utc(leg.arrives), leg.to_place) for leg in transfers]
    return max(arrivals) if arrivals else None
