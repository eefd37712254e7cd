"""Lines over time with marked events, and the small line beside a number."""

from collections.abc import Sequence

from qloop.charts.model import Chart, Event, Series
from qloop.charts.plot import LINE, NARROW, Plot, axes, legend, plot
from qloop.charts.scale import text_width
from qloop.charts.svg import coordinate, element, frame, text, tooltip

MANY = 30  # from so many labels on, points are left out: the line says enough


def lines(chart: Chart, events: Sequence[Event] = ()) -> str:
    """A line a series, broken where a value is None; events outside of the labels are left out."""
    if chart.empty:
        return ""
    top = max(value or 0 for series in chart.series for value in series.values)
    head, height = _legend(chart)
    known = sorted((e for e in events if e.at in chart.labels), key=lambda e: chart.labels.index(e.at))
    draft = plot(chart, top, column=11.0)
    rows = event_rows(known, chart, draft)
    area = plot(chart, top, column=11.0, head=height + LINE * (max(rows, default=-1) + 1))
    body = head + axes(chart, area)
    body += event_marks(known, chart, area, [height + LINE * row for row in rows])
    body += "".join(_line(chart, series, rank, area) for rank, series in enumerate(chart.series, start=1))
    return frame(chart.title, chart.description, area.width, area.height, body)


def sparkline(values: Sequence[float | None], title: str) -> str:
    """A line without axes, 100 x 24 units, its last point marked; "" when no value is above zero."""
    if not any(value for value in values):
        return ""
    chart = Chart(title, tuple("" for _ in values), (Series("", tuple(values)),))
    top = max(value or 0 for value in values)
    area = Plot(100.0, 24.0, 0.0, 100.0, 3.0, 21.0, (0.0, top), 96.0 / len(values))
    last = max(place for place, value in enumerate(values) if value is not None)
    dot = element("circle", cx=area.x(last), cy=area.y(values[last] or 0), r=2.5, css="c1")
    body = "".join(element("path", d=path, css="s1") for path in _paths(chart.series[0], area)) + dot
    return frame(title, "", area.width, area.height, body, "qloop-svg qloop-svg--spark")


def _line(chart: Chart, series: Series, rank: int, area: Plot) -> str:
    parts = [element("path", d=path, css=f"s{rank}") for path in _paths(series, area)]
    name = series.name if len(chart.series) > 1 else ""
    size = 3.5 if len(chart.labels) < MANY else 2.0
    for place, value in enumerate(series.values):
        if value is not None:
            hint = tooltip(chart.labels[place], name, value, chart.unit)
            parts.append(element("circle", hint, cx=area.x(place), cy=area.y(value), r=size, css=f"c{rank}"))
    return "".join(parts)


def _paths(series: Series, area: Plot) -> list[str]:
    paths: list[list[str]] = [[]]
    for place, value in enumerate(series.values):
        if value is None:
            paths.append([])
        else:
            paths[-1].append(f"{coordinate(area.x(place))} {coordinate(area.y(value))}")
    return ["M" + "L".join(points) for points in paths if len(points) > 1]


def event_rows(events: Sequence[Event], chart: Chart, area: Plot) -> list[int]:
    """A row of labels each, below every label that its line would run through."""
    ends: list[float] = []  # where the last label of each row ends
    rows = []
    for event in events:
        start, end = _span(event, chart, area)
        row = max((row + 1 for row, taken in enumerate(ends) if taken > start), default=0)
        ends[row : row + 1] = [end + 8]
        rows.append(row)
    return rows


def _span(event: Event, chart: Chart, area: Plot) -> tuple[float, float]:
    x, width = area.x(chart.labels.index(event.at)), text_width(event.label) + 4
    return (x, x + width) if x + width <= area.width else (x - width, x)


def event_marks(events: Sequence[Event], chart: Chart, area: Plot, tops: Sequence[float]) -> str:
    """The lines first: a label turned to the left covers the lines behind it."""
    marks, labels = [], []
    for event, y in zip(events, tops, strict=True):
        x = area.x(chart.labels.index(event.at))
        start, _ = _span(event, chart, area)
        marks.append(element("line", x1=x, x2=x, y1=y, y2=area.bottom, css="event"))
        side, anchor = (4, None) if start == x else (-4, "end")
        labels.append(text(event.label, x + side, y + 12, anchor, "halo"))
    return "".join(marks + labels)


def _legend(chart: Chart) -> tuple[str, float]:
    if len(chart.series) < 2:
        return "", 0.0
    marks = [
        element("path", d="M0 7H24", css=f"s{rank}")
        + element("circle", cx=12.0, cy=7.0, r=3.5, css=f"c{rank}")
        for rank in range(1, len(chart.series) + 1)
    ]
    return legend([series.name for series in chart.series], marks, NARROW)
