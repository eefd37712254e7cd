"""A table of numbers and a chart as values: filled before any template sees them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Column:
    """``number``: aligned and sorted as one; ``time``: kept on one line."""

    label: str
    number: bool = False
    time: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """``sort`` is compared instead of the text; ``uri`` makes a link, ``record`` is the id it leads to."""

    text: str
    sort: float | str | None = None
    uri: str = ""
    record: str = ""
    spark: Markup | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of as many cells as there are columns; ``cards``: rows become cards on the phone."""

    id: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    foot: tuple[Cell, ...] = ()
    sortable: bool = True
    cards: bool = False
    anchors: tuple[str, ...] = ()
    """Names of the rows (or "") by which links find them."""

    def last(self, count: int) -> Grid:
        """Only the first ``count`` rows (series stand newest first)."""
        return replace(self, rows=self.rows[:count])


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its caption; ``empty`` is the sentence for when there is nothing to draw."""

    svg: Markup
    caption: str
    empty: str
