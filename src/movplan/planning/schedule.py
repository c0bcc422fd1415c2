"""Schedule rows of every family: appointments, transfers, rides and nights in time."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import numpy as np
from scipy.sparse import csr_array

from movplan.costing.unpaid import ChargeKey
from movplan.domain.people import Family
from movplan.domain.plan import Leg
from movplan.domain.scenario import Scenario
from movplan.domain.words import DepartureKind, LegKind, Part, SubjectKind
from movplan.formulation.charges import CATEGORIES
from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.network.itinerary import Itinerary, Move, Night, Ride
from movplan.optimiser.columns import Pool
from movplan.planning.finish import Finished
from movplan.screening.result import AppointmentOption


@dataclass(slots=True)
class _Rows:
    """A family's rows of one part while they are gathered."""

    family: Family
    part: Part
    rows: list[Leg] = field(default_factory=list)

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
        """Add a row; it is numbered when all are known."""
        row = Leg(
            family_id=self.family.family_id,
            case_ids=self.family.case_ids,
            external_ref=self.family.external_ref,
            part=self.part,
            sequence=0,
            kind=kind,
            from_place=places[0],
            to_place=places[1],
            departs=times[0],
            arrives=times[1],
            persons=persons,
            seats=seats,
        )
        self.rows.append(row.model_copy(update=named))

    def numbered(self) -> list[Leg]:
        """All rows in time order, numbered from 1."""
        order = sorted(self.rows, key=lambda row: (row.departs, row.arrives))
        return [
            row.model_copy(update={"sequence": k})
            for k, row in enumerate(order, start=1)
        ]


class Scheduler:
    """Writes the schedule of a finished solution, and says which line pays for what."""

    def __init__(
        self, scenario: Scenario, model: Model, pool: Pool, finished: Finished
    ) -> None:
        self.scenario, self.model, self.pool = scenario, model, pool
        self.finished, self.solution = finished, finished.solution
        self.families = {family.family_id: family for family in scenario.families}
        self.sessions = {session.session_id: session for session in scenario.sessions}
        self.loads = model.screening.loads
        self.load_row = {f: k for k, f in enumerate(self.loads.family_ids)}
        self.vehicle = {
            (vehicle.departure_id, family_id): vehicle.name
            for vehicle in finished.vehicles
            for family_id in vehicle.family_ids
        }
        self.escorts = self._escorts()

    def schedule(self) -> tuple[Leg, ...]:
        """All rows, by family, part and time."""
        legs: list[Leg] = []
        for unit in self._moved():
            legs += self._part(unit)
        order = {Part.OUTBOUND: 0, Part.RETURN: 1}
        legs.sort(key=lambda row: (row.family_id, order[row.part], row.sequence))
        return tuple(legs)

    def funding(self) -> dict[ChargeKey, str]:
        """The line that pays each charge of a family."""
        found: dict[ChargeKey, str] = {}
        for unit in self._moved():
            family_id = self._family(unit).family_id
            for category, item, line in self._paid(unit):
                key = ChargeKey(
                    SubjectKind.FAMILY, family_id, CATEGORIES[category], item
                )
                if key in found:
                    key = ChargeKey(
                        SubjectKind.FAMILY,
                        family_id,
                        CATEGORIES[category],
                        f"{item}#2",
                    )
                found[key] = line
        return found

    def _paid(self, unit: int) -> list[tuple[int, str, str]]:
        """(category, item, line) of every choice of a unit's column, slot by slot."""
        templates = self.model.templates
        choices = _row(self.pool.columns.choices, int(self.solution.column[unit]))
        charges = np.searchsorted(templates.choice_ptr, choices, side="right") - 1
        return [
            (
                int(templates.charge_category[charge]),
                self.model.items[templates.charge_item[charge]],
                self.model.lines[templates.choice_line[choice]],
            )
            for charge, choice in zip(charges.tolist(), choices.tolist(), strict=True)
        ]

    def _moved(self) -> list[int]:
        found: list[int] = np.flatnonzero(self.solution.column >= 0).tolist()
        return found

    def _family(self, unit: int) -> Family:
        units = self.model.units
        return self.families[units.family_ids[units.family[unit]]]

    def itinerary(self, unit: int) -> Itinerary:
        """The itinerary a unit takes."""
        pair = self.pool.columns.pair[self.solution.column[unit]]
        at = int(self.model.pairs.itinerary[pair])
        return self.model.screening.itineraries[at]

    def _options(self, unit: int) -> list[AppointmentOption]:
        """The sessions a unit attends, in slot order."""
        used = _row(self.pool.columns.templates, int(self.solution.column[unit]))
        options = (self.model.templates.option[t] for t in used.tolist())
        return [option for option in options if option is not None]

    def _part(self, unit: int) -> list[Leg]:
        family = self._family(unit)
        it, options = self.itinerary(unit), self._options(unit)
        rows = _Rows(family, it.part)
        for option in options:
            self._attend(rows, option)
        if it.access is not None and not any(o.replaces_access for o in options):
            self._move(rows, it.access)
        for move in it.moves:
            self._move(rows, move)
        for ride in it.rides:
            self._ride(rows, ride)
        for night in it.nights:
            _stay(rows, night, family.persons, None)
        return rows.numbered()

    def _attend(self, rows: _Rows, option: AppointmentOption) -> None:
        session = self.sessions[option.session_id]
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
                persons=option.persons,
                seats=seats,
                session_id=session.session_id,
            )
        for night in option.nights:
            _stay(rows, night, option.persons, session.session_id)

    def _move(self, rows: _Rows, move: Move) -> None:
        family = self.load_row[rows.family.family_id]
        day = max(0, (move.departs.date() - self.loads.day0).days)
        lap = self.loads.infants[family, day] - self.loads.extra_infants[family, day]
        rows.add(
            LegKind.TRANSFER,
            places=(move.from_place, move.to_place),
            times=(move.departs, move.arrives),
            persons=rows.family.persons,
            seats=int(rows.family.persons - lap),
        )

    def _ride(self, rows: _Rows, ride: Ride) -> None:
        family = self.load_row[rows.family.family_id]
        day = (ride.on - self.loads.day0).days
        flight = ride.kind is DepartureKind.FLIGHT
        seats = self.loads.flight_seats if flight else self.loads.convoy_seats
        family_id = rows.family.family_id
        rows.add(
            LegKind.RIDE,
            places=(ride.from_place, ride.to_place),
            times=(ride.departs, ride.arrives),
            persons=rows.family.persons,
            seats=int(seats[family, day]),
            departure_id=ride.departure_id,
            vehicle=self.vehicle.get((ride.departure_id, family_id)),
            escort_ids=tuple(
                sorted(
                    escort_id
                    for escort_id, aboard in self.escorts[family_id]
                    if _segments(ride) <= aboard
                )
            ),
        )

    def _escorts(self) -> dict[str, list[tuple[str, frozenset[tuple[str, int]]]]]:
        """Per family, the escorts serving it and the segments they ride."""
        found: dict[str, list[tuple[str, frozenset[tuple[str, int]]]]]
        found = defaultdict(list)
        for sent in self.finished.missions:
            aboard = frozenset().union(*(_segments(r) for r in sent.mission.chain))
            for family_id in sent.family_ids:
                found[family_id].append((sent.escort_id, aboard))
        return found


def _segments(ride: Ride) -> frozenset[tuple[str, int]]:
    return frozenset((ride.departure_id, k) for k in range(ride.board, ride.alight))


def _row(matrix: csr_array, row: int) -> IntArray:
    """Column indices of one row, in order."""
    indices = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
    return np.sort(indices).astype(np.int64)


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
