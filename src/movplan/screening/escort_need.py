"""What kind of escort a member needs on an itinerary, and how many at once where."""

from dataclasses import dataclass
from enum import StrEnum

from movplan.domain.escorts import Escort
from movplan.domain.words import EscortRole, EscortShare, Sex


class Clause(StrEnum):
    """Why a member needs an escort: the clause of "Escorts" in ``docs/semantics.md``.

    Clause (a), a family companion stands in, is no need.
    """

    MEDICAL = "b"
    MINOR = "c"
    STRETCHER = "d"


class Limited(Escort):
    """An escort on a mission where the rules say how many patients it takes at a time.

    ``patients_at_a_time`` is the strictest value among those it looks after there.
    """


@dataclass(frozen=True, slots=True, order=True)
class EscortKind:
    """The kind of escort somebody needs, and whether shared with others.

    ``at_a_time`` is how many patients such an escort may have at once if this is one
    of them and the escort's own row does not say (own escorts: 0, as it is not read).
    """

    role: EscortRole
    share: EscortShare
    sex: Sex | None
    language: str | None
    skills: tuple[str, ...]
    at_a_time: int = 0

    @property
    def wished(self) -> bool:
        """Whether not every escort of the role will do."""
        return bool(self.sex or self.language or self.skills)

    def met_by(self, escort: Escort) -> bool:
        """Whether an escort's role, sex, languages and skills are what is needed.

        One limited to more patients than this one allows does not do.
        """
        return (
            escort.role is self.role
            and not (isinstance(escort, Limited) and self._is_crowded(escort))
            and self.sex in (None, escort.sex)
            and (self.language is None or self.language in escort.languages)
            and set(self.skills) <= set(escort.skills)
        )

    def _is_crowded(self, escort: Escort) -> bool:
        most = escort.patients_at_a_time
        shared = self.share is EscortShare.SHARED
        return shared and most is not None and most > self.at_a_time


@dataclass(frozen=True, slots=True, order=True)
class EscortNeed:
    """A member's need in one part: the kind of escort, and ``at_once`` per ride.

    ``at_once[r]`` escorts of that kind on the itinerary's ride r at the same time, 0
    where none is needed.
    """

    member_id: str
    kind: EscortKind
    clause: Clause
    at_once: tuple[int, ...]
