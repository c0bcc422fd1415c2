"""Plans at or inside the exact limit of a rule: nothing is broken."""

from datetime import date, time

from movplan.domain.words import (
    CapacityKind,
    ClosureState,
    DepartureStatus,
    DocumentState,
    Holders,
    LineKind,
    MedicalStatus,
    Need,
)
from tests.checks.broken.scenes import (
    DAY,
    OPTION_OF_TODAY,
    STANDS_IN,
    alone,
    clinic,
    document_step,
    documents_until,
    second_ambulance,
    second_patient,
    staffed,
    two_days,
    without_document,
    without_ra2,
)
from tests.checks.broken.tools import (
    Break,
    assigned,
    both,
    leg,
    override,
    row,
    rule_value,
    world,
)
from tests.checks.world import at, may

KEPT: tuple[Break, ...] = (
    Break(
        "travels_with",
        "both consent to travel apart",
        both(
            without_ra2,
            row("families", "RA1", travel_apart_consent=may(1)),
            row("families", "RA2", travel_apart_consent=may(1)),
        ),
    ),
    # 445 days old on the flight of 20 May.
    Break(
        "newborn_age",
        "younger, with the airline's clearance",
        both(
            rule_value("newborn_min_days", 446),
            rule_value("newborn_report_min_days", 445),
            row("medical", "RS1-4", airline_clearance_until=may(20)),
        ),
    ),
    Break(
        "unaccompanied_minor",
        "assessed today",
        both(
            alone,
            override("escort_cover", "WS1"),
            row("families", "WS1", best_interests=may(1)),
        ),
    ),
    # RS1-1 has a doctor; RS1-2, in charge, needs help on a flight but is no patient.
    Break(
        "unaccompanied_minor",
        "one of two adults is no patient",
        row("members", "RS1-2", needs=(Need.BLND,)),
    ),
    Break(
        "unaccompanied_minor",
        "a child with a patient, but assessed",
        both(
            row("members", "RA3-2", birth_date=date(2015, 1, 1)),
            override("escort_cover", "RA3"),
            row("families", "RA3", best_interests=may(1)),
        ),
    ),
    # RA2 is given as counts, with one adult.
    Break(
        "unaccompanied_minor",
        "an adult in another family of the company",
        both(
            row("members", "RA1-1", birth_date=date(2009, 1, 1)),
            row("members", "RA1-2", birth_date=date(2010, 1, 1)),
        ),
    ),
    Break(
        "journey_chain",
        "the airport asks for 195 minutes, 390 with a wheelchair",
        both(
            row("places", "IST", connection_min=195),
            leg(
                "WS1/return",
                1,
                departs=at("05-16 05:45+03:00"),
                arrives=at("05-16 06:45+03:00"),
            ),
        ),
    ),
    Break(
        "round_trip",
        "on the days of the opening and the close, where the programme allows it",
        both(
            row("programmes", "WORKSHOP", event_opens=may(11), event_closes=may(16)),
            rule_value("arrive_days_before_event", 0),
            rule_value("leave_days_after_event", 0),
        ),
    ),
    Break("overnight_stop", "seven beds", two_days),
    Break(
        "document_order", "to the day", row("document_types", "booklet", lead_days=17)
    ),
    Break(
        "document_order",
        "before booking",
        row("document_types", "booklet", lead_days=19, before_booking=True),
    ),
    Break(
        "document_order",
        "needed to book, when the manifest closes",
        row("document_types", "booklet", lead_days=16, needed_to_book=True),
    ),
    Break(
        "document_order",
        "needed to book, on the manifest already",
        both(
            row("document_types", "booklet", lead_days=19, needed_to_book=True),
            assigned("RS1", "F1", "notified"),
            assigned("RS1", "F2", "notified"),
        ),
    ),
    Break(
        "document_order",
        "all firm",
        both(
            row("departures", "F2", status=DepartureStatus.CONTRACTED),
            row("document_types", "booklet", lead_days=19),
        ),
    ),
    Break(
        "document_validity",
        "no row for a place that nobody passes",
        both(
            row("document_types", "transit_pass", country="AE"),
            without_document("RS1-3/transit_pass"),
        ),
    ),
    Break(
        "document_validity",
        "only adults need it",
        both(
            row("document_types", "transit_pass", holders=Holders.ADULTS),
            without_document("RS1-3/transit_pass"),
            without_document("RS1-4/transit_pass"),
        ),
    ),
    Break(
        "document_validity",
        "only minors need it",
        both(
            row("document_types", "transit_pass", holders=Holders.MINORS),
            without_document("RS1-1/transit_pass"),
        ),
    ),
    Break(
        "document_validity",
        "only minors without both parents need it, both are there",
        both(
            row("document_types", "transit_pass", holders=Holders.MINORS_ONE_PARENT),
            without_document("RS1-3/transit_pass"),
        ),
    ),
    Break(
        "document_validity",
        "the guardian is the second parent",
        both(
            row("document_types", "transit_pass", holders=Holders.MINORS_ONE_PARENT),
            without_document("RS1-3/transit_pass"),
            row("members", "RS1-2", relation="parent"),
            row("members", "RS1-3", guardian_id="RS1-2"),
            row("members", "RS1-4", guardian_id="RS1-2"),
        ),
    ),
    Break(
        "document_validity",
        "parents and children of one case among two",
        both(
            row("document_types", "transit_pass", holders=Holders.MINORS_ONE_PARENT),
            without_document("RS1-3/transit_pass"),
            row("members", "RS1-4", relation="principal", case_id="RS1-A"),
        ),
    ),
    Break(
        "promissory_note",
        "to be signed",
        both(
            row("budget_lines", "EU", kind=LineKind.LOAN),
            row("families", "RS1", promissory_note=DocumentState.TO_OBTAIN),
        ),
    ),
    Break(
        "appointments",
        "353 hours",
        both(document_step, rule_value("doc_hours_min", 353)),
    ),
    # Whatever is asked before departure, orientation may follow at once.
    Break(
        "session_places",
        "no place on a day of no session",
        clinic(0, date_from=may(14), date_to=may(17)),
    ),
    Break("session_places", "of another programme", clinic(0, programme="VOLREP")),
    Break(
        "step_order",
        "the way to orientation as the documents end",
        documents_until("08:30"),
    ),
    Break(
        "step_order",
        "the whole of both more than ten days ahead",
        both(document_step, rule_value("doc_hours_min", 187)),
    ),
    Break(
        "medical_fitness",
        "released on the day",
        row(
            "medical",
            "RA1-1",
            status=MedicalStatus.HOLD,
            hold_until=may(20),
            hold_released=may(14),
        ),
    ),
    Break(
        "airline_clearance",
        "takes 19 days",
        both(
            row("members", "RS1-3", needs=(Need.MEDA,)),
            row("places", "IST", clinic=True),
            rule_value("airline_clearance_days", 19),
        ),
    ),
    Break(
        "special_notice",
        "451 hours",
        both(
            row("members", "RS1-3", needs=(Need.OXYG,)),
            row("places", "IST", clinic=True),
            rule_value("special_notice_hours", 451),
        ),
    ),
    Break(
        "special_notice",
        "on the manifests",
        both(
            row("members", "RS1-3", needs=(Need.OXYG,)),
            row("places", "IST", clinic=True),
            rule_value("special_notice_hours", 999),
            assigned("RS1", "F1", "notified"),
            assigned("RS1", "F2", "notified"),
        ),
    ),
    Break(
        "pregnancy",
        "twins in week 30",
        row("members", "RS1-2", pregnancy_weeks=27, pregnancy_multiple=True),
    ),
    Break(
        "companion",
        "the wife",
        both(
            rule_value("companion_flight_hours", 2),
            row("medical", "RS1-1", escort_role=None),
            row("members", "RS1-2", pregnancy_weeks=None, pregnancy_as_of=None),
        ),
    ),
    Break(
        "companion",
        "three hours are not longer than three",
        row("medical", "RS1-1", escort_role=None),
    ),
    Break(
        "escort_cover",
        "a family companion stands in",
        both(STANDS_IN, row("places", "HERAT", clinic=True)),
    ),
    Break(
        "escort_cover",
        "two patients for a nurse",
        both(
            second_patient,
            row("escorts", "N1", patients_at_a_time=None),
            rule_value("patients_per_nurse", 2),
        ),
    ),
    Break("convoy_staff", "staff sent with it", staffed),
    Break(
        "convoy_staff",
        "not asked for",
        both(
            rule_value("persons_per_operational_escort", 0),
            rule_value("nurse_up_to_persons", 0),
            row("departures", "C1", standing_staff=()),
        ),
    ),
    Break(
        "convoy_ambulance",
        "a second one for seven persons",
        both(second_ambulance, rule_value("persons_per_ambulance", 6)),
    ),
    Break(
        "luggage",
        "the standing truck",
        both(
            row("families", "RA2", luggage_kg=21),
            row("departures", "C1", standing_luggage_kg=1),
            row("departures", "C2", standing_luggage_kg=1),
        ),
    ),
    Break("departure_runs", "an option of today", OPTION_OF_TODAY),
    Break(
        "departure_deadlines",
        "due today, and ticketed",
        row(
            "departures",
            "F2",
            names_due=may(1),
            ticket_by=may(1) - DAY,
            status=DepartureStatus.TICKETED,
        ),
    ),
    Break(
        "departure_deadlines",
        "on the manifest",
        both(
            row("departures", "F2", names_due=may(1) - DAY),
            assigned("RS1", "F2", "notified"),
        ),
    ),
    Break(
        "manifest_lock",
        "exactly so many hours",
        both(
            row("departures", "C1", departs=at("05-14 06:00+03:30")),
            rule_value("manifest_lock_hours_convoy", 308),
            rule_value("manifest_lock_hours_flight", 240),
            world(as_of=at("05-01 10:00+03:30")),
        ),
    ),
    Break(
        "pins",
        "vehicle and escort",
        assigned("RA3", "C1", "pinned", vehicle="AMB#1", escort_id="N2"),
    ),
    Break(
        "place_capacity",
        "a quota year of others",
        row("capacities", "K3", programme="VOLREP", date_to=may(19)),
    ),
    Break(
        "place_capacity",
        "a quota year set aside still covers its dates",
        both(row("capacities", "K3", limit=0), override("place_capacity", "K3")),
    ),
    Break(
        "place_open",
        "closed to others",
        row("closures", "X1", weekdays=(4,), programmes=("RESETTLE",)),
    ),
    Break(
        "place_open",
        "closed for arrivals",
        row("closures", "X1", weekdays=(4,), kinds=(CapacityKind.ARRIVAL,)),
    ),
    Break(
        "place_open",
        "Thursday from eleven to twelve: it comes at ten and leaves at twelve",
        row("closures", "X1", weekdays=(4,), opens=time(11), closes=time(12)),
    ),
    Break(
        "place_open",
        "other hours on Fridays, no end of them",
        row(
            "closures",
            "X1",
            date_from=None,
            date_to=None,
            weekdays=(5,),
            closes=time(9),
        ),
    ),
    Break(
        "place_open",
        "open after all",
        row("closures", "X1", weekdays=(4,), state=ClosureState.OPEN),
    ),
    Break(
        "public_holidays",
        "open after all",
        both(
            row("places", "MASHHAD", country="DE", holidays=True),
            row(
                "closures",
                "X1",
                place_id="MASHHAD",
                state=ClosureState.OPEN,
                weekdays=(),
            ),
        ),
    ),
    Break(
        "arrival_notice",
        "on the manifest",
        both(
            row("capacities", "K3", notice_working_days=40),
            assigned("RS1", "F2", "locked"),
        ),
    ),
    Break("late_arrival", "any", rule_value("latest_arrival_hour", 24)),
    Break(
        "line_approval",
        "approved",
        both(
            row("budget_lines", "EU", needs_approval=True),
            override("line_approval", "EU"),
        ),
    ),
)
