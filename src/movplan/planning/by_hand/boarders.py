"""Who rides a convoy in a plan made by hand: families, their luggage, escorts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from movplan.domain.words import DepartureKind, EscortShare
from movplan.network import Ride
from movplan.optimiser.packing import Rider
from movplan.planning.by_hand.journeys import HandPart
from movplan.planning.by_hand.vehicle import Boarder
from movplan.planning.escorting import SentMission
from movplan.planning.legs import LegWriter
from movplan.planning.road import Bags


@dataclass(slots=True)
class Aboard:
    """Families aboard a convoy, their persons and the luggage they bring."""

    families: list[Boarder] = field(default_factory=list)
    persons: int = 0
    bags: list[Bags] = field(default_factory=list)


def families_aboard(writer: LegWriter, parts: Iterable[HandPart]) -> dict[str, Aboard]:
    """Families aboard every convoy that somebody rides."""
    found: dict[str, Aboard] = defaultdict(Aboard)
    for part in parts:
        kilograms = writer.kilograms(part.family.family_id)
        for row, ride in zip(part.rows, part.itinerary.rides, strict=True):
            if ride.kind is DepartureKind.CONVOY:
                aboard = found[ride.departure_id]
                aboard.families.append(_family(writer, part, ride, row.vehicle))
                aboard.persons += part.family.persons
                aboard.bags.append(Bags(ride.board, ride.alight, kilograms))
    return found


def _family(
    writer: LegWriter, part: HandPart, ride: Ride, vehicle: str | None
) -> Boarder:
    family_id = part.family.family_id
    wheelchairs, stretchers = writer.special_places(family_id, ride)
    rider = Rider(
        board=ride.board,
        alight=ride.alight,
        seats=writer.seats(family_id, ride),
        wheelchairs=wheelchairs,
        stretchers=stretchers,
    )
    return Boarder(rider, family_id=family_id, vehicle=vehicle)


def escorts_on(
    departure_id: str, families: Sequence[Boarder], missions: Sequence[SentMission]
) -> Iterable[Boarder]:
    """Escorts on a convoy with the positions of the families they serve; staff."""
    position = {boarder.family_id: k for k, boarder in enumerate(families)}
    for number, sent in enumerate(missions):
        served = tuple(position[f] for f in sent.family_ids if f in position)
        staff = sent.mission.share is EscortShare.CONVOY
        for ride in sent.mission.chain:
            if ride.departure_id == departure_id and (served or staff):
                rider = Rider(ride.board, ride.alight, 1, beside=served, staff=staff)
                yield Boarder(rider, mission=number)
