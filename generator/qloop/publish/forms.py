"""What stands around the content is the same for most generated pages of a folder: it is rendered once, as a form.

A page outside the navigation differs from its neighbours with the same headings in five things: title, description,
content, address, canonical address. The form is what the theme makes of a page that has marks in their place; filling
it in takes a hundredth of rendering the theme again (0.9 of the 1.3 ms that MkDocs needs for a page). The first
pages of each form are rendered as well, and the form is given up if one of them is not the same to the letter, as
it would be under a theme that looks at anything else of a page. Teams with templates, hooks or plugins of their own
that work on pages get no forms.
"""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qloop.publish.blocks import page_class

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig

FRAME = "main.html"
MOST = 200
"""Forms that are kept, each as long as a page without content."""
PROOFS = 2
"""Pages on which a form is compared with the theme itself."""
_MARK = re.compile(r"qloop-form-(\w+)-mark")
_FILTERED = re.compile(r"[<>&\"'\x00-\x1f]|\s\s|^\s|\s$")
"""What a filter of the theme may change: such a page is rendered."""


@dataclass
class Form:
    """``parts``: texts and, at every second place, the name of a thing that is filled in; None when given up."""

    parts: list[str] | None
    proofs: int = 0

    def filled(self, things: Mapping[str, str]) -> str:
        assert self.parts
        return "".join([part if i % 2 == 0 else things[part] for i, part in enumerate(self.parts)])


def keep_forms(env: jinja2.Environment, config: MkDocsConfig) -> None:
    """Have the frame of pages filled into forms, where nobody but the theme and qloop has a say in it."""
    events = config.plugins.events
    others = [*events["page_context"], *events["env"], *events["post_template"]]
    if others or config.theme.custom_dir:
        return
    template = env.get_template(FRAME)
    render = template.root_render_func
    forms: dict[Any, Form] = {}
    met: set[Any] = set()

    def around_marks(context: Any, page: Any) -> list[str]:
        known = {**context.get_all(), "page": _marked(page)}
        heading = _heading(page)
        text = "".join(render(template.new_context(known)))
        return _MARK.split(text.replace(heading + _mark("content"), _mark("content")))

    def filled(context: Any) -> Iterator[str]:
        page = context.get("page")
        things = _things(page) if isinstance(page, page_class()) else None
        if things is None:
            yield from render(context)
            return
        key = _key(page)
        form = forms.get(key)
        if form and form.parts and form.proofs >= PROOFS:
            yield form.filled(things)
            return
        # the page itself comes first: what the theme remembers must not come from a page with marks
        text = "".join(render(context))
        yield text
        if key not in met:
            met.add(key)  # no form for a page that has no second one like it
            return
        if form is None:
            if len(forms) == MOST:
                forms.clear()
            form = forms[key] = Form(around_marks(context, page))
        if form.parts and form.filled(things) != text:
            form.parts = None
        form.proofs += 1

    template.root_render_func = filled


def _things(page: Any) -> dict[str, str] | None:
    """What is filled in; None where the theme might write some of it in another way."""
    found = {"content": page.content or "", "address": _address(page)[1]}
    texts = {name: str(page.meta.get(name, "")) for name in ("title", "description")}
    if not found["address"] or any(_FILTERED.search(text) for text in texts.values()):
        return None
    return found | texts


def _key(page: Any) -> Any:
    """Everything else of a page that a theme may look at."""
    rest = {name: repr(value) for name, value in page.meta.items() if name not in ("title", "description")}
    return (
        posixpath.dirname(page.file.src_uri), page.markdown, _heading(page), page.edit_url,
        bool(page.meta.get("title")), bool(page.meta.get("description")), tuple(sorted(rest.items())),
    )  # fmt: skip


def _marked(page: Any) -> Any:
    """The page with a mark in place of each thing that is filled in."""
    marked = copy.copy(page)
    marked.file = copy.copy(page.file)
    folder, _, ending = _address(page)
    marked.file.url = posixpath.join(folder, _mark("address")) + ending
    marked.content = _heading(page) + _mark("content")
    marked.meta = dict(page.meta) | {n: _mark(n) for n in ("title", "description") if page.meta.get(n)}
    if page.canonical_url:
        marked.canonical_url = page.canonical_url.removesuffix(page.file.url) + marked.file.url
    return marked


def _address(page: Any) -> tuple[str, str, str]:
    """Folder, name and ending, which is ``.html`` or a slash."""
    url: str = page.file.url
    folder, name = posixpath.split(url.rstrip("/"))
    name, suffix = posixpath.splitext(name)
    return folder, name, suffix + "/" * url.endswith("/")


def _heading(page: Any) -> str:
    """The theme looks whether the content has a heading of its own."""
    return "<h1" if "<h1" in page.content else ""


def _mark(name: str) -> str:
    return f"qloop-form-{name}-mark"
