"""Charges before anybody has paid them."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from movplan.costing.payers import Share
from movplan.costing.prices import Price
from movplan.domain.plan import Charge
from movplan.domain.words import CostCategory, PriceBasis, SubjectKind


class ChargeKey(NamedTuple):
    """What identifies a charge before a line pays it; sorts as the ledger does."""

    subject_kind: SubjectKind
    subject_id: str
    category: CostCategory
    item: str

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}: {self.category} {self.item}"


@dataclass(frozen=True, slots=True)
class UnpaidCharge:
    """Something a plan has to pay for, in its tariff's currency.

    ``payers`` are the lines and percents of a departure's or an escort's cost (and of
    credits, negative amounts); ``None`` says that one eligible line pays it whole.
    """

    key: ChargeKey
    on: date
    currency: str
    amount_cents: int
    tariff: str
    basis: PriceBasis
    payers: tuple[Share, ...] | None = None

    @property
    def subject_kind(self) -> SubjectKind:
        """What kind of thing is charged for."""
        return self.key.subject_kind

    @property
    def subject_id(self) -> str:
        """The family, departure or escort."""
        return self.key.subject_id

    @property
    def category(self) -> CostCategory:
        """What kind of cost it is."""
        return self.key.category

    @property
    def item(self) -> str:
        """What exactly, within the subject and category."""
        return self.key.item

    @property
    def price(self) -> Price:
        """What it costs as tariffed."""
        return Price(self.amount_cents, self.currency, self.basis, self.tariff)


def unpaid(
    key: ChargeKey, on: date, price: Price, payers: tuple[Share, ...] | None = None
) -> UnpaidCharge:
    """A charge of a price."""
    return UnpaidCharge(
        key=key,
        on=on,
        currency=price.currency,
        amount_cents=price.amount_cents,
        tariff=price.tariff,
        basis=price.basis,
        payers=payers,
    )


def key_of(charge: Charge) -> ChargeKey:
    """The key of a charge in a ledger."""
    return ChargeKey(
        charge.subject_kind, charge.subject_id, charge.category, charge.item
    )
