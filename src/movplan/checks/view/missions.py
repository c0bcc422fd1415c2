"""Escort missions with their rides found in the scenario."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from movplan.checks.view.services import Service
from movplan.domain.plan import EscortMission, MissionRide, Plan


@dataclass(frozen=True, slots=True)
class EscortRide:
    """A stretch of a service an escort rides; times in UTC."""

    service: Service
    board: int
    alight: int

    @property
    def departure_id(self) -> str:
        """The departure ridden."""
        return self.service.departure.departure_id

    @property
    def segments(self) -> frozenset[tuple[str, int]]:
        """The segments of the departure it uses."""
        name = self.departure_id
        return frozenset((name, k) for k in range(self.board, self.alight))

    @property
    def stretch(self) -> tuple[str, str, str]:
        """Departure, boarding place, alighting place."""
        return self.departure_id, self.from_place, self.to_place

    @property
    def from_place(self) -> str:
        """Where it boards."""
        return self.service.served[self.board].place_id

    @property
    def to_place(self) -> str:
        """Where it alights."""
        return self.service.served[self.alight].place_id

    @property
    def departs(self) -> datetime:
        """When it leaves, in UTC."""
        return self.service.served[self.board].departs

    @property
    def arrives(self) -> datetime:
        """When it arrives, in UTC."""
        return self.service.served[self.alight].arrives


@dataclass(frozen=True, slots=True)
class MissionView:
    """A mission, its rides, and those that name nothing the scenario serves."""

    mission: EscortMission
    rides: tuple[EscortRide, ...]
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
    rides: list[EscortRide] = []
    lost: list[MissionRide] = []
    for ride in mission.rides:
        service = services.get(ride.departure_id)
        stretch = (
            service.find_stretch(ride.from_place, ride.to_place) if service else None
        )
        if service and stretch:
            rides.append(EscortRide(service, *stretch))
        else:
            lost.append(ride)
    return MissionView(mission, tuple(rides), tuple(lost))
