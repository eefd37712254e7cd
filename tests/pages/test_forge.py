"""Links into the forges, character by character."""

from urllib.parse import parse_qs, urlsplit

import pytest

from qloop.pages.records import forge
from qloop.pages.records.similar import similar_url, template
from qloop.read.yaml import load
from qloop.records.settings import Forge
from tests.pages import tree

URL = "https://forge.example/team/archive"


def forge_of(kind: str, branch: str = "main") -> Forge:
    return Forge(kind=kind, url=URL, branch=branch)


@pytest.mark.parametrize(
    ("kind", "edit", "new", "history"),
    [
        ("github", "edit/main/faq/a.md", "new/main/faq?filename=b.md&value=x", "commits/main/faq/a.md"),
        (
            "gitlab",
            "-/edit/main/faq/a.md",
            "-/new/main/faq?file_name=b.md&content=x",
            "-/commits/main/faq/a.md",
        ),
        (
            "gitea",
            "_edit/main/faq/a.md",
            "_new/main/faq?filename=b.md&value=x",
            "commits/branch/main/faq/a.md",
        ),
    ],
)
def test_each_forge_has_its_addresses(kind: str, edit: str, new: str, history: str) -> None:
    assert forge.edit(forge_of(kind), "faq/a.md") == f"{URL}/{edit}"
    assert forge.new(forge_of(kind), "faq", "b.md", "x") == f"{URL}/{new}"
    assert forge.history(forge_of(kind), "faq/a.md") == f"{URL}/{history}"


def test_without_a_forge_there_are_no_links() -> None:
    for none in (Forge(), Forge(kind="github")):
        assert forge.edit(none, "faq/a.md") is None
        assert forge.edit(none, "faq/a.md", 3) is None
        assert forge.new(none, "faq", "b.md", "x") is None
        assert forge.history(none, "faq/a.md") is None


def test_a_line_is_named() -> None:
    assert forge.edit(forge_of("github"), "faq/a.md", 4) == f"{URL}/edit/main/faq/a.md#L4"


def test_paths_branches_and_values_are_encoded() -> None:
    odd = forge_of("github", "release/1 #2")
    assert forge.edit(odd, "faq/常见 问?题#1.md") == (
        f"{URL}/edit/release/1%20%232/faq/%E5%B8%B8%E8%A7%81%20%E9%97%AE%3F%E9%A2%98%231.md"
    )
    text = "a: 1 & b=2 # 尾\n?x=\"<>'+%"
    address = forge.new(odd, "faq", "b c.md", text)
    assert address
    parts = urlsplit(address)
    assert parse_qs(parts.query) == {"filename": ["b c.md"], "value": [text]}
    assert not set(address) & set(" \n\"'<>")


def test_a_similar_issue_is_begun_with_what_is_known() -> None:
    site = tree.site()
    entry = site.archive.by_id["qi-260803-7kd"]
    address = similar_url(site, entry.record)
    assert address
    assert urlsplit(address).path == "/example/tiny/new/main/issues/2026"
    query = parse_qs(urlsplit(address).query)
    assert query["filename"] == ["QI-yymmdd-xxx.md"]
    assert query["value"] == [template(site, entry.record)]
    front = query["value"][0].split("---\n")[1]
    found, _, problems = load(front)
    assert not problems
    assert found["category"] == "size-small"
    assert found["products"] == ["AG-CAP-01"]
    assert found["related"] == ["QI-260803-7KD"]
    assert found["status"] == "open"
    assert found["title"] is None
