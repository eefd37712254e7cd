"""Exact tests against scipy, and against cases from its manual and from published examples."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qloop.stats.beta import beta_quantile, clopper_pearson, incomplete_beta
from qloop.stats.exact import binomial, binomial_at_least, fisher, lower, rate_ratio, same_rate


def test_fisher_tables():
    # 8/2 against 1/5: the example of scipy.stats.fisher_exact's manual
    assert fisher(8, 10, 1, 6) == pytest.approx(0.034965034965034975)
    assert fisher(6, 113, 0, 60) == pytest.approx(0.09363137927950582)
    assert fisher(3, 4, 1, 4) == pytest.approx(34 / 70)  # Fisher's lady tasting tea, both sides


def test_127_complaints_before_and_5_after():
    assert same_rate(127, 1, 5, 1) == pytest.approx(1.1820533154262882e-31, rel=1e-6)
    assert rate_ratio(127, 1, 5, 1) == pytest.approx((0.012567612847021197, 0.09430980980927978))


def test_four_percent_of_the_exposure_explains_the_fall():
    assert same_rate(127, 100, 5, 4) == pytest.approx(1.0)
    low, high = rate_ratio(127, 100, 5, 4)
    assert low < 0.984251968503937 < high


def test_intervals():
    assert clopper_pearson(0, 60) == pytest.approx((0, 0.05962949228616692))
    assert clopper_pearson(60, 60) == pytest.approx((1 - 0.05962949228616692, 1))
    assert rate_ratio(0, 10, 0, 10) == (0.0, math.inf)
    low, high = rate_ratio(0, 100, 4, 100)
    assert low > 0
    assert high == math.inf


def test_no_shares():
    with pytest.raises(ValueError, match="are no shares"):
        fisher(5, 4, 0, 10)


counts = st.integers(0, 300)


@settings(deadline=None, max_examples=60)
@given(counts, st.integers(0, 3000), counts, st.integers(0, 3000))
def test_fisher_as_scipy(one, more, two, others):
    stats = pytest.importorskip("scipy.stats")
    of_one, of_two = one + more, two + others
    wanted = stats.fisher_exact([[one, of_one - one], [two, of_two - two]]).pvalue
    assert fisher(one, of_one, two, of_two) == pytest.approx(wanted, rel=1e-6, abs=1e-300)


@settings(deadline=None, max_examples=60)
@given(counts, counts, st.floats(0.001, 0.999))
def test_binomial_as_scipy(count, more, share):
    stats = pytest.importorskip("scipy.stats")
    total = count + more
    tail = stats.binom.sf(count - 1, total, share)
    assert binomial_at_least(count, total, share) == pytest.approx(tail, rel=1e-6, abs=1e-12)
    if total:
        wanted = stats.binomtest(count, total, share).pvalue
        assert binomial(count, total, share) == pytest.approx(wanted, rel=1e-6, abs=1e-300)
        interval = stats.binomtest(count, total).proportion_ci(method="exact")
        assert clopper_pearson(count, total) == pytest.approx(tuple(interval), rel=1e-8, abs=1e-12)


@settings(deadline=None, max_examples=80)
@given(st.floats(0.5, 4000), st.floats(0.5, 4000), st.floats(0, 1))
def test_incomplete_beta_as_scipy(a, b, x):
    special = pytest.importorskip("scipy.special")
    assert incomplete_beta(a, b, x) == pytest.approx(special.betainc(a, b, x), rel=1e-7, abs=1e-10)


@given(st.integers(1, 500), st.integers(1, 500), st.floats(0.01, 0.99))
def test_the_quantile_is_the_inverse(a, b, share):
    assert incomplete_beta(a, b, beta_quantile(share, a, b)) == pytest.approx(share, abs=1e-7)


@settings(deadline=None)
@given(counts, st.integers(1, 9000), counts, st.integers(1, 9000))
def test_lower_is_what_the_interval_says(one, of_one, two, of_two):
    high = rate_ratio(one, of_one, two, of_two)[1]
    assert lower(one, of_one, two, of_two) == (high < 1) or abs(high - 1) < 1e-9
