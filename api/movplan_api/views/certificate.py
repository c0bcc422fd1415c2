"""The certificate with what stands beside it in a plan."""

from movplan_api.views.seen import Row

_BESIDE = ("outcome", "stop_reason", "repeatable", "certificate", "findings")


def certificate(plan: Row) -> Row:
    """How good the plan is, what was checked, what could not be, what it reports."""
    checks = plan["certificate"]["checks"]
    return {
        **{name: plan[name] for name in _BESIDE},
        "broken": sum(check["violations"] for check in checks),
        "unchecked": sum(check["unchecked"] for check in checks),
    }
