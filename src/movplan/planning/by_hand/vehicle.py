"""A vehicle of a convoy made by hand, and who is aboard on which segment."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from movplan.domain.transport import VehicleType
from movplan.optimiser.packing import Rider, Room
from movplan.planning.convoys import LoadedVehicle
from movplan.planning.road import Vehicle


@dataclass(frozen=True, slots=True)
class Boarder:
    """A family or (with a mission) an escort aboard; ``vehicle`` is what a row names.

    An escort's ``rider.beside`` are positions of the families it serves.
    """

    rider: Rider
    family_id: str = ""
    mission: int = -1
    vehicle: str | None = None


@dataclass(slots=True)
class HandVehicle:
    """A vehicle with what it carries per segment (seats, wheelchairs, stretchers)."""

    name: str
    kind: VehicleType
    room: Room
    luggage_kg: int
    aboard: list[Boarder] = field(default_factory=list)
    taken: dict[int, list[int]] = field(default_factory=dict)

    @property
    def type_id(self) -> str:
        """The vehicle type."""
        return self.kind.vehicle_type_id

    @property
    def on_the_road(self) -> Vehicle:
        """The vehicle as it may go."""
        return Vehicle(self.name, self.kind, self.room, self.luggage_kg)

    @property
    def limits(self) -> tuple[int, int, int]:
        """Seats, wheelchairs and stretchers there is room for."""
        return self.room.seats, self.room.wheelchairs, self.room.stretchers

    def fits(self, rider: Rider) -> bool:
        """Whether there is room for somebody more."""
        return all(
            taken + more <= limit
            for segment in range(rider.board, rider.alight)
            for taken, more, limit in zip(
                self.taken.get(segment, (0, 0, 0)),
                _load(rider),
                self.limits,
                strict=True,
            )
        )

    def take(self, boarder: Boarder) -> None:
        """Take somebody aboard, fitting or not."""
        self.aboard.append(boarder)
        for segment in range(boarder.rider.board, boarder.rider.alight):
            taken = self.taken.setdefault(segment, [0, 0, 0])
            for k, more in enumerate(_load(boarder.rider)):
                taken[k] += more

    def loaded(self, departure_id: str) -> LoadedVehicle:
        """The vehicle as a plan has it."""
        return LoadedVehicle(
            departure_id=departure_id,
            vehicle_type_id=self.type_id,
            name=self.name,
            family_ids=tuple(sorted(b.family_id for b in self.aboard if b.family_id)),
            missions=tuple(b.mission for b in self.aboard if b.mission >= 0),
        )


def may_fit(riders: Sequence[Rider], vehicles: Sequence[HandVehicle]) -> bool:
    """Whether there are places enough in all, on every segment."""
    room = [sum(each) for each in zip(*(v.limits for v in vehicles), strict=True)]
    last = max((rider.alight for rider in riders), default=0)
    return all(
        sum(_load(r)[k] for r in riders if r.board <= segment < r.alight) <= limit
        for segment in range(last)
        for k, limit in enumerate(room or (0, 0, 0))
    )


def _load(rider: Rider) -> tuple[int, int, int]:
    return rider.seats, rider.wheelchairs, rider.stretchers
