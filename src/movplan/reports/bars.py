"""The lower half of the picture: bars of money, of who travels and of who stays."""

from collections import Counter

from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import Reason
from movplan.reports.draws import draws
from movplan.reports.journeys import persons_moved
from movplan.reports.reasons import REASON_TEXT
from movplan.reports.svg import BOLD, COLOUR, EMPTY, SMALL, Sheet
from movplan.reports.text import money, percent

Corner = tuple[float, float]

LINE = 24.0
NAMES = 150.0
REASONS = 350.0
LONG, SHORT = 170.0, 90.0


def draw_budgets(sheet: Sheet, corner: Corner, plan: Plan, scenario: Scenario) -> float:
    """Every budget line in draw order; returns where the next may start."""
    y = _title(sheet, corner, "Money drawn from each budget line")
    for draw in draws(scenario, plan):
        available, currency = draw.available_cents, draw.line.currency
        words = money(draw.drawn_cents, currency)
        share = 0.0
        if available is not None:
            words += f" of {money(available, currency)}"
            share = draw.drawn_cents / available if available else 0.0
        named = (draw.line.budget_line_id, words)
        _bar(sheet, (corner[0], y), named, share)
        y += LINE
    return y


def draw_programmes(
    sheet: Sheet, corner: Corner, plan: Plan, scenario: Scenario
) -> float:
    """Persons who travel, of all, by programme."""
    moved = persons_moved(plan)
    y = _title(sheet, corner, "Persons who travel, by programme")
    for programme in sorted(p.programme_id for p in scenario.programmes):
        families = [f for f in scenario.families if f.programme == programme]
        persons = sum(family.persons for family in families)
        going = sum(moved.get(family.family_id, 0) for family in families)
        words = f"{going:,} of {persons:,} ({percent(going, persons)})"
        share = going / persons if persons else 0.0
        _bar(sheet, (corner[0], y), (programme, words), share)
        y += LINE
    return y


def draw_reasons(sheet: Sheet, corner: Corner, plan: Plan) -> float:
    """Persons who stay by reason, most first; a bar as long as all of them is full."""
    persons: Counter[Reason] = Counter()
    families = Counter(row.reason for row in plan.left_out)
    for row in plan.left_out:
        persons[row.reason] += row.persons
    if not persons:
        return corner[1]
    y = _title(sheet, corner, "Persons who stay, by reason")
    for reason, number in sorted(persons.items(), key=lambda i: (-i[1], i[0])):
        many = f"{number:,} in {families[reason]:,}"
        words = many + (" families" if families[reason] > 1 else " family")
        share = number / persons.total()
        _bar(sheet, (corner[0], y), (REASON_TEXT[reason], words), share, stays=True)
        y += LINE
    return y


def _title(sheet: Sheet, corner: Corner, words: str) -> float:
    sheet.text(*corner, words, BOLD)
    return corner[1] + 12


def _bar(
    sheet: Sheet,
    corner: Corner,
    words: tuple[str, str],
    share: float,
    *,
    stays: bool = False,
) -> None:
    x, y = corner
    left, width = (x + REASONS, SHORT) if stays else (x + NAMES, LONG)
    sheet.text(x, y + 13, words[0])
    sheet.rect(left, y + 2, (width, 14), EMPTY)
    filled = width * min(1.0, max(0.0, share))
    colour = COLOUR["stays" if stays else "used"]
    sheet.rect(left, y + 2, (filled, 14), f"fill:{colour}")
    sheet.text(left + width + 8, y + 13, words[1], SMALL)
