"""Panels with logarithmic axes on a sheet of SVG."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from movplan.reports.svg import BOLD, SMALL, Sheet

GRID = "stroke:#e4e8ec;stroke-width:1"
FRAME = "stroke:#9aa5b1;stroke-width:1;fill:none"
MIDDLE, RIGHT = "text-anchor:middle", "text-anchor:end"
RADIUS = 3.2
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Axis:
    """From the smallest to the largest number shown, with named ticks."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    def share(self, number: float) -> float:
        """Where a number lies: 0 at the low end, 1 at the high end, never beyond."""
        inside = min(max(number, self.low), self.high)
        return math.log(inside / self.low) / math.log(self.high / self.low)


def axis_over(numbers: Sequence[float], *, above: float = 1.25) -> Axis:
    """An axis that holds some positive numbers, with ticks at 1, 2 and 5.

    ``above`` is how many times the largest it goes up to.
    """
    low, high = min(numbers) / 1.25, max(numbers) * above
    return Axis(low, high, tuple((t, f"{t:,g}") for t in _round(low, high)))


def _round(low: float, high: float) -> Iterator[float]:
    """1, 2 and 5 of every power of ten; over three powers only the 1."""
    firsts = (1, 2, 5) if high / low < 1000 else (1,)
    for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        for first in firsts:
            if low <= (tick := first * 10.0**power) <= high:
                yield tick


class Chart(Sheet):
    """A sheet that also knows lines through several points, and dots."""

    def path(self, spots: Sequence[Spot], style: str) -> None:
        """A line through points, in pixels."""
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        shape = {"points": points, "style": f"fill:none;{style}"}
        self._shapes.append(ElementTree.Element("polyline", shape))

    def dot(self, x: float, y: float, style: str) -> None:
        """A dot."""
        spot = {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": f"{RADIUS}", "style": style}
        self._shapes.append(ElementTree.Element("circle", spot))

    def cross(self, x: float, y: float, style: str) -> None:
        """A cross."""
        for lean in (-1, 1):
            ends = [(x - 4, y - 4 * lean), (x + 4, y + 4 * lean)]
            self.path(ends, style)


@dataclass(frozen=True, slots=True)
class Panel:
    """One pair of axes at (left, top), in pixels."""

    chart: Chart
    left: float
    top: float
    width: float
    height: float
    x: Axis
    y: Axis

    def spot(self, x: float, y: float) -> Spot:
        """Where a pair of numbers lies."""
        across, up = self.x.share(x), self.y.share(y)
        return self.left + across * self.width, self.top + (1 - up) * self.height

    def frame(self, title: str, across: str, up: str) -> None:
        """Title, grid, ticks and what the axes say."""
        chart, bottom = self.chart, self.top + self.height
        chart.text(self.left, self.top - 10, title, BOLD)
        for tick, name in self.x.ticks:
            x, _ = self.spot(tick, self.y.low)
            chart.path([(x, self.top), (x, bottom)], GRID)
            chart.text(x, bottom + 15, name, f"{SMALL};{MIDDLE}")
        for tick, name in self.y.ticks:
            _, y = self.spot(self.x.low, tick)
            chart.path([(self.left, y), (self.left + self.width, y)], GRID)
            chart.text(self.left - 6, y + 4, name, f"{SMALL};{RIGHT}")
        right = self.left + self.width
        corners = [(self.left, self.top), (right, self.top), (right, bottom)]
        chart.path([*corners, (self.left, bottom), (self.left, self.top)], FRAME)
        chart.text(right, bottom + 31, across, f"{SMALL};{RIGHT}")
        chart.text(right, self.top - 10, up, f"{SMALL};{RIGHT}")

    def line(self, points: Sequence[Spot], style: str) -> None:
        """A line from point to point."""
        self.chart.path([self.spot(x, y) for x, y in points], style)

    def steps(self, points: Sequence[Spot], until: float, style: str) -> None:
        """A line that keeps every height to the next point, and the last ``until``."""
        ends = [x for x, _ in points[1:]] + [max(until, points[-1][0])]
        drawn = [
            spot
            for (x, y), end in zip(points, ends, strict=True)
            for spot in ((x, y), (end, y))
        ]
        self.line(drawn, style)

    def dot(self, x: float, y: float, style: str) -> None:
        """A dot at a pair of numbers."""
        self.chart.dot(*self.spot(x, y), style)
