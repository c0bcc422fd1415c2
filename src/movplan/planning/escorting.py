"""Escort missions of a solution: who serves whom, and which escort goes."""

from collections import defaultdict
from dataclasses import dataclass, replace

from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import EscortShare
from movplan.formulation.build import Built
from movplan.formulation.escorts import Need, chains_needing, member_needs
from movplan.formulation.missions import Mission
from movplan.network.itinerary import Ride
from movplan.optimiser.serving import Duty, Shift, Stage, name_escorts, place_stages
from movplan.optimiser.solution import Solution
from movplan.planning.riding import Riding, UnfinishableError, segments_of


@dataclass(frozen=True, slots=True)
class SentMission:
    """A mission with its escort and the families it serves."""

    mission: Mission
    escort_id: str
    family_ids: tuple[str, ...]


class Escorting:
    """Places patients on the missions a solution sends, and names the escorts."""

    def __init__(self, scenario: Scenario, built: Built, riding: Riding) -> None:
        self.built, self.riding, self.files = built, riding, Files(scenario)
        self.scenario = scenario
        self.headcount = {e.escort_id: e.headcount for e in scenario.escorts}

    def missions(self, solution: Solution) -> list[SentMission]:
        """Missions with the families each serves and the escort who goes."""
        stages, owners = self._stages(solution)
        offered = [
            mission
            for column, mission in self.built.missions.items()
            for _ in range(int(solution.plant[column]))
        ]
        suited = [
            replace(stage, suits=frozenset(_suitable(need, offered)))
            for stage, need in stages
        ]
        duties = [
            Duty(
                segments=segments_of(mission.chain),
                own=mission.share is EscortShare.OWN,
                room=self.scenario.patients_at_a_time(mission.escort),
            )
            for mission in offered
        ]
        placed = place_stages(suited, duties)
        if placed is None:
            raise UnfinishableError(sorted(set(owners)))
        served: dict[int, set[str]] = defaultdict(set)
        for stage, duty in enumerate(placed):
            served[duty].add(self.riding.family_id(owners[stage]))
        going = sorted(served)
        escorts = name_escorts(
            [_shift(offered[duty]) for duty in going],
            self.headcount,
        )
        if escorts is None:
            raise UnfinishableError(sorted(set(owners)))
        return [
            SentMission(offered[duty], escort, tuple(sorted(served[duty])))
            for duty, escort in zip(going, escorts, strict=True)
        ]

    def _stages(self, solution: Solution) -> tuple[list[tuple[Stage, Need]], list[int]]:
        found: list[tuple[Stage, Need]] = []
        owners: list[int] = []
        for unit in self.riding.moved(solution):
            family_id = self.riding.family_id(unit)
            for member_id, need in member_needs(self.files, family_id):
                for run in chains_needing(
                    need, self.riding.itinerary(unit, solution).rides
                ):
                    for part in self._between_handovers(run):
                        name = f"{member_id}/{unit}"
                        found.append(
                            (Stage(name, segments_of(part), frozenset()), need)
                        )
                        owners.append(unit)
        return found, owners

    def _between_handovers(self, run: tuple[Ride, ...]) -> list[tuple[Ride, ...]]:
        parts: list[list[Ride]] = [[]]
        for ride in run:
            parts[-1].append(ride)
            if self.files.places[ride.to_place].handover:
                parts.append([])
        return [tuple(part) for part in parts if part]


def _suitable(need: Need, offered: list[Mission]) -> list[int]:
    return [
        k
        for k, mission in enumerate(offered)
        if mission.share is need.share and need.met_by(mission.escort)
    ]


def _shift(mission: Mission) -> Shift:
    leaves, back = mission.leaves_base.date(), mission.back_at_base.date()
    return Shift(
        leaves=mission.leaves_base,
        free=mission.free_from,
        may_go=mission.pool.who_is_there(leaves, back),
    )
