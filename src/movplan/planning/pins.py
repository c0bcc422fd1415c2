"""Pins that contradict each other: found, shrunk to one conflicting set, confirmed."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from movplan.domain.errors import ConflictError, MovplanError, StoppedError
from movplan.domain.scenario import Scenario
from movplan.formulation.build import FIRM_STATES
from movplan.formulation.model import Model
from movplan.optimiser.progress import Clock, Limits
from movplan.optimiser.solution import Solution
from movplan.optimiser.solve import LevelOutcome, optimise
from movplan.planning.fought_over import fought_over
from movplan.screening.result import Screening

ROUNDS = 3


def refuse_pin_conflicts(screening: Screening) -> None:
    """Pinned families that no itinerary of theirs serves: each conflicts alone."""
    if screening.pin_conflicts:
        raise ConflictError(
            [
                f"{refusal.family_id}: {refusal.fact}"
                for refusal in screening.pin_conflicts
            ]
        )


def conflict_of_pins(
    scenario: Scenario, model: Model, stop: Callable[[], bool]
) -> MovplanError:
    """The error for pins that were not all kept: one conflicting set, confirmed.

    Members are taken out one by one; whoever is not needed for the contradiction stays
    out, so every proper subset of what is left can be kept or was not proved otherwise.
    After them comes what they fight over.
    """
    pinned = np.flatnonzero(model.units.must).tolist()
    if not _contradictory(model, pinned, stop):
        return StoppedError("the pinned families could not all be placed in time")
    for unit in list(pinned):
        without = [other for other in pinned if other != unit]
        if without and _contradictory(model, without, stop):
            pinned = without

    def still(loose: Model) -> bool:
        return _contradictory(loose, pinned, stop)

    said = [_sentence(scenario, model, unit) for unit in pinned]
    return ConflictError([*said, *fought_over(scenario, model, pinned, still)])


def refuse_lost_pins(scenario: Scenario, model: Model, solution: Solution) -> None:
    """Pins that counting kept, but no vehicles or escorts by name could be found for.

    Not proved to be a contradiction, but nothing a plan may leave out unsaid.
    """
    lost = np.flatnonzero(model.units.must & (solution.column < 0)).tolist()
    if lost:
        said = (_sentence(scenario, model, unit) for unit in lost)
        raise ConflictError([f"{sentence}: {_NOT_FOUND}" for sentence in said])


_NOT_FOUND = "no vehicles and escorts were found with which all of it holds"


def _contradictory(model: Model, pinned: list[int], stop: Callable[[], bool]) -> bool:
    """Whether it is proved that not all of these units can keep their pins."""
    value = np.zeros(len(model.pairs), np.int64)
    total = 0
    for unit in pinned:
        persons = int(model.units.persons[unit])
        value[model.pairs.unit_ptr[unit] : model.pairs.unit_ptr[unit + 1]] = persons
        total += persons
    level = replace(model.levels[0], pair_value=value, constant=total)
    alone = replace(model, levels=(level,))
    clock = Clock(Limits(effort=ROUNDS), stop)
    outcome: LevelOutcome = optimise(alone, clock, lambda _: None).outcomes[0]
    return outcome.bound > 0


def _sentence(scenario: Scenario, model: Model, unit: int) -> str:
    family_id = model.units.family_ids[model.units.family[unit]]
    rows = [
        row
        for row in scenario.assignments
        if row.family_id == family_id
        and row.state in FIRM_STATES
        and row.part is model.units.parts[unit]
    ]
    departures = ", ".join(row.departure_id for row in rows)
    states = ", ".join(sorted({row.state.value for row in rows}))
    return f"{family_id} is {states} on {departures}"
