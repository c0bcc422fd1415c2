"""Whether a plan's ledger is what the plan costs, to the cent."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from movplan.costing.ledger import funding_of, pay, required_charges
from movplan.costing.tariffs import Tariffs
from movplan.costing.unpaid import ChargeKey, key_of
from movplan.domain.plan import Charge, Plan
from movplan.domain.scenario import Scenario

Place = tuple[ChargeKey, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A charge in which a ledger and the plan it belongs to disagree.

    ``planned`` is empty for a charge the ledger lacks, ``required`` for one it should
    not have; ``budget_line_id`` is empty when no line is known to pay it.
    """

    key: ChargeKey
    budget_line_id: str
    planned: tuple[Charge, ...]
    required: tuple[Charge, ...]
    fact: str

    def __str__(self) -> str:
        return f"{self.key} on {self.budget_line_id or 'no line'}: {self.fact}"


def recost(scenario: Scenario, plan: Plan) -> tuple[Difference, ...]:
    """Differences between a plan's ledger and its charges worked out again.

    Each charge of a family stays with the line the ledger gives it; everything else
    (which charges, amounts, splits, overhead, conversions) is worked out from scratch.
    Empty: balanced to the cent.
    """
    required = required_charges(scenario, plan.schedule, plan.departures, plan.missions)
    funding = funding_of(plan.ledger)
    funded = [c for c in required if c.payers or c.key in funding]
    unfunded = [c for c in required if not c.payers and c.key not in funding]
    planned = _by_place(plan.ledger)
    again = _by_place(pay(Tariffs(scenario), funded, funding))
    missing = [
        Difference(
            c.key, "", (), (), f"{c.amount_cents} {c.currency} not in the ledger"
        )
        for c in unfunded
    ]
    differing = [
        Difference(*place, planned[place], again[place], fact)
        for place in sorted({*planned, *again})
        if (fact := _fact(planned[place], again[place]))
    ]
    return tuple(missing + differing)


def _by_place(ledger: Iterable[Charge]) -> defaultdict[Place, tuple[Charge, ...]]:
    found: defaultdict[Place, tuple[Charge, ...]] = defaultdict(tuple)
    for charge in ledger:
        found[key_of(charge), charge.budget_line_id] += (charge,)
    return found


def _fact(planned: tuple[Charge, ...], required: tuple[Charge, ...]) -> str:
    """What differs, in words; empty when nothing does."""
    if planned == required:
        return ""
    if not required:
        return f"{_total(planned)} charged, but the plan does not cost it"
    if not planned:
        return f"{_total(required)} not in the ledger"
    if len(planned) > 1:
        return f"charged {len(planned)} times"
    fields = (
        (name, getattr(planned[0], name), getattr(required[0], name))
        for name in Charge.model_fields
    )
    return "; ".join(
        f"{name} is {there}, should be {right}"
        for name, there, right in fields
        if there != right
    )


def _total(charges: tuple[Charge, ...]) -> str:
    amount = sum(charge.amount_cents for charge in charges)
    return f"{amount} {charges[0].currency}"
