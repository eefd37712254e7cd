"""What a search result shows beneath a title: a sentence of the record, not a mark of Markdown."""

from __future__ import annotations

from qloop import pipeline
from qloop.pages.site import Site
from qloop.publish.search.cards import excerpt
from qloop.publish.search.entries import of_product, of_record

from .conftest import Archive


def test_lists_and_headings_are_not_excerpts(archive: Archive) -> None:
    path = archive.issue("QI-260803-7KD")
    front = path.read_text("utf-8").split("---\n")[1]
    path.write_text(f"---\n{front}---\n## 经过\n\n1. **换线**：张力重设后拍照。\n2. 首件测量。\n", "utf-8")
    checked = pipeline.check(archive.root)
    site = Site(checked.archive, checked.texts, checked.today)
    entry = checked.archive.by_id["qi-260803-7kd"]
    assert excerpt(of_record(site, entry).text) == "换线：张力重设后拍照。"
    assert "针织帽" in of_product(site, checked.archive.catalog.products["CAP-1"]).title
