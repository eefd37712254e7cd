"""Charts: what is drawn, where it stands, and that the markup is safe, accessible and the same every time."""

import itertools
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qloop.charts import (
    Chart,
    Event,
    Limits,
    Series,
    Span,
    bars,
    control_chart,
    intervals,
    lines,
    pareto,
    sparkline,
    stacked_bars,
)
from qloop.charts.scale import number, text_width, thinned, ticks, wrapped

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = tuple(f"2026-{month:02}" for month in range(1, 9))
WEEKS = tuple(f"{year}-W{week:02}" for year in (2025, 2026) for week in range(1, 53))
DRAW = {
    "bars": bars,
    "stacked_bars": stacked_bars,
    "lines": lines,
    "pareto": lambda chart: pareto(chart, "累计占比"),
}


def chart(*values: tuple[float | None, ...], labels: tuple[str, ...] = MONTHS, unit: str = "件") -> Chart:
    series = tuple(Series(f"系列{place}", row) for place, row in enumerate(values, start=1))
    return Chart("每月投诉", labels, series, unit, "一月最多。")


def tree(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def all_of(svg: str, tag: str, css: str | None = None) -> list[ElementTree.Element]:
    found = tree(svg).iter(tag)
    return [element for element in found if css is None or element.get("class") == css]


def words(svg: str) -> list[str]:
    return ["".join(element.itertext()) for element in all_of(svg, "text")]


@pytest.fixture(params=sorted(DRAW))
def draw(request: pytest.FixtureRequest):
    return DRAW[request.param]


def test_the_drawing_is_an_image_with_a_name_and_a_sentence(draw):
    root = tree(draw(chart((3, 5, 2, 8, 4, 6, 2, 1))))
    names = {element.get("id"): element.text for element in root if element.tag in ("title", "desc")}
    assert root.get("role") == "img"
    assert names[root.get("aria-labelledby")] == "每月投诉"
    assert names[root.get("aria-describedby")] == "一月最多。"


def test_the_same_data_give_the_same_line_of_markup(draw):
    data = chart((1 / 3, 2 / 3, 0.1, 7.77, None, 3.0, 2.0, 1.0))
    assert draw(data) == draw(data)
    assert "\n" not in draw(data)


def test_words_of_records_cannot_become_markup(draw):
    bad = '<script>"x"&</script>'
    svg = draw(Chart(bad, (bad, "b"), (Series(bad, (1, 2)),), bad, bad))
    assert "<script" not in svg
    assert bad in [element.text for element in all_of(svg, "title")]


def test_nothing_above_zero_is_no_chart(draw):
    assert draw(chart((0,) * 8)) == ""
    assert draw(chart((None,) * 8)) == ""
    assert draw(Chart("x", (), ())) == ""
    assert sparkline((0, None), "x") == ""


def test_no_colour_is_written_into_the_drawing(draw):
    svg = draw(chart((3, 5, 2, 8, 4, 6, 2, 1)))
    assert re.findall(r'(?:fill|stroke)="(?!url|#fff)[^"]*"', svg) == []


def test_two_charts_of_a_page_share_no_id():
    one, two = stacked_bars(chart((1,) * 8, (2,) * 8)), stacked_bars(chart((1,) * 8, (3,) * 8))
    ids = [set(re.findall(r'id="([^"]+)"', svg)) for svg in (one, two)]
    assert ids[0].isdisjoint(ids[1])
    assert {name for svg in (one, two) for name in re.findall(r"url\(#([^)]+)\)", svg)} <= ids[0] | ids[1]


def test_bar_heights_are_in_proportion():
    tall, half = (
        float(rect.get("height") or 0) for rect in all_of(bars(chart((8, 4), labels=("a", "b"))), "rect")
    )
    assert tall == pytest.approx(half * 2, abs=0.2)


def test_stacked_bars_touch_and_leave_out_zero():
    svg = stacked_bars(chart((3, 0), (2, 4), labels=("a", "b")))
    first, second = all_of(svg, "rect", "c1")[1:], all_of(svg, "rect", "c2")[1:]  # the legend's come first
    assert len(first) == 1
    assert len(second) == 2
    top = float(second[0].get("y") or 0) + float(second[0].get("height") or 0)
    assert top == pytest.approx(float(first[0].get("y") or 0), abs=0.2)


def test_a_gap_breaks_the_line():
    whole = all_of(lines(chart((1, 2, 3, 4, 5, 6, 7, 8))), "path", "s1")
    broken = all_of(lines(chart((1, 2, 3, None, 5, 6, 7, 8))), "path", "s1")
    assert (len(whole), len(broken)) == (1, 2)


def test_an_event_stands_at_its_label_and_one_outside_is_left_out():
    data = chart((1, 2, 3, 4, 5, 6, 7, 8))
    svg = lines(data, [Event("2026-03", "切换 KN2609"), Event("2031-01", "以后")])
    mark = all_of(svg, "line", "event")[0]
    point = all_of(svg, "circle", "c1")[2]
    assert mark.get("x1") == point.get("cx")
    assert "切换 KN2609" in words(svg)
    assert "以后" not in svg


def test_events_close_together_stand_on_rows_of_their_own():
    events = [Event("2026-03", "切换批次 KN2609"), Event("2026-04", "新尺码图")]
    labels = [
        e
        for e in all_of(lines(chart((1,) * 8), events), "text")
        if e.text in {event.label for event in events}
    ]
    assert len({label.get("y") for label in labels}) == 2


def test_the_line_of_an_event_runs_through_no_label_that_was_there_before():
    events = [Event(WEEKS[place], "会员大促活动") for place in (1, 5, 10, 11, 25, 28, 33)]
    svg = lines(chart((1.0,) * 60, labels=WEEKS[:60]), events[::-1])
    labels = [e for e in all_of(svg, "text", "halo") if e.get("text-anchor") is None]
    assert len(labels) == len(events)
    for mark in all_of(svg, "line", "event"):
        for label in labels:
            start, y = float(label.get("x") or 0), float(label.get("y") or 0)
            inside = start < float(mark.get("x1") or 0) < start + text_width(label.text or "")
            assert not inside or float(mark.get("y1") or 0) > y, label.text


def test_labels_of_events_are_drawn_over_the_lines_of_events():
    tags = [e.tag for e in tree(lines(chart((1.0,) * 8), [Event(m, "大促") for m in MONTHS])).iter()
            if e.get("class") in ("event", "halo")]  # fmt: skip
    assert tags == ["line"] * 8 + ["text"] * 8


@pytest.mark.parametrize("draw_bars", [bars, stacked_bars])
def test_one_bar_makes_a_small_chart(draw_bars):
    sizes = [[float(n) for n in (tree(draw_bars(chart((4.0,) * n, labels=WEEKS[:n]))).get("viewBox") or "").split()[2:]]
             for n in (1, 2, 8)]  # fmt: skip
    assert sizes[0] < sizes[1] < sizes[2]
    assert sizes[0][0] <= 260
    assert sizes[0][1] < sizes[2][1]


def test_pareto_puts_the_rest_last_however_large():
    svg = pareto(chart((90, 64, 27), labels=("其余", "掉毛", "尺码偏小")), "累计占比", "其余")
    places = [svg.index(f">{label}<") for label in ("掉毛", "尺码偏小", "其余")]
    assert places == sorted(places)


def test_pareto_ranks_and_ends_at_one_hundred_percent():
    svg = pareto(chart((9, 64, 127), labels=("扣子断裂", "掉毛", "尺码偏小")), "累计占比")
    hints = [rect.findtext("title") for rect in all_of(svg, "rect")]
    shares = [circle.findtext("title") for circle in all_of(svg, "circle")]
    assert hints == ["尺码偏小 127 件", "掉毛 64 件", "扣子断裂 9 件"]
    assert shares == ["尺码偏小 累计占比 63.5%", "掉毛 累计占比 95.5%", "扣子断裂 累计占比 100%"]


def test_a_series_of_another_length_is_refused():
    with pytest.raises(ValueError, match="7 values for 8 labels"):
        chart((1,) * 7)
    with pytest.raises(ValueError, match="six series"):
        chart(*[(1,) * 8] * 7)


@pytest.mark.parametrize("count", [1, 2, 12, 13, 60, 104])
def test_labels_neither_touch_nor_leave_the_drawing(draw, count):
    svg = draw(chart(tuple(float(place + 1) for place in range(count)), labels=WEEKS[:count]))
    width = float((tree(svg).get("viewBox") or "").split()[2])
    rows: dict[str, list[tuple[float, float]]] = {}
    for element in all_of(svg, "text", "quiet"):
        if element.get("text-anchor") == "middle":
            middle, half = float(element.get("x") or 0), text_width(element.text or "") / 2
            rows.setdefault(element.get("y") or "", []).append((middle - half, middle + half))
    assert rows
    for spans in map(sorted, rows.values()):
        assert spans[0][0] >= -1
        assert spans[-1][1] <= width + 1
        assert all(left[1] <= right[0] + 1 for left, right in itertools.pairwise(spans))


def test_a_sparkline_marks_the_last_measured_point():
    svg = sparkline((1, 4, 2, None), "最近")
    dot = all_of(svg, "circle", "c1")[0]
    assert (all_of(svg, "path")[0].get("d") or "").endswith(f"L{dot.get('cx')} {dot.get('cy')}")


@given(st.floats(min_value=1e-6, max_value=1e9), st.booleans())
def test_ticks_cover_the_values_in_a_few_equal_steps(top, whole):
    found = ticks(top, whole)
    assert found[0] == 0
    assert found[-1] >= top * (1 - 1e-9)
    assert 2 <= len(found) <= 7
    assert not whole or all(value == int(value) for value in found)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1840, "1,840"), (2.5, "2.5"), (0.04, "0.04"), (12.0, "12"), (2.4837, "2.48")],
)
def test_numbers_as_a_reader_writes_them(value, text):
    assert number(value) == text


def test_labels_break_between_chinese_characters_and_after_hyphens_only():
    assert wrapped("洗后严重缩水", 60) == ("洗后严重", "缩水")
    assert wrapped("2026-01", 45) == ("2026-", "01")
    assert wrapped("清洗后严重缩水褪色起球", 45) == ("清洗后", "严重缩", "水褪…")


@given(st.integers(min_value=1, max_value=200), st.floats(min_value=4, max_value=80))
def test_thinned_labels_have_room(count, step):
    labels = WEEKS[:count]
    places = thinned(labels, step)
    assert places[0] == 0
    assert all((right - left) * step >= text_width(labels[0]) for left, right in itertools.pairwise(places))


def limited(*values: float | None, high: float = 4.0) -> str:
    known = tuple(None if v is None else high for v in values)
    lows = tuple(None if v is None else 0.0 for v in values)
    limits = Limits(lows, known, 2.0, ("反馈率", "控制限", "中心线"))
    return control_chart(chart(values, labels=MONTHS[: len(values)]), limits)


def test_a_point_beyond_its_limit_is_ringed():
    svg = limited(1.0, 5.0, 3.0)
    (ring,) = all_of(svg, f"{SVG}circle", "out") or all_of(svg, "circle", "out")
    assert "2026-02" in "".join(ring.itertext())
    assert not all_of(limited(1.0, 4.0, 3.0), "circle", "out")  # on the limit is within


def test_limits_are_broken_where_there_is_no_rate():
    limits = [e for e in all_of(limited(1.0, None, 3.0), "path", "limit") if e.get("d") != "M0 7H24"]
    assert [e.get("d", "").count("M") for e in limits] == [2, 2]


def test_nothing_to_draw():
    assert limited(0.0, 0.0) == ""
    assert intervals("前后", "件/千件", [Span("改善后", 0.0, 0.0, 0.0, "")]) == ""


def test_intervals_stand_on_one_scale():
    svg = intervals(
        "前后", "件/千件", [Span("前", 24.8, 20.7, 29.4, "24.8"), Span("后", 0.9, 0.3, 2.2, "0.9")]
    )
    before, after = (float(c.get("cx", 0)) for c in all_of(svg, "circle"))
    zero = float(next(e for e in all_of(svg, "line") if e.get("class") == "axis").get("x1", 0))
    assert (before - zero) / (after - zero) == pytest.approx(24.8 / 0.9, rel=0.02)
    assert "<script" not in intervals("<script>", "x", [Span("<script>", 1.0, 0.5, 2.0, "")])
