"""Plans broken on purpose: rules of convoys."""

from movplan.domain.words import EscortRole
from tests.checks.broken.scenes import (
    second_ambulance,
    staffed,
    two_days,
    vehicles,
    without_m6,
)
from tests.checks.broken.tools import Break, both, leg, mission, row, rule_value

BREAKS: tuple[Break, ...] = (
    Break(
        "vehicle_load",
        "floor(6 x 80 %) = 4 of 5",
        row("departures", "C1", spare_percent=20),
        "C1 MINI#1 MASHHAD-DOGHAROUN: 5 seats taken, 4 usable",
    ),
    Break(
        "vehicle_load",
        "no stretcher place",
        row("vehicle_types", "AMB", stretcher_places=0),
        "1 stretchers taken, 0 usable",
    ),
    Break(
        "vehicle_load",
        "fleet",
        row("departure_vehicles", "C2/MINI", max_vehicles=0),
        "C2: 1 MINI hired, at most 0 offered",
    ),
    Break(
        "vehicle_load",
        "stretchers miscounted",
        vehicles("C1", {}, {"peak_stretchers": 2}),
        "C1 AMB#1: lists 2 stretcher places at most taken, 1 are",
    ),
    Break(
        "vehicle_load",
        "wheelchairs miscounted",
        vehicles("C1", {"peak_wheelchairs": 1}, {}),
        "C1 MINI#1: lists 1 wheelchair places at most taken, 0 are",
    ),
    Break(
        "vehicle_load",
        "nurses swapped",
        vehicles("C1", {"mission_ids": ("M2",)}, {"mission_ids": ("M1",)}),
        "carries the escort of M2, but none of the families served",
    ),
    Break(
        "vehicle_load",
        "misnamed",
        both(
            vehicles("C2", {"vehicle": "MINI#0"}),
            leg("RA1", 3, vehicle="MINI#0"),
            leg("RA2", 3, vehicle="MINI#0"),
        ),
        "a vehicle is called MINI#0",
    ),
    Break(
        "vehicle_load",
        "an ambulance too many",
        second_ambulance,
        "C1 AMB#2: hired without families",
    ),
    Break(
        "daylight_driving",
        "arrives at 20:00",
        rule_value("drive_until_hour", 19),
        "C2 leaves HERAT 2026-05-15 08:00 and reaches KABUL 2026-05-15 20:00, driving",
    ),
    Break(
        "daylight_driving",
        "leaves at 06:00",
        rule_value("drive_from_hour", 7),
        "C1 leaves MASHHAD 2026-05-14 06:00",
    ),
    Break(
        "driving_hours",
        "twelve hours, eleven allowed",
        rule_value("max_driving_hours", 11),
        "C2: 720 minutes of driving on 2026-05-15, 1 driver(s) drive 660 at most",
    ),
    Break(
        "driving_hours",
        "no time to rest",
        rule_value("rest_minutes", 481),
        "C2: 720 minutes of HERAT-KABUL have no room for 481 of rest beside 240",
    ),
    Break(
        "driving_hours",
        "a long road alone",
        row("departures", "C2", distance_km=501),
        "C2: 501 km with one driver, at most 500",
    ),
    Break(
        "driving_hours",
        "short of sleep",
        both(two_days, rule_value("driver_rest_hours", 27)),
        "C1: drivers rest 26.0 hours at DOGHAROUN from 2026-05-13 10:00",
    ),
    Break(
        "overnight_stop",
        "a bed short",
        both(two_days, row("departure_stops", "C1/1", beds=6)),
        "C1: 7 persons stay overnight at DOGHAROUN on 2026-05-13, there are 6 beds",
    ),
    Break(
        "convoy_days",
        "not on Thursdays",
        rule_value("convoy_days", "257"),
        "C1 leaves on 2026-05-14, a Thursday; convoys leave on Tuesday, Friday, Sunday",
    ),
    Break(
        "convoy_size",
        "seven persons, six allowed",
        rule_value("convoy_max_persons", 6),
        "C1: 7 persons board it, at most 6 may",
    ),
    Break(
        "convoy_staff",
        "one for six persons",
        rule_value("persons_per_operational_escort", 6),
        "C1 carries 7 persons: 1 operational escorts, 2 are asked for",
    ),
    Break(
        "convoy_staff",
        "no nurse",
        row("departures", "C2", standing_staff=(EscortRole.OPERATIONAL,)),
        "C2 carries 5 persons: no nurse or doctor goes with it",
    ),
    Break(
        "convoy_staff",
        "no doctor",
        rule_value("nurse_up_to_persons", 6),
        "C1 carries 7 persons: no doctor goes with it, a nurse is enough up to 6",
    ),
    Break(
        "convoy_staff",
        "the nurse of a patient is not the convoy's",
        both(staffed, mission("M6", gone=True), without_m6),
        "C1 carries 7 persons: no nurse or doctor goes with it",
    ),
    Break(
        "convoy_ambulance",
        "one for six persons",
        rule_value("persons_per_ambulance", 6),
        "C1: 1 ambulances for 7 persons, 2 are asked for",
    ),
    Break(
        "luggage",
        "a kilogram too much",
        row("families", "RA2", luggage_kg=21),
        "C1 MASHHAD-DOGHAROUN: 121 kg of luggage, room for 120 kg",
    ),
    Break(
        "luggage",
        "more each",
        rule_value("luggage_kg_per_person", 21),
        "C2 HERAT-KABUL: 84 kg of luggage, room for 80 kg",
    ),
)
