"""What a plan costs by family, departure, programme, category, line or donor.

Two views that both sum to the ledger exactly: **payment** (who is charged) and
**attribution** (for whom: fixed costs shared among the families aboard, by seats).
"""

from collections.abc import Callable, Iterable
from fractions import Fraction

import pandas as pd

from movplan.costing.attribution import Attribution, Part, what_it_pays
from movplan.costing.groups import By, View
from movplan.domain.plan import Charge, Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import CostCategory, PriceBasis, SubjectKind

SHARED = "shared"


COLUMNS = (
    "line_currency",
    "charges",
    "line_cents",
    "reporting_cents",
    "estimated_reporting_cents",
)


def breakdown(
    scenario: Scenario, plan: Plan, by: By, view: View = View.PAYMENT
) -> pd.DataFrame:
    """One row per group and currency of the lines that pay, sorted.

    Columns: the group (named as ``by``), ``line_currency``, how many ``charges``,
    ``line_cents`` in that currency, ``reporting_cents``, and of these
    ``estimated_reporting_cents`` on estimated tariffs. ``reporting_cents`` sums to the
    ledger's total. Group ``shared`` is what belongs to no single group: fixed costs in
    the payment view by family or programme, and those of a departure nobody is aboard.
    """
    currency = {row.budget_line_id: row.currency for row in scenario.budget_lines}
    label = _labeller(scenario, By(by))
    parts = _parts(plan, View(view))
    rows = [
        (
            label(charge, part),
            currency[charge.budget_line_id],
            1,
            part.line_cents,
            part.reporting_cents,
            part.reporting_cents * (charge.basis is PriceBasis.ESTIMATE),
        )
        for charge, part in parts
    ]
    frame = pd.DataFrame(rows, columns=[str(by), *COLUMNS])
    groups = [str(by), "line_currency"]
    return frame.groupby(groups, as_index=False, sort=True).sum()


def estimated_share_percent(ledger: Iterable[Charge]) -> int:
    """Percent of the reporting total that rests on estimated tariffs, half-even."""
    total = estimated = 0
    for charge in ledger:
        total += charge.reporting_cents
        if charge.basis is PriceBasis.ESTIMATE:
            estimated += charge.reporting_cents
    return round(Fraction(100 * estimated, total)) if total else 0


def _parts(plan: Plan, view: View) -> list[tuple[Charge, Part]]:
    if view is View.ATTRIBUTION:
        attribution = Attribution(plan)
        return [(row, part) for row in plan.ledger for part in attribution.share(row)]
    return [(charge, _whole(charge)) for charge in plan.ledger]


def _whole(charge: Charge) -> Part:
    is_family = charge.subject_kind is SubjectKind.FAMILY
    family_id = charge.subject_id if is_family else None
    return Part(family_id, charge.line_cents, charge.reporting_cents)


def _labeller(scenario: Scenario, by: By) -> Callable[[Charge, Part], str]:
    programmes = {row.family_id: row.programme for row in scenario.families}
    donors = {row.budget_line_id: row.donor for row in scenario.budget_lines}
    labels: dict[By, Callable[[Charge, Part], str]] = {
        By.FAMILY: lambda _, part: part.family_id or SHARED,
        By.DEPARTURE: lambda charge, _: _departure_of(charge) or SHARED,
        By.PROGRAMME: lambda _, part: programmes.get(part.family_id or "", SHARED),
        By.CATEGORY: lambda charge, _: charge.category.value,
        By.BUDGET_LINE: lambda charge, _: charge.budget_line_id,
        By.DONOR: lambda charge, _: donors[charge.budget_line_id],
    }
    return labels[by]


def _departure_of(charge: Charge) -> str | None:
    """The departure a charge is for: its own, or the one a fare is paid on."""
    if charge.subject_kind is SubjectKind.DEPARTURE:
        return charge.subject_id
    category, item = what_it_pays(charge)
    if charge.subject_kind is SubjectKind.FAMILY and category is CostCategory.FARE:
        return item.split("/", 2)[2]
    return None
