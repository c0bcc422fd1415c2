"""What a tariff answers: an amount in its own currency, and how firm it is."""

from dataclasses import dataclass

from movplan.domain.words import PriceBasis

_FIRMNESS = (PriceBasis.CONTRACT, PriceBasis.QUOTE, PriceBasis.ESTIMATE)


@dataclass(frozen=True, slots=True)
class Price:
    """An amount in minor units of its tariff's currency.

    ``tariff`` names the row it was read from (``departures/TK871-0512``).
    """

    amount_cents: int
    currency: str
    basis: PriceBasis
    tariff: str


@dataclass(frozen=True, slots=True)
class RideFare:
    """Fare per person of a ride by fare class, in minor units of ``currency``."""

    adult_cents: int
    child_cents: int
    infant_cents: int
    currency: str
    basis: PriceBasis
    tariff: str


def least_firm(bases: tuple[PriceBasis, ...]) -> PriceBasis:
    """The least firm of some bases: a sum is as firm as its weakest part."""
    return max(bases, key=_FIRMNESS.index)
