"""The proof by numbers (8D D8): defects per units before and after a fix, and the change between them."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from qloop.records.issue import Exposure, Verification

Z = 1.959964  # the standard normal quantile of a two-sided 95 % interval


@dataclass(frozen=True, slots=True)
class Side:
    """One period: ``rate`` and its 95 % interval ``low`` … ``high`` are defects per unit,
    None without units."""

    start: dt.date
    end: dt.date
    defects: int
    units: int
    rate: float | None
    low: float | None
    high: float | None

    @property
    def days(self) -> int:
        """Length of the period, both days included."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """Before and after. ``change`` of the rate and ``count_change`` of the defects are relative
    (-0.96 = -96 %), None where they cannot be said. ``proven``: the intervals do not overlap, so that
    chance does not explain it."""

    before: Side | None
    after: Side | None
    change: float | None
    count_change: float | None
    proven: bool

    @property
    def tone(self) -> str:
        """``better``, ``worse`` or "" for no change or an unknown one."""
        return "" if not self.change else "better" if self.change < 0 else "worse"


def compare(verification: Verification) -> Comparison:
    """The numbers of a verification side by side; either side may be missing."""
    before, after = _side(verification.before), _side(verification.after)
    if before is None or after is None:
        return Comparison(before, after, None, None, False)
    proven = after.high is not None and before.low is not None and after.high < before.low
    counts = relative(before.defects, after.defects)
    return Comparison(before, after, relative(before.rate, after.rate), counts, proven)


def relative(before: float | None, after: float | None) -> float | None:
    """(after - before) / before; None where either is unknown or ``before`` is 0."""
    return (after - before) / before if before and after is not None else None


def _side(exposure: Exposure | None) -> Side | None:
    if exposure is None:
        return None
    defects, units = exposure.defects, exposure.units
    rate = defects / units if units > 0 else None
    low, high = wilson(defects, units) if rate is not None and rate <= 1 else (None, None)
    return Side(exposure.from_, exposure.to, defects, units, rate, low, high)


def wilson(defects: int, units: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of ``defects`` among ``units`` (> 0): honest for 0 defects as well."""
    share = defects / units
    spread = Z * math.sqrt(share * (1 - share) / units + Z**2 / (4 * units**2))
    middle = share + Z**2 / (2 * units)
    scale = 1 + Z**2 / units
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
