"""Searching in a browser: words are cut as the index cuts them, the best comes first, a kind narrows."""

from __future__ import annotations

from typing import Any

import pytest

from qloop.publish.search.terms import fold, identity, terms

pytestmark = pytest.mark.browser

HOME = "index.html"
TEXTS = [
    "帽围过小，佩戴压头", "勒", "QI-260803-7KD", "ag cap 01", "ＡＧ－０１", "54.8 cm", "1.2.3", "Größe", "STRASSE", "don’t", "naïve Café",
    "T-Shirt_alt", "サイズがきつい", "バッグ", "ﾊﾞｯｸﾞ", "한국어 모자", "Ελλάς", "Москва", "帽子AG-CAP-01", "50%以上", "½ ①", "𠮷野家", "a b",
    "a1 2", "Donaudampfschifffahrtsgesellschaftskapitän", "---", "İstanbul", "ﬁne", "e\u0301te\u0301", "x--y", "‘quoted’", "第3批", "＃＄",
]  # fmt: skip


def search(page: Any, typed: str) -> list[str]:
    """The ids of the rows that a reader sees."""
    page.fill("input[data-qloop-search]", typed)
    page.wait_for_selector(".qloop-search [data-id]", timeout=10_000)
    return [
        str(id)
        for id in page.locator(".qloop-search [data-id]").evaluate_all("rows => rows.map(r => r.dataset.id)")
    ]


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_typed_is_cut_as_what_was_written(home: Any, text: str) -> None:
    typed = home.evaluate("text => window.qloop.index.tokens(text)", text)
    written = terms(text)
    lone = {token for token in written if len(token) == 1}
    assert bool(typed) == bool(written) or lone == set(written), (typed, written)
    assert set(typed) <= set(written)
    assert all(any(token in whole for whole in typed) for token in set(written) - lone)


@pytest.fixture(scope="module")
def home(browser: Any, site: str) -> Any:
    page = browser.new_page()
    page.goto(site + HOME)
    return page
