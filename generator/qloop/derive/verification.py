"""The proof by numbers (8D D8): defects per units before and after a fix, and the change between them."""

from __future__ import annotations

import datetime as dt
import functools
import math
from dataclasses import dataclass

from qloop.records.issue import Exposure, Verification
from qloop.stats.beta import clopper_pearson
from qloop.stats.effect import Supported, Test, supported, test_of
from qloop.stats.exact import rate_ratio


@dataclass(frozen=True, slots=True)
class Side:
    """One period: ``rate`` and its exact 95 % interval ``low`` … ``high`` are defects per unit (Clopper-Pearson),
    None without units; no interval where there are more defects than units."""

    start: dt.date
    end: dt.date
    defects: int
    units: int

    @property
    def rate(self) -> float | None:
        return self.defects / self.units if self.units > 0 else None

    @property
    def low(self) -> float | None:
        return _interval(self.defects, self.units)[0]

    @property
    def high(self) -> float | None:
        return _interval(self.defects, self.units)[1]

    @property
    def days(self) -> int:
        """Length of the period, both days included."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Proof:
    """What the numbers say: the ``test`` with its two-sided ``p``, the exact 95 % interval ``low`` … ``high`` of the
    rate ratio after : before (``high`` is None for no bound), and the verdict that they support."""

    test: Test
    p: float
    ratio: float | None
    low: float
    high: float | None
    verdict: Supported


@dataclass(frozen=True, slots=True)
class Comparison:
    """Before and after. ``change`` of the rate and ``count_change`` of the defects are relative
    (-0.96 = -96 %), None where they cannot be said; ``proof`` is None without units on both sides.

    Intervals and tests are computed for those who ask: a list of thousands shows rates only."""

    before: Side | None
    after: Side | None
    change: float | None
    count_change: float | None

    @property
    def proof(self) -> Proof | None:
        if self.before is None or self.after is None:
            return None
        return _proof(self.before.defects, self.before.units, self.after.defects, self.after.units)

    @property
    def tone(self) -> str:
        """``better``, ``worse`` or "" for no change or an unknown one."""
        return "" if not self.change else "better" if self.change < 0 else "worse"


def compare(verification: Verification) -> Comparison:
    """The numbers of a verification side by side; either side may be missing."""
    before, after = _side(verification.before), _side(verification.after)
    if before is None or after is None:
        return Comparison(before, after, None, None)
    counts = relative(before.defects, after.defects)
    return Comparison(before, after, relative(before.rate, after.rate), counts)


@functools.lru_cache(1024)
def _proof(before: int, units_before: int, after: int, units_after: int) -> Proof | None:
    if units_before <= 0 or units_after <= 0:
        return None
    one, two = (before, units_before), (after, units_after)
    test, p = test_of(one, two)
    low, high = rate_ratio(*one, *two)
    ratio = after / units_after / (before / units_before) if before else None
    return Proof(test, p, ratio, low, high if math.isfinite(high) else None, supported(one, two))


def relative(before: float | None, after: float | None) -> float | None:
    """(after - before) / before; None where either is unknown or ``before`` is 0."""
    return (after - before) / before if before and after is not None else None


def _side(exposure: Exposure | None) -> Side | None:
    if exposure is None:
        return None
    return Side(exposure.from_, exposure.to, exposure.defects, exposure.units)


@functools.lru_cache(1024)
def _interval(defects: int, units: int) -> tuple[float, float] | tuple[None, None]:
    return clopper_pearson(defects, units) if units > 0 and 0 <= defects <= units else (None, None)
