"""What a line has paid for one family's journey, and what it may pay at most."""

from collections import defaultdict

from movplan.costing.book import Book
from movplan.costing.unpaid import UnpaidCharge
from movplan.domain.words import CostCategory

JOURNEY = frozenset(
    {CostCategory.FARE, CostCategory.TRANSFER, CostCategory.ACCOMMODATION}
)
SESSION = "session/"


class FamilyCeilings:
    """Rule ``family_ceiling``, kept while charges are put on lines.

    Per line with ``max_per_person_cents`` and family: fares, transfers and nights of
    all parts, in the line's currency, without overhead, <= that x persons.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._paid: dict[tuple[str, str], int] = defaultdict(int)

    def allow(self, line_id: str, charge: UnpaidCharge) -> bool:
        """Whether the line may pay this charge too."""
        most = self._book.tariffs.lines.by_id[line_id].max_per_person_cents
        if most is None or not _is_journey(charge):
            return True
        persons = self._book.family(charge.subject_id).persons
        paid = self._paid[line_id, charge.subject_id] + self._cents(line_id, charge)
        return paid <= most * persons

    def take(self, line_id: str, charge: UnpaidCharge) -> None:
        """Remember that the line pays the charge."""
        if _is_journey(charge):
            cents = self._cents(line_id, charge)
            self._paid[line_id, charge.subject_id] += cents

    def _cents(self, line_id: str, charge: UnpaidCharge) -> int:
        lines = self._book.tariffs.lines
        own = lines.by_id[line_id].currency
        return lines.convert(charge.amount_cents, charge.currency, own, charge.on)


def _is_journey(charge: UnpaidCharge) -> bool:
    return charge.category in JOURNEY and not charge.item.startswith(SESSION)
