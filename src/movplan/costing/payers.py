"""Who pays departures and escorts, and how a price is split over them."""

from collections import defaultdict
from collections.abc import Sequence

from movplan.costing.prices import Price
from movplan.domain.errors import InputError, Issue
from movplan.domain.money import share_out
from movplan.domain.scenario import Scenario
from movplan.domain.words import SubjectKind

Share = tuple[str, int]


def payers_by_subject(
    scenario: Scenario,
) -> dict[tuple[SubjectKind, str], tuple[Share, ...]]:
    """Lines and percents of every departure and escort with payers, in line order."""
    found: dict[tuple[SubjectKind, str], list[Share]] = defaultdict(list)
    for row in scenario.payers:
        share = (row.budget_line_id, row.share_percent)
        found[row.subject_kind, row.subject_id].append(share)
    return {subject: tuple(sorted(shares)) for subject, shares in found.items()}


def split(price: Price, payers: Sequence[Share]) -> tuple[Share, ...]:
    """The original amount by line, largest remainder; zero shares left out.

    ``InputError`` when there is something to pay and nobody to pay it.
    """
    if not price.amount_cents:
        return ()
    if not payers:
        raise InputError([_nobody_pays(price)])
    parts = share_out(price.amount_cents, [percent for _, percent in payers])
    return tuple(
        (line, part) for (line, _), part in zip(payers, parts, strict=True) if part
    )


def _nobody_pays(price: Price) -> Issue:
    return Issue(
        code="NO_PAYER",
        table="payers",
        key=price.tariff,
        problem=f"{price.tariff} costs money but has no payer",
        expected="payers whose shares sum to 100 percent",
    )
