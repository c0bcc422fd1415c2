"""The figures of RESULTS.md: gap against time, time and memory against size."""

from collections.abc import Sequence

from benchmarks.chart import Axis, Chart, Panel, axis_over
from benchmarks.gaps import better_form, gap, worst, worst_over_time
from benchmarks.growth import Growth
from benchmarks.specs import OURS, PEER_NAMES, Record
from benchmarks.targets import first_targets
from movplan.reports.svg import SMALL

GAPS, GROWTH = "gap.svg", "growth.svg"
COLOURS = {
    OURS: "#0b63c5",
    "highs": "#d1495b",
    "cpsat8": "#2a9d5c",
    "cpsat2": "#8a6fd1",
    "scip": "#b8860b",
}
DASHED = "stroke-dasharray:5 4"
TARGET = "stroke:#1f2933;stroke-width:1.6"
# Gaps in percent; what is smaller, proved or not, lies on the lower edge.
PERCENT = Axis(
    0.01,
    110,
    ((0.01, "≤ 0.01 %"), (0.1, "0.1 %"), (1, "1 %"), (10, "10 %"), (100, "100 %")),
)
WIDTH, HEIGHT, LEFT, TOP = 400.0, 250.0, 64.0, 92.0
ACROSS, DOWN, COLUMNS = 480.0, 330.0, 2
GROWN = ("#0b63c5", "#d1495b", "#2a9d5c", "#b8860b", "#8a6fd1")


def gap_figure(rows: Sequence[Record]) -> str:
    """A panel per size: the worst gap of seeds over time, method by method."""
    sizes = sorted({row["size"] for row in rows})
    chart = Chart(LEFT + COLUMNS * ACROSS)
    chart.text(16, 26, "Gap against time", "font-size:16px;font-weight:bold")
    methods = [name for name in (OURS, *PEER_NAMES) if _any_gap(rows, name)]
    _legend(chart, methods)
    for k, size in enumerate(sizes):
        of_size = [row for row in rows if row["size"] == size]
        limits = [row["limit_s"] for row in of_size]
        limits += [target.seconds for target in first_targets(size)]
        panel = Panel(
            chart,
            left=LEFT + (k % COLUMNS) * ACROSS,
            top=TOP + (k // COLUMNS) * DOWN,
            width=WIDTH,
            height=HEIGHT,
            x=axis_over([max(1.5, max(limits) / 100), max(limits)]),
            y=PERCENT,
        )
        across = "seconds since the command began"
        panel.frame(f"{size:,} families", across, "gap, worst of seeds")
        for name in methods:
            _method(panel, name, [row for row in of_size if row["method"] == name])
        for target in first_targets(size):
            chart.cross(*panel.spot(target.seconds, float(target.percent)), TARGET)
    return chart.to_svg(TOP + DOWN * max(1, -(-len(sizes) // COLUMNS)))


def style_of(method: str) -> str:
    """Colour by engine; dashed with a start, ours heavier."""
    colour = COLOURS[method.partition("+")[0]]
    width = 2.6 if method == OURS else 1.6
    dashes = f";{DASHED}" if "+" in method else ""
    return f"stroke:{colour};stroke-width:{width}{dashes}"


def _any_gap(rows: Sequence[Record], method: str) -> bool:
    return any(row["method"] == method and gap(row) is not None for row in rows)


def _legend(chart: Chart, methods: Sequence[str]) -> None:
    x = 16.0
    for name in methods:
        chart.path([(x, 48), (x + 26, 48)], style_of(name))
        chart.text(x + 32, 52, name)
        x += 52 + 7.2 * len(name)
    chart.dot(x + 6, 48, "fill:#616e7c")
    chart.text(x + 16, 52, "finished run of that limit", SMALL)
    chart.cross(x + 172, 48, TARGET)
    chart.text(x + 182, 52, "target", SMALL)


def _method(panel: Panel, name: str, rows: list[Record]) -> None:
    """The trace of the longest runs that have one, and a dot per limit."""
    colour = COLOURS[name.partition("+")[0]]
    for limit in sorted({row["limit_s"] for row in rows}):
        most = worst([gap(row) for row in _at(rows, limit)])
        if most is not None:
            panel.dot(limit, 100 * float(most), f"fill:{colour}")
    traced = [row["limit_s"] for row in rows if row.get("trace")]
    if traced:
        steps = worst_over_time(_at(rows, max(traced)))
        points = [(seconds, 100 * float(g)) for seconds, g in steps if g is not None]
        if points:
            panel.steps(points, max(traced), style_of(name))


def _at(rows: list[Record], limit: float) -> list[Record]:
    return better_form(row for row in rows if row["limit_s"] == limit)


def growth_figure(grown: Sequence[Growth]) -> str:
    """Seconds and megabytes against size, with what is fitted."""
    chart = Chart(LEFT + 2 * ACROSS)
    chart.text(16, 26, "Growth with size", "font-size:16px;font-weight:bold")
    for k, (unit, up) in enumerate((("s", "seconds"), ("MB", "megabytes"))):
        shown = [growth for growth in grown if growth.unit == unit and growth.points]
        if shown:
            _grown_panel(chart, LEFT + k * ACROSS, up, shown)
    return chart.to_svg(TOP + DOWN - 30)


def _grown_panel(chart: Chart, left: float, up: str, shown: list[Growth]) -> None:
    points = [point for growth in shown for point in growth.points]
    sizes = sorted({size for size, _ in points})
    around = axis_over(sizes)
    ticks = tuple((size, f"{size:,.0f}") for size in sizes)
    panel = Panel(
        chart,
        left=left,
        top=TOP - 20,
        width=WIDTH,
        height=HEIGHT,
        x=Axis(around.low, around.high, ticks),
        y=axis_over([amount for _, amount in points], above=2.0 + 1.5 * len(shown)),
    )
    panel.frame("", "families", up)
    for k, growth in enumerate(shown):
        colour = GROWN[k]
        if growth.exponent is not None:
            ends = [(size, growth.at(size)) for size in (sizes[0], sizes[-1])]
            panel.line(ends, f"stroke:{colour};stroke-width:1.4;{DASHED}")
        for size, amount in growth.points:
            panel.dot(size, amount, f"fill:{colour}")
        y = panel.top + 18 + 17 * k
        chart.dot(left + 14, y - 4, f"fill:{colour}")
        chart.text(left + 24, y, _said(growth))


def _said(growth: Growth) -> str:
    if growth.exponent is None:
        return f"{growth.name} (one size)"
    return f"{growth.name}: families to the power {growth.exponent:.2f}"
