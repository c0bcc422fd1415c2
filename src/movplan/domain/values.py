"""The values of rule parameters for families and departures, looked up once each."""

from functools import lru_cache

from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
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
        "arrive_days_before_event",
        "leave_days_after_event",
        "luggage_kg_per_person",
    }
)
# Of the departure: its carrier.
DEPARTURE_VALUES = frozenset(
    {
        "connection_flight_min",
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
        "persons_per_operational_escort",
        "nurse_up_to_persons",
        "persons_per_ambulance",
        "luggage_kg_per_seat",
        "manifest_lock_hours_flight",
        "manifest_lock_hours_convoy",
    }
)


def dimensions(parameter: str) -> tuple[str, ...]:
    """What a parameter's overrides may name; nothing where one value is for all."""
    if parameter in RIDE_VALUES:
        return ("programme", "destination", "carrier")
    if parameter in FAMILY_VALUES:
        return ("programme", "destination")
    return ("carrier",) if parameter in DEPARTURE_VALUES else ()


class Values:
    """Parameters by whose value they are (``docs/semantics.md``).

    *Family values* go by the family's programme and destination, *ride values* by the
    carrier of the ride too, *departure values* by the carrier alone.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._rule = lru_cache(maxsize=None)(scenario.rule_int)
        self._text = lru_cache(maxsize=None)(scenario.rule_text)
        self._names = lru_cache(maxsize=None)(scenario.destination_names)

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

    def departure(self, name: str, departure: Departure) -> int:
        """A departure value: of whoever is aboard."""
        return self._rule(name, carrier=departure.carrier)

    def departure_text(self, name: str, departure: Departure) -> str:
        """A departure value that is a text (``convoy_days``)."""
        return self._text(name, carrier=departure.carrier)
