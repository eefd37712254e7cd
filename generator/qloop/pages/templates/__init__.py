"""The Jinja environment of page templates: texts, links and labels; templates arrange, they do not decide."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from qloop.pages.richtext import rich_text
from qloop.read.validate import Entry

if TYPE_CHECKING:
    from qloop.pages.site import Site

_BLANK_LINES = re.compile(r"\n\s*\n(?=\s*[<\w])")


def environment(site: Site) -> jinja2.Environment:
    """Templates of this folder with the site's texts: ``t('pages.x')``, ``label('severity', id)``, ``ref(id)``."""
    env = jinja2.Environment(
        loader=jinja2.PackageLoader("qloop.pages", "templates"), autoescape=True, trim_blocks=True,
        lstrip_blocks=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True,
    )  # fmt: skip
    env.globals.update(
        t=site.texts, label=site.texts.label, site=site, archive=site.archive, settings=site.archive.settings,
        today=site.today, find=site.archive.get,
    )  # fmt: skip
    env.filters.update(number=number, day=day)
    return env


def render(site: Site, template: str, uri: str, values: dict[str, Any]) -> str:
    """A page's Markdown. Templates may use blank lines only between a Markdown heading and a block of HTML."""

    def url(target: Entry | str) -> str:
        return site.urls.link(uri, site.uri(target) if isinstance(target, Entry) else target)

    def rich(text: str, entry: Entry | None = None) -> Markup:
        return rich_text(text, url, site, entry)

    return site.templates.get_template(template).render(**values, uri=uri, url=url, rich=rich)


def number(value: float | int | None, digits: int = 1) -> str:
    """``1840`` as ``1,840``, ``54.80`` as ``54.8``; nothing for None."""
    if value is None:
        return ""
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(value: dt.date | dt.datetime | None) -> str:
    return value.strftime("%Y-%m-%d") if value else ""
