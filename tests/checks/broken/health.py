"""Plans broken on purpose: rules of health."""

from movplan.domain.words import MedicalStatus, Need
from tests.checks.broken.scenes import STANDS_IN
from tests.checks.broken.tools import Break, both, row, rule_value
from tests.checks.world import may

BREAKS: tuple[Break, ...] = (
    Break(
        "medical_fitness",
        "cleared until the day before",
        row("medical", "RS1-1", valid_until=may(19)),
        "is cleared until 2026-05-19, arrives on 2026-05-20",
    ),
    Break(
        "medical_fitness",
        "on hold on the day",
        row("medical", "RA1-1", status=MedicalStatus.HOLD, hold_until=may(14)),
        "on medical hold until 2026-05-14",
    ),
    # Examined on 1 April; 48 days later is 19 May, 49 days later the day it arrives.
    Break(
        "medical_fitness",
        "examined long ago",
        rule_value("medical_validity_days", 48),
        "RS1-2 is cleared until 2026-05-19",
    ),
    Break(
        "medical_fitness",
        "released the day after",
        row("medical", "RA1-1", status=MedicalStatus.HOLD, hold_released=may(15)),
        "on medical hold until 2026-05-14",
    ),
    Break(
        "medical_fitness",
        "held for nobody knows how long",
        row("medical", "RA1-1", status=MedicalStatus.HOLD),
        "on medical hold of unknown length",
    ),
    Break(
        "airline_clearance",
        "cleared until the day before",
        row("medical", "RS1-1", airline_clearance_until=may(19)),
        "RS1-1 is cleared by the airline until 2026-05-19, flies F1 on 2026-05-20",
    ),
    Break(
        "airline_clearance",
        "takes 20 days",
        both(
            row("members", "RS1-3", needs=(Need.MEDA,)),
            row("places", "IST", clinic=True),
            rule_value("airline_clearance_days", 20),
        ),
        "RS1-3 (MEDA) is not cleared by the airline, which takes 20 days, to 2026",
    ),
    # From 1 May 06:00 UTC to 20 May 01:30 UTC: 451.5 hours.
    Break(
        "special_notice",
        "half an hour short",
        both(
            row("members", "RS1-3", needs=(Need.OXYG,)),
            row("places", "IST", clinic=True),
            rule_value("special_notice_hours", 452),
        ),
        "with 452 hours' notice it can from 2026-05-20 05:30",
    ),
    Break(
        "pregnancy",
        "in week 35",
        row("members", "RS1-2", pregnancy_weeks=32),
        "RS1-2 is in week 35 on 2026-05-20, F1 refuses from week 35",
    ),
    Break(
        "pregnancy",
        "twins",
        row("members", "RS1-2", pregnancy_weeks=28, pregnancy_multiple=True),
        "is in week 31 on 2026-05-20, F1 refuses from week 31",
    ),
    Break(
        "companion",
        "three hours, nobody able",
        both(
            rule_value("companion_flight_hours", 2),
            row("medical", "RS1-1", escort_role=None),
        ),
        "RS1-1 needs a companion on F1 on 2026-05-20 (longer than 2 hours), 0 able",
    ),
    Break(
        "fitness_between",
        "nobody in Istanbul",
        row("members", "RS1-3", needs=(Need.MEDA,)),
        "nobody examines RS1-3 before F2 on 2026-05-20: no doctor or nurse of its own, "
        "no clinic at IST",
    ),
    Break(
        "fitness_between",
        "a family companion is no doctor",
        STANDS_IN,
        "nobody examines RA1-1 before C2",
    ),
)
