"""Charts as inline SVG: pure functions from frozen data to one line of markup, the same bytes every time.

Colours come from the classes c1 to c6 and s1 to s6 of theme/assets/qloop.css, so dark mode and print follow.
Without any value above zero a function returns "": the caller writes a sentence instead.
"""

from qloop.charts.bars import bars, stacked_bars
from qloop.charts.control import Limits, Span, control_chart, intervals
from qloop.charts.lines import lines, sparkline
from qloop.charts.model import Chart, Event, Series
from qloop.charts.pareto import pareto

__all__ = ["Chart", "Event", "Limits", "Series", "Span", "bars", "control_chart", "intervals", "lines", "pareto",
           "sparkline", "stacked_bars"]  # fmt: skip
