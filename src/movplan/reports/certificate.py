"""What a certificate holds with: families unchecked, overrides, estimated holidays."""

from collections.abc import Iterator

from movplan.domain.plan import Certificate, Plan
from movplan.reports.table import Table, left, wide
from movplan.reports.text import counted

HOLIDAY = "holiday at "


def reservations(plan: Plan) -> tuple[Table, ...]:
    """One table, or none when everything was looked at and nothing set aside."""
    rows = tuple(_rows(plan.certificate))
    if not rows:
        return ()
    columns = (*left("What", "Rule or place"), *wide("How"))
    return (Table("The certificate holds with", columns, rows),)


def _rows(certificate: Certificate) -> Iterator[tuple[str, ...]]:
    for check in certificate.checks:
        if check.unchecked:
            how = f"{counted(check.unchecked, 'case')} given as counts, without members"
            yield "UNCHECKED", check.rule, how
    for check in certificate.checks:
        if check.overridden:
            broken = counted(check.overridden, "violation")
            yield "overridden", check.rule, f"{broken} set aside by an authority"
    for override in certificate.overrides:
        rule, _, who = override.partition(" ")
        yield "override", rule, who
    for default in certificate.defaults:
        if default.what.startswith(HOLIDAY):
            yield "estimated date", default.what.removeprefix(HOLIDAY), default.value
