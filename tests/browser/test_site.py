"""What readers do: open pages, search, filter, copy a reply; on a desk and on a phone."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = pytest.mark.browser

HOME, ISSUES = "index.html", "issues/index.html"
ISSUE, SOP, FAQ = "issues/QI-260803-7KD.html", "sop/SOP-KNIT-001.html", "faq/FAQ-cap-too-tight.html"
PAGES = [
    HOME, ISSUES, ISSUE, SOP, FAQ, "issues/by-status.html", "issues/by-product.html", "overdue.html", "faq/index.html",
    "sop/index.html", "changes/index.html", "changes/PC-260810-M2Q.html", "reviews/index.html", "products/index.html",
    "products/AG-CAP-01.html", "factories/index.html", "factories/ningbo-knit.html", "trends/index.html",
    "trends/feedback.html", "trends/categories.html", "boards/cross.html", "cost.html", "lessons.html",
    "rules.html", "404.html",
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_scrolls_sideways_and_no_outside_host_is_asked(visit: Any, width: int, scheme: str) -> None:
    one = visit(width, scheme)
    for address in PAGES:
        page = one.open(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.inner_text("h1").strip(), address
        assert page.evaluate("document.documentElement.lang").startswith("zh"), address
    assert one.outside() == []
    assert one.complaints == []


def test_no_label_of_a_card_sticks_out_of_its_cell(visit: Any) -> None:
    page = visit(390).open("products/AG-BKT-01.html")
    page.evaluate(
        "document.querySelectorAll('[data-label]').forEach(cell => { cell.dataset.label = '很长的名称'.repeat(3) })"
    )
    short = """cells => cells.filter(cell => cell.offsetHeight && cell.offsetHeight < 40).length"""
    cells = ".qloop-table--cards td:not(.main, :empty)"
    assert page.locator(cells).count() > 0
    assert page.locator(cells).evaluate_all(short) == 0


def test_home_leads_every_reader_on(visit: Any) -> None:
    page = visit().open(HOME)
    for target in ("faq/index.html", "sop/index.html", "issues/index.html"):
        assert page.locator(f"a.qloop-reader[href='{target}']").count() == 1, target
    page.locator("a.qloop-reader[href='faq/index.html']").click()
    page.wait_for_url("**/faq/index.html")


def test_an_issue_tells_its_whole_story(visit: Any) -> None:
    page = visit().open(ISSUE)
    text = page.inner_text("main")
    for word in (
        "帽围过小，佩戴压头",
        "已验证",
        "严重",
        "KN2609",
        "AG-0012",
        "PC-260810-M2Q",
        "SOP-KNIT-001",
    ):
        assert word in text, word
    assert page.locator("ol.qloop-whys li").count() >= 4
    assert page.locator("svg[role=img] title").count() >= 1
    page.locator("main a[href$='sop/SOP-KNIT-001.html']").first.click()
    page.wait_for_url(f"**/{SOP}")


def test_a_sop_prints_without_the_frame_of_the_site(visit: Any) -> None:
    page = visit(390).open(SOP)
    assert page.locator(".qloop-printhead").is_hidden()
    page.emulate_media(media="print")
    assert page.locator(".qloop-printhead").is_visible()
    assert page.locator("header.md-header").is_hidden()
    assert "帽围" in page.inner_text("main")


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("佩戴", "QI-260803-7KD"),
        ("QI-260803-7KD", "QI-260803-7KD"),
        ("qi-260803-7kd", "QI-260803-7KD"),
        ("AG-0012", "QI-260803-7KD"),
        ("AG-CAP-01", "AG-CAP-01"),
        ("too tight", "FAQ-cap-too-tight"),
        ("勒头", "FAQ-cap-too-tight"),
        ("きつい", "FAQ-cap-too-tight"),
    ],
)
def test_search_finds(visit: Any, typed: str, id: str) -> None:
    one = visit()
    page = one.open(SOP)
    page.fill("input[data-qloop-search]", typed)
    page.wait_for_selector(".qloop-search [data-id]", timeout=10_000)
    found = page.locator(".qloop-search [data-id]").evaluate_all("rows => rows.map(r => r.dataset.id)")
    assert id in found, f"{typed}: {found}"
    if typed.upper() == id:
        assert found[0] == id
    assert one.outside() == []


def test_a_search_result_opens_with_the_keyboard(visit: Any) -> None:
    page = visit().open(HOME)
    page.keyboard.press("/")
    page.keyboard.type("QI-260803-7KD")
    page.wait_for_selector(".qloop-search [data-id='QI-260803-7KD']", timeout=10_000)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{ISSUE}")


def test_a_reply_is_copied_to_the_letter(visit: Any) -> None:
    page = visit().open(FAQ)
    button = page.locator("button[data-qloop-copy]:visible").first
    target = button.get_attribute("data-qloop-copy")
    button.click()
    page.wait_for_function("navigator.clipboard.readText().then(t => t.length > 0)")
    copied = page.evaluate("navigator.clipboard.readText()")
    shown = page.evaluate("s => document.querySelector(s).textContent", target)
    assert copied.strip() == shown.strip()
    assert "\n\n" in copied, "paragraphs stay apart"


def test_reply_tabs_change_the_language(visit: Any) -> None:
    page = visit().open(FAQ)
    page.locator("[role=tab]", has_text="德语").click()
    assert page.locator("section[data-tab=de]").is_visible()
    assert page.locator("section[data-tab=en]").is_hidden()


def test_a_filter_is_kept_in_the_address(visit: Any) -> None:
    one = visit()
    page = one.open(ISSUES + "?status=open")
    rows = page.locator("table[data-qloop-table] tbody tr:visible")
    everything = page.locator("table[data-qloop-table] tbody tr")
    assert 0 < rows.count() < everything.count()
    cells = page.locator("table[data-qloop-table] tbody tr:visible [data-value='open']")
    assert cells.count() == rows.count()
    page.locator("button.qloop-sort").first.click()
    page.wait_for_function("location.search.includes('sort=')")
    assert "status=open" in page.url


def test_pages_are_readable_without_javascript(browser: Any, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + FAQ)
    for language in ("en", "de", "ja"):
        assert page.locator(f"section[data-tab={language}] pre").first.is_visible(), language
    page.goto(site + ISSUES)
    assert page.locator("table tbody tr:visible").count() >= 24
    context.close()


def test_an_old_number_leads_to_its_record(visit: Any) -> None:
    page = visit().open("issues/AG-0012.html")
    page.wait_for_url(f"**/{ISSUE}")


def test_a_similar_issue_starts_with_an_id_of_its_own(visit: Any) -> None:
    page = visit().open(ISSUE)
    link = page.locator("a[data-qloop-mint]")
    assert "QI-yymmdd-xxx" in link.get_attribute("href")
    page.evaluate("document.addEventListener('click', e => e.preventDefault())")
    link.click()
    first = link.get_attribute("href")
    assert re.search(r"filename=QI-\d{6}-[0-9A-HJKMNP-TV-Z]{3}\.md", first)
    assert "yymmdd" not in first
    assert re.search(r"opened%3A(\+|%20)\d{4}-\d{2}-\d{2}", first)
