"""Vehicles of a plan made by hand: those named, and the fewest for all others."""

from collections import Counter
from collections.abc import Sequence

from movplan.domain.scenario import Scenario
from movplan.planning.by_hand.boarders import escorts_on, families_aboard
from movplan.planning.by_hand.journeys import HandPart
from movplan.planning.by_hand.one_by_one import fill_one_by_one
from movplan.planning.by_hand.vehicle import Boarder, HandVehicle, may_fit
from movplan.planning.by_hand.yard import Yard
from movplan.planning.convoys import LoadedVehicle
from movplan.planning.escorting import SentMission
from movplan.planning.legs import LegWriter
from movplan.planning.road import Needed, Road, load_road


def load_convoys(
    scenario: Scenario,
    writer: LegWriter,
    parts: Sequence[HandPart],
    missions: Sequence[SentMission],
) -> list[LoadedVehicle]:
    """The vehicles of every convoy somebody rides, in departure order."""
    yard = Yard(scenario)
    found: list[LoadedVehicle] = []
    for departure_id, aboard in sorted(families_aboard(writer, parts).items()):
        needed = yard.needed(departure_id, aboard.persons, aboard.bags)
        escorts = escorts_on(departure_id, aboard.families, missions)
        boarders = [*aboard.families, *escorts]
        vehicles = _load(yard, departure_id, boarders, needed)
        found += [vehicle.loaded(departure_id) for vehicle in vehicles]
    return found


def _load(
    yard: Yard, departure_id: str, boarders: Sequence[Boarder], needed: Needed
) -> list[HandVehicle]:
    """Vehicles with everybody in who can be in one, and those needed beside."""
    if all(boarder.vehicle is None for boarder in boarders):
        fewest = _fewest(yard, departure_id, boarders, needed)
        if fewest is not None:
            return fewest
    return fill_one_by_one(yard, departure_id, boarders, needed)


def _fewest(
    yard: Yard, departure_id: str, boarders: Sequence[Boarder], needed: Needed
) -> list[HandVehicle] | None:
    """The fewest vehicles that everybody fits into, then the cheapest."""
    riders = [boarder.rider for boarder in boarders]
    every = [vehicle.on_the_road for vehicle in yard.every(departure_id)]
    if load_road(riders, every, needed) is None:
        return None
    for counts in yard.by_size(departure_id):
        vehicles = yard.so_many(departure_id, counts)
        if not may_fit(riders, vehicles):
            continue
        road = load_road(riders, [v.on_the_road for v in vehicles], needed)
        if road is not None:
            return _filled(vehicles, boarders, road)
    return None


def _filled(
    vehicles: Sequence[HandVehicle], boarders: Sequence[Boarder], road: Road
) -> list[HandVehicle]:
    """Vehicles that go, with who is aboard, numbered per type from 1."""
    for boarder, place in zip(boarders, road.place, strict=True):
        vehicles[place].take(boarder)
    used = [vehicle for k, vehicle in enumerate(vehicles) if k in road.used]
    numbers: Counter[str] = Counter()
    for vehicle in used:
        numbers[vehicle.type_id] += 1
        vehicle.name = f"{vehicle.type_id}#{numbers[vehicle.type_id]}"
    return used
