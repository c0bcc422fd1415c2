"""Escort missions of a solution: who serves whom, and which escort goes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from movplan.domain.scenario import Scenario
from movplan.domain.words import EscortRole, EscortShare
from movplan.formulation.build import Built
from movplan.formulation.escort_spans import Chain, segments_of, stages_of
from movplan.formulation.escorts import watches
from movplan.formulation.missions import Mission
from movplan.optimiser.serving import (
    Duty,
    Shift,
    Stage,
    name_escorts,
    place_stages,
)
from movplan.optimiser.solution import Solution
from movplan.optimiser.what_counts import counts_few
from movplan.planning.riding import Riding, UnfinishableError, UnservedError
from movplan.planning.staffing import staff_wanted
from movplan.screening.escort_need import EscortKind

# What a family weighs that a level of few counts, more if an earlier one does.
COUNTS_FEW = 1_000


@dataclass(frozen=True, slots=True)
class SentMission:
    """A mission with its escort and the families it serves (none: convoy staff)."""

    mission: Mission
    escort_id: str
    family_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A stage with who asks for it: what kind of escort, or which escort by id."""

    stage: Stage
    unit: int
    need: EscortKind | None
    escort_id: str | None = None

    @property
    def what(self) -> tuple[EscortKind | None, str | None]:
        """What is asked for, alike for many."""
        return self.need, self.escort_id

    def suits(self, mission: Mission) -> bool:
        """Whether a mission's escort is what is asked for."""
        escort = mission.escort
        if self.escort_id not in (None, escort.escort_id):
            return False
        if self.need is None:
            return mission.share is not EscortShare.CONVOY
        return mission.share is self.need.share and self.need.met_by(escort)


class Escorting:
    """Places patients on the missions a solution sends, and names the escorts."""

    def __init__(self, scenario: Scenario, built: Built, riding: Riding) -> None:
        self.built, self.riding, self.scenario = built, riding, scenario
        self.context = built.context
        self.headcount = {e.escort_id: e.headcount for e in scenario.escorts}
        if not self.context.keeps("escort_roster"):
            self.headcount = dict.fromkeys(self.headcount, len(built.missions) + 1)

    def missions(self, solution: Solution) -> list[SentMission]:
        """Missions with the families each serves and the escort who goes."""
        offered = [
            mission
            for column, mission in self.built.missions.items()
            for _ in range(int(solution.plant[column]))
        ]
        asked = list(self._asked(solution))
        owners = sorted({each.unit for each in asked})
        served = self._served(asked, offered)
        staff = self._staff(solution, offered)
        going = sorted({*served, *staff})
        shifts = [
            _shift(offered[k], [self.weight[f] for f in served.get(k, ())])
            for k in going
        ]
        escorts = name_escorts(shifts, self.headcount)
        lost = [k for k, name in zip(going, escorts, strict=True) if name is None]
        if lost:
            aboard = [u for ride in self._staffed(solution).values() for u in ride]
            theirs = {family for k in lost for family in served.get(k, ())}
            left = [u for u in owners if self.riding.family_id(u) in theirs]
            raise UnservedError(owners or sorted(set(aboard)), left)
        return [
            SentMission(offered[k], escort, tuple(sorted(served.get(k, ()))))
            for k, escort in zip(going, escorts, strict=True)
            if escort is not None
        ]

    @cached_property
    def weight(self) -> dict[str, int]:
        """What every family counts: 1, and more if a level of few counts it."""
        model = self.built.model
        few = [k for k in range(len(model.levels)) if counts_few(model, k)]
        weight: dict[str, int] = defaultdict(lambda: 1)
        for rank, k in enumerate(few):
            counted = model.pairs.unit[model.levels[k].pair_value > 0]
            for unit in np.unique(counted).tolist():
                weight[self.riding.family_id(unit)] += COUNTS_FEW * (len(few) - rank)
        return weight

    def _served(
        self, asked: list[_Asked], offered: list[Mission]
    ) -> dict[int, set[str]]:
        """Families by the mission (position) that serves them."""
        suited = {
            each.what: frozenset(k for k, m in enumerate(offered) if each.suits(m))
            for each in {each.what: each for each in asked}.values()
        }
        stages = [replace(each.stage, suits=suited[each.what]) for each in asked]
        duties = [
            Duty(
                segments=segments_of(mission.chain),
                own=mission.share is EscortShare.OWN,
                room=self.scenario.patients_at_a_time(mission.escort),
            )
            for mission in offered
        ]
        placed = place_stages(stages, duties)
        left = {
            each.unit for each, duty in zip(asked, placed, strict=True) if duty is None
        }
        if left:
            raise UnservedError(sorted({each.unit for each in asked}), sorted(left))
        served: dict[int, set[str]] = defaultdict(set)
        for each, duty in zip(asked, placed, strict=True):
            if duty is not None:
                served[duty].add(self.riding.family_id(each.unit))
        return served

    def _asked(self, solution: Solution) -> Iterator[_Asked]:
        """Every stage of every patient and every pinned escort."""
        for unit in self.riding.moved(solution):
            pair = int(self.riding.pool.columns.pair[solution.column[unit]])
            rides = self.riding.itinerary_of(pair).rides
            if self.context.keeps("escort_cover"):
                yield from self._patients(unit, pair, rides)
            for escort_id, chain in self._pinned(unit, rides):
                stage = Stage(
                    patient=f"{escort_id}/{unit}",
                    segments=segments_of(chain),
                    suits=frozenset(),
                    family=self.riding.family_id(unit),
                    size=0,
                    weight=self.weight[self.riding.family_id(unit)],
                )
                yield _Asked(stage, unit, None, escort_id)

    def _patients(self, unit: int, pair: int, rides: Chain) -> Iterator[_Asked]:
        for watch in watches(self.riding.needs(unit, pair), rides):
            member = f"{watch.member_id}/{unit}"
            for part in stages_of(self.context, watch.run):
                stage = Stage(
                    patient=f"{member}/{watch.rank}",
                    segments=segments_of(part),
                    suits=frozenset(),
                    member=member,
                    family=self.riding.family_id(unit),
                    weight=self.weight[self.riding.family_id(unit)],
                )
                yield _Asked(stage, unit, watch.need)

    def _pinned(self, unit: int, rides: Chain) -> Iterator[tuple[str, Chain]]:
        """Rides with the escort pinned to each, who may go again for every one."""
        if not self.context.keeps("pins"):
            return
        part = self.built.model.units.parts[unit]
        family_id = self.riding.family_id(unit)
        for escort_id, run in self.built.pinned.escorted(family_id, part, rides):
            yield from ((escort_id, (ride,)) for ride in run)

    def _staffed(self, solution: Solution) -> dict[str, list[int]]:
        """Units aboard every convoy."""
        convoys = self.riding.convoys(solution)
        return {d: [unit for unit, _ in aboard] for d, aboard in convoys.items()}

    def _staff(self, solution: Solution, offered: list[Mission]) -> list[int]:
        """Of the offered missions with a convoy those it cannot do without."""
        if not self.context.keeps("convoy_staff"):
            return []
        kept: list[int] = []
        for departure_id, units in self._staffed(solution).items():
            departure = self.context.departures[departure_id]
            persons = sum(self.riding.persons(unit) for unit in units)
            wanted = staff_wanted(self.context.values, departure, persons)
            there = {
                role: [k for k, m in enumerate(offered) if _goes(m, departure_id, role)]
                for role in EscortRole
            }
            operational = there[EscortRole.OPERATIONAL][: wanted.operational]
            doctors = there[EscortRole.DOCTOR][: wanted.doctors]
            others = [*there[EscortRole.NURSE], *there[EscortRole.DOCTOR]]
            others = [k for k in others if k not in doctors]
            medical = [*doctors, *others][: max(wanted.medical, len(doctors))]
            short = (len(operational), len(medical), len(doctors))
            if short != (wanted.operational, wanted.medical, wanted.doctors):
                raise UnfinishableError(units, departure_id)
            kept += [*operational, *medical]
        return kept


def _goes(mission: Mission, departure_id: str, role: EscortRole) -> bool:
    """Whether it is a mission of that role with the whole convoy."""
    return (
        mission.share is EscortShare.CONVOY
        and mission.escort.role is role
        and mission.chain[0].departure_id == departure_id
    )


def _shift(mission: Mission, weights: list[int]) -> Shift:
    return Shift(
        weight=max(1, sum(weights)),
        leaves=mission.leaves_base,
        free=mission.free_from,
        may_go=mission.may_go,
    )
