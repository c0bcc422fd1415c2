"""Money: integer minor units, ISO 4217 digits, dated rates, one rounding rule.

The rounding rule is half-even, applied once per conversion, on exact fractions.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Annotated, ClassVar

from pydantic import StringConstraints

from movplan.domain.rows import Row

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]

# ISO 4217 minor-unit digits that are not 2 (ISO 4217 list one). IRR has two.
_DIGITS = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
}


def currency_digits(currency: str) -> int:
    """Digits of the minor unit in ISO 4217 (2 for USD and IRR, 0 for JPY)."""
    return _DIGITS.get(currency, 2)


def money_text(amount_cents: int, currency: str) -> str:
    """An amount in minor units as people read it, e.g. ``USD 12,345.60``."""
    digits = currency_digits(currency)
    sign = "-" if amount_cents < 0 else ""
    whole, part = divmod(abs(amount_cents), 10**digits)
    decimals = f".{part:0{digits}d}" if digits else ""
    return f"{currency} {sign}{whole:,}{decimals}"


def round_half_even(amount: Fraction) -> int:
    """Round an exact amount to a whole number of minor units, half to even."""
    return round(amount)


def share_out(amount_cents: int, weights: Sequence[int]) -> list[int]:
    """Split an amount by integer weights so that the parts sum to it exactly.

    Largest remainder: floor every part, give the remaining units to the largest
    remainders, ties to the earlier part. Works on the absolute amount so that a refund
    splits as the payment did.
    """
    total = sum(weights)
    sign = -1 if amount_cents < 0 else 1
    shares = [divmod(abs(amount_cents) * weight, total) for weight in weights]
    parts = [whole for whole, _ in shares]
    missing = abs(amount_cents) - sum(parts)
    order = sorted(range(len(shares)), key=lambda k: (-shares[k][1], k))
    for k in order[:missing]:
        parts[k] += 1
    return [sign * part for part in parts]


class Rate(Row):
    """What one unit of a currency is worth in the reporting currency from a date on."""

    KEY: ClassVar[tuple[str, ...]] = ("currency", "date")

    currency: Currency
    date: date
    value: Decimal
    source: str = ""


class RateTable:
    """Converts between currencies; the last known rate carries forward."""

    def __init__(self, rates: Iterable[Rate], reporting_currency: str) -> None:
        self.reporting_currency = reporting_currency
        self._dates: dict[str, list[date]] = {}
        self._values: dict[str, list[Fraction]] = {}
        for rate in sorted(rates, key=lambda r: (r.currency, r.date)):
            self._dates.setdefault(rate.currency, []).append(rate.date)
            self._values.setdefault(rate.currency, []).append(Fraction(rate.value))
        self._factor = cache(self._find_factor)

    @property
    def dates(self) -> frozenset[date]:
        """Dates from which some rate is another than the day before."""
        return frozenset(on for dates in self._dates.values() for on in dates)

    def find_rate(self, currency: str, on: date) -> Fraction | None:
        """Value of one major unit in the reporting currency; ``None`` if unknown."""
        if currency == self.reporting_currency:
            return Fraction(1)
        known = bisect_right(self._dates.get(currency, []), on)
        return self._values[currency][known - 1] if known else None

    def factor(self, source: str, target: str, on: date) -> Fraction:
        """Minor units of ``target`` per minor unit of ``source`` on a date."""
        return self._factor(source, target, on)

    def convert(self, amount_cents: int, source: str, target: str, on: date) -> int:
        """Convert once, half-even."""
        if source == target:
            return amount_cents
        factor = self._factor(source, target, on)
        # round_half_even(amount x factor) without building the fraction: many calls.
        whole, rest = divmod(amount_cents * factor.numerator, factor.denominator)
        twice = 2 * rest - factor.denominator
        return whole + (twice > 0 or (twice == 0 and whole % 2 == 1))

    def _find_factor(self, source: str, target: str, on: date) -> Fraction:
        if source == target:
            return Fraction(1)
        rate_source, rate_target = (
            self.find_rate(source, on),
            self.find_rate(target, on),
        )
        if rate_source is None or rate_target is None:
            missing = source if rate_source is None else target
            raise KeyError(f"no rate of {missing} on or before {on.isoformat()}")
        digits = currency_digits(target) - currency_digits(source)
        return rate_source / rate_target * Fraction(10) ** digits
