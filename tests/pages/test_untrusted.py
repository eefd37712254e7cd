"""Records are written by many hands: whatever a text holds, a page shows it as text.

Pages are turned into HTML by Python-Markdown with the extensions of mkdocs.yml and parsed as a browser would.
"""

import functools
import json
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest

from qloop.pages.page import Page
from qloop.pages.richtext import rich_text
from qloop.pages.site import Site
from tests.pages import tree

EXTENSIONS = ["admonition", "attr_list", "def_list", "md_in_html", "tables", "toc", "pymdownx.snippets"]
ATTACK = (
    '<script>alert(1)</script> {{ 7*7 }} {% raw %} </pre></td></div></section> "onmouseover="x" '
    "'\n\n## 标题\n\n"
    '<img src=x onerror=alert(1)> [x](javascript:alert(1)) ![p](https://x.example/p.png) --8<-- "qloop.yml"\n'
    "    code\n\t*a* `b` &lt;b&gt; {: #id onclick=x } <!-- c -->\n- [ ] y <div markdown=1>**z**</div>"
)
FREE_TEXTS = {
    "issues/2026/QI-260803-7KD.md": (
        "帽围过小，佩戴压头", "暂停发 KN2607 库存", "机台张力偏高", "出货抽检没有帽围松紧测量点",
        "纱线批次差异",
        "同批复测 20 顶", "换线后首件测帽围", "额头无压痕", "上身试戴", "帽围实测 54.8 cm", "AG-0012",
    ),
    "sop/changes/2026/PC-260810-M2Q.md": (
        "换线后首件帽围测量", "换线后直接量产", "换线后首件测帽围 56-58 cm，合格方可量产",
        "首件等待约 4 分钟", "试产 200 顶，帽围 Cpk 1.41", "页面加注选码提示",
    ),
    "sop/SOP-KNIT-001.md": (
        "针织帽 帽围作业指导书", "软尺平放量内圈", "帽围松紧测量点", "拉伸至 62 cm 回弹", "≤ 0.5 cm 残余",
        "AQL 2.5 II", "增加首件帽围测量", "首次发布",
    ),
    "faq/FAQ-cap-too-tight.md": (
        "帽子太紧 / 帽围偏小", "买家说帽子戴着头疼，怎么回复？", "勒头", "too tight", "道歉；换货或退款",
        "买家称呼", "Guten Tag {{buyer_name}}",
    ),
    "issues/reviews/2026-W32.md": ("第 32 周售后复盘", "更新尺码图"),
    "catalog/products.yml": ("针织保暖帽", "56-58"),
    "catalog/factories.yml": ("宁波针织厂",),
    "qloop.yml": ("小样", "客服", "尺码偏小", "实测帽围"),
}  # fmt: skip


class Document(HTMLParser):
    """Elements with their attributes, and the text of the page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.text = ""
        self.texts: dict[str, str] = {}
        self._ids: list[str | None] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("img", "br", "hr", "input"):
            self.open.append(tag)
            self._ids.append(dict(attrs).get("id"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)
        if self._ids:
            self._ids.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        for id in self._ids:
            if id:
                self.texts[id] = self.texts.get(id, "") + data

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.elements)


def published(page: Page) -> Document:
    """The page as the publisher's Markdown makes it and a browser reads it."""
    return Document(markdown.Markdown(extensions=EXTENSIONS).convert(page.markdown))


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The tiny archive with every free text replaced by the attack."""
    tmp_path = root = tmp_path_factory.mktemp("attacked")
    for path, texts in FREE_TEXTS.items():
        for text in texts:
            root = tree.changed(tmp_path, path, (text, json.dumps(ATTACK, ensure_ascii=False)))
    return tree.site(root, history=tree.history())


@functools.cache
def plain_site() -> Site:
    """The tiny archive as it is."""
    return tree.site(history=tree.history())


URIS = (
    "index.md", "issues/QI-260803-7KD.md", "changes/PC-260810-M2Q.md", "sop/SOP-KNIT-001.md",
    "faq/FAQ-cap-too-tight.md", "reviews/2026-W32.md", "products/AG-CAP-01.md", "products/index.md",
    "factories/ningbo-knit.md", "factories/index.md",
)  # fmt: skip


@pytest.mark.parametrize("uri", URIS)
def test_no_text_of_a_record_becomes_markup(uri: str, attacked: Site) -> None:
    assert len(attacked.archive.entries) == 6, "the attack must not break the records themselves"
    plain, found = published(tree.page(plain_site(), uri)), published(tree.page(attacked, uri))
    assert "alert(1)" in found.text
    assert "{{ 7*7 }}" in found.text
    assert found.unbalanced == plain.unbalanced == []
    for tag in ("script", "img", "h1", "h2", "h3", "h4", "pre", "input", "section", "iframe"):
        assert found.count(tag) == plain.count(tag), tag
    for _, attributes in found.elements:
        assert not any(name.startswith("on") for name in attributes)
        for name in ("href", "src"):
            assert not (attributes.get(name) or "").startswith(("javascript:", "https://x.example"))


@pytest.mark.parametrize("uri", URIS)
def test_a_template_engine_behind_us_finds_nothing_to_evaluate(uri: str, attacked: Site) -> None:
    source = tree.page(attacked, uri).markdown
    assert "{{" not in source
    assert "{%" not in source


@pytest.mark.parametrize("uri", URIS)
def test_blank_lines_stand_only_around_headings(uri: str, attacked: Site) -> None:
    lines = tree.page(attacked, uri).markdown.split("\n")
    for i, line in enumerate(lines[:-1]):
        if not line:
            assert (
                lines[i + 1].startswith("## ")
                or lines[i - 1].startswith(("## ", "### "))
                or lines[i + 1].startswith("### ")
            )


REPLIES = (
    "Hello {{buyer_name}},\n\nplease see:\n\n\n"
    "## not a heading\n\n- one\n- two\n\nBest & <kind> regards\n  indented\ttab",
    ATTACK.strip(),
    "   x\n\n    four blanks\n\n```\nfence\n```\n\n</pre><script>alert(1)</script>\n\n<pre>",
    "你好\u3000{{buyer_name}}\u00a0：\n\n\n谢谢 [a]: b\n*[HTML]: x\n\n[^1]: note",
)


@pytest.mark.parametrize("text", REPLIES)
def test_a_reply_is_copied_character_by_character(text: str, tmp_path: Path) -> None:
    quoted = json.dumps(text, ensure_ascii=False)
    root = tree.changed(
        tmp_path, "faq/FAQ-cap-too-tight.md", ("text: Guten Tag {{buyer_name}}", f"text: {quoted}")
    )
    site = tree.site(root)
    document = published(tree.page(site, "faq/FAQ-cap-too-tight.md"))
    assert document.texts["reply-de-1"] == text.strip()
    assert document.unbalanced == []


def test_replies_of_the_tiny_archive_are_whole() -> None:
    document = published(tree.page(tree.site(), "faq/FAQ-cap-too-tight.md"))
    record = tree.site().archive.faqs[0]
    assert [document.texts[id] for id in ("reply-en-1", "reply-en-2", "reply-de-1")] == [
        r.text for r in record.replies
    ]


BODIES = {
    "script": ("<script>alert(1)</script>ok", "ok"),
    "event": ('<img src="x" onerror="alert(1)">ok', "ok"),
    "javascript": ("[ok](javascript:alert(1))", "ok"),
    "javascript-spaced": ("[ok](  JaVaScRiPt:alert(1))", "ok"),
    "data": ("[ok](data:text/html,x)", "ok"),
    "http": ("[ok](http://x.example/)", "ok"),
    "outside-picture": ("![ok](https://x.example/p.png)", "ok"),
    "style": ('<p style="position:fixed" class="qloop-bar" id="qloop-content">ok</p>', "ok"),
    "iframe": ("<iframe src=https://x.example></iframe>ok", "ok"),
    "svg": ("<svg onload=alert(1)><a xlink:href='javascript:x'>x</a></svg>ok", "ok"),
    "close": ("</div></section></pre>ok", "ok"),
    "form": ("<form action=https://x.example><button>ok</button></form>", "ok"),
    "escape": ("../../../etc/passwd [ok](../../../etc/passwd)", "ok"),
    "template": ("{{ 7*7 }} {% include 'x' %} ok", "{{ 7*7 }} {% include 'x' %} ok"),
    "code": ("```\n{{ 7*7 }}\n\n## no\n```\nok", "## no"),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_sanitised(name: str, tmp_path: Path) -> None:
    body, expected = BODIES[name]
    root = tree.changed(tmp_path, "issues/2026/QI-260803-7KD.md", ("- 3 号机台偏紧", f"{body}"))
    plain = published(tree.page(plain_site(), "issues/QI-260803-7KD.md"))
    found = published(tree.page(tree.site(root, history=tree.history()), "issues/QI-260803-7KD.md"))
    assert expected in found.text
    assert found.unbalanced == []
    assert found.count("h2") == plain.count("h2")
    assert found.count("img") == plain.count("img")
    for tag, attributes in found.elements:
        assert tag not in ("script", "iframe", "form", "object", "style")
        assert not any(key.startswith("on") for key in attributes)
        href = attributes.get("href") or ""
        assert not href.lower().strip().startswith(("javascript", "data", "http:", "https://x")), href
        assert "etc/passwd" not in href
        assert "position" not in (attributes.get("style") or "")


def rich(text: str) -> str:
    site = plain_site()
    entry = site.archive.by_id["qi-260803-7kd"]
    page = site.uri(entry)
    return str(
        rich_text(text, lambda x: site.urls.link(page, x if isinstance(x, str) else site.uri(x)), site, entry)
    )


def test_ids_in_a_body_become_links_but_not_in_code_or_links() -> None:
    assert (
        rich("见 sop-knit-001。")
        == '<p>见 <a class="qloop-ref" href="../sop/SOP-KNIT-001.html">sop-knit-001</a>。</p>'
    )
    assert rich("`SOP-KNIT-001`") == "<p><code>SOP-KNIT-001</code></p>"
    assert rich("SOP-KNIT-0012 XSOP-KNIT-001") == "<p>SOP-KNIT-0012 XSOP-KNIT-001</p>"


def test_links_to_record_files_are_made_final() -> None:
    for address in (
        "SOP-KNIT-001",
        "../../sop/SOP-KNIT-001.md",
        "/sop/SOP-KNIT-001.md#cp1",
        "SOP-KNIT-001.yml",
    ):
        assert 'href="../sop/SOP-KNIT-001.html"' in rich(f"[量法]({address})"), address


def test_only_the_records_own_pictures_are_shown() -> None:
    assert 'src="../files/QI-260803-7KD/tape.png"' in rich("![软尺](QI-260803-7KD/tape.png)")
    assert rich("![软尺](other.png)") == "<p><em>软尺</em></p>"


def test_chinese_lines_join_without_a_blank() -> None:
    assert rich("帽围\n偏小\nis small") == "<p>帽围偏小 is small</p>"


def test_a_table_of_a_body_scrolls_inside_the_page() -> None:
    html = rich("| a | b |\n|---|---|\n| 1 | 2 |")
    assert html.startswith('<div class="qloop-scroll"><table class="qloop-table"> <thead>')
    assert html.endswith("</table></div>")


def test_headings_of_a_body_stand_below_the_pages_own() -> None:
    assert rich("# a\n## b\n### c\n###### d") == "<h3>a</h3> <h3>b</h3> <h4>c</h4> <h6>d</h6>"
