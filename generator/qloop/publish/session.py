"""MkDocs kept at hand: settings read and templates compiled once, then any number of runs on shares of the pages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qloop.publish.quiet import collecting
from qloop.publish.share import Share, Source, building

if TYPE_CHECKING:
    import jinja2

NAVIGATION = "partials/nav.html"


class BuildFailed(Exception):
    """MkDocs could not build a share; the text is its own."""


class Session:
    """One MkDocs that builds into ``out``; raises BrokenConfig where mkdocs.yml cannot be used."""

    def __init__(self, root: Path, out: Path) -> None:
        from qloop.publish.config import load

        self.config = load(root, out)
        self.config.strict = False  # what a warning means is for the caller to say
        self.config.plugins.on_startup(command="build", dirty=True)
        self.env: jinja2.Environment | None = None
        self.templates = set(self.config.theme.static_templates)

    def build(self, share: Share) -> list[str]:
        """Build a share; what MkDocs warns of comes back. Raises BuildFailed."""
        warnings: list[str] = []
        self.config.theme.static_templates = set(self.templates)
        with collecting(warnings), building(share):
            from mkdocs.commands.build import build
            from mkdocs.exceptions import Abort, BuildError

            try:
                self._keep_templates(share)
                build(self.config, dirty=True)
            except (Abort, BuildError) as error:
                raise BuildFailed("; ".join([*warnings, str(error)])) from None
        return [w for w in warnings if "'dirty' build" not in w]

    def close(self) -> None:
        self.config.plugins.on_shutdown()

    def warm(self) -> None:
        """Compile the templates that a page needs, while others are still reading the archive."""
        from jinja2 import TemplateNotFound, meta

        env, todo, done = self.config.theme.get_env(), ["main.html"], set()
        while todo:
            name = todo.pop()
            if name in done or env.loader is None:
                continue
            done.add(name)
            try:
                text, _, _ = env.loader.get_source(env, name)
                env.get_template(name)
            except TemplateNotFound:
                continue
            todo += [found for found in meta.find_referenced_templates(env.parse(text)) if found]
        self._keep(env)

    def _keep_templates(self, share: Share) -> None:
        """The theme's folders are known only after the first run has set them; then one environment serves all."""
        theme = self.config.theme
        if self.env is None:
            self._keep(theme.get_env())
        env = self.env
        assert env is not None
        # the theme's own files are listed (some 12,000 icons) only by the run that writes them
        env.list_templates = type(env).list_templates.__get__(env) if share.frame else lambda **_: []  # type: ignore[method-assign]

    def _keep(self, env: jinja2.Environment) -> None:
        self.env = env
        self.config.theme.get_env = lambda: env
        _remember_navigation(env)


def _remember_navigation(env: jinja2.Environment) -> None:
    """Pages that do not stand in the navigation show the same one in each folder: it is rendered once there."""
    template = env.get_template(NAVIGATION)
    render, kept = template.root_render_func, {}

    def remembered(context: Any) -> Iterator[str]:
        page = context.get("page")
        if page is None or page.file.inclusion.is_included():
            yield from render(context)
            return
        folder = posixpath.dirname(page.file.src_uri)
        if folder not in kept:
            kept[folder] = "".join(render(context))
        yield kept[folder]

    template.root_render_func = remembered


def sources(pages: list[tuple[str, str, bool]]) -> tuple[Source, ...]:
    return tuple(Source(*page) for page in pages)
