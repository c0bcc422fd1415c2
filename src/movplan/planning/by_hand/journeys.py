"""Rides of a table made by hand, with the transfers and nights that follow."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from movplan.domain.assignments import Assignment
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.transport import DepartureStop
from movplan.domain.windows import Files
from movplan.domain.words import AssignmentState, Need, Part
from movplan.formulation.pinned import Pinned
from movplan.network import Itinerary, Network, Ride
from movplan.network.rides import rides_of

NO_RIDE = frozenset(
    {
        AssignmentState.FORBIDDEN,
        AssignmentState.NO_SHOW,
        AssignmentState.WITHDRAWN,
    }
)


@dataclass(frozen=True, slots=True)
class HandPart:
    """A family's part: its rows in leg order and the itinerary they make.

    ``itinerary.rides`` are those of ``rows``, one each.
    """

    family: Family
    part: Part
    rows: tuple[Assignment, ...]
    itinerary: Itinerary


def hand_parts(
    scenario: Scenario, network: Network, assignments: Iterable[Assignment]
) -> list[HandPart]:
    """Parts of all families of a table, in family order, the way out first."""
    desk = _Desk(scenario, network)
    rows: dict[tuple[str, bool], list[Assignment]] = defaultdict(list)
    for row in assignments:
        if row.state not in NO_RIDE:
            rows[row.family_id, row.part is Part.RETURN].append(row)
    return [desk.part(rows[key]) for key in sorted(rows)]


class _Desk:
    """Finds rides as the scenario times them, and what lies between them."""

    def __init__(self, scenario: Scenario, network: Network) -> None:
        self.files = Files(scenario)
        self.network = network
        self.pinned = Pinned.of(scenario)
        self.departures = {row.departure_id: row for row in scenario.departures}
        self.stops: dict[str, list[DepartureStop]] = defaultdict(list)
        for stop in scenario.departure_stops:
            self.stops[stop.departure_id].append(stop)

    def part(self, rows: Sequence[Assignment]) -> HandPart:
        """One family's part; rows of the same leg go by time."""
        ordered = sorted(
            rows,
            key=lambda r: (r.leg, self.departures[r.departure_id].departs, r.key),
        )
        family, part = self.files.family[rows[0].family_id], rows[0].part
        there, back = (
            (family.starts_at, family.destination),
            (family.destination, family.origin),
        )
        ends = there if part is Part.OUTBOUND else back
        rides = tuple(self._ride(row) for row in ordered)
        itinerary = self._itinerary(family, part, ends, rides)
        named = tuple(self._named(row) for row in ordered)
        return HandPart(family, part, named, itinerary)

    def _named(self, row: Assignment) -> Assignment:
        """The row with the vehicle and escort of a pin, where it names none."""
        key = (row.family_id, row.part, row.departure_id)
        return row.model_copy(
            update={
                "vehicle": row.vehicle or self.pinned.vehicle.get(key),
                "escort_id": row.escort_id or self.pinned.escort.get(key),
            }
        )

    def _ride(self, row: Assignment) -> Ride:
        """The stretch a row names, or the whole departure.

        A stretch the departure does not serve is written with its times from end to end
        and uses no segment.
        """
        departure = self.departures[row.departure_id]
        ends = (
            row.from_place or departure.from_place,
            row.to_place or departure.to_place,
        )
        clock = self.network.clock
        stretches = rides_of(departure, self.stops[row.departure_id], clock)
        for ride in stretches:
            if (ride.from_place, ride.to_place) == ends:
                return ride
        departs = clock.at(ends[0], departure.departs)
        return Ride(
            departure_id=row.departure_id,
            kind=departure.kind,
            board=0,
            alight=0,
            from_place=ends[0],
            to_place=ends[1],
            departs=departs,
            arrives=clock.at(ends[1], departure.arrives),
            on=departs.date(),
        )

    def _itinerary(
        self, family: Family, part: Part, ends: tuple[str, str], rides: tuple[Ride, ...]
    ) -> Itinerary:
        waits = self.network.waits
        special = self._is_special(family)
        between = [
            waits.between_anyhow(last, following, wheelchair=special)
            for last, following in pairwise(rides)
        ]
        egress = waits.egress(rides[-1], ends[1])
        moves = [*(wait.move for wait in between), egress]
        return Itinerary(
            origin=ends[0],
            destination=ends[1],
            part=part,
            rides=rides,
            access=waits.access(ends[0], rides[0]),
            moves=tuple(move for move in moves if move is not None),
            nights=tuple(night for wait in between for night in wait.nights),
            events=(),
        )

    def _is_special(self, family: Family) -> bool:
        """Whether somebody needs a wheelchair or a stretcher, and more time."""
        members = self.files.members[family.family_id]
        return any(
            need in (Need.WCHC, Need.STCR)
            for member in members
            for need in member.needs
        )
