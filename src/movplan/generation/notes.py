"""Dates that follow from what is drawn: best interests, promissory notes."""

from datetime import timedelta

from movplan.domain.people import Family, Member
from movplan.domain.words import DocumentState, LineKind, Need
from movplan.generation.brief import TODAY
from movplan.generation.figures import records
from movplan.generation.geography import places

# When the consent of minors is not signed, the assessment was a month ago.
ASSESSED = TODAY - timedelta(days=30)


def with_notes(families: list[Family], members: list[Member]) -> list[Family]:
    """Minors on their own are assessed; notes of loans are still to be signed."""
    alone = {m.family_id for m in members if Need.UMNR in m.needs}
    return [
        family.model_copy(
            update={
                "best_interests": (family.consent_signed or ASSESSED)
                if family.family_id in alone
                else None,
                "promissory_note": DocumentState.TO_OBTAIN if _owes(family) else None,
            }
        )
        for family in families
    ]


def _owes(family: Family) -> bool:
    """Whether a loan may pay for the family: of its programme and destination."""
    country = places()[family.destination].country
    return any(
        family.programme in row["programmes"].split()
        and country in row["destinations"].split()
        for row in records("budget_lines")
        if row["kind"] == LineKind.LOAN
    )
