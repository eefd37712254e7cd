"""The plot area that bars, lines and Pareto share: grid, axis, labels, legend."""

from collections.abc import Sequence
from dataclasses import dataclass

from qloop.charts.model import Chart
from qloop.charts.scale import TEXT_SIZE, number, text_width, thinned, ticks, wrapped
from qloop.charts.svg import element, text

NARROW, WIDE = 440.0, 880.0  # fits a phone of 390 px; fills the text column of a screen
PLOT_HEIGHT = 200.0
LINE = TEXT_SIZE * 1.3
FEW = 12  # so many labels are written in full, over several lines


@dataclass(frozen=True)
class Plot:
    """Where things stand: the edges of the plot area, the ticks of its scale, `step` units for each label."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    scale: tuple[float, ...]
    step: float

    def x(self, place: int) -> float:
        """The middle of a label's column."""
        return self.left + (place + 0.5) * self.step

    def y(self, value: float) -> float:
        """The height of a value; the area's bottom is zero."""
        return self.bottom - (value / self.scale[-1]) * (self.bottom - self.top)


def plot(
    chart: Chart,
    top_value: float,
    column: float,
    head: float = 0.0,
    tail: float = 12.0,
    least: float = NARROW,
) -> Plot:
    """Lay out a chart, `least` units wide or wider and, where that is little, lower as well.

    `column` units a label where there is room, `head` above for legend and events, `tail` at the right.
    """
    whole = all(value is None or value == int(value) for series in chart.series for value in series.values)
    scale = ticks(top_value, whole)
    widest = max(text_width(label) for label in chart.labels)
    if len(chart.labels) <= FEW:
        column = max(column, min(3.4 * TEXT_SIZE, widest + 8))
    overhang = (widest - column) / 2 if len(chart.labels) > FEW else 0.0
    left = max(*(text_width(number(value)) + 10 for value in scale), overhang)
    tail = max(tail, overhang)
    width = min(WIDE, max(least, left + tail + column * len(chart.labels)))
    step = (width - left - tail) / len(chart.labels)
    rows = max(len(lines) for _, lines in _labels(chart.labels, step))
    top = head + (LINE if chart.unit else 0) + 12
    bottom = top + min(PLOT_HEIGHT, least / 2)
    return Plot(width, bottom + 8 + LINE * rows, left, width - tail, top, bottom, scale, step)


def axes(chart: Chart, area: Plot) -> str:
    """Grid lines with their numbers, the unit above them, the labels below."""
    parts = []
    for value in area.scale:
        y = area.y(value)
        css = "axis" if value == 0 else "grid"
        parts.append(element("line", x1=area.left, x2=area.right, y1=y, y2=y, css=css))
        parts.append(text(number(value), area.left - 6, y + 5, "end", "quiet"))
    if chart.unit:
        parts.append(text(chart.unit, 0, area.top - 12, css="quiet"))
    for place, lines in _labels(chart.labels, area.step):
        for row, line in enumerate(lines, start=1):
            parts.append(text(line, area.x(place), area.bottom + 2 + LINE * row, "middle", "quiet"))
    return "".join(parts)


def _labels(labels: Sequence[str], step: float) -> list[tuple[int, tuple[str, ...]]]:
    if len(labels) <= FEW:
        cut = [wrapped(label, step - 2) for label in labels]
        if all(text_width(line) <= step for lines in cut for line in lines):
            return list(enumerate(cut))
    return [(place, (labels[place],)) for place in thinned(labels, step)]


def legend(names: Sequence[str], marks: Sequence[str], width: float) -> tuple[str, float]:
    """The legend's elements and its height; `marks` are the signs as SVG, each in a box of 24 x 14 units."""
    parts, x, y = [], 0.0, 0.0
    for name, mark in zip(names, marks, strict=True):
        needed = 30 + text_width(name) + 16
        if x and x + needed > width:
            x, y = 0.0, y + LINE + 4
        parts.append(element("g", mark + text(name, 30, 12), transform=f"translate({x:.0f} {y:.0f})"))
        x += needed
    return "".join(parts), y + LINE + 6
