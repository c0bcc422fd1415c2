"""Missions of a plan made by hand while they fill: who is served on which segment."""

from collections import Counter
from dataclasses import dataclass, field

from movplan.domain.escorts import Escort
from movplan.formulation.escort_spans import Chain, segments_of
from movplan.formulation.missions import Mission
from movplan.planning.escorting import SentMission
from movplan.planning.legs import Segment


@dataclass(slots=True)
class Trip:
    """A mission being filled: families served, patients per segment.

    ``at_a_time`` is the strictest number among its patients; the escort's row, if it
    has one, is the number of all.
    """

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

    def has_room(self, chain: Chain, at_a_time: int) -> bool:
        """Whether one more patient may be looked after all along a chain.

        One whose escort may have ``at_a_time`` at once, whoever the others are.
        """
        most = self._strictest(at_a_time)
        after = self.patients + Counter(segments_of(chain))
        return all(count <= most for count in after.values())

    def _strictest(self, at_a_time: int) -> int:
        own = self.escort.patients_at_a_time
        return min(self.at_a_time, at_a_time) if own is None else own

    def overlaps(self, other: Mission) -> bool:
        """Whether the escort is away while it would be on the other mission."""
        mission = self.mission
        return (
            mission.leaves_base < other.free_from
            and other.leaves_base < mission.free_from
        )

    def serve(self, family_id: str, chain: Chain, at_a_time: int) -> None:
        """Look after one more patient along a chain."""
        self.at_a_time = self._strictest(at_a_time)
        self.families.add(family_id)
        self.patients.update(segments_of(chain))

    def sent(self) -> SentMission:
        """The mission as a plan has it."""
        families = tuple(sorted(self.families))
        return SentMission(self.mission, self.escort.escort_id, families)
