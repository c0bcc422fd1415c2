"""From aggregated numbers to named things: vehicles packed, escorts placed and named.

The model counts seats and missions; here every family gets its vehicle and every
patient an escort. Where counting allowed what packing does not, another vehicle is
hired if that fits, else the convoy is decided again with its vehicles, else the family
whose loss costs least is taken off.
"""

from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from movplan.domain.scenario import Scenario
from movplan.formulation.build import Built
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.blocs import Blocs
from movplan.optimiser.columns import Pool
from movplan.optimiser.master import Held
from movplan.optimiser.plant import cheapest_plant
from movplan.optimiser.repack import repack
from movplan.optimiser.solution import Solution, settle_idle
from movplan.planning.convoys import Convoys, LoadedVehicle
from movplan.planning.escorting import Escorting, SentMission
from movplan.planning.riding import Riding, UnfinishableError, UnservedError
from movplan.planning.road import Load, load_road

# Vehicles added one by one to a solution that packs by count only, and families that
# may stay behind where no more are to be had; repairs of a whole plan of few families.
MOST_MORE, MOST_OFF, MOST_REPAIRS = 4, 3, 20
# Rules whose rows ask for persons: who leaves may break them.
SHORT_OF_PERSONS = frozenset(
    {"departure_runs", "escort_mission", "minimums", "changes"}
)
# One more may stay behind for so many on the way.
ONE_OFF_IN = 100


@dataclass(frozen=True, slots=True)
class Finished:
    """A solution with nothing left to be decided."""

    solution: Solution
    missions: tuple[SentMission, ...]
    vehicles: tuple[LoadedVehicle, ...]


class Finisher:
    """Finishes solutions of one built model; ``load`` loads their convoys.

    ``blocs`` are the model's, looked for when they are needed if they are not given.
    """

    def __init__(
        self,
        scenario: Scenario,
        built: Built,
        pool: Pool,
        load: Load = load_road,
        blocs: Blocs | None = None,
    ) -> None:
        self.model, self.pool, self.missions = built.model, pool, built.missions
        self._blocs = blocs
        self.riding = Riding(scenario, built.model, pool)
        self.escorting = Escorting(scenario, built, self.riding)
        self.convoys = Convoys(scenario, built, self.riding, load)
        self._tried: set[str] = set()

    def finish(self, solution: Solution, held: tuple[int, ...]) -> Finished:
        """Finish a solution, keeping the held levels where packing allows."""
        cheapest = cheapest_plant(self.model, self.pool.columns, solution, held)
        with suppress(UnfinishableError):
            return self._settle(cheapest)
        while True:
            try:
                return self._settle(solution)
            except UnfinishableError as trouble:
                solution = self._repair(solution, trouble)

    def mended(self, solution: Solution) -> Solution | None:
        """The solution with vehicles enough to be finished; ``None`` if there is none.

        Where that does not do, a few families stay behind, those whose loss costs
        least. What is not needed stays: others may yet use it.
        """
        travel = int((solution.column >= 0).sum())
        most_off = MOST_OFF + travel // ONE_OFF_IN
        for _ in range(MOST_MORE + most_off):
            try:
                self._settle(solution)
            except UnfinishableError as trouble:
                more = None
                if trouble.departure_id is not None:
                    more = self._one_more_vehicle(solution, trouble.departure_id)
                solution = more or self._without_those(solution, trouble)
                if travel - int((solution.column >= 0).sum()) > most_off:
                    return None
            else:
                return solution
        return None

    def repaired(self, solution: Solution) -> Solution | None:
        """The same for whole plans of few families: convoys are decided again, too."""
        self._tried.clear()
        travel = int((solution.column >= 0).sum())
        for _ in range(MOST_REPAIRS + travel // ONE_OFF_IN):
            try:
                self._settle(solution)
            except UnfinishableError as trouble:
                solution = self._repair(solution, trouble)
            else:
                return solution
        return None

    def _settle(self, solution: Solution) -> Finished:
        missions = self.escorting.missions(solution)
        vehicles = self.convoys.pack_all(solution, missions)
        hired: dict[int, int] = defaultdict(int)
        for vehicle in vehicles:
            hired[self._hire_column(vehicle)] += 1
        plant = solution.plant.copy()
        for column in self.convoys.hire.values():
            plant[column] = hired[column]
        sent = Counter(id(each.mission) for each in missions)
        for column, mission in self.missions.items():
            plant[column] = sent[id(mission)]
        settled = solution.with_plant(settle_idle(self.model, plant))
        return Finished(settled, tuple(missions), tuple(vehicles))

    def _hire_column(self, vehicle: LoadedVehicle) -> int:
        return self.convoys.hire[vehicle.departure_id, vehicle.vehicle_type_id]

    def _repair(self, solution: Solution, trouble: UnfinishableError) -> Solution:
        """Hire one more vehicle, or take the family off whose loss costs least."""
        if trouble.departure_id is not None:
            again = self._one_more_vehicle(
                solution, trouble.departure_id
            ) or self._decided_again(solution, trouble.departure_id)
            if again is not None:
                return again
        return self._without_those(solution, trouble)

    def _without_those(
        self, solution: Solution, trouble: UnfinishableError
    ) -> Solution:
        """The solution less all for whom there is no escort, or less one in trouble."""
        left = trouble.left if isinstance(trouble, UnservedError) else trouble.units
        if not left or len(left) == len(trouble.units):
            return self.without(solution, self._least(trouble))
        for unit in left:
            if solution.column[unit] >= 0:
                solution = self.without(solution, unit)
        return solution

    def _least(self, trouble: UnfinishableError) -> int:
        """Of those in trouble the one whose loss costs least."""
        return min(
            trouble.units, key=lambda u: (self._worth(u), self.riding.family_id(u))
        )

    def _one_more_vehicle(
        self, solution: Solution, departure_id: str
    ) -> Solution | None:
        for (subject, _), column in self.convoys.hire.items():
            if subject != departure_id:
                continue
            plant = solution.plant.copy()
            plant[column] += 1
            more = solution.with_plant(plant)
            if plant[column] <= self.model.plant.upper[column] and self.fits(more):
                return more
        return None

    def _decided_again(self, solution: Solution, departure_id: str) -> Solution | None:
        """Who rides a convoy that does not pack, decided with its vehicles (once)."""
        if departure_id in self._tried:
            return None
        self._tried.add(departure_id)
        convoy = self.convoys.to_decide_again(solution, departure_id)
        first = next((k for k, lv in enumerate(self.model.levels) if lv.sign > 0), 0)
        held = Held(
            tuple(
                solution.value(self.model, self.pool.columns, k) for k in range(first)
            )
        )
        if self._blocs is None:
            self._blocs = Blocs(self.model)
        blocs = BlocPool(self.model, self._blocs, self.pool)
        return repack(blocs, held, solution, convoy, lambda: False)

    def fits(self, solution: Solution) -> bool:
        """Whether a solution keeps every row, exactly."""
        used = solution.usage(self.model, self.pool.columns)
        rows = self.model.rows
        kept = np.where(rows.equal, used == rows.rhs, used <= rows.rhs)
        return bool(kept.all())

    def _worth(self, unit: int) -> tuple[int, ...]:
        """What is lost with a unit, level by level: a pin outweighs any weight."""
        first = self.model.pairs.unit_ptr[unit]
        return tuple(int(level.pair_value[first]) for level in self.model.levels)

    def without(self, solution: Solution, unit: int) -> Solution:
        """The solution less a family, its companions, and departures left too empty."""
        column = solution.column.copy()
        for other in self.riding.bound_to(unit):
            column[other] = -1
        return self._in_order(replace(solution, column=column))

    def _in_order(self, solution: Solution) -> Solution:
        """The solution when some have left: what falls short of its persons is mended.

        A departure is called off, a mission nobody needs not sent, and less than a
        minimum is owed; row by row, as one may lead to another.
        """
        rows = self.model.rows
        for _ in range(len(rows)):
            over = solution.usage(self.model, self.pool.columns) - rows.rhs
            broken = [
                row
                for row in np.flatnonzero(over > 0).tolist()
                if rows.names[row].rule in SHORT_OF_PERSONS
            ]
            if not broken:
                break
            row, name = broken[0], rows.names[broken[0]]
            if name.rule == "departure_runs":
                solution = self._cancel(solution, name.subject)
            elif name.rule == "escort_mission":
                solution = self._not_sent(solution, row)
            else:
                solution = self._owed(solution, row, int(over[row]))
        return solution

    def _owed(self, solution: Solution, row: int, short: int) -> Solution:
        """The solution with so many persons more owed to a minimum."""
        gives = -self.model.plant.matrix[:, [row]].toarray()[:, 0]
        owed = np.array([name.kind == "short" for name in self.model.plant.names])
        column = int(np.flatnonzero(owed & (gives > 0))[0])
        plant = solution.plant.copy()
        plant[column] += -(-short // int(gives[column]))
        return solution.with_plant(plant)

    def _not_sent(self, solution: Solution, row: int) -> Solution:
        """The solution less a mission nobody needs any more, by its row."""
        asks = self.model.plant.matrix[:, [row]].toarray()[:, 0] > 0
        plant = np.where(asks, 0, solution.plant)
        return solution.with_plant(settle_idle(self.model, plant))

    def _cancel(self, solution: Solution, departure_id: str) -> Solution:
        for unit in np.flatnonzero(solution.column >= 0).tolist():
            if solution.column[unit] < 0:
                continue
            rides = self.riding.itinerary(unit, solution).rides
            if any(ride.departure_id == departure_id for ride in rides):
                column = solution.column.copy()
                for other in self.riding.bound_to(unit):
                    column[other] = -1
                solution = replace(solution, column=column)
        plant = solution.plant.copy()
        for k, name in enumerate(self.model.plant.names):
            if name.subject == departure_id and name.kind in ("run", "hire"):
                plant[k] = 0
        return solution.with_plant(plant)
