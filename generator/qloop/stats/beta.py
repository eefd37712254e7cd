"""The regularised incomplete beta function and its inverse, and the exact intervals that follow from it."""

from __future__ import annotations

import math
from statistics import NormalDist

LEVEL = 0.95
_TINY = 1e-300
_NORMAL = NormalDist()


def incomplete_beta(a: float, b: float, x: float) -> float:
    """I_x(a, b) for a, b > 0 and 0 <= x <= 1, to about 1e-12 (continued fraction, DLMF 8.17.22)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast on this side only
        return 1 - incomplete_beta(b, a, 1 - x)
    log = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(log) * _fraction(a, b, x) / a


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction by Lentz's method."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 20_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / _away(1 + step * d)
            c = _away(1 + step / c)
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value


def _away(value: float) -> float:
    """``value``, never so near to zero that one cannot divide by it."""
    return value if abs(value) > _TINY else _TINY


def beta_quantile(share: float, a: float, b: float) -> float:
    """The x with I_x(a, b) = ``share`` (0 < share < 1), to about 1e-12 relatively.

    Newton's method from the normal approximation of the logit; a step that leaves the bracket is halved instead.
    """
    log = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    low, high = 0.0, 1.0
    logit = math.log(a / b) + _NORMAL.inv_cdf(share) * math.sqrt(1 / a + 1 / b)
    x = min(max(1 / (1 + math.exp(-max(-600.0, min(600.0, logit)))), 1e-200), 1 - 1e-12)
    for _ in range(200):
        error = incomplete_beta(a, b, x) - share
        low, high = (x, high) if error < 0 else (low, x)
        slope = math.exp(log + (a - 1) * math.log(x) + (b - 1) * math.log1p(-x))
        step = x - error / slope if slope > 0 else -1.0
        x, last = step if low < step < high else (low + high) / 2, x
        if abs(x - last) <= 1e-13 * x:
            break
    return x


def clopper_pearson(count: int, total: int, level: float = LEVEL) -> tuple[float, float]:
    """The exact interval of a share: ``count`` of ``total`` (0 <= count <= total, total > 0).

    Source: Clopper and Pearson, Biometrika 26 (1934), 404-413.
    """
    side = (1 - level) / 2
    low = beta_quantile(side, count, total - count + 1) if count else 0.0
    high = beta_quantile(1 - side, count + 1, total - count) if count < total else 1.0
    return low, high
