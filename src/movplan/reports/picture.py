"""A plan at one glance, as SVG: departures by route over the dates, money, people."""

from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.reports.bars import draw_budgets, draw_programmes, draw_reasons
from movplan.reports.lanes import Cell, Lane, lanes
from movplan.reports.summary import headline
from movplan.reports.svg import BOLD, COLOUR, EMPTY, SMALL, Sheet
from movplan.reports.text import day, short_day

WIDTH = 1200.0
MARGIN = 24.0
LABELS = 250.0
TOTALS = 70.0
LANE = 26.0
IDLE = "fill:none;stroke:#c3c9d1;stroke-dasharray:2 2"
RIGHT = "text-anchor:end"


def picture(plan: Plan, scenario: Scenario) -> str:
    """Draw the plan as one self-contained SVG document."""
    sheet = Sheet(WIDTH)
    y = _heading(sheet, plan, scenario)
    y = _timeline(sheet, y, lanes(plan, scenario))
    middle = WIDTH / 2 + MARGIN
    left = draw_budgets(sheet, (MARGIN, y), plan, scenario)
    right = draw_programmes(sheet, (middle, y), plan, scenario)
    right = draw_reasons(sheet, (middle, right + 36), plan)
    return sheet.to_svg(max(left, right) + MARGIN)


def _heading(sheet: Sheet, plan: Plan, scenario: Scenario) -> float:
    title = scenario.title or scenario.scenario_id
    sheet.text(MARGIN, 36, title, f"font-size:20px;{BOLD}")
    horizon = f"{day(scenario.horizon.first)} to {day(scenario.horizon.last)}"
    sheet.text(MARGIN, 58, f"{headline(plan)} Departures {horizon}.")
    legend = (
        (f"fill:{COLOUR['flight']}", "flight, filled to its load"),
        (f"fill:{COLOUR['convoy']}", "convoy, filled to its load"),
        (EMPTY, "runs empty: paid for"),
        (IDLE, "does not run"),
    )
    x = MARGIN
    for style, words in legend:
        sheet.rect(x, 70, (10, 14), style)
        sheet.text(x + 16, 81, words, SMALL)
        x += 190
    return 112


def _timeline(sheet: Sheet, top: float, rows: tuple[Lane, ...]) -> float:
    cells = [cell for lane in rows for cell in lane.cells]
    if not cells:
        return top
    first, last = min(c.on for c in cells), max(c.on for c in cells)
    left = MARGIN + LABELS
    step = (WIDTH - MARGIN - TOTALS - left) / ((last - first).days + 1)
    bottom = top + LANE * len(rows)
    for offset in range((last - first).days + 1):
        on = first.fromordinal(first.toordinal() + offset)
        if on.weekday() == 0 or offset == 0:
            x = left + offset * step
            sheet.line((x, top), (x, bottom))
            sheet.text(x + 2, top - 6, short_day(on), SMALL)
    sheet.text(WIDTH - MARGIN, top - 6, "persons", f"{SMALL};{RIGHT}")
    for number, lane in enumerate(rows):
        y = top + number * LANE
        sheet.line((MARGIN, y + LANE), (WIDTH - MARGIN, y + LANE))
        sheet.text(MARGIN, y + 17, lane.name)
        sheet.text(WIDTH - MARGIN, y + 17, f"{lane.persons:,}", RIGHT)
        for cell in lane.cells:
            x = left + (cell.on - first).days * step
            _cell(sheet, (x, y), step, cell)
    return bottom + 40


def _cell(sheet: Sheet, corner: tuple[float, float], step: float, cell: Cell) -> None:
    width = max(2.0, (step - 2) / cell.of)
    x = corner[0] + 1 + cell.place * (step - 2) / cell.of
    y, height = corner[1] + 3, LANE - 6
    if not cell.runs:
        sheet.rect(x, y, (width, height), IDLE)
        sheet.tip(cell.tip)
        return
    filled = height * min(1.0, cell.load)
    sheet.rect(x, y, (width, height), EMPTY)
    style = f"fill:{COLOUR[cell.kind]}"
    sheet.rect(x, y + height - filled, (width, filled), style)
    sheet.tip(cell.tip)
