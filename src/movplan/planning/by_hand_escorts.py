"""Escorts of a plan made by hand: those named, and for whoever names none, who can."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from movplan.costing.tariffs import Tariffs
from movplan.domain.escorts import Escort
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import DepartureKind, EscortRole, EscortShare
from movplan.formulation.charges import ChargeBook
from movplan.formulation.context import Context
from movplan.formulation.escorts import Chain, Need, Watch, serving_chains, watches
from movplan.formulation.missions import (
    Mission,
    mission_of,
    possible_mission,
    whole_ride,
)
from movplan.formulation.pools import Pool
from movplan.formulation.resources import ResourceBook
from movplan.formulation.rowbook import RowBook
from movplan.planning.by_hand_journeys import HandPart
from movplan.planning.escorting import SentMission
from movplan.planning.legs import Segment
from movplan.planning.riding import segments_of
from movplan.planning.staffing import staff_wanted
from movplan.screening.needs import EscortNeeds
from movplan.screening.result import Screening


@dataclass(slots=True)
class _Trip:
    """A mission being filled: families served, patients per segment."""

    mission: Mission
    at_a_time: int
    families: set[str] = field(default_factory=set)
    patients: Counter[Segment] = field(default_factory=Counter)

    @property
    def escort(self) -> Escort:
        return self.mission.escort

    @property
    def segments(self) -> frozenset[Segment]:
        return segments_of(self.mission.chain)

    def has_room(self, chain: Chain) -> bool:
        """Whether one more patient may be looked after all along a chain."""
        return all(
            self.patients[segment] < self.at_a_time for segment in segments_of(chain)
        )

    def serve(self, family_id: str, chain: Chain) -> None:
        """Look after one more patient along a chain."""
        self.families.add(family_id)
        self.patients.update(segments_of(chain))


class Escorts:
    """Sends the escorts a table names, then whoever is free."""

    def __init__(self, scenario: Scenario, screening: Screening) -> None:
        self.files = Files(scenario)
        self.escorts = {row.escort_id: row for row in scenario.escorts}
        self.context = Context(
            scenario=scenario,
            screening=screening,
            tariffs=Tariffs(scenario),
            files=self.files,
            rows=RowBook(),
            resources=ResourceBook(),
            charges=ChargeBook(),
            credits=ResourceBook(),
        )
        self.needs = EscortNeeds(scenario, self.files)
        self.trips: list[_Trip] = []

    def missions(self, parts: Iterable[HandPart]) -> list[SentMission]:
        """Those named, the longest first so that others may join; then all others."""
        parts = list(parts)
        named = [call for part in parts for call in self._named(part)]
        named.sort(key=lambda call: -len(call.chain))
        for call in named:
            self._send_named(call)
        for part in parts:
            for family_id, need, run in self._unserved(part):
                self._send_somebody(family_id, need, run)
        for departure_id, persons in sorted(_boarding(parts).items()):
            self._send_staff(departure_id, persons)
        return [
            SentMission(trip.mission, trip.escort.escort_id, _sorted(trip.families))
            for trip in self.trips
        ]

    def _named(self, part: HandPart) -> Iterator["_Call"]:
        """Runs of rides that name the same escort, where it is needed."""
        rides = list(zip(part.rows, part.itinerary.rides, strict=True))
        for escort_id, run in groupby(rides, key=lambda pair: pair[0].escort_id):
            if escort_id is None:
                continue
            escort = self.escorts[escort_id]
            chain = tuple(ride for _, ride in run if ride.alight > ride.board)
            family_id = part.family.family_id
            calls = [
                _Call(escort, family_id, needed, watch.need.share)
                for watch in self._watches(part)
                if watch.need.role is escort.role
                and (needed := _within_chain(watch.run, chain))
            ]
            if not calls and chain:
                calls = [_Call(escort, family_id, chain, EscortShare.SHARED)]
            yield from calls

    def _send_named(self, call: "_Call") -> None:
        """Join the escort's mission on these rides, or send it on one."""
        for trip in self.trips:
            same = trip.escort is call.escort and trip.mission.share is call.share
            if not same or not segments_of(call.chain) <= trip.segments:
                continue
            own = call.share is EscortShare.OWN
            alone = call.escort.headcount == 1
            if not own and (alone or trip.has_room(call.chain)):
                trip.serve(call.family_id, call.chain)
                return
        pool = Pool(like=call.escort, members=(call.escort,))
        self._start(mission_of(self.context, pool, call.chain, call.share), call)

    def _start(self, mission: Mission, call: "_Call") -> None:
        at_a_time = self.context.scenario.patients_at_a_time(mission.escort)
        trip = _Trip(mission, at_a_time)
        trip.serve(call.family_id, call.chain)
        self.trips.append(trip)

    def _unserved(self, part: HandPart) -> Iterator[tuple[str, Need, Chain]]:
        """Rides that need a role no row of theirs names."""
        named = {
            (ride.departure_id, self.escorts[row.escort_id].role)
            for row, ride in zip(part.rows, part.itinerary.rides, strict=True)
            if row.escort_id is not None
        }
        for watch in self._watches(part):
            run = tuple(r for r in watch.run if r.alight > r.board)
            called = any((r.departure_id, watch.need.role) in named for r in run)
            if run and (watch.rank > 1 or not called):
                yield part.family.family_id, watch.need, run

    def _watches(self, part: HandPart) -> list[Watch]:
        """What escorts the family's members need, as rides to be looked after on."""
        needs = self.needs.of(part.family, part.itinerary)
        return list(watches(needs, part.itinerary.rides))

    def _send_somebody(self, family_id: str, need: Need, run: Chain) -> None:
        """One escort all the way, else one after another where they may change."""
        if self._placed(family_id, need, run):
            return
        pieces = [c for c in serving_chains(self.context, run) if len(c) < len(run)]
        whole = [c for c in pieces if not any(_within(o, c) for o in pieces)]
        for piece in whole:
            self._placed(family_id, need, piece)

    def _placed(self, family_id: str, need: Need, chain: Chain) -> bool:
        if need.share is EscortShare.SHARED:
            for trip in self.trips:
                if (
                    trip.mission.share is need.share
                    and need.met_by(trip.escort)
                    and segments_of(chain) <= trip.segments
                    and trip.has_room(chain)
                ):
                    trip.serve(family_id, chain)
                    return True
        found = [
            mission
            for escort in self.escorts.values()
            if need.met_by(escort)
            and (mission := self._free(escort, chain, need.share))
        ]
        if not found:
            return False
        best = min(found, key=lambda m: (self._price(m), m.escort.escort_id))
        self._start(best, _Call(best.escort, family_id, chain, need.share))
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
            found = [
                mission
                for escort in self.escorts.values()
                if escort.role in roles
                and (mission := self._free(escort, chain, EscortShare.CONVOY))
            ]
            if found:
                best = min(found, key=lambda m: (self._price(m), m.escort.escort_id))
                self.trips.append(_Trip(best, at_a_time=0))

    def _free(self, escort: Escort, chain: Chain, share: EscortShare) -> Mission | None:
        """The escort's mission if it is to be had then and not away."""
        pool = Pool(like=escort, members=(escort,))
        mission = possible_mission(self.context, pool, chain, share)
        if mission is None:
            return None
        away = [
            trip
            for trip in self.trips
            if trip.escort is escort
            and trip.mission.leaves_base < mission.free_from
            and mission.leaves_base < trip.mission.free_from
        ]
        return mission if len(away) < escort.headcount else None

    def _price(self, mission: Mission) -> int:
        tariffs, on = self.context.tariffs, mission.leaves_base.date()
        prices = tariffs.mission_prices(
            mission.escort, mission.chain, mission.leaves_base, mission.back_at_base
        )
        return sum(
            tariffs.reporting(price.amount_cents, price.currency, on)
            for _, price in prices
        )


@dataclass(frozen=True, slots=True)
class _Call:
    """A family asks an escort along, for one patient on a chain of rides."""

    escort: Escort
    family_id: str
    chain: Chain
    share: EscortShare


def _boarding(parts: Iterable[HandPart]) -> Counter[str]:
    """Persons of families aboard every convoy."""
    persons: Counter[str] = Counter()
    for part in parts:
        for departure_id in {
            ride.departure_id
            for ride in part.itinerary.rides
            if ride.kind is DepartureKind.CONVOY
        }:
            persons[departure_id] += part.family.persons
    return persons


def _within_chain(run: Chain, chain: Chain) -> Chain:
    """The rides of a run that a chain has too."""
    return tuple(ride for ride in run if ride in chain)


def _within(one: Chain, other: Chain) -> bool:
    return len(one) < len(other) and segments_of(one) <= segments_of(other)


def _sorted(families: set[str]) -> tuple[str, ...]:
    return tuple(sorted(families))
