"""The scenario: everything a plan is made from, as one frozen document."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field, NonNegativeInt, PositiveInt, model_validator

from movplan.domain.assignments import Assignment, Override
from movplan.domain.budgets import BudgetLine
from movplan.domain.escorts import Escort, EscortTravel, Payer, Session
from movplan.domain.money import Currency, Rate
from movplan.domain.people import Document, Family, Medical, Member
from movplan.domain.programmes import DocumentType, Programme
from movplan.domain.rows import Frozen, Row
from movplan.domain.rules import Rule, Value, default_rules
from movplan.domain.transport import (
    Capacity,
    Closure,
    Departure,
    DepartureStop,
    DepartureVehicle,
    Fare,
    Place,
    Transfer,
    VehicleType,
)
from movplan.domain.words import EscortRole, Measure, Need, Priority

SCHEMA_VERSION = 1

# How many patients an escort takes at a time, where its row does not say.
AT_A_TIME = {
    EscortRole.DOCTOR: "patients_per_doctor",
    EscortRole.NURSE: "patients_per_nurse",
    EscortRole.OPERATIONAL: "minors_per_escort",
}


class Horizon(Frozen):
    """First and last date on which a first ride may depart (local at its place)."""

    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> "Horizon":
        if self.last < self.first:
            raise ValueError("the last date of the horizon is before the first")
        return self


class Group(Frozen):
    """Which families a level or minimum looks at; empty fields mean all."""

    priorities: tuple[Priority, ...] = ()
    programmes: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    origins: tuple[str, ...] = ()
    min_size: NonNegativeInt = 0
    must_travel: bool | None = None


class Level(Frozen):
    """One objective level: a measure over a group, and how much of it may be given up.

    ``tolerance`` is a share of the value (``0.001``); later levels may worsen this one
    by at most that much.
    """

    name: str
    measure: Measure
    where: Group = Group()
    tolerance: Decimal = Field(default=Decimal(0), ge=0, le=1)


class Minimum(Frozen):
    """A guard for a group a weighted sum would leave behind: persons or percent."""

    name: str
    where: Group = Group()
    persons: NonNegativeInt | None = None
    percent: NonNegativeInt | None = None


class Limits(Frozen):
    """Limits on itineraries, enforced by search and checks alike."""

    max_rides: PositiveInt = 3
    max_transit_nights: NonNegativeInt = 3
    max_wait_hours: PositiveInt = 72
    max_journey_hours: PositiveInt = 168


DEFAULT_LEVELS = (
    Level(
        name="emergency",
        measure=Measure.LEFT_OUT_PERSONS,
        where=Group(priorities=(Priority.EMERGENCY,)),
    ),
    Level(name="moved", measure=Measure.WEIGHTED_PERSONS),
    Level(name="waiting", measure=Measure.WAITING_DAYS),
    Level(name="cost", measure=Measure.COST),
)


class Scenario(Frozen):
    """Everything a plan is made from. ``as_of`` is the only *now*.

    Tables are tuples of rows; the canonical form has each in key order.
    """

    TABLES: ClassVar[dict[str, type[Row]]] = {
        "programmes": Programme,
        "document_types": DocumentType,
        "families": Family,
        "members": Member,
        "medical": Medical,
        "documents": Document,
        "places": Place,
        "transfers": Transfer,
        "vehicle_types": VehicleType,
        "departures": Departure,
        "departure_stops": DepartureStop,
        "departure_vehicles": DepartureVehicle,
        "fares": Fare,
        "payers": Payer,
        "escorts": Escort,
        "escort_travel": EscortTravel,
        "sessions": Session,
        "capacities": Capacity,
        "closures": Closure,
        "budget_lines": BudgetLine,
        "rates": Rate,
        "assignments": Assignment,
        "overrides": Override,
        "rules": Rule,
    }

    schema_version: Literal[1] = 1
    scenario_id: str
    title: str = ""
    as_of: AwareDatetime
    horizon: Horizon
    reporting_currency: Currency = "USD"
    limits: Limits = Limits()
    levels: tuple[Level, ...] = DEFAULT_LEVELS
    minimums: tuple[Minimum, ...] = ()
    assumptions: tuple[str, ...] = ()

    programmes: tuple[Programme, ...]
    families: tuple[Family, ...]
    places: tuple[Place, ...]
    departures: tuple[Departure, ...]
    document_types: tuple[DocumentType, ...] = ()
    members: tuple[Member, ...] = ()
    medical: tuple[Medical, ...] = ()
    documents: tuple[Document, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    vehicle_types: tuple[VehicleType, ...] = ()
    departure_stops: tuple[DepartureStop, ...] = ()
    departure_vehicles: tuple[DepartureVehicle, ...] = ()
    fares: tuple[Fare, ...] = ()
    payers: tuple[Payer, ...] = ()
    escorts: tuple[Escort, ...] = ()
    escort_travel: tuple[EscortTravel, ...] = ()
    sessions: tuple[Session, ...] = ()
    capacities: tuple[Capacity, ...] = ()
    closures: tuple[Closure, ...] = ()
    budget_lines: tuple[BudgetLine, ...] = ()
    rates: tuple[Rate, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    overrides: tuple[Override, ...] = ()
    rules: tuple[Rule, ...] = ()

    def rule(self, name: str) -> Rule:
        """The rule parameter of that name: the scenario's row, else the shipped one."""
        for rule in self.rules:
            if rule.name == name:
                return rule
        return default_rules()[name]

    def rule_value(
        self,
        name: str,
        *,
        programme: str | None = None,
        destination: tuple[str, ...] = (),
        carrier: str | None = None,
    ) -> Value:
        """The value of a rule parameter for a programme, destination and carrier.

        ``destination`` names the place first, then its country.
        """
        return self.rule(name).value_for(
            programme=programme, destination=destination, carrier=carrier
        )

    def rule_int(
        self,
        name: str,
        *,
        programme: str | None = None,
        destination: tuple[str, ...] = (),
        carrier: str | None = None,
    ) -> int:
        """The same as a whole number (most rules are)."""
        return int(
            self.rule_value(
                name, programme=programme, destination=destination, carrier=carrier
            )
        )

    def rule_text(
        self,
        name: str,
        *,
        programme: str | None = None,
        destination: tuple[str, ...] = (),
        carrier: str | None = None,
    ) -> str:
        """The value of a rule that is a text (``convoy_days``)."""
        return str(
            self.rule_value(
                name, programme=programme, destination=destination, carrier=carrier
            )
        )

    def family_value(
        self, name: str, family: Family, carrier: str | None = None
    ) -> int:
        """A parameter for a family: by its programme and destination.

        With the ``carrier`` of a ride for ride values (``docs/semantics.md``).
        ``domain.values.Values`` is the same for many families.
        """
        return self.rule_int(
            name,
            programme=family.programme,
            destination=self.destination_names(family.destination),
            carrier=carrier,
        )

    def destination_names(self, place_id: str) -> tuple[str, ...]:
        """What a rule or budget line may call a destination: place, then country."""
        for place in self.places:
            if place.place_id == place_id:
                return (place_id, place.country)
        return (place_id,)

    def rest_hours(self, escort: Escort) -> int:
        """How long an escort rests after a mission: its row, else the rule."""
        if escort.rest_hours is not None:
            return escort.rest_hours
        return self.rule_int("escort_rest_hours")

    def patients_at_a_time(self, escort: Escort) -> int:
        """How many shared patients an escort takes: its row, else its role's rule.

        The rule's value is that for nobody in particular: patients may have their own
        (``docs/semantics.md``, *Escorts*).
        """
        if escort.patients_at_a_time is not None:
            return escort.patients_at_a_time
        return self.rule_int(AT_A_TIME[escort.role])
