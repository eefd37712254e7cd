"""What counts before and after a fix say about it: the exact test and the verdict that they support."""

from __future__ import annotations

import math
from typing import Literal

from qloop.stats.exact import fisher, lower, same_rate

Test = Literal["fisher", "poisson"]
Supported = Literal["effective", "ineffective", "insufficient-data"]
Counted = tuple[int, int]
"""Defects and units (> 0)."""
SIGNIFICANT = 0.05
GOAL = 0.5
"""The least that a fix is meant to do: leave half of the rate. Data in which even that would not have shown are
too few to call a fix ineffective."""


def test_of(before: Counted, after: Counted) -> tuple[Test, float]:
    """The test that fits and its two-sided p value: Fisher's where a unit fails at most once, else Poisson's."""
    (d0, n0), (d1, n1) = before, after
    if d0 <= n0 and d1 <= n1:
        return "fisher", fisher(d1, n1, d0, n0)
    return "poisson", same_rate(d0, n0, d1, n1)


def supported(before: Counted, after: Counted) -> Supported:
    """The verdict that the numbers support.

    ``effective``: the exact interval of the rate ratio lies below 1 and p < 0.05. ``ineffective``: it lies above 1,
    or the rate is not shown to be lower although a rate halved would have been. Otherwise ``insufficient-data``.
    """
    if _fell(before, after):
        return "effective"
    if _fell(after, before):
        return "ineffective"
    hoped = math.floor(before[0] / before[1] * after[1] * GOAL)
    return "ineffective" if _fell(before, (hoped, after[1])) else "insufficient-data"


def _fell(before: Counted, after: Counted) -> bool:
    return lower(*before, *after) and test_of(before, after)[1] < SIGNIFICANT


def needed_without_defects(before: Counted) -> int | None:
    """Units among which no defect at all would show that the rate fell; None where there was none before.

    The upper end of the exact interval is below 1 from (1 - share)^d = 0.025 on; Fisher's test may ask for a few
    more, which are tried in steps of a half percent.
    """
    defects, units = before
    if not defects:
        return None
    needed: int = math.floor(units * (0.025 ** (-1 / defects) - 1)) + 1
    while not _fell(before, (0, needed)):
        needed += max(1, needed // 200)
    return needed
