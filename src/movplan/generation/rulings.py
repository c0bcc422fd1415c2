"""What this mission rules for itself: parameters, donors' approvals, overrides."""

from movplan.domain.assignments import Override
from movplan.domain.budgets import BudgetLine
from movplan.domain.people import Family
from movplan.domain.rules import Rule, RuleOverride
from movplan.domain.transport import Departure
from movplan.domain.words import EvidenceLabel, RuleType
from movplan.generation.brief import TODAY


def rules(departures: list[Departure]) -> list[Rule]:
    """Parameters this mission edits, with their sources."""
    carriers = {departure.carrier for departure in departures}
    wide_body = tuple(
        RuleOverride(carrier=carrier, value=8)
        for carrier in ("EK", "QR")
        if carrier in carriers
    )
    return [
        Rule(
            name="assumed_transfer_km",
            value=200,
            unit="km",
            type=RuleType.PARAMETER,
            source="longer ways are listed; crossings are reached by convoy only",
            label=EvidenceLabel.COMMON_PRACTICE,
        ),
        Rule(
            name="medical_validity_days",
            value=180,
            unit="days from examination",
            type=RuleType.PARAMETER,
            source="six months (M4); Canada twelve months (M3)",
            label=EvidenceLabel.SECOND_HAND,
            overrides=(RuleOverride(destination="CA", value=365),),
        ),
        Rule(
            name="wheelchair_limit",
            value=4,
            unit="wheelchairs (WCHC and WCHS) per aircraft",
            type=RuleType.PARAMETER,
            source="narrow-body 4, wide-body 8 (M22)",
            label=EvidenceLabel.COMMON_PRACTICE,
            overrides=wide_body,
        ),
        *_daylight(),
    ]


def _daylight() -> list[Rule]:
    """Convoys leave Mashhad at 05:30 and come in at 19:00 from Tehran."""
    hours = {"drive_from_hour": 5, "drive_until_hour": 19}
    return [
        Rule(
            name=name,
            value=hour,
            unit="hour of the day",
            type=RuleType.PARAMETER,
            source="agreed with the escorting police; April and May are light (C6)",
            label=EvidenceLabel.COMMON_PRACTICE,
        )
        for name, hour in hours.items()
    ]


def approvals(lines: list[BudgetLine]) -> list[Override]:
    """Donors' approvals: a line that asks for one may pay."""
    return [
        Override(
            rule="line_approval",
            scope=line.budget_line_id,
            by=f"{line.donor}, programme officer",
            reference=f"{line.external_code}-2026-04",
            date=TODAY,
            reason="list of candidates approved",
        )
        for line in lines
        if line.needs_approval
    ]


def overrides(families: list[Family]) -> list[Override]:
    """One returning professional may stay overnight in transit after all."""
    professionals = [f for f in families if f.programme == "rqa"]
    return [
        Override(
            rule="overnight_transit",
            scope=family.family_id,
            by="chief of mission",
            reference="MP-2026-0114",
            date=TODAY,
            reason="asked to break the journey",
        )
        for family in professionals[:1]
    ]
