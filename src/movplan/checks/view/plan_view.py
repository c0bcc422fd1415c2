"""A plan seen against its scenario: lookups and columns, built once for all rules."""

from collections import defaultdict
from collections.abc import Callable
from copy import copy
from datetime import timedelta
from functools import cached_property, lru_cache
from typing import TypeVar, cast

from movplan.checks.view.chains import Chains
from movplan.checks.view.clock import Clock
from movplan.checks.view.events import Event, events_of
from movplan.checks.view.journeys import Journey, build_journeys
from movplan.checks.view.loads import Load, Loads
from movplan.checks.view.missions import MissionView, build_missions
from movplan.checks.view.persons import Persons
from movplan.checks.view.roads import Roads
from movplan.checks.view.services import Ride, build_services
from movplan.domain.aside import Aside, counting_overrides
from movplan.domain.assumed import Connections
from movplan.domain.calendar import WorkingDays
from movplan.domain.manifest import Manifests
from movplan.domain.money import RateTable
from movplan.domain.people import Family, Member
from movplan.domain.plan import Plan
from movplan.domain.programmes import Programme
from movplan.domain.scenario import Scenario
from movplan.domain.set_out import SetOut
from movplan.domain.transport import Departure
from movplan.domain.windows import Files
from movplan.domain.words import CapacityKind, Part

T = TypeVar("T")


class PlanView:
    """Everything the rules read. Rows with unknown ids are left to *conservation*."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        self.scenario = scenario
        self.plan = plan
        self.files = Files(scenario)
        self.families = self.files.family
        self.places = self.files.places
        self.programmes = self.files.programmes
        self.clock = Clock(self.places)
        self.services = build_services(scenario)
        self.sessions = {row.session_id: row for row in scenario.sessions}
        self.escorts = {row.escort_id: row for row in scenario.escorts}
        self.lines = {row.budget_line_id: row for row in scenario.budget_lines}
        self.rates = RateTable(scenario.rates, scenario.reporting_currency)
        self.rule = lru_cache(maxsize=None)(scenario.rule_int)
        self.connections = Connections(scenario)
        self.journeys = build_journeys(
            plan.schedule,
            families=self.families,
            services=self.services,
            clock=self.clock,
        )
        self.missions: tuple[MissionView, ...] = build_missions(plan, self.services)
        self.as_of_date = scenario.as_of.date()
        self.set_out = SetOut(scenario.assignments)
        self.vehicle_types = {
            row.vehicle_type_id: row for row in scenario.vehicle_types
        }
        files = self.files
        self._loads = Loads(files.values, files.members, files.medical)
        self._overridden = {row.rule for row in counting_overrides(scenario)}
        nobody = {"overrides": (), "families": (), "programmes": ()}
        self._nothing = Aside(scenario.model_copy(update=nobody), "")
        self._asides: dict[str, Aside] = {}
        self._made: dict[object, object] = {}

    def aside(self, rule: str) -> Aside:
        """What a named authority took out of a rule."""
        if rule not in self._overridden:
            return self._nothing
        if rule not in self._asides:
            self._asides[rule] = Aside(self.scenario, rule)
        return self._asides[rule]

    def without_overrides_of(self, rule: str) -> "PlanView":
        """The same plan as that rule would see it if nobody had overridden it."""
        strict = copy(self)
        vars(strict).update(_overridden=self._overridden - {rule}, _made={})
        return strict

    @cached_property
    def still_to_set_out(self) -> "PlanView":
        """The same plan without the journeys that have set out as they stand."""
        gone = {
            key
            for key, journey in self.journeys.items()
            if self.set_out.is_settled(*key, journey.departure_ids)
        }
        if not gone:
            return self
        left = tuple(
            leg for leg in self.plan.schedule if (leg.family_id, leg.part) not in gone
        )
        return PlanView(self.scenario, self.plan.model_copy(update={"schedule": left}))

    def once(self, make: Callable[["PlanView"], T]) -> T:
        """What is made of the view, made when first asked for."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast("T", self._made[make])

    @cached_property
    def roads(self) -> Roads:
        """Roads, connection times and beds."""
        of_departure = self.files.values.departure
        return Roads(self.connections, self.clock, of_departure, self.files.members)

    @cached_property
    def chains(self) -> Chains:
        """What the semantics make of each journey's rides and sessions."""
        return Chains(self.roads, self.clock, self.sessions)

    @cached_property
    def calendar(self) -> WorkingDays:
        """Public holidays and working days of places."""
        return WorkingDays(self.scenario)

    @cached_property
    def manifests(self) -> Manifests:
        """Who is on the manifest of which departure."""
        return Manifests(self.scenario)

    @cached_property
    def persons(self) -> Persons:
        """Who is an adult, who can help."""
        files = self.files
        return Persons(files.values, files.members, files.medical)

    @cached_property
    def travelling(self) -> frozenset[str]:
        """Families with at least one ride outbound."""
        return frozenset(
            family_id
            for (family_id, part), journey in self.journeys.items()
            if part is Part.OUTBOUND and journey.rides
        )

    @cached_property
    def riders(self) -> dict[str, list[tuple[Family, Ride]]]:
        """Families and their rides by departure, in family order."""
        found: dict[str, list[tuple[Family, Ride]]] = defaultdict(list)
        for journey in self.journeys.values():
            for ride in journey.rides:
                found[ride.departure_id].append((journey.family, ride))
        return found

    @cached_property
    def escorts_on(self) -> dict[str, list[tuple[MissionView, int, int]]]:
        """Missions aboard by departure, with the segments ``board .. alight - 1``."""
        found: dict[str, list[tuple[MissionView, int, int]]] = defaultdict(list)
        for mission in self.missions:
            for ride in mission.rides:
                found[ride.departure_id].append((mission, ride.board, ride.alight))
        return found

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Events of all journeys, in journey order."""
        return tuple(
            event
            for journey in self.journeys.values()
            for event in events_of(journey, self.places, self.clock)
        )

    @cached_property
    def events_at(self) -> dict[tuple[str, CapacityKind], list[Event]]:
        """Events by place and kind."""
        found: dict[tuple[str, CapacityKind], list[Event]] = defaultdict(list)
        for event in self.events:
            found[event.place_id, event.kind].append(event)
        return found

    def members_of(self, family: Family) -> list[Member]:
        """The family's members; empty when it is given as counts."""
        return self.files.members.get(family.family_id, [])

    def programme_of(self, family: Family) -> Programme:
        """The family's programme."""
        return self.programmes[family.programme]

    def load(self, family: Family, ride: Ride) -> Load:
        """What the family takes up on the ride, by its date and carrier."""
        carrier = ride.service.departure.carrier
        return self._loads.load(family, ride.on, carrier)

    def ride_value(self, name: str, family: Family, ride: Ride) -> int:
        """A ride value: of the family aboard the ride's carrier."""
        carrier = ride.service.departure.carrier
        return self.files.values.ride(name, family, carrier)

    def is_long_flight(self, family: Family, ride: Ride) -> bool:
        """Whether whoever needs help in the cabin needs a companion on the ride."""
        if not ride.is_flight:
            return False
        hours = self.ride_value("companion_flight_hours", family, ride)
        return ride.arrives - ride.departs > timedelta(hours=hours)

    def country_of(self, place_id: str) -> str:
        """The country of a place."""
        return self.places[place_id].country

    def outbound(self, family_id: str) -> Journey | None:
        """The family's outbound journey, if it has one."""
        return self.journeys.get((family_id, Part.OUTBOUND))

    def departure_rule(self, name: str, departure: Departure) -> int:
        """A rule's value for a departure: its carrier, last place and programmes."""
        return self.files.values.departure(name, departure)

    def family_rule(self, name: str, family: Family) -> int:
        """A rule's value for the family's programme and destination."""
        return self.files.values.family(name, family)
