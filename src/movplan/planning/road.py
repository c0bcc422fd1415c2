"""Which of a convoy's vehicles go: those with families, and what else it must have.

A vehicle without a family goes only as an ambulance or luggage truck the convoy would
lack (rules ``convoy_ambulance``, ``luggage``). Anyone's bags go in any vehicle.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from movplan.domain.transport import Departure, VehicleType
from movplan.domain.values import Values
from movplan.domain.words import VehicleKind
from movplan.formulation.fleets import HIRED_ALONE
from movplan.optimiser.packing import Rider, Room, pack
from movplan.planning.staffing import ambulances_wanted

MOST_ATTEMPTS = 4
MOST_REMEMBERED = 2_000


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle that may go: its name, usable places, and kg of luggage it takes."""

    name: str
    kind: VehicleType
    room: Room
    luggage_kg: int

    @property
    def is_ambulance(self) -> bool:
        """Whether it counts as an ambulance of the convoy."""
        return self.kind.kind is VehicleKind.AMBULANCE

    @property
    def goes_alone(self) -> bool:
        """Whether it may go without a family."""
        return self.kind.kind in HIRED_ALONE


@dataclass(frozen=True, slots=True)
class Bags:
    """Luggage of a family on its segments ``board .. alight - 1``."""

    board: int
    alight: int
    kilograms: int


@dataclass(frozen=True, slots=True)
class Needed:
    """Ambulances to hire, and kg the vehicles must take on the fullest segment."""

    ambulances: int = 0
    luggage_kg: int = 0

    @classmethod
    def of(
        cls,
        departure: Departure,
        values: Values,
        persons: int,
        bags: Sequence[Bags],
        without: frozenset[str] = frozenset(),
    ) -> "Needed":
        """What a convoy must take along for these persons and bags."""
        last = max((row.alight for row in bags), default=0)
        loads = [
            sum(row.kilograms for row in bags if row.board <= segment < row.alight)
            for segment in range(last)
        ]
        ambulances = ambulances_wanted(values, departure, persons)
        luggage = max(loads, default=0) - departure.standing_luggage_kg
        return cls(
            ambulances=0 if "convoy_ambulance" in without else ambulances,
            luggage_kg=0 if "luggage" in without else max(0, luggage),
        )


@dataclass(frozen=True, slots=True)
class Road:
    """The vehicle of every rider, and which vehicles go at all (positions)."""

    vehicles: tuple[Vehicle, ...]
    place: tuple[int, ...]
    used: frozenset[int]


# Loads a convoy as ``load_road`` does.
Load = Callable[[tuple[Rider, ...], tuple[Vehicle, ...], Needed], Road | None]


def remembered() -> Load:
    """Loads the same convoy once.

    Solutions differ in few convoys, and some take CP-SAT to load (10,000 families: 3 of
    the 4 s of CPU time that finishing takes, the first time).
    """
    return lru_cache(maxsize=MOST_REMEMBERED)(load_road)


def load_road(
    riders: Sequence[Rider], vehicles: Sequence[Vehicle], needed: Needed
) -> Road | None:
    """Load a convoy, or ``None`` when that cannot be with these vehicles.

    Few vehicles first; where they do not take the luggage, every vehicle gets a family.
    """
    everything = frozenset(k for k, v in enumerate(vehicles) if not v.goes_alone)
    for filled in (frozenset[int](), everything):
        road = _loaded(riders, vehicles, needed, filled)
        if isinstance(road, Road):
            return road
        if road is _Lack.ROOM:
            return None
    return None


class _Lack(Enum):
    """What a convoy lacks: room for its riders, or in their vehicles for the rest."""

    ROOM = auto()
    REST = auto()


def _loaded(
    riders: Sequence[Rider],
    vehicles: Sequence[Vehicle],
    needed: Needed,
    filled: frozenset[int],
) -> Road | _Lack:
    """Staff may sit in an ambulance that goes anyway: which one is found by trying."""
    ambulances = [k for k, v in enumerate(vehicles) if v.is_ambulance]
    kept = frozenset(ambulances[len(ambulances) - needed.ambulances :])
    for _ in range(MOST_ATTEMPTS):
        rooms = [vehicle.room for vehicle in vehicles]
        place = pack(riders, rooms, kept=kept, filled=filled)
        if place is None:
            return _Lack.ROOM
        families = frozenset(
            v for v, rider in zip(place, riders, strict=True) if rider.is_family
        )
        alone = goes_along(vehicles, families, needed)
        if alone is None:
            return _Lack.REST
        if set(place) <= families | alone:
            return Road(tuple(vehicles), tuple(place), families | alone)
        kept = alone
    return _Lack.REST


def goes_along(
    vehicles: Sequence[Vehicle], families: frozenset[int], needed: Needed
) -> frozenset[int] | None:
    """Vehicles that go without a family, as few as can be; ``None``: too few there."""
    found: list[int] = []
    others = [k for k in range(len(vehicles)) if k not in families]
    lacking = needed.ambulances - sum(vehicles[k].is_ambulance for k in families)
    if lacking > 0:
        ambulances = [k for k in others if vehicles[k].is_ambulance]
        if len(ambulances) < lacking:
            return None
        found = sorted(ambulances, key=lambda k: -vehicles[k].luggage_kg)[:lacking]
    left = needed.luggage_kg - _kilograms(vehicles, [*families, *found])
    alone = [k for k in others if k not in found and vehicles[k].goes_alone]
    extra = list(_fewest(vehicles, alone, left))
    if left > _kilograms(vehicles, extra):
        return None
    return frozenset([*found, *extra])


def _fewest(
    vehicles: Sequence[Vehicle], alone: Iterable[int], left: int
) -> Iterator[int]:
    """The largest trucks first, until nothing is left behind."""
    for k in sorted(alone, key=lambda k: (-vehicles[k].luggage_kg, k)):
        if left <= 0 or vehicles[k].luggage_kg == 0:
            return
        left -= vehicles[k].luggage_kg
        yield k


def _kilograms(vehicles: Sequence[Vehicle], which: Iterable[int]) -> int:
    return sum(vehicles[k].luggage_kg for k in which)
