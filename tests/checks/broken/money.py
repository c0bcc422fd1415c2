"""Plans broken on purpose: rules of money."""

from tests.checks.broken.scenes import cut_overhead
from tests.checks.broken.tools import Break, both, charge, override, row
from tests.checks.mission import LINE_OF
from tests.checks.world import may

CEILING = frozenset({"budget_ceiling"})
BREAKS: tuple[Break, ...] = (
    Break(
        "budget_ceiling",
        "a cent short on the line above",
        row("budget_lines", "TOP", ceiling_cents=692_805),
        "TOP (donor of TOP) is drawn USD 5,928.06, USD 5,928.05 are available",
    ),
    Break(
        "budget_ceiling",
        "two seats at 150, four transfers: 320",
        row("budget_lines", "WSL", ceiling_cents=31_999),
        "is drawn USD 320.00, USD 319.99 are available",
    ),
    Break(
        "budget_eligibility",
        "not its beneficiaries",
        row("families", "RS1", beneficiary_type=None),
        "is on EU, which does not pay for no beneficiaries",
    ),
    Break(
        "budget_eligibility",
        "after the service dates",
        row("budget_lines", "RET", service_until=may(13)),
        "which pays until 2026-05-13, the service is on 2026-05-14",
    ),
    Break(
        "budget_eligibility",
        "paid by a line that does not serve it",
        row("budget_lines", "RET", max_families=3),
        "does not pay for no beneficiaries",
        frozenset({"enrolment"}),
        lines={**LINE_OF, "VOLREP": "EU"},
    ),
    Break(
        "enrolment",
        "families",
        row("budget_lines", "RET", max_families=2),
        "RET supports 3 families, at most 2",
    ),
    Break(
        "enrolment",
        "persons",
        row("budget_lines", "EU", max_persons=3),
        "EU supports 4 persons, at most 3",
    ),
    Break(
        "payers",
        "half and half in the contract",
        both(
            row("payers", "departure/C1/EU", share_percent=50),
            row("payers", "departure/C1/RET", share_percent=50),
        ),
        "EU pays USD 400.00 of USD 1,000.01, its share is USD 500.01",
        raw=True,
    ),
    Break(
        "payers",
        "a seat sold, nothing credited",
        charge("W1", "credit/WS1/outbound/1/W1", "EU", gone=True),
        "15000 cents of seats sold to WS1/outbound/1, 0 credited",
        CEILING,
        raw=True,
    ),
    # 400.00 USD at 1.10 are 363.64 EUR.
    Break(
        "ledger",
        "a cent of exchange",
        charge("C1", "fixed", "EU", line_cents=36_363),
        "USD 400.00 on 2026-05-14 are EUR 363.64, not EUR 363.63",
        raw=True,
    ),
    Break(
        "ledger",
        "no overhead",
        cut_overhead,
        "overhead grant/grant of RA3 on RET: 0 cents charged, 1400 due",
        raw=True,
    ),
    Break(
        "line_approval",
        "not approved",
        row("budget_lines", "EU", needs_approval=True),
        "EU (donor of EU) needs approval and pays for RS1",
    ),
    Break(
        "line_approval",
        "approved for the family only",
        both(
            row("budget_lines", "EU", needs_approval=True),
            override("line_approval", "RS1"),
        ),
        "EU (donor of EU) needs approval and pays for C1, which is not firm and runs",
    ),
    Break(
        "line_approval",
        "approved but for an escort",
        both(
            row("budget_lines", "EU", needs_approval=True),
            *(
                override("line_approval", scope)
                for scope in ("RS1", "C1", "F2", "W1", "W2")
            ),
        ),
        "EU (donor of EU) needs approval and pays for the escort D1",
    ),
    Break(
        "family_ceiling",
        "a cent too much",
        row("budget_lines", "WSL", max_per_person_cents=31_999),
        "WS1: WSL pays USD 320.00 for its journey, at most USD 319.99 for 1 person",
    ),
)
