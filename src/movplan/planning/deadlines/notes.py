"""Promissory notes to sign where a loan pays."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from movplan.domain.ages import adult_from
from movplan.domain.plan import Charge, Deadline
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import DocumentState, LineKind, Part, SubjectKind
from movplan.planning.deadlines.trips import Trip


def note_deadlines(
    scenario: Scenario, files: Files, trips: Sequence[Trip], ledger: Sequence[Charge]
) -> Iterator[Deadline]:
    """The day before the first date, one per sure adult (counts: one)."""
    loans = {
        line.budget_line_id
        for line in scenario.budget_lines
        if line.kind is LineKind.LOAN
    }
    lent = {
        charge.subject_id: charge.budget_line_id
        for charge in ledger
        if charge.subject_kind is SubjectKind.FAMILY and charge.budget_line_id in loans
    }
    for trip in trips:
        family = trip.family
        to_sign = family.promissory_note is DocumentState.TO_OBTAIN
        if trip.part is Part.OUTBOUND and to_sign and family.family_id in lent:
            for who in _signatories(files, trip):
                yield trip.deadline(
                    trip.starts_on - timedelta(days=1),
                    what="sign promissory note",
                    detail=f"{who}, loan of {lent[family.family_id]}",
                )


def _signatories(files: Files, trip: Trip) -> list[str]:
    family, on = trip.family, trip.starts_on
    years = files.values.family("adult_age_years", family)
    adults = [
        f"member {member.member_id}"
        for member in files.members[family.family_id]
        if on >= adult_from(member, years)
    ]
    return adults or ["family"]
