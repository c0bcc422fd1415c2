"""Lines for the charges of a plan made by hand: first come, first served."""

from collections.abc import Iterable
from dataclasses import dataclass

from movplan.costing.beneficiary import Beneficiary
from movplan.costing.book import Book
from movplan.costing.family_ceilings import FamilyCeilings
from movplan.costing.lines import Draw
from movplan.costing.unpaid import ChargeKey, UnpaidCharge
from movplan.domain.scenario import Scenario
from movplan.domain.words import SubjectKind


@dataclass(frozen=True, slots=True)
class Funding:
    """Which line pays each charge of a family, and what is wrong with it.

    ``unfunded`` charges have no eligible line and are not in ``lines``; ``overdrawn``
    ones have, but none with money left, and went to the first.
    """

    lines: dict[ChargeKey, str]
    unfunded: tuple[UnpaidCharge, ...]
    overdrawn: tuple[UnpaidCharge, ...]

    @property
    def unfunded_families(self) -> tuple[str, ...]:
        """Families with a charge no line may pay, in id order."""
        return tuple(sorted({charge.subject_id for charge in self.unfunded}))


def choose_funding(scenario: Scenario, unpaid: Iterable[UnpaidCharge]) -> Funding:
    """Give each charge of a family its first eligible line with money left.

    Departures and escorts draw on their payers first. Then families' charges in date
    order, each on the first of its eligible lines (``draw_order``, then id) on which,
    overhead included, it and its ancestors stay within what is available, and which
    pays that much for one family's journey (``family_ceiling``). No look ahead, and no
    limit on enrolment: what a spreadsheet does.
    """
    book = Book(scenario)
    purse = _Purse(book)
    charges = sorted(unpaid, key=lambda charge: (charge.on, charge.key))
    lines: dict[ChargeKey, str] = {}
    unfunded: list[UnpaidCharge] = []
    overdrawn: list[UnpaidCharge] = []
    for charge in charges:
        if charge.payers is not None:
            purse.pay_split(charge)
    for charge in charges:
        if charge.payers is not None:
            continue
        eligible = eligible_lines(book, charge)
        if not eligible:
            unfunded.append(charge)
            continue
        line = next((each for each in eligible if purse.covers(each, charge)), None)
        if line is None:
            overdrawn.append(charge)
        lines[charge.key] = line or eligible[0]
        purse.pay(lines[charge.key], charge)
    return Funding(lines, tuple(unfunded), tuple(overdrawn))


def eligible_lines(book: Book, charge: UnpaidCharge) -> tuple[str, ...]:
    """Lines that may pay a family's charge, in draw order."""
    if charge.subject_kind is not SubjectKind.FAMILY:
        raise ValueError(f"{charge.key} goes to its payers")
    family = book.family(charge.subject_id)
    who = Beneficiary.of(
        family,
        book.riders.nationalities(family.family_id),
        book.tariffs.approvals.withheld(family),
    )
    return book.tariffs.eligible_lines(who, charge.category, charge.on)


class _Purse:
    """What is left on every limited line, and of it for one family's journey."""

    def __init__(self, book: Book) -> None:
        self._tariffs = tariffs = book.tariffs
        self._ceilings = FamilyCeilings(book)
        self._left = {
            line_id: line.available_cents
            for line_id, line in tariffs.lines.by_id.items()
            if line.available_cents is not None
        }

    def covers(self, line_id: str, charge: UnpaidCharge) -> bool:
        """Whether the line and its ancestors have enough left for the charge."""
        return self._ceilings.allow(line_id, charge) and all(
            cents <= self._left.get(link, cents)
            for link, cents in self._draws(line_id, charge, charge.amount_cents)
        )

    def pay(self, line_id: str, charge: UnpaidCharge) -> None:
        """Draw the whole charge on a line."""
        self._ceilings.take(line_id, charge)
        self._draw(self._draws(line_id, charge, charge.amount_cents))

    def pay_split(self, charge: UnpaidCharge) -> None:
        """Draw a charge on its payers."""
        for line_id, part in self._tariffs.split(charge.price, charge.payers or ()):
            self._draw(self._draws(line_id, charge, part))

    def _draws(
        self, line_id: str, charge: UnpaidCharge, cents: int
    ) -> tuple[Draw, ...]:
        return self._tariffs.line_amounts(line_id, cents, charge.currency, charge.on)

    def _draw(self, draws: Iterable[Draw]) -> None:
        for line_id, cents in draws:
            if line_id in self._left:
                self._left[line_id] -= cents
