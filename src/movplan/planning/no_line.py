"""Why no budget line may pay for a family that could travel."""

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from movplan.costing.beneficiary import Beneficiary
from movplan.costing.riders import RiderCounts
from movplan.costing.tariffs import Tariffs
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.words import CostCategory, Reason
from movplan.network.itinerary import Itinerary
from movplan.planning.cause import Cause

NOTHING = "no budget line may pay some charge of any of its itineraries"


class NoLine:
    """Tells lines that wait for an approval or a note from there being none."""

    def __init__(self, scenario: Scenario) -> None:
        self._tariffs = Tariffs(scenario)
        self._riders = RiderCounts(scenario)

    def why(self, family: Family, itinerary: Itinerary) -> Cause:
        """The lines that would pay on an itinerary, were they approved or signed for.

        Else the first of its charges without a line, and the line that comes nearest.
        """
        on = itinerary.first_date
        lines = self._lines(family, on)
        approvals = self._tariffs.approvals
        unapproved = sorted(lines & approvals.unapproved(family))
        if unapproved:
            fact = f"line {unapproved[0]} is not approved; its approval would do"
            return Cause(Reason.NOT_APPROVED, fact, "line_approval")
        unsigned = sorted(lines & approvals.unsigned(family))
        if unsigned:
            fact = (
                f"budget line {unsigned[0]} is a loan and asks for a promissory note; "
                f"one signed by every adult of the family by {on - timedelta(days=1)} "
                "would do"
            )
            return Cause(Reason.NO_BUDGET_LINE, fact, "promissory_note")
        fact = self._first_unpaid(family, itinerary)
        return Cause(Reason.NO_BUDGET_LINE, fact, "budget_eligibility")

    def _lines(self, family: Family, on: date) -> set[str]:
        return {line for c in CostCategory for line in self._eligible(family, c, on)}

    def _eligible(
        self, family: Family, category: CostCategory, on: date
    ) -> tuple[str, ...]:
        who = self._beneficiary(family)
        return self._tariffs.eligible_lines(who, category, on)

    def _beneficiary(self, family: Family) -> Beneficiary:
        """The family, whatever is withheld from it."""
        return Beneficiary.of(family, self._riders.nationalities(family.family_id))

    def _first_unpaid(self, family: Family, itinerary: Itinerary) -> str:
        for category, on in self._charged(family, itinerary):
            if not self._eligible(family, category, on):
                fact = f"no budget line may pay its {category} on {on}"
                return f"{fact}{self._nearest(family, category, on)}"
        return NOTHING

    def _charged(
        self, family: Family, itinerary: Itinerary
    ) -> Iterator[tuple[CostCategory, date]]:
        """What costs anything on an itinerary, sessions apart, and when."""
        tariffs = self._tariffs
        for ride in itinerary.rides:
            seat_rate = tariffs.pays_seat_rate(ride.departure_id, family.programme)
            fare = tariffs.ride_fare(ride.departure_id, ride.from_place, ride.to_place)
            if seat_rate or fare.adult_cents or fare.child_cents or fare.infant_cents:
                yield CostCategory.FARE, ride.on
        for move in (itinerary.access, *itinerary.moves):
            if move is not None and self._costs(move.from_place, move.to_place):
                zone = ZoneInfo(tariffs.connections.places[move.from_place].timezone)
                yield CostCategory.TRANSFER, move.departs.astimezone(zone).date()
        for night in itinerary.nights:
            price = tariffs.night_price(night.place_id)
            if price is not None and price.amount_cents:
                yield CostCategory.ACCOMMODATION, night.on
        if tariffs.grants.cents(family.family_id):
            yield CostCategory.GRANT, itinerary.rides[-1].arrives.date()

    def _costs(self, from_place: str, to_place: str) -> bool:
        """Whether a transfer costs anything."""
        if self._tariffs.transfer_terms(from_place, to_place) is None:
            return False
        price = self._tariffs.transfer_price(from_place, to_place, persons=1, seats=1)
        return price.amount_cents > 0

    def _nearest(self, family: Family, category: CostCategory, on: date) -> str:
        """The line with the fewest things against it, by id among equals."""
        who = self._beneficiary(family)
        lines = self._tariffs.lines
        against = {line: lines.against(line, who, category, on) for line in lines.by_id}
        if not against:
            return ""
        line = min(against, key=lambda name: (len(against[name]), name))
        return f"; line {line} comes nearest, but {' and '.join(against[line])}"
