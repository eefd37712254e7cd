"""A record's Markdown body as safe HTML: rendered, sanitised, ids turned into links, images kept inside."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from qloop.read.validate import Entry
from qloop.records.kinds import KINDS

if TYPE_CHECKING:
    from qloop.pages.site import Site

_TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code",
    "em", "strong", "del", "s", "sub", "sup", "table", "thead", "tbody", "tr", "th", "td", "a", "img", "span",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "td": {"align"}, "th": {"align"},
               "ol": {"start"}}  # fmt: skip
_ID = re.compile(
    "(?<![A-Za-z0-9-])(?:" + "|".join(k.pattern.pattern for k in KINDS.values() if k.name != "review") + ")(?![A-Za-z0-9-])",
    re.IGNORECASE | re.ASCII,
)
_SKIP = re.compile(r"(<a\b.*?</a>|<code\b.*?</code>|<pre\b.*?</pre>|<[^>]*>)", re.DOTALL)


def rich_text(text: str, url: Callable[[Entry | str], str], site: Site, entry: Entry | None = None) -> Markup:
    """``text`` as HTML without blank lines: no script, no style, no outside picture, ids of records linked.

    A picture is kept only when it is an attachment of ``entry``; other pictures become their description.
    """
    if not text.strip():
        return Markup("")
    html = _markdown().reset().convert(text)
    clean = _cleaner(lambda tag, name, value: _attribute(tag, name, value, url, site, entry))(html)
    pieces = _SKIP.split(clean)
    linked = "".join(p if i % 2 else _ID.sub(lambda m: _id_link(m[0], url, site), p) for i, p in enumerate(pieces))
    return Markup(re.sub(r"\n{2,}", "\n", linked))


def _attribute(
    tag: str, name: str, value: str, url: Callable[[Entry | str], str], site: Site, entry: Entry | None
) -> str | None:
    if tag == "img" and name == "src":
        files = {a.file for a in getattr(entry.record, "attachments", ())} if entry else set()
        return url(site.attachment_uri(entry, value)) if entry and value in files else None
    if tag == "a" and name == "href":
        return _href(value, url, site)
    return value


def _href(value: str, url: Callable[[Entry | str], str], site: Site) -> str | None:
    """Links to a record by id or file are made final; outside addresses stay https; anything else goes."""
    target = site.archive.get(value.rsplit("/", 1)[-1].split("#")[0].removesuffix(".md"))
    if target and not value.startswith(("http:", "https:")):
        return url(target)
    return value if value.startswith(("https://", "#")) else None


def _id_link(id: str, url: Callable[[Entry | str], str], site: Site) -> str:
    entry = site.archive.get(id)
    return f'<a class="qloop-ref" href="{url(entry)}">{id}</a>' if entry else id


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
