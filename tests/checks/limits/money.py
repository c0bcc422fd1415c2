"""Limits of money, and of what the plan says of itself."""

from datetime import date

from tests.checks.broken.tools import both, charge, level, override, row, updated
from tests.checks.limits.pair import Change, Pair, of_column
from tests.checks.world import may


def approved_on(day: date) -> Change:
    """An authority approves the line of RS1 on a day."""
    return both(
        row("budget_lines", "EU", needs_approval=True),
        override("line_approval", "EU"),
        lambda s, p: (
            updated(s, overrides=tuple(updated(o, date=day) for o in s.overrides)),
            p,
        ),
    )


def shares(eu_percent: int) -> Change:
    """The contract of C1, of which EU paid 40 %."""
    return both(
        row("payers", "departure/C1/EU", share_percent=eu_percent),
        row("payers", "departure/C1/RET", share_percent=100 - eu_percent),
    )


PAIRS: tuple[Pair, ...] = (
    of_column(
        "budget_ceiling",
        ("budget_lines", "WSL", "ceiling_cents"),
        (32_000, 31_999),
        "2 seats at 150, 2 x (4 + 6) USD by road",
        "is drawn USD 320.00, USD 319.99 are available",
    ),
    of_column(
        "budget_eligibility",
        ("budget_lines", "RET", "service_until"),
        (may(15), may(14)),
        "the grant is paid on arrival, the 15th",
        "which pays until 2026-05-14, the service is on 2026-05-15",
    ),
    Pair(
        "line_approval",
        "by the day of as_of",
        approved_on,
        may(1),
        may(2),
        "EU (donor of EU) needs approval",
    ),
    of_column(
        "family_ceiling",
        ("budget_lines", "WSL", "max_per_person_cents"),
        (32_000, 31_999),
        "USD 320 for one person",
        "at most USD 319.99 for 1 person",
    ),
    of_column(
        "enrolment",
        ("budget_lines", "RET", "max_families"),
        (3, 2),
        "RA1, RA2, RA3",
        "RET supports 3 families, at most 2",
    ),
    of_column(
        "enrolment",
        ("budget_lines", "EU", "max_persons"),
        (4, 3),
        "RS1 is four",
        "EU supports 4 persons, at most 3",
    ),
    Pair(
        "payers",
        "400.00 of USD 1,000.01 are 40 %",
        shares,
        40,
        41,
        "EU pays USD 400.00 of USD 1,000.01, its share is USD 410.00",
        raw=True,
    ),
    Pair(
        "ledger",
        "USD 400.00 at 1.10 are EUR 363.64",
        lambda cents: charge("C1", "fixed", "EU", line_cents=cents),
        36_364,
        36_363,
        "are EUR 363.64, not EUR 363.63",
        raw=True,
    ),
    Pair(
        "objective",
        "3 + 2 + 2 + 4 + 1 persons",
        lambda value: level("persons", value=value, bound=value),
        12,
        13,
        "level persons is worth 12, the certificate says 13",
        raw=True,
    ),
)
