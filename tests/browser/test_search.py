"""Searching in a browser: words are cut as the index cuts them, the best comes first, a kind narrows."""

from __future__ import annotations

from typing import Any

import pytest

from qloop.publish.search.terms import fold, terms

pytestmark = pytest.mark.browser

HOME = "index.html"
BOX, ROWS = "input[data-qloop-search]", ".qloop-search [data-id]"
TEXTS = [
    "帽围过小，佩戴压头", "勒", "QI-260803-7KD", "ag cap 01", "ＡＧ－０１", "54.8 cm", "1.2.3", "Größe STRASSE",
    "don’t", "naïve Café", "T-Shirt_alt", "サイズがきつい", "バッグ", "ﾊﾞｯｸﾞ", "한국어 모자", "Ελλάς", "Москва",
    "帽子AG-CAP-01", "50%以上", "½ ①", "𠮷野家", "a b", "a1 2", "Donaudampfschifffahrtsgesellschaftskapitän", "---",
    "İstanbul", "ﬁne", "e\u0301te\u0301", "x--y", "‘quoted’", "第3批", "＃＄",
]  # fmt: skip


@pytest.fixture(scope="module")
def home(browser: Any, site: str) -> Any:
    page = browser.new_page()
    page.goto(site + HOME)
    return page


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_typed_is_cut_as_what_was_written(home: Any, text: str) -> None:
    typed = home.evaluate("text => window.qloop.index.tokens(text)", text)
    written = terms(text)
    lone = {token for token in written if len(token) == 1}  # the end of a Chinese run, a letter
    assert set(typed) <= set(written)
    assert all(any(whole.endswith(token) for whole in typed) for token in set(written) - lone)


def find(page: Any, typed: str) -> list[str]:
    """The ids of the rows that a reader sees."""
    page.fill(BOX, typed)
    page.wait_for_selector(ROWS, timeout=10_000)
    return [str(id) for id in page.locator(ROWS).evaluate_all("rows => rows.map(row => row.dataset.id)")]


@pytest.mark.parametrize(
    ("typed", "id"),
    [("qi2608037kd", "QI-260803-7KD"), ("ag 0012", "QI-260803-7KD"), ("ag-cap-01", "AG-CAP-01"),
     ("勒头", "FAQ-cap-too-tight")],
)  # fmt: skip
def test_the_bearer_of_a_name_comes_first(visit: Any, typed: str, id: str) -> None:
    assert find(visit().open(HOME), typed)[0] == id


@pytest.mark.parametrize("typed", ["佩戴", "帽围", "掉毛"])
def test_titles_come_before_texts(visit: Any, typed: str) -> None:
    page = visit().open(HOME)
    find(page, typed)
    titles = page.locator(".qloop-hit__title").all_inner_texts()
    holds = [typed in fold(title) for title in titles]
    assert holds == sorted(holds, reverse=True)
    assert any(holds)


def test_a_kind_narrows_the_rows(visit: Any) -> None:
    page = visit().open(HOME)
    find(page, "帽围")
    kinds = page.locator(".qloop-hit .qloop-badge[data-kind]")
    every = "rows => rows.map(row => row.dataset.kind)"
    assert set(kinds.evaluate_all(every)) > {"faq"}
    page.locator("[data-qloop-kinds] button").nth(2).click()
    page.wait_for_function(
        "!document.querySelector('.qloop-hit .qloop-badge[data-kind]:not([data-kind=faq])')"
    )
    assert set(kinds.evaluate_all(every)) == {"faq"}


def test_every_typed_word_must_be_there(visit: Any) -> None:
    page = visit().open(HOME)
    assert find(page, "佩戴 AG-0012") == ["QI-260803-7KD"]
    page.fill(BOX, "佩戴 zzzz")
    page.wait_for_selector(ROWS, state="detached")


def test_a_site_published_anew_while_a_page_is_open_is_read_anew(visit: Any) -> None:
    page = visit().open(HOME)
    gone = []
    page.route("**/search/terms/**", lambda route: gone.append(route) or route.fulfill(status=404), times=1)
    assert "QI-260803-7KD" in find(page, "佩戴")
    assert gone
