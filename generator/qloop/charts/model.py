"""What a chart shows, before any geometry."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Series:
    """One row of numbers, as many as the chart has labels; None is a gap (nothing was measured)."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """Labels along the bottom, one or several series above them, the unit of the numbers.

    `title` names the chart; `description` is its sentence for a reader who cannot see it.
    Raises ValueError when a series is not as long as the labels, or when there are more than six.
    """

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        if len(self.series) > 6:
            raise ValueError(f"{self.title}: six series at most, there are {len(self.series)}")
        for series in self.series:
            if len(series.values) != len(self.labels):
                raise ValueError(f"{series.name}: {len(series.values)} values for {len(self.labels)} labels")

    @property
    def empty(self) -> bool:
        """Whether nothing can be drawn: no value is above zero."""
        return not any(value is not None and value > 0 for series in self.series for value in series.values)


@dataclass(frozen=True)
class Event:
    """A marked moment of a chart, such as a cut-in or a promotion: `at` is one of the chart's labels."""

    at: str
    label: str
