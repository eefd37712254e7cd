"""The verdict that numbers support."""

import pytest

from qloop.stats.effect import needed_without_defects, supported
from qloop.stats.effect import test_of as exact_test


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ((127, 5120), (5, 5300), "effective"),
        ((6, 113), (0, 60), "insufficient-data"),
        ((29, 926), (24, 1221), "ineffective"),
        ((127, 5120), (120, 5300), "ineffective"),
        ((20, 5120), (40, 5300), "ineffective"),  # it rose
        ((10, 1000), (9, 1000), "insufficient-data"),  # half of it would not have shown either
        ((27, 4176), (0, 590), "insufficient-data"),  # p = 0.042, but the interval reaches 1.04
        ((0, 5000), (0, 5000), "insufficient-data"),
        ((0, 5000), (12, 5000), "ineffective"),
        ((60, 50), (5, 50), "effective"),
    ],
)
def test_verdicts(before, after, verdict):
    assert supported(before, after) == verdict


def test_the_test_has_a_name():
    assert exact_test((6, 113), (0, 60)) == ("fisher", pytest.approx(0.0936, abs=1e-4))
    assert exact_test((60, 50), (5, 50))[0] == "poisson"


@pytest.mark.parametrize("before", [(127, 5120), (10, 5120), (31, 894), (4, 900)])
def test_units_that_zero_defects_need(before):
    needed = needed_without_defects(before)
    assert needed is not None
    assert supported(before, (0, needed)) == "effective"
    assert supported(before, (0, needed * 99 // 100 - 1)) != "effective"


def test_nothing_before_needs_more_than_units():
    assert needed_without_defects((0, 900)) is None
