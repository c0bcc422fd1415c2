"""Where every rule binds: the folder, and the family whose plan it changes there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutation:
    """A rule to leave out while planning a folder, and whom that sets free."""

    rule: str
    folder: str
    family: str


def _in(folder: str, **families: str) -> tuple[Mutation, ...]:
    return tuple(Mutation(rule, folder, name) for rule, name in families.items())


MUTATIONS: tuple[Mutation, ...] = (
    *_in(
        "rules-family",
        travels_with="TIE-A",
        newborn_age="NEWBORN",
        unaccompanied_minor="MINOR-NO",
        consent="UNSIGNED",
        seats="TWINS",
    ),
    *_in(
        "rules-medical",
        medical_fitness="HOLD",
        airline_clearance="CLEARANCE",
        special_notice="OXYGEN",
        pregnancy="TWINS",
        companion="ALONE",
        fitness_between="BETWEEN",
        special_places="CHAIR",
        escort_cover="BREATH",
        escort_mission="BREATH",
        escort_roster="REST",
    ),
    *_in(
        "rules-steps",
        document_validity="PASSPORT",
        document_order="PAPERS",
        promissory_note="NO-NOTE",
        appointments="CHECK-B",
        step_order="ORDER",
        session_places="CHECK-B",
        beds="STAY-B",
    ),
    *_in(
        "rules-arrivals",
        place_capacity="QUOTA-B",
        place_open="WEEKEND",
        public_holidays="HOLIDAY",
        arrival_notice="NOTICE",
        late_arrival="LATE",
    ),
    *_in(
        "rules-convoys",
        vehicle_load="SEATS-B",
        daylight_driving="DAYLIGHT",
        driving_hours="DRIVERS",
        overnight_stop="BEDS-B",
        convoy_days="DAYS",
        convoy_size="SIZE-B",
        convoy_staff="STAFF",
        convoy_ambulance="AMBULANCE",
        luggage="BAGS",
    ),
    *_in(
        "rules-departures",
        household="COUSIN",
        round_trip="WORKSHOP",
        journey_chain="CHANGE",
        stay_limit="STAY",
        overnight_transit="NIGHT",
        travel_window="WINDOW",
        pins="PINNED",
        open_to_programme="CLOSED",
        departure_runs="FEW",
        departure_deadlines="NAMES",
        manifest_lock="LOCKED",
        budget_eligibility="NATION",
        line_approval="APPROVAL",
        family_ceiling="CEILING",
        enrolment="FORTY",
    ),
    Mutation("budget_ceiling", "first-convoy", "F5"),
)

# Nothing to leave out: true of every plan by the way it is written up and costed.
BY_CONSTRUCTION = frozenset(
    {"conservation", "family_whole", "payers", "ledger", "objective"}
)
