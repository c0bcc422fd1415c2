"""The values of rule parameters for families and departures, looked up once each."""

from functools import lru_cache

from movplan.domain.people import Family
from movplan.domain.rules import default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.strictest import common_weekdays, strictest
from movplan.domain.transport import Departure

# Of the family and the carrier of its ride.
RIDE_VALUES = frozenset(
    {
        "infant_age_years",
        "child_age_years",
        "adult_age_years",
        "lap_infants_per_adult",
        "stretcher_seats",
        "stretcher_attendants",
        "newborn_min_days",
        "newborn_report_min_days",
        "airline_clearance_days",
        "special_notice_hours",
        "companion_flight_hours",
        "pregnancy_certificate_week",
        "pregnancy_refuse_week",
        "pregnancy_certificate_days",
        "pregnancy_multiple_weeks_earlier",
        "pregnancy_first_weeks_later",
        "patients_per_nurse",
        "patients_per_doctor",
        "minors_per_escort",
    }
)
# Of the family: its programme and destination.
FAMILY_VALUES = frozenset(
    {
        "medical_validity_days",
        "pec_hours_min",
        "pec_hours_max",
        "co_hours_min",
        "co_age_years",
        "doc_hours_min",
        "days_to_firm",
        "latest_arrival_hour",
        "earliest_arrival_hour",
        "arrival_notice_working_days",
        "arrive_days_before_event",
        "leave_days_after_event",
        "return_days_after_horizon",
        "luggage_kg_per_person",
        "luggage_kg_per_infant",
        "weight_emergency",
        "weight_urgent",
        "weight_normal",
        "lapse_bonus_percent",
        "lapse_days_after_horizon",
        "change_notice_days",
    }
)
# Of the departure: programmes it is open to, its last place, its carrier.
DEPARTURE_VALUES = frozenset(
    {
        "connection_flight_min",
        "connection_regional_min",
        "regional_flight_km",
        "connection_convoy_min",
        "wheelchair_connection_factor",
        "wheelchair_limit",
        "stretcher_limit",
        "spare_percent",
        "drive_from_hour",
        "drive_until_hour",
        "max_driving_hours",
        "rest_after_hours",
        "rest_minutes",
        "driver_rest_hours",
        "second_driver_km",
        "convoy_days",
        "convoy_max_persons",
        "flight_max_persons",
        "persons_per_operational_escort",
        "nurse_up_to_persons",
        "persons_per_ambulance",
        "luggage_kg_per_seat",
        "manifest_lock_hours_flight",
        "manifest_lock_hours_convoy",
    }
)

# Of a place, or its country.
PLACE_VALUES = frozenset({"border_opens_hour", "border_closes_hour"})


def dimensions(parameter: str) -> tuple[str, ...]:
    """What a parameter's overrides may name; nothing where one value is for all."""
    if parameter in RIDE_VALUES or parameter in DEPARTURE_VALUES:
        return ("programme", "destination", "carrier")
    if parameter in PLACE_VALUES:
        return ("destination",)
    return ("programme", "destination") if parameter in FAMILY_VALUES else ()


class Values:
    """Parameters by whose value they are (``docs/semantics.md``).

    *Family values* go by the family's programme and destination, *ride values* by the
    carrier of the ride too. *Departure values* go by the departure's carrier, its last
    place as destination, and the programmes it is open to: the strictest of theirs.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._rule = lru_cache(maxsize=None)(scenario.rule_int)
        self._text = lru_cache(maxsize=None)(scenario.rule_text)
        self._names = lru_cache(maxsize=None)(scenario.destination_names)
        self._of_departures: dict[tuple[object, ...], int] = {}
        self._all = tuple(row.programme_id for row in scenario.programmes)
        self._by_programme = frozenset(
            rule.name
            for rule in (*default_rules().values(), *scenario.rules)
            if any(row.programme is not None for row in rule.overrides)
        )

    def family(self, name: str, family: Family) -> int:
        """A family value; a ride value where the family is counted without a ride."""
        return self.ride(name, family, None)

    def ride(self, name: str, family: Family, carrier: str | None) -> int:
        """A ride value: of a family aboard a departure of the carrier."""
        return self._rule(
            name,
            programme=family.programme,
            destination=self._names(family.destination),
            carrier=carrier,
        )

    def place(self, name: str, place_id: str) -> int:
        """A place value: that place is the destination of its overrides."""
        return self._rule(name, destination=self._names(place_id))

    def departure(self, name: str, departure: Departure) -> int:
        """A departure value: of whoever is aboard."""
        key = name, departure.carrier, departure.to_place, departure.programmes
        if key not in self._of_departures:
            values = (
                self._rule(
                    name,
                    programme=programme,
                    destination=self._names(departure.to_place),
                    carrier=departure.carrier,
                )
                for programme in self._open_to(name, departure)
            )
            self._of_departures[key] = strictest(name, values)
        return self._of_departures[key]

    def departure_text(self, name: str, departure: Departure) -> str:
        """A departure value that is a text (``convoy_days``)."""
        return common_weekdays(
            self._text(
                name,
                programme=programme,
                destination=self._names(departure.to_place),
                carrier=departure.carrier,
            )
            for programme in self._open_to(name, departure)
        )

    def _open_to(self, name: str, departure: Departure) -> tuple[str | None, ...]:
        """Programmes whose families may ride it, if they have values of their own."""
        if name not in self._by_programme:
            return (None,)
        return departure.programmes or self._all or (None,)
