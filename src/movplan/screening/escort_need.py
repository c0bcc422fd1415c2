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


@dataclass(frozen=True, slots=True, order=True)
class EscortKind:
    """The kind of escort somebody needs, and whether shared with others."""

    role: EscortRole
    share: EscortShare
    sex: Sex | None
    language: str | None
    skills: tuple[str, ...]

    @property
    def wished(self) -> bool:
        """Whether not every escort of the role will do."""
        return bool(self.sex or self.language or self.skills)

    def met_by(self, escort: Escort) -> bool:
        """Whether an escort's role, sex, languages and skills are what is needed."""
        return (
            escort.role is self.role
            and self.sex in (None, escort.sex)
            and (self.language is None or self.language in escort.languages)
            and set(self.skills) <= set(escort.skills)
        )


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
