"""Lines that may not pay although eligible: unapproved ones, loans without a note."""

from collections import defaultdict

from movplan.domain.aside import Aside
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.words import LineKind, SubjectKind

LINE_APPROVAL = "line_approval"
PROMISSORY_NOTE = "promissory_note"


class Approvals:
    """Which lines pay nothing yet, for a family, a departure or an escort.

    An override of ``line_approval`` for the line, family, programme, departure or
    escort is the approval. ``without`` names rules that are not there.
    """

    def __init__(self, scenario: Scenario, without: frozenset[str]) -> None:
        self._aside = Aside(scenario, LINE_APPROVAL)
        self._unapproved = frozenset(
            line.budget_line_id
            for line in scenario.budget_lines
            if line.needs_approval
            and LINE_APPROVAL not in without
            and not self._aside.row(line.budget_line_id)
        )
        self._loans = frozenset(
            line.budget_line_id
            for line in scenario.budget_lines
            if line.kind is LineKind.LOAN and PROMISSORY_NOTE not in without
        )
        self._firm = {d.departure_id for d in scenario.departures if d.is_firm}
        self._payers: dict[tuple[SubjectKind, str], set[str]] = defaultdict(set)
        for row in scenario.payers:
            self._payers[row.subject_kind, row.subject_id].add(row.budget_line_id)

    def withheld(self, family: Family) -> frozenset[str]:
        """Lines that pay none of the family's charges, eligible or not."""
        return self.unapproved(family) | self.unsigned(family)

    def unapproved(self, family: Family) -> frozenset[str]:
        """Lines whose approval the family would have to wait for."""
        return frozenset() if self._aside.family(family) else self._unapproved

    def unsigned(self, family: Family) -> frozenset[str]:
        """Loan lines for which the family signs no promissory note."""
        return self._loans if family.promissory_note is None else frozenset()

    def waiting_for(self, subject_kind: SubjectKind, subject_id: str) -> str | None:
        """The unapproved payer for which a departure or escort has to wait, if any.

        Firm departures are paid for already.
        """
        is_departure = subject_kind is SubjectKind.DEPARTURE
        if (is_departure and subject_id in self._firm) or self._aside.row(subject_id):
            return None
        missing = self._payers[subject_kind, subject_id] & self._unapproved
        return min(missing, default=None)
