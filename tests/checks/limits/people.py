"""Limits of documents, steps and health."""

from movplan.domain.words import DocumentState, LineKind, MedicalStatus, Need
from tests.checks.broken.scenes import (
    clinic,
    clinic_road,
    document_step,
    documents_until,
)
from tests.checks.broken.tools import both, leg, row, rule_value
from tests.checks.limits.pair import Change, Pair, of_column, of_parameter
from tests.checks.world import may

ON_HOLD = row("medical", "RA1-1", status=MedicalStatus.HOLD)
OXYGEN = both(
    row("members", "RS1-3", needs=(Need.OXYG,)), row("places", "IST", clinic=True)
)
CLEARED = both(
    row("members", "RS1-3", needs=(Need.MEDA,)), row("places", "IST", clinic=True)
)
NOBODY_ABLE = row("medical", "RS1-1", escort_role=None)
TWINS = row("members", "RS1-2", pregnancy_multiple=True)


def of_age(years: int) -> Change:
    """RS1-3 is nine: from ten on one person is left for a session of one place."""
    return both(
        rule_value("co_age_years", years),
        row("sessions", "CO-FA", places=1),
        leg("RS1", 2, persons=1),
    )


PAIRS: tuple[Pair, ...] = (
    of_column(
        "document_validity",
        ("documents", "RA3-2/exit_permit", "valid_until"),
        (may(14), may(13)),
        "at the border on the 14th",
        "ends 2026-05-13, needed on 2026-05-14",
    ),
    of_column(
        "document_validity",
        ("documents", "RS1-4/transit_pass", "valid_from"),
        (may(20), may(21)),
        "in Istanbul on the 20th",
        "is valid from 2026-05-21, needed on 2026-05-20",
    ),
    of_column(
        "document_order",
        ("document_types", "booklet", "lead_days"),
        (17, 18),
        "firm on 1 + 2 May, 17 days later is the 20th",
        "is in hand on 2026-05-21 at the earliest",
    ),
    of_column(
        "document_order",
        ("document_types", "booklet", "lead_days"),
        (16, 17),
        "needed to book: F1 leaves on the 20th, locked 72 hours before",
        "is in hand on 2026-05-18 at the earliest, due on 2026-05-17",
        row("document_types", "booklet", needed_to_book=True),
    ),
    of_column(
        "document_order",
        ("departures", "F1", "names_due"),
        (may(11), may(10)),
        "1 + 10 = 11 May, names are due that day",
        "is in hand on 2026-05-11 at the earliest, due on 2026-05-10",
        row("document_types", "booklet", lead_days=10, needed_to_book=True),
    ),
    of_parameter(
        "document_order",
        "days_to_firm",
        (2, 3),
        "1 + 2 + 17 = 20 May",
        "is in hand on 2026-05-21",
        row("document_types", "booklet", lead_days=17),
    ),
    of_column(
        "promissory_note",
        ("families", "RS1", "promissory_note"),
        (DocumentState.TO_OBTAIN, None),
        "held or to be signed",
        "EU is a loan",
        row("budget_lines", "EU", kind=LineKind.LOAN),
    ),
    of_column(
        "medical_fitness",
        ("medical", "RS1-1", "valid_until"),
        (may(20), may(19)),
        "arrives on the 20th",
        "is cleared until 2026-05-19",
    ),
    of_parameter(
        "medical_fitness",
        "medical_validity_days",
        (49, 48),
        "1 April + 49 days is 20 May",
        "RS1-2 is cleared until 2026-05-19",
    ),
    of_column(
        "medical_fitness",
        ("medical", "RA1-1", "hold_until"),
        (may(13), may(14)),
        "rides on the 14th",
        "on medical hold until 2026-05-14",
        ON_HOLD,
    ),
    of_column(
        "medical_fitness",
        ("medical", "RA1-1", "hold_released"),
        (may(14), may(15)),
        "released on the day it rides",
        "on medical hold until 2026-05-14",
        ON_HOLD,
    ),
    of_column(
        "airline_clearance",
        ("medical", "RS1-1", "airline_clearance_until"),
        (may(20), may(19)),
        "flies on the 20th",
        "is cleared by the airline until 2026-05-19",
    ),
    of_parameter(
        "airline_clearance",
        "airline_clearance_days",
        (19, 20),
        "1 May + 19 days is the 20th",
        "which takes 20 days",
        CLEARED,
    ),
    of_parameter(
        "special_notice",
        "special_notice_hours",
        (451, 452),
        "1 May 06:00 to 20 May 01:30 UTC: 451.5 hours",
        "with 452 hours' notice",
        OXYGEN,
    ),
    of_column(
        "pregnancy",
        ("members", "RS1-2", "pregnancy_weeks"),
        (31, 32),
        "three weeks later 34, refused from 35",
        "is in week 35 on 2026-05-20",
    ),
    of_parameter(
        "pregnancy",
        "pregnancy_refuse_week",
        (35, 34),
        "in week 34",
        "F1 refuses from week 34",
    ),
    of_parameter(
        "pregnancy",
        "pregnancy_multiple_weeks_earlier",
        (0, 1),
        "week 34 < 35 - 0",
        "F1 refuses from week 34",
        TWINS,
    ),
    of_parameter(
        "companion",
        "companion_flight_hours",
        (3, 2),
        "both flights take three hours",
        "(longer than 2 hours), 0 able",
        NOBODY_ABLE,
    ),
    of_column(
        "fitness_between",
        ("places", "IST", "clinic"),
        (True, False),
        "a patient changes in Istanbul",
        "nobody examines RS1-3 before F2",
        row("members", "RS1-3", needs=(Need.MEDA,)),
    ),
    of_parameter(
        "appointments",
        "co_hours_min",
        (157, 158),
        "13 May 16:00 to 20 May 05:00: 157 hours",
        "CO-PS ends 157.0 hours before the first ride, 158 asked for",
    ),
    of_parameter(
        "appointments",
        "pec_hours_min",
        (42, 43),
        "18 May 11:00 to 20 May 05:00: 42 hours",
        "PEC1 ends 42.0 hours before the first ride, 43 to 72 asked for",
    ),
    of_parameter(
        "appointments",
        "pec_hours_max",
        (42, 41),
        "18 May 11:00 to 20 May 05:00: 42 hours",
        "PEC1 ends 42.0 hours before the first ride, 24 to 41 asked for",
    ),
    Pair(
        "appointments",
        "co_age_years, born in 2017, nine in 2026",
        of_age,
        10,
        9,
        "CO for 2 persons (fa), 1 persons (ps); sessions attended: CO-FA with 1",
        parameter="co_age_years",
    ),
    of_parameter(
        "appointments",
        "doc_hours_min",
        (353, 354),
        "5 May 12:00 to 20 May 05:00: 353 hours",
        "DOC1 ends 353.0 hours before the first ride, 354 asked for",
        document_step,
    ),
    Pair(
        "step_order",
        "documents end as the way to orientation begins, 12 May 08:30",
        documents_until,
        "08:30",
        "08:31",
        "the way to CO-PS begins 2026-05-12 08:30, before DOC1 ends 2026-05-12 08:31",
    ),
    Pair(
        "step_order",
        "home on 13 May 16:00 + 56.5 hours, away again on 18 May 09:00 - 56.5 hours",
        clinic_road,
        3390,
        3391,
        "the way to PEC1 begins 2026-05-16 00:29, before the way back from CO-PS ends "
        "2026-05-16 00:31",
    ),
    Pair(
        "session_places",
        "all four of RS1 are checked on 18 May",
        clinic,
        4,
        3,
        "CLINIC appointment on 2026-05-18: 4 persons, at most 3",
    ),
    of_column(
        "session_places",
        ("sessions", "CO-FA", "places"),
        (2, 1),
        "RS1-1 and RS1-3",
        "CO-FA: 2 persons, 1 places",
    ),
)
