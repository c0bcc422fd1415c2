"""Missions of a plan made by hand while they fill: who is served on which segment."""

from collections import Counter
from dataclasses import dataclass, field

from movplan.domain.escorts import Escort
from movplan.formulation.escorts import Chain
from movplan.formulation.missions import Mission
from movplan.planning.escorting import SentMission
from movplan.planning.legs import Segment
from movplan.planning.riding import segments_of


@dataclass(slots=True)
class Trip:
    """A mission being filled: families served, patients per segment."""

    mission: Mission
    at_a_time: int
    families: set[str] = field(default_factory=set)
    patients: Counter[Segment] = field(default_factory=Counter)

    @property
    def escort(self) -> Escort:
        """Who is sent."""
        return self.mission.escort

    def goes_along(self, chain: Chain) -> bool:
        """Whether the mission is on every segment of a chain."""
        return segments_of(chain) <= segments_of(self.mission.chain)

    def has_room(self, chain: Chain) -> bool:
        """Whether one more patient may be looked after all along a chain."""
        return all(
            self.patients[segment] < self.at_a_time for segment in segments_of(chain)
        )

    def overlaps(self, other: Mission) -> bool:
        """Whether the escort is away while it would be on the other mission."""
        mission = self.mission
        return (
            mission.leaves_base < other.free_from
            and other.leaves_base < mission.free_from
        )

    def serve(self, family_id: str, chain: Chain) -> None:
        """Look after one more patient along a chain."""
        self.families.add(family_id)
        self.patients.update(segments_of(chain))

    def sent(self) -> SentMission:
        """The mission as a plan has it."""
        families = tuple(sorted(self.families))
        return SentMission(self.mission, self.escort.escort_id, families)
