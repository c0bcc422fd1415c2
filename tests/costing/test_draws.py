"""Draws nest: a charge on a line draws on its ancestors, in their currencies."""

from hypothesis import given
from hypothesis import strategies as st

from movplan.costing.draws import headroom, line_draws
from movplan.costing.ledger import pay
from movplan.costing.tariffs import Tariffs
from movplan.costing.unpaid import ChargeKey, UnpaidCharge
from movplan.domain.words import CostCategory, PriceBasis, SubjectKind
from tests.costing.story import MAY_13, SCENARIO

TARIFFS = Tariffs(SCENARIO)
CHARGES = st.tuples(
    st.sampled_from(["L1-POOL", "L2-EUR", "L3-IRR", "L4-SELF"]),
    st.sampled_from(["USD", "EUR", "IRR"]),
    st.integers(-(10**12), 10**12),
)


def grant(number: int, currency: str, cents: int) -> UnpaidCharge:
    return UnpaidCharge(
        ChargeKey(SubjectKind.FAMILY, "aria", CostCategory.GRANT, f"grant/{number}"),
        MAY_13,
        currency,
        cents,
        "",
        PriceBasis.QUOTE,
    )


def test_nested_draws_of_one_charge() -> None:
    """46.50 USD on L2-EUR: 45.23 EUR there, 49.76 USD on its parent; see tariffs."""
    charge = grant(1, "USD", 4_650)
    ledger = pay(TARIFFS, [charge], {charge.key: "L2-EUR"})
    drawn = line_draws(SCENARIO, ledger)
    assert drawn == {"L1-POOL": 4_976, "L2-EUR": 4_523, "L3-IRR": 0, "L4-SELF": 0}
    left = headroom(SCENARIO, ledger)
    assert left["L1-POOL"] == 5_000_000 - 4_976
    assert left["L2-EUR"] == 2_000_000 - 4_523
    assert left["L3-IRR"] is None


@given(rows=st.lists(CHARGES, max_size=12))
def test_the_array_sum_is_the_sum_of_line_amounts(
    rows: list[tuple[str, str, int]],
) -> None:
    """What the ledger draws is what the model adds up, charge by charge."""
    charges = [grant(k, currency, cents) for k, (_, currency, cents) in enumerate(rows)]
    funding = {c.key: row[0] for c, row in zip(charges, rows, strict=True)}
    ledger = pay(TARIFFS, charges, funding)
    expected = dict.fromkeys(("L1-POOL", "L2-EUR", "L3-IRR", "L4-SELF"), 0)
    for line_id, currency, cents in rows:
        for link, drawn in TARIFFS.line_amounts(line_id, cents, currency, MAY_13):
            expected[link] += drawn
    assert line_draws(SCENARIO, ledger) == expected
