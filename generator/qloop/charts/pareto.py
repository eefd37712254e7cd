"""Pareto: the few causes that make most of the complaints (ISO 9001 tools; J. M. Juran's vital few)."""

from itertools import accumulate

from qloop.charts.bars import column
from qloop.charts.model import Chart, Series
from qloop.charts.plot import Plot, axes, plot
from qloop.charts.scale import TEXT_SIZE, number
from qloop.charts.svg import coordinate, element, frame, text, tooltip


def pareto(chart: Chart, share: str, rest: str = "") -> str:
    """Bars of the first series, largest first, with the cumulative share in percent on a scale at the right.

    `share` names the cumulative line for tooltips, e.g. 累计占比; the bar labelled `rest` comes last, however large.
    """
    if chart.empty:
        return ""
    ranked = _ranked(chart, rest)
    values = [value or 0 for value in ranked.series[0].values]
    total = sum(values)
    area = plot(ranked, max(values), column=30.0, tail=5 * TEXT_SIZE * 0.56 + 8)
    shares = [part / total for part in accumulate(values)]
    body = axes(ranked, area) + _bars(ranked, area) + _right_axis(area) + _line(ranked, shares, share, area)
    return frame(chart.title, chart.description, area.width, area.height, body)


def _ranked(chart: Chart, rest: str) -> Chart:
    first = chart.series[0]

    def rank(place: int) -> tuple[bool, float, int]:
        return (bool(rest) and chart.labels[place] == rest, -(first.values[place] or 0), place)

    order = sorted(range(len(chart.labels)), key=rank)
    values = tuple(first.values[place] for place in order)
    labels = tuple(chart.labels[place] for place in order)
    return Chart(chart.title, labels, (Series(first.name, values),), chart.unit, chart.description)


def _bars(chart: Chart, area: Plot) -> str:
    series, width = chart.series[0], min(area.step * 0.76, 46.0)
    parts = []
    for place, value in enumerate(series.values):
        if value:
            x = area.x(place) - width / 2
            parts.append(column(chart, series, place, 0, x, width, area.y(value), area.bottom))
            parts.append(_value(value, area.x(place), area))
    return "".join(parts)


def _value(value: float, x: float, area: Plot) -> str:
    if area.step < 30:
        return ""
    inside = (
        area.bottom - area.y(value) > 20
    )  # the line runs above the bars, so a number stands at their foot
    y = area.bottom - 6 if inside else area.y(value) - 4
    return text(number(value), x, y, "middle", "onbar" if inside else None)


def _right_axis(area: Plot) -> str:
    marks = [(part, area.bottom - part * (area.bottom - area.top)) for part in (0.0, 0.5, 0.8, 1.0)]
    line = element("line", x1=area.left, x2=area.right, y1=marks[2][1], y2=marks[2][1], css="event")
    return line + "".join(text(f"{part:.0%}", area.right + 6, y + 5, css="quiet") for part, y in marks)


def _line(chart: Chart, shares: list[float], name: str, area: Plot) -> str:
    height = area.bottom - area.top
    points = [(area.x(place), area.bottom - part * height) for place, part in enumerate(shares)]
    path = "M" + "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in points)
    dots = (
        element("circle", tooltip(label, name, round(part * 100, 1), "%"), cx=x, cy=y, r=3.5, css="c2")
        for label, part, (x, y) in zip(chart.labels, shares, points, strict=True)
    )
    return (element("path", d=path, css="s2") if len(points) > 1 else "") + "".join(dots)
