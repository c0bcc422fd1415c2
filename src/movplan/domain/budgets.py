"""Budget lines: money with an owner and rules of its own."""

from datetime import date
from typing import ClassVar

from pydantic import NonNegativeInt

from movplan.domain.money import Currency
from movplan.domain.rows import Row
from movplan.domain.words import CostCategory, LineKind


class BudgetLine(Row):
    """Money with an owner: donor, currency, ceiling, dates, what it may pay for.

    Available = ceiling - spent - committed (as of ``as_of``, without the assignments);
    no ceiling means unlimited. A draw on a line draws on its ``parent`` too, in the
    parent's currency. Empty eligibility lists mean *all*. Every charge carries
    ``overhead_percent`` on top, a charge of its own. A family is *enrolled* by the line
    that pays its enrolling charge (see ``docs/semantics.md``); ``max_families`` and
    ``max_persons`` limit enrolment. ``max_per_person_cents`` x persons limits what the
    line pays for one family's journey; ``needs_approval`` asks for an override of the
    rule ``line_approval`` before it pays anything.
    """

    KEY: ClassVar[tuple[str, ...]] = ("budget_line_id",)

    budget_line_id: str
    donor: str
    project: str = ""
    external_code: str = ""
    kind: LineKind = LineKind.DONOR
    parent: str | None = None
    currency: Currency
    ceiling_cents: NonNegativeInt | None = None
    spent_cents: NonNegativeInt = 0
    committed_cents: NonNegativeInt = 0
    service_from: date | None = None
    service_until: date | None = None
    programmes: tuple[str, ...] = ()
    categories: tuple[CostCategory, ...] = ()
    nationalities: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    beneficiary_types: tuple[str, ...] = ()
    needs_approval: bool = False
    max_families: NonNegativeInt | None = None
    max_persons: NonNegativeInt | None = None
    target_families: NonNegativeInt | None = None
    target_persons: NonNegativeInt | None = None
    overhead_percent: NonNegativeInt = 0
    draw_order: int = 0
    max_per_person_cents: NonNegativeInt | None = None

    @property
    def available_cents(self) -> int | None:
        """What may still be drawn, in the line's currency; ``None`` is unlimited."""
        if self.ceiling_cents is None:
            return None
        return self.ceiling_cents - self.spent_cents - self.committed_cents
