"""Budget lines set against what moving everybody would cost, and dated rates."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from movplan.domain.budgets import BudgetLine
from movplan.domain.escorts import Payer
from movplan.domain.money import Rate
from movplan.domain.people import Family
from movplan.domain.words import CostCategory, LineKind, SubjectKind
from movplan.generation.figures import Record, records
from movplan.generation.geography import places
from movplan.generation.needs import family_needs
from movplan.generation.programmes import programmes

DEPARTURE_CATEGORIES = (CostCategory.VEHICLE, CostCategory.CHARTER)
# Rounded down to hundreds of the currency; rials to millions.
STEP_CENTS = {"IRR": 100_000_000}
SPENT_PERCENT = 30
COMMITTED_PERCENT = 5


@dataclass(frozen=True, slots=True)
class FixedNeeds:
    """US cents of convoys, charters and escort missions, if all were bought."""

    convoys: int
    firm: int
    charters: int
    escorts: int


def rates() -> list[Rate]:
    """Dated rates against the reporting currency."""
    return [
        Rate(
            currency=row["currency"],
            date=date.fromisoformat(row["date"]),
            value=Decimal(row["value"]),
            source=row["source"],
        )
        for row in records("rates")
    ]


def budget_lines(
    families: list[Family], fixed: FixedNeeds, payers: list[Payer]
) -> list[BudgetLine]:
    """Every line with a ceiling at its percentage of what is asked of it."""
    every = records("budget_lines")
    needs = _asked(every, families)
    firm = _by_line(payers, "charter", fixed.firm)
    needs.update(_by_line(payers, "charter", fixed.charters))
    needs.update(_by_line(payers, "convoy", fixed.convoys))
    needs.update(_by_line(payers, "escort", fixed.escorts))
    rows = _asked_lines(every, needs, payers)
    ceilings: dict[str, int] = {}
    lines = []
    for row in [r for r in rows if not _is_parent(r, rows)]:
        name = row["budget_line_id"]
        # A contracted charter is owed whole; the rest is funded in part.
        available = needs[name] * int(row["ceiling_percent"]) // 100
        available += -(-firm[name] * 101 // 100)
        ceilings[name] = _in_currency(available, row["currency"])
        lines.append(_line(row, ceilings[name], families))
    for row in [r for r in rows if _is_parent(r, rows)]:
        children = [r for r in rows if r["parent"] == row["budget_line_id"]]
        total = sum(ceilings[child["budget_line_id"]] for child in children)
        available = total * int(row["ceiling_percent"]) // 100
        lines.append(_line(row, available, families))
    return lines


def _asked_lines(
    every: tuple[Record, ...], needs: Counter[str], payers: list[Payer]
) -> tuple[Record, ...]:
    """Lines somebody asks something of, those named as payers, and their parents."""
    used = {payer.budget_line_id for payer in payers} | {
        k for k, v in needs.items() if v
    }
    used |= {row["parent"] for row in every if row["budget_line_id"] in used}
    return tuple(row for row in every if row["budget_line_id"] in used)


def _is_parent(row: Record, rows: tuple[Record, ...]) -> bool:
    return any(r["parent"] == row["budget_line_id"] for r in rows)


def _asked(rows: tuple[Record, ...], families: list[Family]) -> Counter[str]:
    """US cents asked of each line; what two lines may pay is shared between them."""
    needs: Counter[str] = Counter()
    for family in families:
        for category, amount in family_needs(family).items():
            eligible = [row for row in rows if _serves(row, family, category)]
            weights = [int(row["part_of_need"]) for row in eligible]
            for row, weight in zip(eligible, weights, strict=True):
                needs[row["budget_line_id"]] += amount * weight // sum(weights)
    return needs


def _serves(row: Record, family: Family, category: CostCategory) -> bool:
    country = places()[family.destination].country
    return (
        family.programme in row["programmes"].split()
        and category.value in row["categories"].split()
        and (not row["destinations"] or country in row["destinations"].split())
        and _serves_type(row, family)
    )


def _serves_type(row: Record, family: Family) -> bool:
    types = row["beneficiary_types"].split()
    return not types or family.beneficiary_type in types


def _by_line(payers: list[Payer], kind: str, amount: int) -> Counter[str]:
    """US cents of one kind of fixed cost by line, in the shares of its payers."""
    shares: Counter[str] = Counter()
    for payer in payers:
        if _kind(payer) == kind:
            shares[payer.budget_line_id] += payer.share_percent
    total = sum(shares.values())
    return Counter({line: amount * part // total for line, part in shares.items()})


def _kind(payer: Payer) -> str:
    if payer.subject_kind is SubjectKind.ESCORT:
        return "escort"
    return "charter" if payer.subject_id.startswith("CH") else "convoy"


def _in_currency(usd_cents: int, currency: str) -> int:
    first = {row.currency: row.value for row in reversed(rates())}
    amount = int(usd_cents / first[currency]) if currency in first else usd_cents
    step = STEP_CENTS.get(currency, 10_000)
    return max(step, amount // step * step)


def _line(row: Record, available: int, families: list[Family]) -> BudgetLine:
    total = available * 100 // (100 - SPENT_PERCENT - COMMITTED_PERCENT)
    spent = total * SPENT_PERCENT // 100
    served = [f for f in families if _enrols(row, f)]
    enrol = int(row["enrol_percent"] or 0)
    return BudgetLine(
        budget_line_id=row["budget_line_id"],
        donor=row["donor"],
        project=row["project"],
        external_code=f"MP-{row['budget_line_id'].upper()}",
        kind=LineKind(row["kind"]),
        parent=row["parent"] or None,
        currency=row["currency"],
        ceiling_cents=total,
        spent_cents=spent,
        committed_cents=total - spent - available,
        service_from=date(2026, 1, 1),
        service_until=date(2026, 12, 31),
        programmes=tuple(row["programmes"].split()),
        categories=tuple(CostCategory(c) for c in row["categories"].split()),
        nationalities=("AF",) if row["kind"] == "donor" else (),
        destinations=tuple(row["destinations"].split()),
        beneficiary_types=tuple(row["beneficiary_types"].split()),
        needs_approval=row["needs_approval"] == "true",
        max_families=len(served) * enrol // 100 + 1 if enrol else None,
        max_persons=_persons(served) * enrol // 100 + 8 if enrol else None,
        target_persons=_persons(_enrolled_by(row, families)) or None,
        overhead_percent=int(row["overhead_percent"]),
        draw_order=int(row["draw_order"]),
    )


def _enrols(row: Record, family: Family) -> bool:
    programmes = row["programmes"].split()
    return family.programme in programmes and _serves_type(row, family)


def _enrolled_by(row: Record, families: list[Family]) -> list[Family]:
    """Families whose enrolling charge the line may pay: the grant, else the fare."""
    grants = {p.programme_id: p.grant_per_person_cents for p in programmes()}
    return [
        family
        for family in families
        if _serves(
            row,
            family,
            CostCategory.GRANT if grants[family.programme] else CostCategory.FARE,
        )
    ]


def _persons(families: list[Family]) -> int:
    return sum(family.persons for family in families)
