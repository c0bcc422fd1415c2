"""Conversion: half-even, exact in rials, the last known rate carries forward."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from movplan.costing.conversion import convert_all
from movplan.domain.money import Rate, RateTable, share_out
from tests.costing.story import SCENARIO

RATES = RateTable(SCENARIO.rates, "USD")
MAY, JUNE = date(2026, 5, 31), date(2026, 6, 1)
CENTS = st.integers(-(10**14), 10**14)
# 10^14 x 10^4 stays within int64; the products with the numerator do not.
FACTORS = st.fractions(min_value=Fraction(1, 10**9), max_value=10**4)


def test_last_known_rate_carries_forward_until_the_next() -> None:
    """100 EUR: 110 USD on 31 May (rate of January), 120 USD on 1 June."""
    assert RATES.convert(10_000, "EUR", "USD", MAY) == 11_000
    assert RATES.convert(10_000, "EUR", "USD", JUNE) == 12_000


def test_no_rate_before_the_first() -> None:
    before = date(2025, 12, 31)
    assert RATES.find_rate("EUR", before) is None
    with pytest.raises(KeyError, match="no rate of EUR on or before 2025-12-31"):
        RATES.convert(1, "EUR", "USD", before)


@pytest.mark.parametrize(("cents", "expected"), [(5, 6), (15, 16), (25, 28), (35, 38)])
def test_halves_go_to_the_even_neighbour(cents: int, expected: int) -> None:
    """X 1.10: 5.5 -> 6, 16.5 -> 16, 27.5 -> 28, 38.5 -> 38."""
    assert RATES.convert(cents, "EUR", "USD", MAY) == expected


def test_rials_are_exact_beyond_float_and_int64_products() -> None:
    """123,456,789,012,345,678 rial cents x 0.000002 = 246,913,578,024.691356 cents."""
    rials = 123_456_789_012_345_678
    assert RATES.convert(rials, "IRR", "USD", MAY) == 246_913_578_025


def test_digits_of_the_minor_units_count() -> None:
    """1 KWD = 3 USD; 1.234 KWD (1,234 fils) = 3.702 USD = 370 cents."""
    table = RateTable([Rate(currency="KWD", date=MAY, value=Decimal(3))], "USD")
    assert table.convert(1_234, "KWD", "USD", MAY) == 370


@given(
    amount=CENTS,
    source=st.sampled_from(["USD", "EUR", "IRR"]),
    target=st.sampled_from(["USD", "EUR", "IRR"]),
)
def test_one_conversion_is_the_exact_fraction_rounded(
    amount: int, source: str, target: str
) -> None:
    """``round`` of a fraction is half-even and exact."""
    exact = amount * RATES.factor(source, target, MAY)
    assert RATES.convert(amount, source, target, MAY) == round(exact)


@example(amounts=[0], factor=Fraction(2**63))
@given(amounts=st.lists(CENTS, max_size=20), factor=FACTORS)
def test_many_at_once_as_one_by_one(amounts: list[int], factor: Fraction) -> None:
    converted = convert_all(np.array(amounts, np.int64), factor)
    assert converted.tolist() == [round(amount * factor) for amount in amounts]


@given(amount=st.integers(-(10**6), 10**6), half=st.sampled_from([1, 3, 5, 7]))
def test_array_halves_go_to_even(amount: int, half: int) -> None:
    """X 1/2, 3/2, 5/2, 7/2: never further than a half, and halves end even."""
    (converted,) = convert_all(np.array([amount]), Fraction(half, 2)).tolist()
    exact = Fraction(amount * half, 2)
    assert abs(converted - exact) <= Fraction(1, 2)
    assert exact.denominator == 1 or converted % 2 == 0


@given(
    amount=st.integers(-(10**12), 10**12),
    weights=st.lists(st.integers(1, 100), min_size=1, max_size=6),
)
def test_shares_sum_to_the_amount(amount: int, weights: list[int]) -> None:
    """Each within one unit of its exact share; a refund splits as the payment did."""
    parts = share_out(amount, weights)
    total = sum(weights)
    assert sum(parts) == amount
    assert all(
        abs(part - Fraction(amount * weight, total)) < 1
        for part, weight in zip(parts, weights, strict=True)
    )
    assert share_out(-amount, weights) == [-part for part in parts]
