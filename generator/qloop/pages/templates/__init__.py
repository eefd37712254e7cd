"""The Jinja environment of page templates: texts, links and labels; templates arrange, they do not decide.

What a record says can never become markup: every text is escaped, and on the way to the page its line breaks
and braces become character references. So Markdown sees no new line, no heading and no blank line (which
would end a block of HTML), no template engine behind us sees ``{{``, and a browser shows the very same text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import jinja2
from markupsafe import Markup, escape

from qloop.compiled import keep_compiled
from qloop.derive.alerts.words import sentence
from qloop.pages.page import Page
from qloop.pages.richtext import rich_text
from qloop.pages.site import Site
from qloop.pages.templates.pieces import pieces
from qloop.pages.urls import slug
from qloop.read.entry import Entry
from qloop.records.vocabulary import VOCABULARIES

_HEADING = re.compile(r"^(#{2,3} .*)$", re.MULTILINE)
_REFERENCES = {ord(c): f"&#{ord(c)};" for c in "\n\r\t{"}
_SPECIAL = re.compile("[&<>\"'\n\r\t{]")
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif")


def environment(site: Site) -> jinja2.Environment:
    """This folder's templates with the site's ``t('pages.x')``, ``label('severity', id)``, ``find(id)``."""
    env = jinja2.Environment(
        loader=jinja2.PackageLoader("qloop.pages", "templates"), autoescape=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True, finalize=inert,
    )  # fmt: skip
    env.globals.update(
        t=site.texts, label=site.texts.label, site=site, archive=site.archive, settings=site.archive.settings,
        today=site.today, find=site.archive.get, ranks=VOCABULARIES, pieces=pieces(site, inert),
    )  # fmt: skip
    env.globals["say"] = lambda alert: sentence(alert, site.texts, site.archive.settings)
    env.filters.update(
        number=number,
        day=day,
        lines=lines,
        slug=slug,
        untitled=untitled,
        percent=percent,
        per_thousand=per_thousand,
        p_value=p_value,
    )
    env.tests.update(picture=lambda file: file.lower().endswith(_PICTURES))
    keep_compiled(env)
    return env


def render(site: Site, template: str, uri: str, meta: Mapping[str, Any], /, **values: Any) -> Page:
    """The page ``uri`` from a template: blocks of HTML, and ``## headings`` of our own texts.

    In it ``url(target_uri)`` gives relative links and ``rich(text)`` the safe HTML of a Markdown text.
    """

    def url(target: Entry | str) -> str:
        return site.urls.link(uri, site.uri(target) if isinstance(target, Entry) else target)

    def rich(text: str, entry: Entry | None = None) -> Markup:
        return rich_text(text, url, site, entry)

    if "templates" not in site.memo:
        site.memo["templates"] = environment(site)
    env: jinja2.Environment = site.memo["templates"]
    return Page(uri, tidy(env.get_template(template).render(**values, uri=uri, url=url, rich=rich)), meta)


def inert(value: Any) -> Any:
    """``value`` as a template prints it: text is escaped and keeps to its line (see above)."""
    if value is None:
        return ""
    if not isinstance(value, str) or isinstance(value, Markup) or not _SPECIAL.search(value):
        return value
    return Markup(quiet(str(escape(value))))


def quiet(html: str) -> str:
    """``html`` with white space other than the blank, and opening braces, as character references."""
    return html.translate(_REFERENCES)


def tidy(markdown: str) -> str:
    """No blank lines but around Markdown headings: a blank line ends a block of HTML."""
    kept = "\n".join(line.strip() for line in markdown.split("\n") if line.strip())
    return _HEADING.sub(r"\n\1\n", kept).strip("\n").replace("\n\n\n", "\n\n") + "\n"


def lines(text: str) -> Markup:
    """Plain text with its line breaks kept as ``<br>``."""
    return Markup("<br>").join(Markup(quiet(str(escape(line)))) for line in text.strip().splitlines())


def untitled(html: Markup, title: str) -> Markup:
    """A body without its first heading, where that says what the page's own heading says."""
    return Markup(html.removeprefix(f"<h3>{escape(title)}</h3>").strip())


def number(value: float | int | None, digits: int = 1) -> str:
    """``1840`` as ``1,840``, ``54.80`` as ``54.8``; nothing for None."""
    if value is None:
        return ""
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(value: float | None) -> str:
    """A change: ``-0.961`` as ``−96%``, ``0.5`` as ``+50%``; nothing for None."""
    if value is None:
        return ""
    text = f"{abs(value):.0%}"
    return text if text == "0%" else f"{'−' if value < 0 else '+'}{text}"


def per_thousand(rate: float | None) -> str:
    """A rate per unit as cases per 1,000 units: ``0.0248`` as ``24.8``, ``0.00004`` as ``0.04``."""
    if rate is None:
        return ""
    return number(rate * 1000, 1 if rate * 1000 >= 0.1 else 2)


def p_value(p: float) -> str:
    """Two significant digits: ``0.094``; what is smaller than 0.0001 as ``< 0.0001``."""
    return "< 0.0001" if p < 0.0001 else f"{p:.2g}" if p < 0.995 else "1"


def day(value: dt.date | dt.datetime | None) -> str:
    return value.strftime("%Y-%m-%d") if value else ""
