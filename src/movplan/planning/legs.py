"""Schedule rows of a family's part: appointments, transfers, rides, nights in time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from movplan.domain.people import Family
from movplan.domain.plan import Leg
from movplan.domain.scenario import Scenario
from movplan.domain.words import DepartureKind, LegKind, Part
from movplan.formulation.escort_spans import segments_of
from movplan.network.itinerary import Itinerary, Move, Night, Ride
from movplan.planning.standing import States
from movplan.screening.result import AppointmentOption, Loads

Segment = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Aboard:
    """An escort serving a family, with the segments of the mission."""

    escort_id: str
    segments: frozenset[Segment]


@dataclass(slots=True)
class _Rows:
    """A family's rows of one part while they are gathered."""

    family: Family
    part: Part
    rows: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self,
        kind: LegKind,
        *,
        places: tuple[str, str],
        times: tuple[datetime, datetime],
        persons: int,
        seats: int = 0,
        **named: str | tuple[str, ...] | None,
    ) -> None:
        """Add a row; it is written when all are known, and so its number."""
        row = {
            "kind": kind,
            "from_place": places[0],
            "to_place": places[1],
            "departs": times[0],
            "arrives": times[1],
            "persons": persons,
            "seats": seats,
        }
        self.rows.append(row | named)

    def numbered(self) -> list[Leg]:
        """All rows in time order, numbered from 1."""
        order = sorted(self.rows, key=lambda row: (row["departs"], row["arrives"]))
        return [
            Leg(
                family_id=self.family.family_id,
                case_ids=self.family.case_ids,
                external_ref=self.family.external_ref,
                part=self.part,
                sequence=k,
                **row,
            )
            for k, row in enumerate(order, start=1)
        ]


class LegWriter:
    """Writes the rows of families on itineraries."""

    def __init__(self, scenario: Scenario, loads: Loads) -> None:
        self.loads = loads
        self._sessions = {session.session_id: session for session in scenario.sessions}
        self._load_row = {f: k for k, f in enumerate(loads.family_ids)}
        self._states = States(scenario.assignments)
        self._carrier = {d.departure_id: d.carrier for d in scenario.departures}

    def part(
        self,
        family: Family,
        it: Itinerary,
        options: Sequence[AppointmentOption],
        vehicles: Mapping[str, str],
        escorts: Sequence[Aboard],
    ) -> list[Leg]:
        """Rows of a part, in time order; ``vehicles`` by departure."""
        rows = _Rows(family, it.part)
        for option in options:
            self._attend(rows, option)
        if it.access is not None and not any(o.replaces_access for o in options):
            self._move(rows, it.access)
        for move in it.moves:
            self._move(rows, move)
        for ride in it.rides:
            self._ride(rows, ride, vehicles.get(ride.departure_id), escorts)
        for night in it.nights:
            _stay(rows, night, family.persons, None)
        return self._states.given(rows.numbered())

    def seats(self, family_id: str, ride: Ride) -> int:
        """Seats a family takes on a ride."""
        loads = self._aboard(ride)
        flight = ride.kind is DepartureKind.FLIGHT
        seats = loads.flight_seats if flight else loads.convoy_seats
        return int(seats[self._load_row[family_id], self.day(ride.on)])

    def special_places(self, family_id: str, ride: Ride) -> tuple[int, int]:
        """Wheelchair and stretcher places a family takes on a convoy's ride."""
        at, loads = (self._load_row[family_id], self.day(ride.on)), self._aboard(ride)
        return int(loads.wheelchairs[at]), int(loads.stretchers[at])

    def kilograms(self, family_id: str) -> int:
        """Luggage of a family."""
        return int(self.loads.luggage_kg[self._load_row[family_id]])

    def _aboard(self, ride: Ride) -> Loads:
        return self.loads.of(self._carrier[ride.departure_id])

    def day(self, on: date) -> int:
        """Column of a date in the load arrays; dates beyond them count as the ends."""
        last = int(self.loads.persons.shape[1]) - 1
        return min(max(0, (on - self.loads.day0).days), last)

    def _attend(self, rows: _Rows, option: AppointmentOption) -> None:
        session = self._sessions[option.session_id]
        rows.add(
            LegKind.APPOINTMENT,
            places=(session.place_id, session.place_id),
            times=(session.starts, session.ends),
            persons=option.persons,
            session_id=session.session_id,
        )
        for move, seats in zip(option.moves, option.move_seats, strict=True):
            rows.add(
                LegKind.TRANSFER,
                places=(move.from_place, move.to_place),
                times=(move.departs, move.arrives),
                persons=option.travelling,
                seats=seats,
                session_id=session.session_id,
            )
        for night in option.nights:
            _stay(rows, night, option.travelling, session.session_id)

    def _move(self, rows: _Rows, move: Move) -> None:
        at = self._load_row[rows.family.family_id], self.day(move.departs.date())
        lap = self.loads.infants[at] - self.loads.extra_infants[at]
        rows.add(
            LegKind.TRANSFER,
            places=(move.from_place, move.to_place),
            times=(move.departs, move.arrives),
            persons=rows.family.persons,
            seats=int(rows.family.persons - lap),
        )

    def _ride(
        self, rows: _Rows, ride: Ride, vehicle: str | None, escorts: Sequence[Aboard]
    ) -> None:
        used = segments_of((ride,))
        serving = {e.escort_id for e in escorts if used and used <= e.segments}
        rows.add(
            LegKind.RIDE,
            places=(ride.from_place, ride.to_place),
            times=(ride.departs, ride.arrives),
            persons=rows.family.persons,
            seats=self.seats(rows.family.family_id, ride),
            departure_id=ride.departure_id,
            vehicle=vehicle,
            escort_ids=tuple(sorted(serving)),
        )


def _stay(rows: _Rows, night: Night, persons: int, session_id: str | None) -> None:
    """One row per night: from arriving or midnight to midnight or leaving."""
    zone = night.arrives.tzinfo
    evening = datetime.combine(night.on, time(0), zone)
    morning = datetime.combine(night.on + timedelta(days=1), time(0), zone)
    last = night.departs.date() == night.on + timedelta(days=1)
    rows.add(
        LegKind.NIGHT,
        places=(night.place_id, night.place_id),
        times=(max(night.arrives, evening), night.departs if last else morning),
        persons=persons,
        session_id=session_id,
    )
