"""Control charts with a limit for each point, and rates before and after a fix with their intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

from qloop.charts.lines import event_marks, event_rows
from qloop.charts.model import Chart, Event, Series
from qloop.charts.plot import LINE, NARROW, Plot, axes, legend, plot
from qloop.charts.svg import coordinate, element, frame, text, tooltip


@dataclass(frozen=True)
class Limits:
    """For each label its lower and upper limit, None where there is no rate; `centre` runs through all of them.

    `names` are those of the rate, of the limits and of the centre, for the legend.
    """

    lows: tuple[float | None, ...]
    highs: tuple[float | None, ...]
    centre: float
    names: tuple[str, str, str]


def control_chart(chart: Chart, limits: Limits, events: Sequence[Event] = ()) -> str:
    """The chart's first series with its limits as steps; a point beyond its limit is large and ringed."""
    if chart.empty:
        return ""
    series = chart.series[0]
    top = max(value or 0 for value in (*series.values, *limits.highs))
    head, height = legend(limits.names, [
        element("path", d="M0 7H24", css="s1") + element("circle", cx=12.0, cy=7.0, r=3.5, css="c1"),
        element("path", d="M0 7H24", css="limit"), element("path", d="M0 7H24", css="axis"),
    ], NARROW)  # fmt: skip
    known = sorted((e for e in events if e.at in chart.labels), key=lambda e: chart.labels.index(e.at))
    rows = event_rows(known, chart, plot(chart, top, column=11.0))
    area = plot(chart, top, column=11.0, head=height + LINE * (max(rows, default=-1) + 1))
    y = area.y(limits.centre)
    body = head + axes(chart, area) + element("line", x1=area.left, x2=area.right, y1=y, y2=y, css="axis")
    body += "".join(_steps(row, area) for row in (limits.lows, limits.highs))
    body += event_marks(known, chart, area, [height + LINE * row for row in rows])
    return frame(
        chart.title, chart.description, area.width, area.height, body + _points(chart, series, limits, area)
    )


def _steps(values: Sequence[float | None], area: Plot) -> str:
    """A limit as a line of steps, one a label, broken where there is none."""
    path, half, open_ = [], area.step / 2, False
    for place, value in enumerate(values):
        if value is None:
            open_ = False
            continue
        x, y = area.x(place), coordinate(area.y(value))
        path.append(f"{'L' if open_ else 'M'}{coordinate(x - half)} {y}L{coordinate(x + half)} {y}")
        open_ = True
    return element("path", d="".join(path), css="limit") if path else ""


def _points(chart: Chart, series: Series, limits: Limits, area: Plot) -> str:
    parts, run = [], list[str]()
    for place, value in enumerate((*series.values, None)):
        if value is not None:
            run.append(f"{coordinate(area.x(place))} {coordinate(area.y(value))}")
        elif run:
            parts += [element("path", d="M" + "L".join(run), css="s1")] if len(run) > 1 else []
            run = []
    for place, value in enumerate(series.values):
        if value is None:
            continue
        low, high = limits.lows[place], limits.highs[place]
        out = (high is not None and value > high) or (low is not None and value < low)
        x, y = area.x(place), area.y(value)
        hint = tooltip(chart.labels[place], series.name, value, chart.unit)
        parts.append(element("circle", hint, cx=x, cy=y, r=5.0 if out else 2.5, css="out" if out else "c1"))
    return "".join(parts)


@dataclass(frozen=True)
class Span:
    """One rate with its interval, in the unit of the chart."""

    label: str
    value: float
    low: float
    high: float
    note: str


def intervals(title: str, unit: str, spans: Sequence[Span], description: str = "") -> str:
    """Rates one below the other on one scale from zero, each a point with a bar for its interval; "" without any."""
    if not any(span.high > 0 for span in spans):
        return ""
    top = max(span.high for span in spans)
    chart = Chart(title, tuple(s.label for s in spans), (Series("", tuple(s.high for s in spans)),), unit)
    marks = plot(chart, top, column=60.0).scale
    left, right, row = 12.0, NARROW - 24, 46.0
    bottom = 10 + row * len(spans)

    def x(value: float) -> float:
        return left + value / marks[-1] * (right - left)

    parts = []
    for mark in marks:
        css = "axis" if mark == 0 else "grid"
        parts.append(element("line", x1=x(mark), x2=x(mark), y1=6.0, y2=bottom, css=css))
        parts.append(text(f"{mark:g}", x(mark), bottom + LINE, "middle", "quiet"))
    for place, span in enumerate(spans, start=1):
        y = row * place - 6
        hint = tooltip(span.label, "", span.value, unit)
        parts.append(element("path", d=f"M{coordinate(x(span.low))} {coordinate(y)}H{coordinate(x(span.high))}",
                             css=f"s{place} whole"))  # fmt: skip
        parts.append(element("circle", hint, cx=x(span.value), cy=y, r=5.5, css=f"c{place}"))
        parts.append(text(f"{span.label} {span.note}", left + 4, y - 12, css="halo"))
    parts.append(text(unit, NARROW, bottom + 2 * LINE, "end", "quiet"))
    return frame(title, description, NARROW, bottom + 2 * LINE + 6, "".join(parts))
