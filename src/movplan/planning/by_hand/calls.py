"""What a table made by hand asks of escorts: those it names, and whoever is needed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from movplan.domain.escorts import Escort
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import DepartureKind, EscortShare
from movplan.formulation.escort_spans import Chain
from movplan.formulation.escorts import Watch, watches
from movplan.planning.by_hand.journeys import HandPart
from movplan.screening.escort_need import EscortKind
from movplan.screening.needs import EscortNeeds


@dataclass(frozen=True, slots=True)
class Call:
    """A family asks an escort along, for one patient on a chain of rides.

    ``at_a_time`` is how many patients the escort may have at once, this one included.
    """

    escort: Escort
    family_id: str
    chain: Chain
    share: EscortShare
    at_a_time: int


class Calls:
    """Reads what the parts of a table ask for."""

    def __init__(self, scenario: Scenario, files: Files) -> None:
        self.escorts = {row.escort_id: row for row in scenario.escorts}
        self.needs = EscortNeeds(scenario, files)
        self._at_a_time = scenario.patients_at_a_time

    def named(self, part: HandPart) -> Iterator[Call]:
        """Runs of rides that name the same escort, where it is needed."""
        rides = list(zip(part.rows, part.itinerary.rides, strict=True))
        for escort_id, run in groupby(rides, key=lambda pair: pair[0].escort_id):
            if escort_id is None:
                continue
            escort = self.escorts[escort_id]
            chain = tuple(ride for _, ride in run if ride.alight > ride.board)
            family_id = part.family.family_id
            calls = [
                Call(escort, family_id, needed, watch.need.share, watch.need.at_a_time)
                for watch in self._watches(part)
                if watch.need.role is escort.role
                and (needed := tuple(ride for ride in watch.run if ride in chain))
            ]
            if not calls and chain:
                most = self._at_a_time(escort)
                calls = [Call(escort, family_id, chain, EscortShare.SHARED, most)]
            yield from calls

    def unserved(self, part: HandPart) -> Iterator[tuple[str, EscortKind, Chain]]:
        """Rides that need a role no row of theirs names."""
        named = {
            (ride.departure_id, self.escorts[row.escort_id].role)
            for row, ride in zip(part.rows, part.itinerary.rides, strict=True)
            if row.escort_id is not None
        }
        for watch in self._watches(part):
            run = tuple(r for r in watch.run if r.alight > r.board)
            called = any((r.departure_id, watch.need.role) in named for r in run)
            if run and (watch.rank > 1 or not called):
                yield part.family.family_id, watch.need, run

    def _watches(self, part: HandPart) -> list[Watch]:
        """What escorts the family's members need, as rides to be looked after on."""
        needs = self.needs.of(part.family, part.itinerary)
        return list(watches(needs, part.itinerary.rides))


def persons_boarding(parts: Iterable[HandPart]) -> Counter[str]:
    """Persons of families aboard every convoy."""
    persons: Counter[str] = Counter()
    for part in parts:
        for departure_id in {
            ride.departure_id
            for ride in part.itinerary.rides
            if ride.kind is DepartureKind.CONVOY
        }:
            persons[departure_id] += part.family.persons
    return persons
