"""Exact comparisons of two counts: no approximation that fails for few cases, and none for none at all."""

from __future__ import annotations

import math
from collections.abc import Callable

from qloop.stats.beta import LEVEL, clopper_pearson, incomplete_beta

_EQUAL = 1 + 1e-7
"""Two outcomes count as equally likely within this factor, as in R's and scipy's tests."""


def _choose(n: int, k: int) -> float:
    """The logarithm of n over k."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _two_sided(observed: int, outcomes: range, log: float, ratio: Callable[[int], float]) -> float:
    """How likely are outcomes that are no more likely than the observed one, whose log probability is ``log``.

    ``ratio(k)`` is P(k + 1) / P(k): walking from the observed outcome is ten times faster than logarithms of
    each. What overflows on the way is as likely as 1e308 times the observed one and never counts.
    """
    total, up, down = 1.0, 1.0, 1.0
    for k in range(observed, outcomes.stop - 1):
        up *= ratio(k)
        total += up if up <= _EQUAL else 0.0
    for k in range(observed - 1, outcomes.start - 1, -1):
        down /= ratio(k)
        total += down if down <= _EQUAL else 0.0
    return min(1.0, total * math.exp(log))


def fisher(one: int, of_one: int, two: int, of_two: int) -> float:
    """The two-sided p value that ``one`` of ``of_one`` and ``two`` of ``of_two`` have the same share.

    Conditional on all margins; outcomes no more likely than the observed one are added up. Raises ValueError
    where a count is negative or above its total. Source: Fisher, Statistical Methods for Research Workers, 21.02.
    """
    if not (0 <= one <= of_one and 0 <= two <= of_two):
        raise ValueError(f"{one} of {of_one} and {two} of {of_two} are no shares")
    cases, total = one + two, of_one + of_two
    outcomes = range(max(0, cases - of_two), min(cases, of_one) + 1)
    log = _choose(of_one, one) + _choose(of_two, two) - _choose(total, cases)
    rest = of_two - cases + 1
    return _two_sided(one, outcomes, log, lambda k: (of_one - k) * (cases - k) / ((k + 1) * (rest + k)))


def binomial(count: int, total: int, share: float) -> float:
    """The two-sided p value that ``count`` of ``total`` came with probability ``share`` (0 < share < 1)."""
    odds = share / (1 - share)
    log = _choose(total, count) + count * math.log(share) + (total - count) * math.log1p(-share)
    return _two_sided(count, range(total + 1), log, lambda k: (total - k) / (k + 1) * odds)


def binomial_at_least(count: int, total: int, share: float) -> float:
    """P(X >= count) for X binomial: the one-sided p value that ``count`` is too many."""
    return incomplete_beta(count, total - count + 1, share) if count > 0 else 1.0


def lower(one: int, exposure_one: float, two: int, exposure_two: float, level: float = LEVEL) -> bool:
    """Whether the interval of ``rate_ratio`` lies below 1: the second rate is lower, and not by chance.

    The same as its upper end, without computing the end. Exposures are above zero.
    """
    share = exposure_one / (exposure_one + exposure_two)
    return binomial_at_least(one, one + two, share) < (1 - level) / 2


def same_rate(one: int, exposure_one: float, two: int, exposure_two: float) -> float:
    """The two-sided p value that two Poisson counts have the same rate; exposures are above zero.

    Given their sum, the first is binomial. Source: Przyborowski and Wilenski, Biometrika 31 (1940), 313-323.
    """
    return binomial(one, one + two, exposure_one / (exposure_one + exposure_two))


def rate_ratio(
    one: int, exposure_one: float, two: int, exposure_two: float, level: float = LEVEL
) -> tuple[float, float]:
    """The exact interval of the rate ratio two : one; (0, infinity) without any case.

    The conditional binomial's Clopper-Pearson interval, put in terms of the ratio. Exposures are above zero.
    """
    if not one + two:
        return 0.0, math.inf
    low, high = clopper_pearson(two, one + two, level)
    scale = exposure_one / exposure_two
    return low / (1 - low) * scale if low < 1 else math.inf, high / (
        1 - high
    ) * scale if high < 1 else math.inf
