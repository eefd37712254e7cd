"""Attribute control charts: p and u with limits for each point, and Laney's p' and u' for large samples.

Large samples make the ordinary limits so narrow that every week lies outside. Laney's charts widen them by σ_z,
the variation between points that chance within the points does not explain.
Sources: Montgomery, Introduction to Statistical Quality Control, chapter 7; Laney, Quality Engineering 14 (2002),
531-537.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Kind = Literal["p", "u"]
_D2 = 1.128
"""The mean range of two standard normal values: 2/√π."""
WIDTH = 3.0


@dataclass(frozen=True, slots=True)
class Point:
    """``value`` = count/n against its own limits; None (as the limits) where n is below the chart's ``least``."""

    count: int | None
    n: float | None
    value: float | None
    low: float | None
    high: float | None

    @property
    def above(self) -> bool:
        return self.value is not None and self.high is not None and self.value > self.high

    @property
    def below(self) -> bool:
        return self.value is not None and self.low is not None and self.value < self.low


@dataclass(frozen=True, slots=True)
class Control:
    """A chart. ``centre``: the rate of the baseline, None where it has too few points; ``sigma_z``: 1 is chance
    alone; ``laney``: whether the limits are widened by it. ``baseline``: points that made centre and limits."""

    kind: Kind
    centre: float | None
    sigma_z: float | None
    laney: bool
    baseline: int
    points: tuple[Point, ...]


def overdispersed(sigma_z: float, points: int) -> bool:
    """Whether σ_z is beyond what chance gives in 95 of 100 charts of so many points that vary by chance alone.

    The moving-range estimate of a σ of 1 has a standard error of about 0.91/√(points - 1).
    """
    return points > 1 and sigma_z > 1 + 1.645 * 0.91 / math.sqrt(points - 1)


def control(
    kind: Kind, counts: Sequence[int | None], sizes: Sequence[float | None], *,
    base: int | None = None, least: float = 1, fewest: int = 2, laney: bool | None = None,
) -> Control:  # fmt: skip
    """A chart of ``counts`` out of ``sizes`` (p: units inspected; u: units or thousands of them).

    ``base``: how many of the first points make centre and limits (all); ``least``: a point with a smaller n is no
    rate and is not drawn; ``fewest``: points that the baseline needs. ``laney``: force or forbid p' and u'; None:
    use them where the baseline is overdispersed. Raises ValueError for rows of different length, and for a p chart
    in which a count is above its n.
    """
    if len(counts) != len(sizes):
        raise ValueError(f"{len(counts)} counts for {len(sizes)} sizes")
    pairs = [_usable(c, n, least) for c, n in zip(counts, sizes, strict=True)]
    if kind == "p" and any(pair and pair[0] > pair[1] for pair in pairs):
        raise ValueError("more cases than units: a u chart, not a p chart")
    known = [pair for pair in pairs[: len(pairs) if base is None else base] if pair]
    if len(known) < max(1, fewest):
        return Control(kind, None, None, False, len(known), _points(counts, sizes, pairs))
    centre = sum(c for c, _ in known) / sum(n for _, n in known)
    sigma = sigma_z(kind, known, centre)
    wide = overdispersed(sigma, len(known)) if laney is None else laney
    factor = WIDTH * (sigma if wide else 1.0)
    return Control(
        kind, centre, sigma, wide, len(known), _points(counts, sizes, pairs, (kind, centre, factor))
    )


def sigma_z(kind: Kind, known: Sequence[tuple[int, float]], centre: float) -> float:
    """Laney's σ_z: the mean moving range of the points in units of their own standard errors, over 1.128."""
    scores = [(c / n - centre) / error for c, n in known if (error := _error(kind, centre, n)) > 0]
    ranges = [abs(b - a) for a, b in pairwise(scores)]
    return sum(ranges) / len(ranges) / _D2 if ranges else 1.0


def _usable(count: int | None, n: float | None, least: float) -> tuple[int, float] | None:
    return (count, n) if count is not None and n is not None and n > 0 and n >= least else None


def _error(kind: Kind, centre: float, n: float) -> float:
    return math.sqrt(centre * (1 - centre if kind == "p" else 1.0) / n)


def _points(
    counts: Sequence[int | None],
    sizes: Sequence[float | None],
    pairs: Sequence[tuple[int, float] | None],
    limits: tuple[Kind, float, float] | None = None,
) -> tuple[Point, ...]:
    found = []
    for count, n, pair in zip(counts, sizes, pairs, strict=True):
        low = high = None
        if pair and limits:
            kind, centre, factor = limits
            spread = factor * _error(kind, centre, pair[1])
            low, high = max(0.0, centre - spread), centre + spread
            high = min(1.0, high) if kind == "p" else high
        found.append(Point(count, n, pair[0] / pair[1] if pair else None, low, high))
    return tuple(found)
