"""Families larger than whatever could carry them: no vehicle, no flight takes them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from movplan.domain.ages import birthday
from movplan.domain.errors import Issue
from movplan.domain.people import Family, Member
from movplan.domain.transport import Departure
from movplan.domain.validation.lookup import Lookup
from movplan.domain.words import AssignmentState, DepartureKind, Need


@dataclass(frozen=True, slots=True, order=True)
class _Room:
    """The seats of one vehicle (after the spare share) or of one flight."""

    seats: int
    name: str


@dataclass(frozen=True, slots=True)
class _Largest:
    """The largest vehicle and the largest flight open to a programme."""

    vehicle: _Room | None
    flight: _Room | None

    def takes(self, on_road: int, in_air: int) -> bool:
        """Whether one of them has the seats needed."""
        return any(
            room is not None and room.seats >= needed
            for room, needed in ((self.vehicle, on_road), (self.flight, in_air))
        )


def too_big_groups(lookup: Lookup) -> Iterator[Issue]:
    """A group fits into some vehicle or some flight open to its programme.

    Judged by the fewest seats the family could need: on convoys wheelchair and
    stretcher places are apart, and every infant is on a lap. Cancelled departures
    count, and a family with assignments has a warning: what happens to a departure
    never makes a scenario invalid.
    """
    if _partly_read(lookup):
        return
    largest = _largest_rooms(lookup)
    members: dict[str, list[Member]] = defaultdict(list)
    for member in lookup.scenario.members:
        members[member.family_id].append(member)
    planned = {
        row.family_id
        for row in lookup.scenario.assignments
        if row.state is not AssignmentState.FORBIDDEN
    }
    for family in lookup.scenario.families:
        rooms = largest.get(family.programme)
        listed = members[family.family_id]
        if rooms is None or (listed and len(listed) != family.persons):
            continue
        needed = _seats_needed(lookup, family, listed)
        if not rooms.takes(*needed):
            say = lookup.warning if family.family_id in planned else lookup.error
            yield say(
                "families",
                family,
                "persons",
                _too_big(family, needed, rooms),
                code="GROUP_TOO_BIG",
                expected=f"a vehicle with {needed[0]} seats or more, or a flight with"
                f" {needed[1]}",
            )


def _partly_read(lookup: Lookup) -> bool:
    """Whether something that could carry families is not known."""
    return any(
        (
            lookup.broken_values("departures", "departure_id"),
            lookup.broken_values("departure_vehicles", "departure_id"),
            lookup.broken_values("vehicle_types", "vehicle_type_id"),
            any(
                d.kind is DepartureKind.FLIGHT and d.seats is None and d.is_usable
                for d in lookup.scenario.departures
            ),
        )
    )


def _too_big(family: Family, needed: tuple[int, int], rooms: _Largest) -> str:
    """What the family needs and the largest there is, in words."""
    on_road, in_air = needed
    programme = family.programme
    wants, has = [], []
    if rooms.vehicle is not None:
        wants.append(f"{on_road} seats in one vehicle")
        has.append(
            f"the biggest vehicle open to {programme}, {rooms.vehicle.name}, has"
            f" {rooms.vehicle.seats} after the spare share"
        )
    if rooms.flight is not None:
        wants.append(f"{in_air} seats on one flight")
        has.append(
            f"the biggest flight open to {programme}, {rooms.flight.name}, has"
            f" {rooms.flight.seats}"
        )
    return (
        f"family {family.family_id} of {family.persons} persons needs"
        f" {' or '.join(wants)}; {', '.join(has)}"
    )


def _seats_needed(
    lookup: Lookup, family: Family, members: list[Member]
) -> tuple[int, int]:
    """The fewest seats in a vehicle of a convoy, and those on a flight."""
    if not members:
        fewest = family.persons - (family.infants or 0)
        return fewest, fewest
    first = lookup.scenario.horizon.first
    years = lookup.rule_int("infant_age_years")
    grown = [m for m in members if birthday(m.birth_date, years) <= first]
    apart = sum(Need.WCHC in m.needs or Need.STCR in m.needs for m in grown)
    in_air = family.persons - (len(members) - len(grown))
    return in_air - apart, in_air


def _largest_rooms(lookup: Lookup) -> dict[str, _Largest]:
    """Of every programme to which some departure with places is open."""
    vehicles = _largest_vehicles(lookup)
    found = {}
    for programme in lookup.scenario.programmes:
        name = programme.programme_id
        open_to = [
            d
            for d in lookup.scenario.departures
            if not d.programmes or name in d.programmes
        ]
        on_road = [
            vehicles[d.departure_id] for d in open_to if d.departure_id in vehicles
        ]
        in_air = [
            _Room(d.seats or 0, d.departure_id)
            for d in open_to
            if d.kind is DepartureKind.FLIGHT
        ]
        if on_road or in_air:
            found[name] = _Largest(
                vehicle=max(on_road, default=None), flight=max(in_air, default=None)
            )
    return found


def _largest_vehicles(lookup: Lookup) -> dict[str, _Room]:
    """The biggest vehicle of each convoy, by departure id."""
    scenario = lookup.scenario
    types = {v.vehicle_type_id: v for v in scenario.vehicle_types}
    convoys = {
        d.departure_id: _spare_percent(lookup, d)
        for d in scenario.departures
        if d.kind is DepartureKind.CONVOY
    }
    found: dict[str, _Room] = {}
    for row in scenario.departure_vehicles:
        vehicle = types.get(row.vehicle_type_id)
        if vehicle is None or row.departure_id not in convoys or not row.max_vehicles:
            continue
        kept = vehicle.seats * (100 - convoys[row.departure_id]) // 100
        room = _Room(kept, row.vehicle_type_id)
        found[row.departure_id] = max(found.get(row.departure_id, room), room)
    return found


def _spare_percent(lookup: Lookup, departure: Departure) -> int:
    if departure.spare_percent is not None:
        return departure.spare_percent
    return lookup.departure_int("spare_percent", departure)
