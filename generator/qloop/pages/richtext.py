"""A record's Markdown body as safe HTML: rendered, sanitised, ids turned into links, images kept inside."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from qloop.read.entry import Entry
from qloop.records.kinds import KINDS

if TYPE_CHECKING:
    from qloop.pages.site import Site

Url = Callable[["Entry | str"], str]

_TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre",
    "code", "em", "strong", "del", "s", "sub", "sup", "table", "thead", "tbody", "tr", "th", "td", "a",
    "img", "span",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "td": {"align"}, "th": {"align"},
               "ol": {"start"}}  # fmt: skip
_IDS = "|".join(k.pattern.pattern for k in KINDS.values() if k.name != "review")
_ID = re.compile(f"(?<![A-Za-z0-9-])(?:{_IDS})(?![A-Za-z0-9-])", re.IGNORECASE | re.ASCII)
_WHOLE = re.compile(r"(<a\b.*?</a>|<code\b.*?</code>|<pre\b.*?</pre>|<[^>]*>)", re.DOTALL)
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_CJK = "\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uff00-\uffef"
_SOFT_BREAK = re.compile(f"(?<=[{_CJK}])\n(?=[{_CJK}])")
_IMAGE = re.compile(r"<img(?![^>]* src=)[^>]*?(?: alt=\"([^\"]*)\")?[^>]*>")
_TABLE = re.compile(r"<table>(.*?</table>)", re.DOTALL)


def rich_text(text: str, url: Url, site: Site, entry: Entry | None = None) -> Markup:
    """``text`` as one line of HTML: no script, no style, no outside picture, ids of records linked.

    A picture is kept only when it is an attachment of ``entry``; other pictures become their description.
    Headings begin at h3, below the page's own.
    """
    if not text.strip():
        return Markup("")
    html = _lower_headings(_markdown().reset().convert(text))
    clean = _cleaner(lambda tag, name, value: _attribute(tag, name, value, url, site, entry))(html)
    described = _IMAGE.sub(lambda m: f"<em>{m[1]}</em>" if m[1] else "", clean)
    pieces = _WHOLE.split(described)
    linked = "".join(
        p if i % 2 else _ID.sub(lambda m: _id_link(m[0], url, site), p) for i, p in enumerate(pieces)
    )
    tables = _TABLE.sub(
        lambda m: f'<div class="qloop-scroll"><table class="qloop-table">{m[1]}</div>', linked
    )
    return Markup(_one_line(tables))


def _lower_headings(html: str) -> str:
    return re.sub(r"<(/?)h([1-5])>", lambda m: f"<{m[1]}h{min(6, max(3, int(m[2]) + 1))}>", html)


def _one_line(html: str) -> str:
    """Line breaks become spaces (nothing between Chinese characters), inside <pre> character references."""
    pieces = _PRE.split(html)
    for i, piece in enumerate(pieces):
        quiet = piece.replace("\n", "&#10;") if i % 2 else _SOFT_BREAK.sub("", piece).replace("\n", " ")
        pieces[i] = quiet.replace("\t", "&#9;").replace("{", "&#123;")
    return "".join(pieces).strip()


def _attribute(tag: str, name: str, value: str, url: Url, site: Site, entry: Entry | None) -> str | None:
    if tag == "img" and name == "src":
        return _picture(value, url, site, entry)
    if tag == "a" and name == "href":
        return _href(value, url, site)
    return value


def _picture(value: str, url: Url, site: Site, entry: Entry | None) -> str | None:
    files = {a.file for a in entry.record.attachments} if entry else set()
    return url(site.attachment_uri(entry, value)) if entry and value in files else None


def _href(value: str, url: Url, site: Site) -> str | None:
    """Links to a record by id or file are made final; outside addresses stay https; anything else goes."""
    if value.startswith(("https://", "#")):
        return value
    target = site.archive.get(value.rsplit("/", 1)[-1].split("#")[0].removesuffix(".md").removesuffix(".yml"))
    return url(target) if target and ":" not in value else None


def _id_link(id: str, url: Url, site: Site) -> str:
    entry = site.archive.get(id)
    return f'<a class="qloop-ref" href="{escape(url(entry))}">{id}</a>' if entry else id


def _cleaner(attribute_filter: Any) -> Callable[[str], str]:
    import nh3

    return functools.partial(
        nh3.clean, tags=_TAGS, attributes=_ATTRIBUTES, attribute_filter=attribute_filter,
        url_schemes={"https"}, link_rel="noopener noreferrer nofollow",
    )  # fmt: skip


@functools.cache
def _markdown() -> Any:
    import markdown

    return markdown.Markdown(extensions=["tables", "sane_lists", "fenced_code"], output_format="html")
