"""The pages of a tiny archive, whole: what a change of a template does is seen in the diff of golden/.

After a wanted change: pytest tests/pages --update-golden, then read the diff.
"""

import importlib
from pathlib import Path

import pytest

from qloop.pages.page import Page
from qloop.pages.records import page_of
from tests.pages import tree

GOLDEN = Path(__file__).parent / "golden"
MAKERS = (
    "boards.home:home_pages", "catalog.products:product_pages", "catalog.factories:factory_pages",
)  # fmt: skip


def made() -> dict[str, Page]:
    site = tree.site(history=tree.history())
    found = {page.uri: page for entry in site.archive.entries for page in [page_of(site, entry)]}
    for maker in MAKERS:
        module, function = maker.split(":")
        for one in getattr(importlib.import_module(f"qloop.pages.{module}"), function)(site):
            page = one.make()
            assert page.uri not in found
            found[page.uri] = page
    return found


def test_pages_are_as_agreed(update_golden: bool) -> None:
    pages = made()
    if update_golden:
        for old in GOLDEN.rglob("*.md"):
            old.unlink()
        for uri, page in pages.items():
            path = GOLDEN / uri
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page.source, "utf-8")
        pytest.skip("golden pages written")
    assert sorted(pages) == sorted(p.relative_to(GOLDEN).as_posix() for p in GOLDEN.rglob("*.md"))
    for uri, page in pages.items():
        assert page.source == (GOLDEN / uri).read_text("utf-8"), uri


def test_pages_are_the_same_from_run_to_run() -> None:
    assert {u: p.digest("") for u, p in made().items()} == {u: p.digest("") for u, p in made().items()}


def test_every_maker_is_registered() -> None:
    from qloop.pages import MAKERS as REGISTERED

    assert set(MAKERS) <= set(REGISTERED)
