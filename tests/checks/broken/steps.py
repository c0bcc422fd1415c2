"""Plans broken on purpose: rules of steps and documents."""

from datetime import time

from movplan.domain.words import LineKind, PlaceKind, SessionKind
from tests.checks.broken.scenes import (
    CO,
    DOC,
    PEC,
    clinic,
    document_step,
    documents_until,
)
from tests.checks.broken.tools import Break, both, leg, mission, row, rule_value, world
from tests.checks.world import SCENARIO, at, may

BREAKS: tuple[Break, ...] = (
    Break(
        "document_validity",
        "expires the day before the border",
        row("documents", "RA3-2/exit_permit", valid_until=may(13)),
        "exit_permit of RA3-2 ends 2026-05-13, needed on 2026-05-14",
    ),
    # RS1 alights and leaves Istanbul on 20 May.
    Break(
        "document_validity",
        "in transit",
        row("documents", "RS1-4/transit_pass", valid_from=may(21), valid_until=None),
        "transit_pass of RS1-4 is valid from 2026-05-21, needed on 2026-05-20",
    ),
    Break(
        "document_validity",
        "missing",
        world(documents=SCENARIO.documents[1:]),
        "there is no exit_permit of RA1-1",
    ),
    # CO-FA ends on 12 May 16:00, 181 h before F1 leaves on 20 May 05:00.
    Break(
        "appointments",
        "orientation too late",
        rule_value("co_hours_min", 182),
        "CO-FA ends 181.0 hours before the first ride, 182 asked for",
    ),
    # PEC1 ends on 18 May 11:00, 42 h before.
    Break(
        "appointments",
        "check too early",
        rule_value("pec_hours_max", 41),
        "PEC1 ends 42.0 hours before the first ride, 24 to 41 asked for",
    ),
    Break(
        "appointments",
        "not attended",
        leg("RS1", 2, gone=True),
        "CO for 2 persons (fa), 1 persons (ps); sessions attended: CO-PS with 1",
    ),
    Break(
        "appointments",
        "wrong language",
        row("sessions", "CO-FA", language="ps"),
        "sessions attended: CO-FA with 2, CO-PS with 1",
    ),
    Break(
        "appointments",
        "a night short",
        leg("RS1", 9, gone=True),
        "for PEC1 it has no night at CLINIC on 2026-05-19",
    ),
    # The child of one goes with the parent whose language is entered for it: 1 + 1.
    Break(
        "appointments",
        "a small child stays behind",
        row("members", "RS1-4", language="ps"),
        "1 persons go TEHRAN-CLINIC for CO-PS, 2 have to",
    ),
    Break(
        "appointments",
        "a minor goes alone",
        both(
            row("members", "RS1-2", language="fa"),
            row("members", "RS1-3", language="ps"),
        ),
        "minors go TEHRAN-CLINIC for CO-PS with no adult",
    ),
    Break(
        "appointments",
        "a step nobody asked for",
        row("families", "RS1", steps_done=(SessionKind.PRE_EMBARKATION_CHECK,)),
        "attends PEC1, which it does not need",
    ),
    Break(
        "appointments",
        "already begun",
        row("sessions", "CO-FA", starts=at("04-30 09:00+03:30")),
        "CO-FA starts before",
    ),
    Break(
        "session_places",
        "full",
        row("sessions", "CO-FA", places=1),
        "CO-FA: 2 persons, 1 places",
    ),
    # CO-PS is on 12 and 13 May.
    Break(
        "session_places",
        "the second day of an orientation",
        clinic(0, date_from=may(13), date_to=may(13)),
        "CLINIC appointment on 2026-05-13: 1 persons, at most 0",
    ),
    # Applied for on 3 May, once the transport is firm.
    Break(
        "document_order",
        "obtained a day late",
        row("document_types", "booklet", lead_days=18),
        "booklet of RS1-4 is in hand on 2026-05-21 at the earliest, due on 2026-05-20",
    ),
    Break(
        "document_order",
        "three days to firm",
        both(
            row("document_types", "booklet", lead_days=17),
            rule_value("days_to_firm", 3),
        ),
        "booklet of RS1-1 is in hand on 2026-05-21",
    ),
    Break(
        "document_order",
        "after a visa of 20 May",
        row("document_types", "booklet", after=("visa",)),
        "booklet of RS1-1 is in hand on 2026-05-30",
    ),
    Break(
        "document_order",
        "irreversible ones last",
        row("document_types", "booklet", irreversible=True),
        "booklet of RS1-1, irreversible and last, is in hand on 2026-05-30",
    ),
    Break(
        "document_validity",
        "valid for a day too few: both ends of the journey",
        both(
            row("departures", "F2", arrives=at("05-21 16:00+02:00")),
            leg("RS1", 12, arrives=at("05-21 16:00+02:00")),
            leg(
                "RS1",
                13,
                departs=at("05-21 16:00+02:00"),
                arrives=at("05-21 16:45+02:00"),
            ),
            mission(
                "M3",
                ends=at("05-21 16:00+02:00"),
                back_at_base=at("05-22 01:30+03:30"),
                free_from=at("05-24 01:30+03:30"),
            ),
            row("document_types", "booklet", validity_days=0),
            row("medical", "RS1-1", valid_until=may(21)),
            *(row("documents", f"RS1-{n}/visa", valid_until=None) for n in range(1, 5)),
            rule_value("companion_flight_hours", 30),
            row("budget_lines", "TOP", ceiling_cents=None),
        ),
        "booklet of RS1-1 ends 2026-05-20, needed on 2026-05-21",
    ),
    Break(
        "document_validity",
        "at the border boarded",
        both(
            row("places", "MASHHAD", kind=PlaceKind.BORDER, opens=time(6)),
            row("documents", "RA3-2/exit_permit", valid_until=may(13)),
        ),
        "exit_permit of RA3-2 ends 2026-05-13, needed on 2026-05-14",
    ),
    Break(
        "promissory_note",
        "a loan without a note",
        row("budget_lines", "EU", kind=LineKind.LOAN),
        "RS1: EU is a loan, and the family neither holds",
    ),
    # F1 leaves on 20 May 05:00; documents end 353 hours before.
    Break(
        "appointments",
        "documents too late",
        both(document_step, rule_value("doc_hours_min", 354)),
        "DOC1 ends 353.0 hours before the first ride, 354 asked for",
    ),
    Break(
        "step_order",
        "orientation a minute too early",
        documents_until("09:01"),
        "DOC comes before CO, but CO-FA begins 2026-05-12 09:00, before DOC1 ends "
        "2026-05-12 09:01",
    ),
    Break(
        "step_order",
        "documents end after the way to orientation has begun",
        documents_until("08:31"),
        "DOC comes before CO, but the way to CO-PS begins 2026-05-12 08:30, before "
        "DOC1 ends 2026-05-12 08:31",
    ),
    Break(
        "step_order",
        "the other way round",
        both(
            document_step,
            row("programmes", "RESETTLE", required_steps=(CO, DOC, PEC)),
        ),
        "CO comes before DOC, but DOC1 begins 2026-05-05 09:00, before CO-FA ends",
    ),
)
