"""Bars beside each other, and bars on top of each other."""

from qloop.charts.model import Chart, Series
from qloop.charts.plot import FEW, NARROW, Plot, axes, legend, plot
from qloop.charts.scale import number
from qloop.charts.svg import element, frame, text, tooltip

HATCHES = ("", "M0 8L8 0", "M4 0V8", "M0 4H8", "M0 0L8 8", "M4 0V8M0 4H8")  # a series each, in print only


def bars(chart: Chart) -> str:
    """Upright bars, grouped when there are several series; values stand above a few single bars."""
    if chart.empty:
        return ""
    top = max(value or 0 for series in chart.series for value in series.values)
    head, height = _legend(chart)
    area = plot(chart, top, column=14.0 * len(chart.series) + 6, head=height, least=_least(chart))
    return _frame(chart, area, head + axes(chart, area) + _grouped(chart, area))


def stacked_bars(chart: Chart) -> str:
    """One bar a label, its series on top of each other, the first at the bottom."""
    if chart.empty:
        return ""
    rows = zip(*(series.values for series in chart.series), strict=True)
    totals = [sum(value or 0 for value in row) for row in rows]
    head, height = _legend(chart)
    area = plot(chart, max(totals), column=12.0, head=height, least=_least(chart))
    return _frame(chart, area, head + axes(chart, area) + _stacked(chart, area))


def _grouped(chart: Chart, area: Plot) -> str:
    count = len(chart.series)
    width = min(area.step * 0.8, 46.0 * count) / count
    written = count == 1 and len(chart.labels) <= FEW
    parts = []
    for rank, series in enumerate(chart.series):
        for place, value in enumerate(series.values):
            if value:
                x = area.x(place) + (rank - count / 2) * width
                parts.append(column(chart, series, place, rank, x, width, area.y(value), area.bottom))
            if value and written:
                parts.append(text(number(value), area.x(place), area.y(value) - 4, "middle"))
    return "".join(parts)


def _stacked(chart: Chart, area: Plot) -> str:
    width = min(area.step * 0.76, 46.0)
    parts = []
    for place in range(len(chart.labels)):
        base = 0.0
        for rank, series in enumerate(chart.series):
            if value := series.values[place]:
                x, top = area.x(place) - width / 2, area.y(base + value)
                parts.append(column(chart, series, place, rank, x, width, top, area.y(base)))
                base += value
    return "".join(parts)


def column(
    chart: Chart, series: Series, place: int, rank: int, x: float, width: float, top: float, bottom: float
) -> str:
    """One bar with its tooltip, and its hatching for black-and-white print."""
    box = {"x": x, "y": top, "width": width, "height": bottom - top}
    name = series.name if len(chart.series) > 1 else ""
    hint = tooltip(chart.labels[place], name, series.values[place] or 0, chart.unit)
    bar = element("rect", hint, css=f"c{rank + 1}", **box)
    return bar + (element("rect", css="hatch", fill=f"url(#hatch{rank})", **box) if HATCHES[rank] else "")


def _least(chart: Chart) -> float:
    """One or two bars in the width of twenty would look lost."""
    return min(NARROW, 140.0 + 100.0 * len(chart.labels))


def _legend(chart: Chart) -> tuple[str, float]:
    if len(chart.series) < 2:
        return "", 0.0
    box = {"x": 4.0, "y": 1.0, "width": 18.0, "height": 13.0}
    marks = [
        element("rect", css=f"c{rank}", **box)
        + (element("rect", css="hatch", fill=f"url(#hatch{rank - 1})", **box) if HATCHES[rank - 1] else "")
        for rank in range(1, len(chart.series) + 1)
    ]
    return legend([series.name for series in chart.series], marks, _least(chart))


def _frame(chart: Chart, area: Plot, body: str) -> str:
    patterns = "".join(_pattern(rank) for rank in range(1, len(chart.series)))
    defs = element("defs", patterns) if patterns else ""
    return frame(chart.title, chart.description, area.width, area.height, defs + body)


def _pattern(rank: int) -> str:
    line = element("path", d=HATCHES[rank], stroke="#fff", stroke_width=1.5)
    return element("pattern", line, id=f"hatch{rank}", width=8.0, height=8.0, patternUnits="userSpaceOnUse")
