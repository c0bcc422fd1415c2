"""The schedule read family by family."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from movplan.domain.assignments import loosest
from movplan.domain.plan import Leg, Plan
from movplan.domain.words import LegKind, Part


@dataclass(frozen=True, slots=True)
class Journey:
    """One part of one family's trip: its schedule rows in time order."""

    family_id: str
    part: Part
    legs: tuple[Leg, ...]

    @property
    def persons(self) -> int:
        """Members of the family."""
        return max(leg.persons for leg in self.travel)

    @property
    def travel(self) -> tuple[Leg, ...]:
        """The rows without appointments (all of them if there is nothing else)."""
        travel = [leg for leg in self.legs if leg.kind is not LegKind.APPOINTMENT]
        return tuple(travel) or self.legs

    @property
    def rides(self) -> tuple[Leg, ...]:
        """The rides on departures."""
        return tuple(leg for leg in self.legs if leg.kind is LegKind.RIDE)

    @property
    def first_ride(self) -> datetime:
        """When the first ride boards."""
        return (self.rides or self.legs)[0].departs

    @property
    def state(self) -> str:
        """How firm the journey is."""
        return loosest(leg.state for leg in self.legs).value

    @property
    def nights(self) -> int:
        """Nights slept on the way."""
        return sum(leg.kind is LegKind.NIGHT for leg in self.legs)

    @property
    def places(self) -> tuple[str, ...]:
        """The places passed through, the first and last included."""
        stops = [self.travel[0].from_place]
        for leg in self.travel:
            if leg.to_place != stops[-1]:
                stops.append(leg.to_place)
        return tuple(stops)


def journeys(plan: Plan) -> tuple[Journey, ...]:
    """Every journey of the plan, by first ride, then family."""
    rows: dict[tuple[str, Part], list[Leg]] = defaultdict(list)
    for leg in plan.schedule:
        rows[leg.family_id, leg.part].append(leg)
    found = [
        Journey(family_id, part, tuple(sorted(legs, key=lambda leg: leg.sequence)))
        for (family_id, part), legs in rows.items()
    ]
    return tuple(sorted(found, key=lambda j: (j.first_ride, j.family_id, j.part)))


def persons_moved(plan: Plan) -> dict[str, int]:
    """Persons of every family that travels, by family."""
    return {j.family_id: j.persons for j in journeys(plan) if j.rides}
