"""A plan in short, as one JSON object."""

from collections import Counter
from typing import Any

from movplan.domain.plan import Plan
from movplan.reports.journeys import persons_moved


def plan_digest(plan: Plan) -> dict[str, Any]:
    """Outcome, persons, levels, cost and reasons; amounts in minor units."""
    moved = persons_moved(plan)
    stay = sum(row.persons for row in plan.left_out)
    reasons = Counter(row.reason.value for row in plan.left_out)
    certificate = plan.certificate
    return {
        "scenario_id": plan.scenario_id,
        "outcome": plan.outcome.value,
        "stop_reason": plan.stop_reason.value,
        "repeatable": plan.repeatable,
        "families": {"moved": len(moved), "of": len(moved) + len(plan.left_out)},
        "persons": {"moved": sum(moved.values()), "of": sum(moved.values()) + stay},
        "levels": [level.model_dump(mode="json") for level in certificate.levels],
        "cost": {
            "currency": plan.reporting_currency,
            "amount_cents": certificate.ledger_total_reporting_cents,
            "estimated_share_percent": certificate.estimated_share_percent,
        },
        "left_out": dict(sorted(reasons.items())),
        "findings": [found.model_dump(mode="json") for found in plan.findings],
        "violations": sum(check.violations for check in certificate.checks),
    }
