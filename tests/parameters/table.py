"""What else a parameter changes: journeys, what they cost, are worth, what is due.

Parameters that limit something have a pair in ``tests/checks/limits``; these are all
the others. Each row is the small mission of the checks, a little changed, and values.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from movplan.domain.people import Medical
from movplan.domain.plan import Plan
from movplan.domain.rules import RuleOverride, Value
from movplan.domain.scenario import Scenario
from movplan.domain.words import AgeClass, EscortRole, Priority
from tests.checks.broken.tools import (
    World,
    assigned,
    both,
    row,
    rule_value,
    updated,
)
from tests.checks.mission import PLAN
from tests.checks.world import SCENARIO, rule

Change = Callable[[Scenario, Plan], World]


class Seen(Enum):
    """How a change of value shows, to the checks and to the model."""

    BROKEN = "the rides of one value are refused at the other"
    COST = "the ledger is another"
    VALUE = "a level is worth something else"
    DEADLINE = "a deadline is another; nothing is refused"


@dataclass(frozen=True)
class Changed:
    """A parameter's two values, after changes of the world; ``why``: the arithmetic."""

    parameter: str
    values: tuple[Value, Value]
    seen: Seen
    why: str
    first: Change
    rule: str = ""

    def scenario(self, value: Value) -> Scenario:
        """The small mission with a value."""
        return both(self.first, rule_value(self.parameter, value))(SCENARIO, PLAN)[0]


def without(table: str, *keys: str) -> Change:
    """Rows that are not listed: what they say is assumed."""

    def change(scenario: Scenario, plan: Plan) -> World:
        rows = getattr(scenario, table)
        kept = tuple(each for each in rows if each.key not in keys)
        assert len(kept) == len(rows) - len(keys), keys
        return updated(scenario, **{table: kept}), plan

    return change


def until_two(scenario: Scenario, plan: Plan) -> World:
    """The workshop is reached by 14:00."""
    late = rule("latest_arrival_hour", 24, RuleOverride(programme="WORKSHOP", value=14))
    others = (each for each in scenario.rules if each.name != late.name)
    return updated(scenario, rules=(*others, late)), plan


def cheaper_for_children(scenario: Scenario, plan: Plan) -> World:
    """Children fly F1 at 150 instead of 200 EUR."""
    fare = updated(scenario.fares[0], age_class=AgeClass.CHILD, amount_cents=15_000)
    assert fare.departure_id == "F1"
    return updated(scenario, fares=(*scenario.fares, fare)), plan


RICH = both(
    *(
        row("budget_lines", name, ceiling_cents=None, max_per_person_cents=None)
        for name in ("TOP", "EU", "WSL")
    )
)
# 0.36 degrees of latitude are 40.03 km; W1 lands at 12:30.
OUT_OF_TOWN = both(
    RICH,
    without("transfers", "IST/ISTANBUL"),
    row("places", "ISTANBUL", latitude=35.36),
    until_two,
)
# Ten degrees of latitude are 1,112 km.
FAR_FROM_KABUL = both(
    RICH,
    without("escort_travel", "KABUL/MASHHAD"),
    row("places", "KABUL", latitude=45.0),
)


def with_the_doctor(scenario: Scenario, plan: Plan) -> World:
    """WS1 has to have the doctor with it, D1, whose row says nothing of rest."""
    ill = Medical(member_id="WS1-1", escort_role=EscortRole.DOCTOR)
    return updated(scenario, medical=(*scenario.medical, ill)), plan


# D1 is home from W2 on 16 May at 15:30 and leaves for F1 on the 20th at 01:00.
ONE_DOCTOR = both(RICH, with_the_doctor, row("escorts", "D1", rest_hours=None))
BUMPED = assigned("RS1", "F3", "notified")
FIRST_CHILD = row("members", "RS1-2", pregnancy_first=True)

CHANGED: tuple[Changed, ...] = (
    Changed(
        "assumed_transfer_km",
        (55, 54),
        Seen.BROKEN,
        "40.03 km x 1.37 = 54.8 km",
        OUT_OF_TOWN,
        "journey_chain",
    ),
    Changed(
        "assumed_transfer_kmh",
        (37, 36),
        Seen.BROKEN,
        "54.8 km take 89 minutes or 92, there are 90",
        OUT_OF_TOWN,
        "late_arrival",
    ),
    Changed(
        "road_factor_percent",
        (224, 225),
        Seen.BROKEN,
        "at 60 km an hour 40.03 km x 2.24 take 90 minutes, x 2.25 take 91",
        OUT_OF_TOWN,
        "late_arrival",
    ),
    Changed(
        "assumed_escort_kmh",
        (500, 20),
        Seen.BROKEN,
        "1,112 km: N1 is home after hours, or after two days, on 18 May",
        FAR_FROM_KABUL,
        "escort_mission",
    ),
    Changed(
        "escort_rest_hours",
        (81, 82),
        Seen.BROKEN,
        "8.5 + 3 x 24 + 1 = 81.5 hours between two missions of the one doctor",
        ONE_DOCTOR,
        "escort_mission",
    ),
    Changed(
        "assumed_transfer_price_per_km_cents",
        (40, 41),
        Seen.COST,
        "54.8 km x 0.41 USD",
        OUT_OF_TOWN,
    ),
    Changed(
        "assumed_escort_price_per_km_cents",
        (15, 16),
        Seen.COST,
        "1,112 km x 0.16 USD",
        FAR_FROM_KABUL,
    ),
    Changed(
        "child_age_years",
        (12, 9),
        Seen.COST,
        "RS1-3, born in 2017, is nine: 150 or 200 EUR on F1",
        both(RICH, cheaper_for_children),
    ),
    Changed("weight_normal", (1, 2), Seen.VALUE, "twelve persons count double", both()),
    Changed(
        "weight_urgent",
        (2, 3),
        Seen.VALUE,
        "RS1 is urgent: 4 x 3",
        row("families", "RS1", priority=Priority.URGENT),
    ),
    Changed(
        "weight_emergency",
        (4, 5),
        Seen.VALUE,
        "RS1 is an emergency: 4 x 5",
        row("families", "RS1", priority=Priority.EMERGENCY),
    ),
    Changed(
        "lapse_bonus_percent",
        (50, 100),
        Seen.VALUE,
        "RA3 has until 14 May: 2 x 1.5 or 2 x 2",
        both(),
    ),
    Changed(
        "lapse_days_after_horizon",
        (28, 4),
        Seen.VALUE,
        "WS1 has until 5 June, 31 May + 5 days",
        row("families", "WS1", latest=date(2026, 6, 5)),
    ),
    Changed(
        "change_notice_days",
        (28, 27),
        Seen.VALUE,
        "F3 is 21 days off: 1 + 7 // 7 = 2 or 1 + 6 // 7 = 1",
        BUMPED,
    ),
    Changed(
        "pregnancy_certificate_week",
        (34, 35),
        Seen.DEADLINE,
        "RS1-2 is in week 34 on 20 May",
        both(),
    ),
    Changed(
        "pregnancy_certificate_days",
        (7, 6),
        Seen.DEADLINE,
        "20 May - 7 or - 6 days",
        both(),
    ),
    Changed(
        "pregnancy_first_weeks_later",
        (6, 7),
        Seen.DEADLINE,
        "28 + 6 = 34, the week of 20 May, or 28 + 7 = 35",
        FIRST_CHILD,
    ),
)
