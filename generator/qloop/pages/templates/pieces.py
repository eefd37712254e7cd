"""The smallest pieces of pages, of which a page has hundreds: in Python, since a call of a template's macro costs more.

They write what macros would: a run of HTML without a blank line, "" for nothing; ``_macros.html`` hands them on.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import pass_context
from markupsafe import Markup

from qloop.pages.site import Site
from qloop.read.entry import Entry

Piece = Callable[..., Markup | str]


def pieces(site: Site, inert: Callable[[Any], Any]) -> Mapping[str, Piece]:
    """The pieces for the texts of ``site``; ``inert`` writes a value as templates do."""
    texts = site.texts

    @functools.cache
    def badge(attribute: str, vocabulary: str, id: str | None) -> Markup | str:
        if not id:
            return ""
        label = inert(texts.label(vocabulary, id))
        return Markup(f'<span class="qloop-badge" data-{attribute}="{inert(id)}">{label}</span>')

    def status(entry: Entry) -> Markup | str:
        found = getattr(entry.record, "status", None)
        return badge("status", f"{entry.kind}-status", found)

    @functools.cache
    def state(id: str) -> Markup:
        return Markup(
            f'<span class="qloop-badge" data-state="{inert(id)}">{inert(texts(f"pages.state.{id}"))}</span>'
        )

    @functools.cache
    def kind(id: str) -> Markup:
        return Markup(
            f'<span class="qloop-badge" data-kind="{inert(id)}">{inert(texts(f"pages.kind.{id}"))}</span>'
        )

    @functools.cache
    def day(value: dt.date | None) -> Markup | str:
        if not value:
            return ""
        text = value.strftime("%Y-%m-%d")
        return Markup(f'<time datetime="{text}">{text}</time>')

    def row(label: str, value: Any, wide: bool = False) -> Markup | str:
        if not (value or value == 0):
            return ""
        shape = ' class="wide"' if wide else ""
        return Markup(f"\n<div{shape}><dt>{inert(label)}</dt><dd>{inert(value)}</dd></div>\n")

    def fact(field: str, value: Any, wide: bool = False) -> Markup | str:
        return row(texts(f"labels.field.{field}"), value, wide)

    @pass_context
    def ref(context: Any, entry: Entry, text: str | None = None, print_id: bool = True) -> Markup:
        data = f' data-id="{inert(entry.id)}"' if print_id else ""
        address = inert(context["url"](entry))
        return Markup(f'<a class="qloop-ref"{data} href="{address}">{inert(text or entry.record.title)}</a>')

    return {"badge": badge, "status": status, "state": state, "kind": kind, "day": day, "row": row, "fact": fact,
            "ref": ref}  # fmt: skip
