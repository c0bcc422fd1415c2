"""Convoys with whom and what they carry: persons, vehicles hired, luggage."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view.clock import Clock
from movplan.checks.view.plan_view import PlanView
from movplan.checks.view.services import Ride, Service
from movplan.domain.ages import birthday
from movplan.domain.people import Family, Member
from movplan.domain.plan import VehicleLoad
from movplan.domain.transport import Departure, VehicleType
from movplan.domain.values import Values
from movplan.domain.words import VehicleKind


@dataclass(frozen=True, slots=True)
class Convoy:
    """A convoy of the plan: families aboard with their rides, vehicles hired."""

    service: Service
    riders: Sequence[tuple[Family, Ride]]
    vehicles: Sequence[VehicleLoad]

    @property
    def departure(self) -> Departure:
        """Its row."""
        return self.service.departure

    @property
    def name(self) -> str:
        """Its id."""
        return self.service.departure.departure_id

    @property
    def persons(self) -> int:
        """Persons of families that board it anywhere, each once."""
        return sum({f.family_id: f.persons for f, _ in self.riders}.values())


def convoys_of(view: PlanView) -> tuple[Convoy, ...]:
    """Convoys that carry families, in the scenario's order."""
    planned = {row.departure_id: row for row in view.plan.departures}
    return tuple(
        Convoy(service, view.riders[name], row.vehicles if row else ())
        for name, service in view.services.items()
        if not service.is_flight and name in view.riders
        for row in (planned.get(name),)
    )


def judge_convoys(
    view: PlanView, rule: str, facts: Callable[[PlanView, Convoy], Iterable[str]]
) -> Outcome:
    """Look at every convoy with families; ``facts`` says what is broken."""
    tally = Tally(rule)
    for convoy in view.once(convoys_of):
        tally.judge(facts(view, convoy), convoy.name)
    return tally.outcome()


def overnight_stops(clock: Clock, service: Service) -> list[int]:
    """Positions of the stops a convoy leaves on a later local date than it arrives."""
    if service.is_flight:
        return []
    return [
        k
        for k, stop in enumerate(service.served[1:-1], start=1)
        if clock.date(stop.place_id, stop.departs)
        > clock.date(stop.place_id, stop.arrives)
    ]


def riding_through(convoy: Convoy, stop: int) -> int:
    """Persons who boarded before a stop and alight after it."""
    return sum(
        f.persons for f, ride in convoy.riders if ride.board < stop < ride.alight
    )


class Fleet:
    """What hired vehicles hold beyond seats: luggage, and ambulances."""

    def __init__(self, view: PlanView) -> None:
        self._values = view.files.values
        self._types: Mapping[str, VehicleType] = view.vehicle_types
        self._luggage = _Luggage(view)

    def ambulances(self, convoy: Convoy, vehicles: Iterable[VehicleLoad]) -> int:
        """Standing ambulances, and those hired."""
        hired = (self._types.get(v.vehicle_type_id) for v in vehicles)
        ambulances = sum(t is not None and _is_ambulance(t) for t in hired)
        return convoy.departure.standing_ambulances + ambulances

    def ambulances_needed(self, convoy: Convoy) -> int:
        """One for so many persons, by the carrier; none if it carries nobody."""
        each = self._values.departure("persons_per_ambulance", convoy.departure)
        return -(-convoy.persons // each) if each else 0

    def luggage_room(self, convoy: Convoy, vehicles: Iterable[VehicleLoad]) -> int:
        """Kilograms the standing truck and the hired vehicles take."""
        departure = convoy.departure
        seat = self._values.departure("luggage_kg_per_seat", departure)
        room = departure.standing_luggage_kg
        for vehicle in vehicles:
            kind = self._types.get(vehicle.vehicle_type_id)
            if kind is not None:
                own = kind.luggage_kg
                room += kind.seats * seat if own is None else own
        return room

    def luggage_aboard(self, convoy: Convoy) -> list[int]:
        """Kilograms of the families aboard on each segment."""
        aboard = [0] * convoy.service.segments
        for family, ride in convoy.riders:
            kg = self._luggage.of(family)
            for segment in range(ride.board, ride.alight):
                aboard[segment] += kg
        return aboard

    def is_missed(self, convoy: Convoy, vehicle: VehicleLoad) -> bool:
        """Whether the convoy would lack an ambulance or room for luggage without it.

        Ambulances and luggage trucks only: they may be hired without a family.
        """
        kind = self._types.get(vehicle.vehicle_type_id)
        if kind is None or kind.kind not in AIDING:
            return False
        rest = [other for other in convoy.vehicles if other is not vehicle]
        return self.ambulances(convoy, rest) < self.ambulances_needed(convoy) or max(
            self.luggage_aboard(convoy)
        ) > self.luggage_room(convoy, rest)


AIDING = frozenset({VehicleKind.AMBULANCE, VehicleKind.LUGGAGE_TRUCK})


def _is_ambulance(kind: VehicleType) -> bool:
    return kind.kind is VehicleKind.AMBULANCE


class _Luggage:
    """Kilograms of a family's luggage: constant over time."""

    def __init__(self, view: PlanView) -> None:
        self._values: Values = view.files.values
        self._members = view.files.members
        self._first = view.scenario.horizon.first
        self._known: dict[str, int] = {}

    def of(self, family: Family) -> int:
        if family.luggage_kg is not None:
            return family.luggage_kg
        if family.family_id not in self._known:
            self._known[family.family_id] = self._work_out(family)
        return self._known[family.family_id]

    def _work_out(self, family: Family) -> int:
        each = self._values.family("luggage_kg_per_person", family)
        infant = self._values.family("luggage_kg_per_infant", family)
        members = self._members.get(family.family_id)
        if not members:
            infants = family.infants or 0
            return each * (family.persons - infants) + infant * infants
        age = self._values.family("infant_age_years", family)
        bags = (infant, each)
        return sum(self._of_member(member, bags, age) for member in members)

    def _of_member(self, member: Member, bags: tuple[int, int], infant_age: int) -> int:
        """Its own figure, else an infant's or anybody else's."""
        if member.luggage_kg is not None:
            return member.luggage_kg
        return bags[self._first >= birthday(member.birth_date, infant_age)]
