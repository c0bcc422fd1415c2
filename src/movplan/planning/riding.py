"""Who takes which itinerary in a solution: the look-ups that finishing shares."""

from collections import defaultdict

import numpy as np

from movplan.domain.scenario import Scenario
from movplan.domain.words import DepartureKind
from movplan.formulation.model import Model
from movplan.network.itinerary import Itinerary, Ride
from movplan.optimiser.columns import Pool
from movplan.optimiser.packing import Rider
from movplan.optimiser.solution import Solution
from movplan.screening.escort_need import EscortNeed


class Riding:
    """Units, families and rides of solutions over one model."""

    def __init__(self, scenario: Scenario, model: Model, pool: Pool) -> None:
        self.model, self.pool = model, pool
        self._carrier = {d.departure_id: d.carrier for d in scenario.departures}
        loads = model.screening.loads
        self._load_row = {f: k for k, f in enumerate(loads.family_ids)}
        companies = model.screening.companies
        self._company = {name: group for group in companies for name in group}
        self._units_of: dict[str, list[int]] = defaultdict(list)
        for unit in range(len(model.units)):
            self._units_of[self.family_id(unit)].append(unit)

    def moved(self, solution: Solution) -> list[int]:
        """Units that travel, in order."""
        found: list[int] = np.flatnonzero(solution.column >= 0).tolist()
        return found

    def family_id(self, unit: int) -> str:
        """The family of a unit."""
        family = int(self.model.units.family[unit])
        return self.model.units.family_ids[family]

    def itinerary(self, unit: int, solution: Solution) -> Itinerary:
        """The itinerary a unit takes."""
        return self.itinerary_of(int(self.pool.columns.pair[solution.column[unit]]))

    def itinerary_of(self, pair: int) -> Itinerary:
        """The itinerary of a pair."""
        return self.model.screening.itineraries[int(self.model.pairs.itinerary[pair])]

    def convoys(self, solution: Solution) -> dict[str, list[tuple[int, Ride]]]:
        """Units aboard every convoy, in unit order."""
        found: dict[str, list[tuple[int, Ride]]] = defaultdict(list)
        for unit in self.moved(solution):
            for ride in self.itinerary(unit, solution).rides:
                if ride.kind is DepartureKind.CONVOY:
                    found[ride.departure_id].append((unit, ride))
        return dict(sorted(found.items()))

    def rider(self, unit: int, ride: Ride) -> Rider:
        """What a unit takes in a vehicle on a ride."""
        loads = self.model.screening.loads.of(self._carrier[ride.departure_id])
        family = self._load_row[self.family_id(unit)]
        day = (ride.on - loads.day0).days
        return Rider(
            board=ride.board,
            alight=ride.alight,
            seats=int(loads.convoy_seats[family, day]),
            wheelchairs=int(loads.wheelchairs[family, day]),
            stretchers=int(loads.stretchers[family, day]),
        )

    def needs(self, unit: int, pair: int) -> tuple[EscortNeed, ...]:
        """The escorts a unit's members need on the itinerary of a pair."""
        part = self.model.screening.parts[unit]
        if not part.needs:
            return ()
        itinerary = int(self.model.pairs.itinerary[pair])
        return part.needs[int(np.flatnonzero(part.itineraries == itinerary)[0])]

    def persons(self, unit: int) -> int:
        """Persons of a unit's family."""
        return int(self.model.units.persons[unit])

    def kilograms(self, unit: int) -> int:
        """Luggage of a unit's family."""
        family = self._load_row[self.family_id(unit)]
        return int(self.model.screening.loads.luggage_kg[family])

    def bound_to(self, unit: int) -> list[int]:
        """Units of the family and of everybody who travels with it."""
        family_id = self.family_id(unit)
        company = self._company.get(family_id, (family_id,))
        return [unit for f in company for unit in self._units_of.get(f, ())]


class UnfinishableError(Exception):
    """Some units cannot stay together as counted; one of ``units`` has to give way."""

    def __init__(self, units: list[int], departure_id: str | None = None) -> None:
        super().__init__(f"{len(units)} units")
        self.units, self.departure_id = units, departure_id


class UnservedError(UnfinishableError):
    """Escorts do not suffice for all of ``units``; for those ``left`` they do not."""

    def __init__(self, units: list[int], left: list[int]) -> None:
        super().__init__(units)
        self.left = left
