"""For whom a budget line pays."""

from dataclasses import dataclass

from movplan.domain.people import Family


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """What of a family decides which lines may pay for it; alike for many families.

    ``withheld`` are lines that wait for an approval or a note (``Approvals.withheld``).
    """

    programme: str
    destination: str
    nationalities: tuple[str, ...]
    beneficiary_type: str | None
    withheld: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        family: Family,
        nationalities: tuple[str, ...],
        withheld: frozenset[str] = frozenset(),
    ) -> "Beneficiary":
        """The family, with the nationalities of its members."""
        return cls(
            programme=family.programme,
            destination=family.destination,
            nationalities=nationalities,
            beneficiary_type=family.beneficiary_type,
            withheld=withheld,
        )
