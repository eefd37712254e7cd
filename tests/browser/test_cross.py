"""The cross table: choosing, filtering, following a cell, passing a link on, printing."""

from __future__ import annotations

import json
import shutil
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.browser

CROSS = "boards/cross.html"
TABLE = ".qloop-cross__table"


def data(site: str, name: str) -> Any:
    with urllib.request.urlopen(f"{site}api/v1/cross/{name}.json") as response:
        return json.load(response)


def opened(visit: Any, query: str = "", **options: Any) -> Any:
    page = visit(**options).open(CROSS + query)
    page.wait_for_selector(TABLE)
    return page


def choose(page: Any, label: str, value: str) -> None:
    page.get_by_label(label, exact=True).select_option(value)


def table(page: Any) -> list[list[str]]:
    """The texts of all cells, row by row."""
    found: list[list[str]] = page.locator(f"{TABLE} tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    )
    return found


def query(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_any_two_dimensions_are_counted_as_the_records_say(visit: Any, site: str) -> None:
    page = opened(visit)
    choose(page, "行", "severity")
    choose(page, "列", "cause")
    file = data(site, "issues")
    severities, causes = file["columns"]["severity"], file["columns"]["cause"]
    heads, *rows, foot = table(page)
    assert query(page) == {"rows": ["severity"], "cols": ["cause"]}
    for line in rows:
        severity = [label for _, label in file["values"]["severity"]].index(line[0])
        for head, cell in zip(heads[1:-1], line[1:-1], strict=True):
            labels = [label for _, label in file["values"]["cause"]]
            cause = labels.index(head) if head in labels else -1
            wanted = sum(s == severity and c == cause for s, c in zip(severities, causes, strict=True))
            assert cell == (str(wanted) if wanted else ""), (line[0], head)
        assert line[-1] == str(severities.count(severity))
    assert foot[-1] == str(len(file["ids"]))


def test_long_sides_are_cut_and_the_rest_is_summed_up(visit: Any, site: str) -> None:
    page = opened(visit, "?set=feedback&rows=batch&cols=category")
    heads, *rows, foot = table(page)
    assert len(rows) == 21
    assert rows[-1][0].startswith("其他（")
    assert len(heads) == 15
    assert heads[-2].startswith("其他（")
    counts = [int(line[-1].replace(",", "")) for line in rows]
    assert sum(counts) == int(foot[-1].replace(",", "")) == sum(data(site, "feedback")["columns"]["count"])


def test_a_rate_is_per_thousand_units_of_the_same_product(visit: Any, site: str) -> None:
    page = opened(visit, "?set=feedback&rows=product&cols=category&measure=rate")
    file = data(site, "feedback")
    sku = [id for id, _ in file["values"]["product"]].index("AG-CAP-01")
    columns, units = file["columns"], file["units"]
    cases = sum(n for n, p, ok in zip(columns["count"], columns["product"], columns["rated"], strict=True)
                if p == sku and ok)  # fmt: skip
    sold = sum(n for n, p in zip(units["units"], units["product"], strict=True) if p == sku)
    line = next(line for line in table(page) if "AG-CAP-01" in line[0])
    assert float(line[-1]) == pytest.approx(cases / sold * 1000, abs=0.051)
    choose(page, "行", "batch")  # no units of a batch are known: counts, and the page says so
    assert "没有件数" in page.inner_text(".qloop-note")
    assert "反馈条数" in page.inner_text("#cross-caption")


def test_a_cell_leads_to_the_list_where_that_can_say_it(visit: Any) -> None:
    page = opened(visit, "?rows=severity&cols=status")
    row = page.locator(f"{TABLE} tbody tr", has_text="严重").first
    link = row.locator("td a").first
    count = int(link.inner_text())
    link.click()
    page.wait_for_url("**/issues/index.html?*")
    assert page.locator("table tbody tr:visible").count() == count


def test_a_cell_shows_its_records_in_place_and_the_link_brings_them_back(visit: Any) -> None:
    page = opened(visit, "?rows=batch&cols=severity")
    link = page.locator(f"{TABLE} tbody tr", has_text="KN2508").locator("td a").last
    count = int(link.inner_text())
    link.click()
    records = page.locator(".qloop-cross__records tbody tr")
    assert records.count() == count
    assert page.evaluate("document.activeElement.id") == "cross-records"
    page.wait_for_function(
        "!document.querySelector('.qloop-cross__records td.main a').textContent.startsWith('QI-')"
    )
    before = table(page), page.url
    page.reload()
    page.wait_for_selector(".qloop-cross__records tbody tr")
    assert (table(page), page.url) == before
    assert records.count() == count
    records.first.locator("a").click()
    page.wait_for_url("**/issues/QI-*.html")


def test_many_rows_behind_a_cell_are_cut_at_fifty(visit: Any) -> None:
    page = opened(visit, "?set=feedback&at_row=%7Eall&at_col=%7Eall")
    assert page.locator(".qloop-cross__records tbody tr").count() == 50
    assert "没有显示" in page.inner_text(".qloop-cross__records")


def test_filters_and_a_period_are_kept_and_taken_away(visit: Any) -> None:
    page = opened(visit)
    everything = int(table(page)[-1][-1])
    choose(page, "筛选", "category")
    choose(page, "等于", "0")
    page.get_by_role("button", name="加上筛选").click()
    choose(page, "从", "2026-01")
    assert query(page)["from"] == ["2026-01"]
    (chosen,) = query(page)["f.category"]
    some = int(table(page)[-1][-1])
    assert 0 < some < everything
    page.reload()
    page.wait_for_selector(TABLE)
    assert int(table(page)[-1][-1]) == some
    assert query(page)["f.category"] == [chosen]
    page.get_by_role("button", name="去掉筛选").click()
    page.get_by_role("button", name="恢复默认").click()
    assert int(table(page)[-1][-1]) == everything
    assert query(page) == {}


def test_what_a_link_says_and_nobody_knows_is_ignored_with_a_note(visit: Any) -> None:
    one = visit()
    page = one.open(
        CROSS + "?rows=colour&cols=severity&f.category=<b>x</b>&measure=__proto__&constructor=1&from=1999-01"
    )
    page.wait_for_selector(TABLE)
    note = page.inner_text(".qloop-note")
    for word in ("rows=colour", "f.category=<b>x</b>", "measure=__proto__", "constructor=1", "from=1999-01"):
        assert word in note
    assert "cols=severity" not in note
    assert query(page) == {"cols": ["severity"]}
    assert one.complaints == []


def test_the_same_dimension_twice_changes_places(visit: Any) -> None:
    page = opened(visit)
    choose(page, "行", "status")
    assert query(page) == {"rows": ["status"], "cols": ["category"]}
    assert opened(visit, "?rows=status").locator("#cross-caption").inner_text().startswith("状态 × 分类")


def test_the_link_is_copied(visit: Any) -> None:
    page = opened(visit)
    choose(page, "列", "severity")
    page.get_by_role("button", name="复制这个看法的链接").click()
    page.wait_for_selector("[data-qloop-copy][data-state=done]")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_only_the_chosen_data_are_asked_for(visit: Any) -> None:
    one = visit()
    page = one.open(CROSS)
    page.wait_for_selector(TABLE)
    assert [url for url in one.asked if url.endswith("feedback.json")] == []
    choose(page, "数据", "feedback")
    page.wait_for_function("document.querySelector('#cross-caption').textContent.includes('反馈条数')")
    assert [url for url in one.asked if url.endswith("feedback.json")] != []
    assert one.outside() == []
    assert one.complaints == []


def test_with_the_keyboard_alone(visit: Any) -> None:
    page = opened(visit)
    page.get_by_label("行", exact=True).focus()
    page.keyboard.press("ArrowDown")  # the next dimension; the choices are made anew below the reader's hands
    page.keyboard.press("Enter")
    page.wait_for_function("location.search.includes('rows=')")
    assert page.evaluate("document.activeElement.closest('label').innerText").startswith("行")
    page.locator(f"{TABLE} td a").first.focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["", "?set=feedback&rows=product&cols=month&at_row=%7Eall&at_col=%7Eall"])
def test_on_a_phone_only_the_table_scrolls(visit: Any, scheme: str, query: str) -> None:
    page = opened(visit, query, width=390, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(f".qloop-scroll:has({TABLE})").evaluate("box => box.scrollWidth > box.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_numbers_stand_out_from_every_shade(visit: Any, scheme: str) -> None:
    page = opened(visit, scheme=scheme)
    ratios = page.evaluate("""() => {
      const style = getComputedStyle(document.body);
      const light = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
        .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
      const tone = (name) => light(style.getPropertyValue(name).trim());
      return [1, 2, 3, 4, 5].map((n) => [tone("--qloop-ink"), tone(`--qloop-heat-${n}`)].sort((a, b) => b - a))
        .map(([high, low]) => (high + 0.05) / (low + 0.05));
    }""")  # WCAG 2.2, contrast ratio
    assert min(ratios) >= 4.5


def test_print_shows_the_view_and_not_the_choices(visit: Any) -> None:
    page = opened(visit, "?rows=product&cols=severity&from=2026-01")
    page.emulate_media(media="print")
    assert page.locator("form.qloop-filter").is_hidden()
    assert page.locator("button[data-qloop-copy]").is_hidden()
    assert page.locator(TABLE).is_visible()
    assert "2026‑01" in page.inner_text("#cross-caption")


def test_from_a_disk_the_page_says_why_it_cannot_choose(browser: Any, site: str, tmp_path: Path) -> None:
    for name in (
        CROSS,
        *(f"assets/qloop/{name}" for name in ("base.js", "cross-data.js", "cross-view.js", "cross.js")),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        with urllib.request.urlopen(site + name) as response, (tmp_path / name).open("wb") as file:
            shutil.copyfileobj(response, file)
    page = browser.new_page()
    page.goto((tmp_path / CROSS).as_uri())
    page.wait_for_selector(".qloop-note:visible")
    assert "硬盘" in page.inner_text(".qloop-note")
    assert page.locator("#cross tbody tr").count() > 5
    page.close()


def test_without_javascript_there_is_a_table(browser: Any, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + CROSS)
    assert page.locator("#cross tbody tr").count() > 5
    assert "JavaScript" in page.locator("noscript").inner_text()
    context.close()
