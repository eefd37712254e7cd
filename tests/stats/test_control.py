"""Charts against published cases. Data: Montgomery, Introduction to Statistical Quality Control, tables 7.1, 7.4 and
examples 7.5, 7.4 (also in R's qcc); accident departments of the NHS and complaints as in R's qicharts2, whose limits
are the reference."""

import math

import pytest

from qloop.stats.control import control, overdispersed

JUICE = [
    12,
    15,
    8,
    10,
    4,
    7,
    16,
    9,
    14,
    10,
    5,
    6,
    17,
    12,
    22,
    8,
    10,
    5,
    13,
    11,
    20,
    18,
    24,
    15,
    9,
    12,
    7,
    13,
    9,
    6,
]
TABLE_7_4 = [(12, 100), (8, 80), (6, 80), (9, 100), (10, 110), (12, 110), (11, 100), (16, 100), (10, 90), (6, 90),
             (20, 110), (15, 120), (9, 120), (8, 120), (6, 110), (8, 80), (10, 80), (7, 80), (5, 90), (8, 100),
             (5, 100), (8, 100), (10, 100), (6, 90), (9, 90)]  # fmt: skip
DYED_CLOTH = [
    (14, 10),
    (12, 8),
    (20, 13),
    (11, 10),
    (7, 9.5),
    (10, 10),
    (21, 12),
    (16, 10.5),
    (19, 12),
    (23, 12.5),
]
PERSONAL_COMPUTERS = [10, 12, 8, 14, 10, 16, 11, 7, 10, 15, 9, 5, 7, 11, 12, 6, 8, 10, 7, 5]
NHS = [(266501, 280443), (264225, 276823), (276532, 291681), (281461, 296155), (269071, 282343), (261215, 275888),
       (270409, 283867), (279778, 295251), (270483, 284468), (270320, 282529), (267923, 279618), (271478, 283932),
       (255353, 266629), (256820, 268091), (261835, 276803), (259144, 271578), (255910, 266005), (260863, 273520),
       (264465, 278574), (260989, 273772)]  # fmt: skip
COMPLAINTS = [(426, 90), (543, 110), (428, 90), (67, 40), (303, 60), (481, 70), (304, 90), (718, 120), (681, 150),
              (1030, 210), (704, 190), (1062, 250), (1085, 220), (1311, 210), (1309, 230), (1342, 220), (1740, 310),
              (1468, 330), (1364, 320), (1824, 330)]  # fmt: skip


def test_p_chart_of_equal_samples():
    chart = control("p", JUICE, [50] * 30, laney=False)
    assert chart.centre == pytest.approx(347 / 1500)
    assert chart.points[0].high == pytest.approx(0.41023911859473844)
    assert chart.points[0].low == pytest.approx(0.05242754807192823)
    assert [place + 1 for place, p in enumerate(chart.points) if p.above] == [15, 23]


def test_limits_come_from_the_baseline_alone():
    counts = [c for place, c in enumerate(JUICE, 1) if place not in (15, 23)]
    chart = control("p", [*counts, 22, 24], [50] * 30, base=28, laney=False)
    assert chart.centre == pytest.approx(0.215)
    assert chart.points[-1].high == pytest.approx(0.38929716004571047)
    assert chart.points[-1].low == pytest.approx(0.040702839954289555)
    assert [p.above for p in chart.points[-2:]] == [True, True]
    assert chart.baseline == 28


def test_p_chart_with_a_limit_for_each_point():
    chart = control("p", *zip(*TABLE_7_4, strict=True), laney=False)
    highs = {100: 0.183686, 80: 0.194093, 110: 0.179582, 120: 0.176003, 90: 0.188455}
    lows = {100: 0.007335, 80: 0.0, 110: 0.011438, 120: 0.015017, 90: 0.002565}
    for point in chart.points:
        assert point.high == pytest.approx(highs[point.n], abs=1e-6)
        assert point.low == pytest.approx(lows[point.n], abs=1e-6)
    # 20 of 110 is below the limit of the mean sample size and above its own
    assert [place + 1 for place, p in enumerate(chart.points) if p.above] == [11]


def test_u_chart_of_equal_samples():
    chart = control("u", PERSONAL_COMPUTERS, [5] * 20, laney=False)
    assert chart.centre == pytest.approx(1.93)
    assert chart.points[3].high == pytest.approx(3.793866948041088)
    assert chart.points[3].low == pytest.approx(0.06613305195891184)


def test_u_chart_with_a_limit_for_each_point():
    chart = control("u", *zip(*DYED_CLOTH, strict=True), laney=False)
    assert chart.centre == pytest.approx(1.4232558139534883)
    highs = [
        2.555038,
        2.688626,
        2.415894,
        2.555038,
        2.584440,
        2.555038,
        2.456427,
        2.527762,
        2.456427,
        2.435552,
    ]
    assert [p.high for p in chart.points] == pytest.approx(highs, abs=1e-6)
    assert chart.points[0].low == pytest.approx(0.29147393012686534)


def test_laney_p_chart_of_large_samples():
    chart = control("p", *zip(*NHS, strict=True))
    plain = control("p", *zip(*NHS, strict=True), laney=False)
    assert chart.laney
    assert chart.sigma_z == pytest.approx(10.64042186349651, rel=1e-6)
    assert (chart.points[0].low, chart.points[0].high) == pytest.approx(
        (0.9401296441775141, 0.9656697785108682)
    )
    assert sum(p.above or p.below for p in plain.points) == 16
    assert not any(p.above or p.below for p in chart.points)


def test_laney_u_chart_of_large_samples():
    chart = control("u", *zip(*COMPLAINTS, strict=True))
    plain = control("u", *zip(*COMPLAINTS, strict=True), laney=False)
    assert chart.centre == pytest.approx(4.997252747252747)
    assert chart.laney
    assert chart.sigma_z == pytest.approx(5.317392724620406, rel=1e-6)
    assert sum(p.above or p.below for p in plain.points) == 13
    assert not any(p.above or p.below for p in chart.points)


def test_ordinary_samples_keep_their_ordinary_limits():
    assert not control("p", *zip(*TABLE_7_4, strict=True)).laney
    assert not overdispersed(1.27, 30)
    assert overdispersed(1.27, 60)


def test_a_small_sample_is_no_rate():
    chart = control("u", [3, 4, 2, 1], [100, 120, 110, 4], least=50)
    assert chart.points[-1].value is None
    assert chart.points[-1].high is None
    assert chart.centre == pytest.approx(9 / 330)


def test_unknown_weeks_are_gaps():
    chart = control("u", [3, None, 2], [100, 100, None])
    assert [p.value is None for p in chart.points] == [False, True, True]
    assert chart.centre is None  # one week makes no chart


def test_no_case_at_all():
    chart = control("u", [0, 0, 0], [100, 100, 100])
    assert chart.centre == 0
    assert not any(p.above or p.below for p in chart.points)


def test_impossible_rows_are_refused():
    with pytest.raises(ValueError, match="more cases than units"):
        control("p", [5, 1], [4, 4])
    with pytest.raises(ValueError, match="2 counts for 1 sizes"):
        control("u", [5, 1], [4])


def test_a_p_limit_is_no_more_than_everything():
    assert all(p.high is not None and p.high <= 1 and math.isfinite(p.high)
               for p in control("p", [9, 10, 8], [10, 10, 10]).points)  # fmt: skip
