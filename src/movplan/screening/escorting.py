"""Escort needs: on which rides somebody of the role could be aboard."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from movplan.domain.escorts import Escort
from movplan.domain.people import Family, Medical
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import DepartureKind, EscortLegs, EscortShare, Reason
from movplan.network import Network, Ride
from movplan.screening.bars import Bar
from movplan.screening.result import BoolArray
from movplan.screening.room import EscortSeats
from movplan.screening.table import Table

KINDS = {
    EscortLegs.ALL: (DepartureKind.FLIGHT, DepartureKind.CONVOY),
    EscortLegs.AIR: (DepartureKind.FLIGHT,),
    EscortLegs.ROAD: (DepartureKind.CONVOY,),
}

Wish = tuple[object, object, object]


class Escorting:
    """Which rides an escort with the wished role, sex and language could serve.

    A bound, not a roster: the mission leaves base before the ride departs and is back
    after it arrives, so the ride's own dates must lie within the escort's.
    """

    def __init__(self, scenario: Scenario, files: Files, network: Network) -> None:
        self._scenario = scenario
        self._files = files
        self._network = network
        self._masks: dict[Wish, BoolArray] = {}

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """One bar per member who needs an escort."""
        for medical in self._needs(family):
            kinds = KINDS[medical.escort_legs]
            served = self._served(medical)
            unneeded = np.array(
                [ride.kind not in kinds for ride in self._network.rides], dtype=np.bool_
            )
            yield Bar(
                reason=Reason.NO_ESCORT,
                fact=self._fact(medical),
                passes=table.whole(served | unneeded),
                dates=table.first_on,
            )

    def seats(self, family: Family) -> EscortSeats:
        """Own escorts ride in the family's vehicle; shared ones fly too."""
        own: dict[DepartureKind, int] = defaultdict(int)
        roles: dict[DepartureKind, set[object]] = defaultdict(set)
        for medical in self._needs(family):
            for kind in KINDS[medical.escort_legs]:
                if medical.escort_share is EscortShare.OWN:
                    own[kind] += 1
                else:
                    roles[kind].add(medical.escort_role)
        flight = DepartureKind.FLIGHT
        return EscortSeats(
            flight=own[flight] + len(roles[flight]), convoy=own[DepartureKind.CONVOY]
        )

    def _needs(self, family: Family) -> list[Medical]:
        rows = (
            self._files.medical.get(member.member_id)
            for member in self._files.members[family.family_id]
        )
        return [row for row in rows if row is not None and row.escort_role is not None]

    def _candidates(self, medical: Medical) -> list[Escort]:
        return [
            escort
            for escort in self._scenario.escorts
            if escort.role is medical.escort_role
            and medical.escort_sex in (None, escort.sex)
            and (
                medical.escort_language is None
                or medical.escort_language in escort.languages
            )
        ]

    def _fact(self, medical: Medical) -> str:
        wished = [medical.escort_sex, medical.escort_language]
        wishes = "".join(f", {wish}" for wish in wished if wish is not None)
        need = f"member {medical.member_id} needs a {medical.escort_role}{wishes}"
        if not self._candidates(medical):
            return f"{need} and there is none"
        return f"{need} and none is available"

    def _served(self, medical: Medical) -> BoolArray:
        wish = (medical.escort_role, medical.escort_sex, medical.escort_language)
        if wish not in self._masks:
            found = np.zeros(len(self._network.rides), dtype=np.bool_)
            for escort in self._candidates(medical):
                found |= np.array(
                    [self._can_serve(escort, ride) for ride in self._network.rides],
                    dtype=np.bool_,
                )
            self._masks[wish] = found
        return self._masks[wish]

    def _can_serve(self, escort: Escort, ride: Ride) -> bool:
        clock = self._network.clock
        if escort.unnamed:
            booked = self._scenario.as_of + timedelta(days=escort.lead_days)
            if ride.departs < booked:
                return False
        leaves = clock.date(escort.base, ride.departs)
        back = clock.date(escort.base, ride.arrives)
        ends = (escort.available_until, escort.documents_until)
        starts = escort.available_from
        if starts is not None and leaves < starts:
            return False
        return all(end is None or back <= end for end in ends)
