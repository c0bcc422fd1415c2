"""What the model makes of given rides: sessions, lines, vehicles, escorts left open.

With every unit's pair fixed, what is left is a small integer program, solved exactly:

    options of a slot            sum = 1
    choices of a journey charge  sum = 1
    choices of an option charge  sum = the option
    rows                         pairs + options + choices + plant <= right-hand side
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, hstack, vstack

from movplan.costing.tariffs import Tariffs
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import LegKind, Part
from movplan.formulation.build import build_model
from movplan.formulation.model import Model
from movplan.formulation.ragged import expand
from movplan.formulation.rowbook import IntArray
from movplan.network.itinerary import Itinerary
from movplan.optimiser.program import Answer, Effort, Program, solve_cpsat
from movplan.screening import screen

Ride = tuple[str, str, str]
Journeys = Mapping[tuple[str, Part], tuple[Ride, ...]]


def model_of(scenario: Scenario) -> Model:
    return build_model(scenario, screen(scenario), Tariffs(scenario)).model


def journeys_of(plan: Plan) -> dict[tuple[str, Part], tuple[Ride, ...]]:
    """Every part's rides: departure, from, to."""
    found: dict[tuple[str, Part], tuple[Ride, ...]] = {}
    for leg in plan.schedule:
        if leg.kind is LegKind.RIDE:
            ride = (leg.departure_id or "", leg.from_place, leg.to_place)
            key = (leg.family_id, leg.part)
            found[key] = (*found.get(key, ()), ride)
    return found


def rides_of(itinerary: Itinerary) -> tuple[Ride, ...]:
    return tuple((r.departure_id, r.from_place, r.to_place) for r in itinerary.rides)


def pairs_of(model: Model, journeys: Journeys) -> IntArray | None:
    """The pair of every part, or ``None`` when the model lacks one."""
    units = {
        (model.units.family_ids[f], part): unit
        for unit, (f, part) in enumerate(
            zip(model.units.family, model.units.parts, strict=True)
        )
    }
    chosen = []
    for key, rides in journeys.items():
        unit = units.get(key)
        if unit is None:
            return None
        own = range(model.pairs.unit_ptr[unit], model.pairs.unit_ptr[unit + 1])
        itineraries = model.screening.itineraries
        found = [
            p for p in own if rides_of(itineraries[model.pairs.itinerary[p]]) == rides
        ]
        if not found:
            return None
        chosen.append(found[0])
    return np.array(chosen, np.int64)


@dataclass(frozen=True)
class Fixed:
    """The rest of the model once pairs are chosen."""

    model: Model
    pairs: IntArray

    def best(self, level: int) -> int | None:
        """The best external value of a level, or ``None``: these rides cannot be."""
        answer, constant = self._solve(level)
        if answer.x is None:
            return None
        assert answer.proved
        value = int(self._objective(level) @ answer.x) + constant
        return self.model.levels[level].external(value)

    def _solve(self, level: int) -> tuple[Answer, int]:
        templates, lv = self.model.templates, self.model.levels[level]
        journey = self.model.pairs.template[self.pairs]
        constant = int(lv.pair_value[self.pairs].sum())
        if lv.counts_cost:
            constant -= int(templates.cost[journey].sum())
        used = np.asarray(templates.resources[journey].sum(axis=0)).ravel()
        rows, sums = self.model.rows, self._sums()
        matrix = hstack(
            [
                self.model.plant.matrix.T,
                templates.resources[self.options].T,
                templates.draws[self.choices].T,
            ]
        )
        wanted = sums[1]
        program = Program(
            objective=self._objective(level),
            matrix=csr_array(vstack([matrix, sums[0]])),
            upper=np.concatenate([rows.rhs - used, wanted]).astype(np.int64),
            equal=np.concatenate([rows.equal, np.ones(len(wanted), np.bool_)]),
            bound=np.concatenate(
                [
                    self.model.plant.upper,
                    np.ones(len(self.options) + len(self.choices), np.int64),
                ]
            ),
        )
        return solve_cpsat(program, Effort(work=10.0), None, lambda: False), constant

    def _objective(self, level: int) -> IntArray:
        templates, lv = self.model.templates, self.model.levels[level]
        costs = int(lv.counts_cost)
        return np.concatenate(
            [
                lv.plant_value,
                -templates.cost[self.options] * costs,
                -templates.choice_cost[self.choices] * costs,
            ]
        ).astype(np.int64)

    @property
    def slots(self) -> IntArray:
        """Slots of the chosen pairs."""
        ptr = self.model.pairs.slot_ptr
        return expand(ptr[self.pairs], np.diff(ptr)[self.pairs])[1]

    @property
    def options(self) -> IntArray:
        """Template of every option of every slot."""
        ptr = self.model.pairs.option_ptr
        at = expand(ptr[self.slots], np.diff(ptr)[self.slots])[1]
        return self.model.pairs.slot_template[at]

    @property
    def charges(self) -> IntArray:
        """Charges of the journeys, then of the options, template by template."""
        ptr = self.model.templates.charge_ptr
        template = self._templates()
        return expand(ptr[template], np.diff(ptr)[template])[1]

    @property
    def choices(self) -> IntArray:
        """Choices of every charge."""
        ptr = self.model.templates.choice_ptr
        return expand(ptr[self.charges], np.diff(ptr)[self.charges])[1]

    def _templates(self) -> IntArray:
        return np.concatenate([self.model.pairs.template[self.pairs], self.options])

    def _sums(self) -> tuple[csr_array, IntArray]:
        """One row per slot and per charge, over plant, options and choices."""
        option_ptr = self.model.pairs.option_ptr
        of_slot = np.repeat(np.arange(len(self.slots)), np.diff(option_ptr)[self.slots])
        charge_ptr = self.model.templates.charge_ptr
        template = self._templates()
        owner = np.repeat(np.arange(len(template)), np.diff(charge_ptr)[template])
        choice_ptr = self.model.templates.choice_ptr
        counts = np.diff(choice_ptr)[self.charges]
        of_charge = np.repeat(np.arange(len(self.charges)), counts)
        slots, charges = len(self.slots), len(self.charges)
        plant, options = len(self.model.plant), len(self.options)
        table = np.zeros((slots + charges, plant + options + len(of_charge)), np.int64)
        table[of_slot, plant + np.arange(options)] = 1
        table[slots + of_charge, plant + options + np.arange(len(of_charge))] = 1
        wanted = np.ones(slots + charges, np.int64)
        for charge, of in enumerate((owner - len(self.pairs)).tolist()):
            if of >= 0:  # of an option: paid when the option is taken
                table[slots + charge, plant + of] = -1
                wanted[slots + charge] = 0
        return csr_array(table), wanted


def is_possible(scenario: Scenario, journeys: Journeys) -> bool:
    """Whether the model knows a plan in which exactly these parts ride like this."""
    model = model_of(scenario)
    pairs = pairs_of(model, journeys)
    if model.screening.pin_conflicts or pairs is None:
        return False
    pinned = set(np.flatnonzero(model.units.must).tolist())
    if not pinned <= set(model.pairs.unit[pairs].tolist()):
        return False
    return Fixed(model, pairs).best(0) is not None
