"""Which families a departure's or an escort's charge is for, by seats.

Information, never a draw on a budget: payment is the ledger's, attribution says what
each family's movement costs when fixed costs are shared among those aboard.
"""

from collections import defaultdict
from dataclasses import dataclass

from movplan.domain.money import share_out
from movplan.domain.plan import Charge, Plan
from movplan.domain.words import CostCategory, LegKind, SubjectKind

Weights = dict[str, int]


@dataclass(frozen=True, slots=True)
class Part:
    """What a charge costs one family (``None``: nobody aboard to attribute it to)."""

    family_id: str | None
    line_cents: int
    reporting_cents: int


class Attribution:
    """Shares charges out over families, by the seats of the rides they pay for.

    vehicle: the families in that vehicle; charter, cancellation, credits: all aboard
    the departure; escort: the families its mission serves, over its rides. Families
    whose members all sit in special places have no seats: then persons count.
    """

    def __init__(self, plan: Plan) -> None:
        self._seats: dict[tuple[str, ...], Weights] = defaultdict(dict)
        self._persons: dict[tuple[str, ...], Weights] = defaultdict(dict)
        self._missions = {mission.mission_id for mission in plan.missions}
        self._collect_rides(plan)
        self._collect_missions(plan)

    def share(self, charge: Charge) -> list[Part]:
        """A charge over families; the parts sum to it exactly in both currencies."""
        if charge.subject_kind is SubjectKind.FAMILY:
            whole = Part(charge.subject_id, charge.line_cents, charge.reporting_cents)
            return [whole]
        weights = self._weights(self._rides_paid(charge))
        if not weights:
            return [Part(None, charge.line_cents, charge.reporting_cents)]
        families = sorted(weights)
        by_seats = [weights[family_id] for family_id in families]
        line = share_out(charge.line_cents, by_seats)
        reporting = share_out(charge.reporting_cents, by_seats)
        return [Part(*row) for row in zip(families, line, reporting, strict=True)]

    def _rides_paid(self, charge: Charge) -> tuple[str, ...]:
        """The rides a departure's or escort's charge (or its overhead) pays for."""
        category, item = what_it_pays(charge)
        if charge.subject_kind is SubjectKind.ESCORT:
            return ("mission", self._mission_of(item))
        if category is CostCategory.VEHICLE:
            return ("vehicle", charge.subject_id, item)
        return ("departure", charge.subject_id)

    def _mission_of(self, item: str) -> str:
        """The mission whose id the item starts with (ids may contain slashes)."""
        mission_id = item
        while "/" in mission_id and mission_id not in self._missions:
            mission_id = mission_id.rpartition("/")[0]
        return mission_id

    def _weights(self, rides: tuple[str, ...]) -> Weights:
        seats = self._seats.get(rides, {})
        return seats if sum(seats.values()) else self._persons.get(rides, {})

    def _collect_rides(self, plan: Plan) -> None:
        for leg in plan.schedule:
            if leg.kind is not LegKind.RIDE or leg.departure_id is None:
                continue
            for rides in {
                ("departure", leg.departure_id),
                ("vehicle", leg.departure_id, leg.vehicle or ""),
            }:
                self._add(rides, leg.family_id, leg.seats, leg.persons)

    def _collect_missions(self, plan: Plan) -> None:
        for mission in plan.missions:
            for ride in mission.rides:
                aboard = ("departure", ride.departure_id)
                for family_id in mission.family_ids:
                    if family_id in self._seats[aboard]:
                        self._add(
                            ("mission", mission.mission_id),
                            family_id,
                            self._seats[aboard][family_id],
                            self._persons[aboard][family_id],
                        )

    def _add(
        self, rides: tuple[str, ...], family_id: str, seats: int, persons: int
    ) -> None:
        for weights, count in ((self._seats, seats), (self._persons, persons)):
            weights[rides][family_id] = weights[rides].get(family_id, 0) + count


def what_it_pays(charge: Charge) -> tuple[CostCategory, str]:
    """Category and item of a charge; of an overhead, of the charge it is on."""
    if charge.category is not CostCategory.OVERHEAD:
        return charge.category, charge.item
    category, _, item = charge.item.partition("/")
    return CostCategory(category), item
