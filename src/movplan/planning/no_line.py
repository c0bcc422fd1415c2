"""Why no budget line may pay for a family that could travel."""

from datetime import date

from movplan.costing.riders import RiderCounts
from movplan.costing.tariffs import Tariffs
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.words import CostCategory, Reason
from movplan.planning.cause import Cause

NOTHING = "no budget line may pay some charge of any of its itineraries"


class NoLine:
    """Tells lines that wait for an approval or a note from there being none."""

    def __init__(self, scenario: Scenario) -> None:
        self._tariffs = Tariffs(scenario)
        self._riders = RiderCounts(scenario)

    def why(self, family: Family, on: date) -> Cause:
        """The lines that would pay on a date, were they approved or signed for."""
        lines = self._lines(family, on)
        approvals = self._tariffs.approvals
        unapproved = sorted(lines & approvals.unapproved(family))
        if unapproved:
            fact = f"line {unapproved[0]} is not approved; its approval would do"
            return Cause(Reason.NOT_APPROVED, fact, "line_approval")
        unsigned = sorted(lines & approvals.unsigned(family))
        if unsigned:
            fact = f"loan {unsigned[0]} asks for a promissory note; signing it would do"
            return Cause(Reason.NO_BUDGET_LINE, fact, "promissory_note")
        return Cause(Reason.NO_BUDGET_LINE, NOTHING, "budget_eligibility")

    def _lines(self, family: Family, on: date) -> set[str]:
        return {
            line
            for category in CostCategory
            for line in self._tariffs.eligible_lines(
                programme=family.programme,
                category=category,
                destination=family.destination,
                nationalities=self._riders.nationalities(family.family_id),
                beneficiary_type=family.beneficiary_type,
                on=on,
            )
        }
