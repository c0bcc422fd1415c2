"""Escorts of a plan made by hand: those named, and whoever is free for the others."""

from collections.abc import Iterable

from movplan.costing.tariffs import Tariffs
from movplan.domain.escorts import Escort
from movplan.domain.scenario import Scenario
from movplan.domain.words import EscortRole, EscortShare
from movplan.formulation.context import Context
from movplan.formulation.escort_spans import Chain, segments_of, serving_chains
from movplan.formulation.missions import (
    Mission,
    mission_of,
    possible_mission,
    whole_ride,
)
from movplan.formulation.pools import Pool
from movplan.planning.by_hand.calls import Call, Calls, persons_boarding
from movplan.planning.by_hand.journeys import HandPart
from movplan.planning.by_hand.trips import Trip
from movplan.planning.escorting import SentMission
from movplan.planning.staffing import staff_wanted
from movplan.screening.escort_need import EscortKind
from movplan.screening.result import Screening


class Escorts:
    """Sends the escorts a table names, then whoever is free."""

    def __init__(self, scenario: Scenario, screening: Screening) -> None:
        self.context = Context(scenario, screening, Tariffs(scenario))
        self.calls = Calls(scenario, self.context.files)
        self.trips: list[Trip] = []

    def missions(self, parts: Iterable[HandPart]) -> list[SentMission]:
        """Those named, the longest first so that others may join; then all others."""
        parts = list(parts)
        named = [call for part in parts for call in self.calls.named(part)]
        named.sort(key=lambda call: -len(call.chain))
        for call in named:
            self._send_named(call)
        for part in parts:
            for family_id, need, run in self.calls.unserved(part):
                self._send_somebody(family_id, need, run)
        for departure_id, persons in sorted(persons_boarding(parts).items()):
            self._send_staff(departure_id, persons)
        return [trip.sent() for trip in self.trips]

    def _send_named(self, call: Call) -> None:
        """Join the escort's mission on these rides, or send it on one."""
        own, alone = call.share is EscortShare.OWN, call.escort.headcount == 1
        for trip in self.trips:
            same = trip.escort is call.escort and trip.mission.share is call.share
            if not same or not trip.goes_along(call.chain):
                continue
            if not own and (alone or trip.has_room(call.chain, call.at_a_time)):
                trip.serve(call.family_id, call.chain, call.at_a_time)
                return
        pool = Pool(like=call.escort, members=(call.escort,))
        mission = mission_of(self.context, pool, call.chain, call.share)
        self._start(mission, call.family_id, call.chain, call.at_a_time)

    def _start(
        self, mission: Mission, family_id: str, chain: Chain, at_a_time: int
    ) -> None:
        trip = Trip(mission, at_a_time)
        trip.serve(family_id, chain, at_a_time)
        self.trips.append(trip)

    def _send_somebody(self, family_id: str, need: EscortKind, run: Chain) -> None:
        """One escort all the way, else one after another where they may change."""
        if self._placed(family_id, need, run):
            return
        pieces = [c for c in serving_chains(self.context, run) if len(c) < len(run)]
        whole = [c for c in pieces if not any(_within(o, c) for o in pieces)]
        for piece in whole:
            self._placed(family_id, need, piece)

    def _placed(self, family_id: str, need: EscortKind, chain: Chain) -> bool:
        """Join a mission that has room, else send the cheapest who may be sent."""
        for trip in self.trips if need.share is EscortShare.SHARED else ():
            if (
                trip.mission.share is need.share
                and need.met_by(trip.escort)
                and trip.goes_along(chain)
                and trip.has_room(chain, need.at_a_time)
            ):
                trip.serve(family_id, chain, need.at_a_time)
                return True
        able = filter(need.met_by, self.context.scenario.escorts)
        mission = self._cheapest(able, chain, need.share)
        if mission is None:
            return False
        self._start(mission, family_id, chain, need.at_a_time)
        return True

    def _send_staff(self, departure_id: str, persons: int) -> None:
        """Whoever is free, the cheapest first, for what a convoy lacks in staff."""
        departure = self.context.departures[departure_id]
        wanted = staff_wanted(self.context.values, departure, persons)
        doctor, nurse = EscortRole.DOCTOR, EscortRole.NURSE
        calls = [
            *[(EscortRole.OPERATIONAL,)] * wanted.operational,
            *[(doctor,)] * wanted.doctors,
            *[(nurse, doctor)] * (wanted.medical - wanted.doctors),
        ]
        chain = (whole_ride(self.context, departure_id),)
        for roles in calls:
            able = (e for e in self.context.scenario.escorts if e.role in roles)
            mission = self._cheapest(able, chain, EscortShare.CONVOY)
            if mission is not None:
                self.trips.append(Trip(mission, at_a_time=0))

    def _cheapest(
        self, escorts: Iterable[Escort], chain: Chain, share: EscortShare
    ) -> Mission | None:
        """The mission of the cheapest of the escorts who is free then, if any is."""
        free = (self._free(escort, chain, share) for escort in escorts)
        return min(
            (mission for mission in free if mission is not None),
            key=lambda m: (self._price(m), m.escort.escort_id),
            default=None,
        )

    def _free(self, escort: Escort, chain: Chain, share: EscortShare) -> Mission | None:
        """The escort's mission if it is to be had then and not away."""
        pool = Pool(like=escort, members=(escort,))
        mission = possible_mission(self.context, pool, chain, share)
        if mission is None:
            return None
        own = [trip for trip in self.trips if trip.escort is escort]
        away = sum(trip.overlaps(mission) for trip in own)
        return mission if away < escort.headcount else None

    def _price(self, mission: Mission) -> int:
        tariffs, on = self.context.tariffs, mission.leaves_base.date()
        prices = tariffs.mission_prices(
            mission.escort, mission.chain, mission.leaves_base, mission.back_at_base
        )
        return sum(
            tariffs.reporting(price.amount_cents, price.currency, on)
            for _, price in prices
        )


def _within(one: Chain, other: Chain) -> bool:
    return len(one) < len(other) and segments_of(one) <= segments_of(other)
