"""Plans broken on purpose: rules of escorts."""

from movplan.domain.words import EscortRole
from tests.checks.broken.scenes import (
    alone,
    both_with_n1,
    second_patient,
    staffed,
    without_doctor,
)
from tests.checks.broken.tools import Break, both, mission, row, rule_value
from tests.checks.mission import ride
from tests.checks.world import at, may

BREAKS: tuple[Break, ...] = (
    Break(
        "escort_cover",
        "does not speak",
        row("medical", "RA1-1", escort_language="ps"),
        "RA1-1 has no nurse (shared, female, ps)",
    ),
    Break("escort_cover", "nobody", without_doctor, "RS1-1 has no doctor"),
    Break("escort_cover", "two patients", second_patient, "RA1-2 has no nurse"),
    Break(
        "escort_mission",
        "sets out an hour late",
        mission("M1", leaves_base=at("05-14 06:00+03:30")),
        "it leaves its base 2026-05-14 05:00, not 2026-05-14 06:00",
    ),
    Break(
        "escort_mission",
        "not available",
        row("escorts", "N1", available_until=may(15)),
        "N1 is back on 2026-05-16, is available until 2026-05-15",
    ),
    Break(
        "escort_mission",
        "lead time",
        row("escorts", "N2", lead_days=13),
        "a 13-day lead time allows 2026-05-14",
    ),
    Break(
        "escort_mission",
        "not a nurse",
        both(
            mission("M2", role=EscortRole.DOCTOR),
            row("medical", "RA3-1", escort_role=None),
        ),
        "N2 is a nurse, not a doctor",
    ),
    Break("escort_roster", "two at once", both_with_n1, "N1 is on 2 missions at once"),
    Break(
        "escort_cover",
        "a skill nobody has",
        row("medical", "RA1-1", escort_skills=("oxygen",)),
        "RA1-1 has no nurse (shared, female, fa, oxygen)",
    ),
    Break(
        "escort_cover",
        "one patient for a nurse",
        both(
            second_patient,
            row("escorts", "N1", patients_at_a_time=None),
            rule_value("patients_per_nurse", 1),
        ),
        "RA1-2 has no nurse",
    ),
    Break(
        "escort_cover",
        "a minor alone",
        both(alone, row("families", "WS1", best_interests=may(1))),
        "WS1-1 has no operational (shared) with room on W1",
    ),
    Break(
        "escort_mission",
        "may not enter",
        row("escorts", "D1", countries=("TR",)),
        "D1 may not enter DE (F2 to BER), only IR, TR",
    ),
    Break(
        "escort_mission",
        "staff of half a convoy",
        both(
            staffed,
            mission("M5", rides=(ride("C1", "MASHHAD", "DOGHAROUN"),)),
        ),
        "staff of C1 rides MASHHAD-DOGHAROUN, not all of it",
    ),
    Break(
        "escort_mission",
        "staff that serves a family",
        both(staffed, mission("M5", family_ids=("RA3",))),
        "staff of a convoy serves RA3",
    ),
)
