"""Amounts as people read them."""

import pytest

from movplan.domain.money import money_text


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (123_450, "USD", "USD 1,234.50"),
        (-5, "EUR", "EUR -0.05"),
        (1_234, "JPY", "JPY 1,234"),
        (10**13 + 1, "IRR", "IRR 100,000,000,000.01"),
    ],
)
def test_amounts_in_words(amount: int, currency: str, text: str) -> None:
    assert money_text(amount, currency) == text
