"""Setting blocks of HTML apart from the Markdown engine changes no byte of any page of the demo."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import markdown
import pytest

from qloop import pipeline
from qloop.pages.page import Page
from qloop.publish import blocks
from qloop.publish.config import load, summary_of

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    config = summary_of(load(REPOSITORY))
    found = pipeline.tree(pipeline.check(REPOSITORY), config).pages.values()
    return [page for page in found if page.generated]


def engine() -> Any:
    config = load(REPOSITORY)
    return markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


def test_pages_are_the_same_byte_for_byte(pages: list[Page]) -> None:
    assert len(pages) > 150
    whole, headings = engine(), engine()
    for page in pages:
        skeleton, apart = blocks.apart(page.markdown)
        assert apart, page.uri
        html = blocks.together(headings.reset().convert(skeleton), apart)
        assert html == whole.reset().convert(page.markdown), page.uri
        assert headings.toc_tokens == whole.toc_tokens, page.uri


def test_most_pages_of_a_kind_share_their_skeleton(pages: list[Page]) -> None:
    skeletons = {blocks.apart(page.markdown)[0] for page in pages}
    assert len(skeletons) < len(pages) / 2


def test_a_text_that_looks_like_a_mark_stays_a_text() -> None:
    text = '<p>&lt;div data-qloop-block="0"&gt;</p>\n\n## A heading\n\n<p>second</p>'
    skeleton, apart = blocks.apart(text)
    assert blocks.together(skeleton, apart) == text


def test_only_headings_are_left_to_the_engine(pages: list[Page]) -> None:
    """What the engine is given is a small part of what it would have to read."""
    start = time.perf_counter()
    left = sum(len(blocks.apart(page.markdown)[0]) for page in pages)
    assert left < sum(len(page.markdown) for page in pages) / 5
    assert time.perf_counter() - start < 5
