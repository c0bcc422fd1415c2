"""Escort missions with their rides found in the scenario."""

from collections.abc import Mapping
from dataclasses import dataclass

from movplan.checks.view.services import Passage, Service
from movplan.domain.plan import EscortMission, MissionRide, Plan


@dataclass(frozen=True, slots=True)
class MissionView:
    """A mission, its rides, and those that name nothing the scenario serves."""

    mission: EscortMission
    rides: tuple[Passage, ...]
    lost: tuple[MissionRide, ...]

    @property
    def segments(self) -> frozenset[tuple[str, int]]:
        """All segments the escort is aboard on."""
        return frozenset[tuple[str, int]]().union(*(r.segments for r in self.rides))

    @property
    def stretches(self) -> tuple[tuple[str, str, str], ...]:
        """The rides as departure, boarding place and alighting place, in order."""
        return tuple(ride.stretch for ride in self.rides)


def build_missions(
    plan: Plan, services: Mapping[str, Service]
) -> tuple[MissionView, ...]:
    """The plan's missions in id order."""
    ordered = sorted(plan.missions, key=lambda row: row.mission_id)
    return tuple(_mission(mission, services) for mission in ordered)


def _mission(mission: EscortMission, services: Mapping[str, Service]) -> MissionView:
    rides: list[Passage] = []
    lost: list[MissionRide] = []
    for ride in mission.rides:
        service = services.get(ride.departure_id)
        stretch = (
            service.find_stretch(ride.from_place, ride.to_place) if service else None
        )
        if service and stretch:
            rides.append(Passage(service, *stretch))
        else:
            lost.append(ride)
    return MissionView(mission, tuple(rides), tuple(lost))
