"""MkDocs kept at hand: settings read and templates compiled once, then any number of runs on shares of the pages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qloop.compiled import keep_compiled
from qloop.publish.forms import keep_forms
from qloop.publish.quiet import collecting
from qloop.publish.share import Setting, Share, Source, add_theme, building, named

if TYPE_CHECKING:
    import jinja2

NAVIGATION = "partials/nav.html"


class BuildFailed(Exception):
    """MkDocs could not build a share; the text is its own."""


class Session:
    """One MkDocs for an archive; raises BrokenConfig where mkdocs.yml cannot be used."""

    def __init__(self, root: Path, site: Path | None = None) -> None:
        from qloop.publish.config import load, summary_of

        self.config = load(root, site)
        self.summary = summary_of(self.config)
        self.config.strict = False  # what a warning means is for the caller to say
        self.config.plugins.on_startup(command="build", dirty=True)
        self.skeletons: dict[str, tuple[Any, ...]] = {}
        self.env: jinja2.Environment | None = None
        self.templates = set(self.config.theme.static_templates)

    def build(self, setting: Setting, pages: tuple[Source, ...], frame: bool, out: Path) -> list[str]:
        """Build a share into the folder ``out``; what MkDocs warns of comes back. Raises BuildFailed."""
        if not pages and not frame:
            return []
        share = Share(setting, pages, frame, skeletons=self.skeletons)
        warnings: list[str] = []
        self.config.site_dir = str(out)
        self.config.theme.static_templates = set(self.templates)
        with collecting(warnings), building(share):
            from mkdocs.commands.build import build
            from mkdocs.exceptions import Abort, BuildError

            try:
                self._keep_templates()
                build(self.config, dirty=True)
            except (Abort, BuildError) as error:
                raise BuildFailed("; ".join([*warnings, str(error)])) from None
        return [w for w in warnings if "'dirty' build" not in w]

    def close(self) -> None:
        self.config.plugins.on_shutdown()

    def warm(self) -> None:
        """Compile the templates that a page needs, while others are still reading the archive."""
        from jinja2 import TemplateNotFound, meta

        self._keep_templates()
        env, todo, done = self.env, ["main.html"], set()
        assert env is not None
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

    def _keep_templates(self) -> None:
        """One environment, with its compiled templates, serves all runs."""
        if self.env is not None:
            return
        add_theme(self.config)
        env = self.env = self.config.theme.get_env()
        keep_compiled(env)
        listing = env.list_templates

        def list_templates(*args: Any, **options: Any) -> list[str]:
            # the theme's own files, some 12,000 icons, are looked through only by the run that writes them
            share = named()
            return listing(*args, **options) if share is None or share.frame else []

        env.list_templates = list_templates  # type: ignore[method-assign]
        self.config.theme.get_env = lambda: env  # type: ignore[method-assign]
        _remember_navigation(env)
        keep_forms(env, self.config)


def _remember_navigation(env: jinja2.Environment) -> None:
    """Pages that do not stand in the navigation show the same one in each folder: it is rendered once there."""
    template = env.get_template(NAVIGATION)
    render, kept = template.root_render_func, {}

    def remembered(context: Any) -> Iterator[str]:
        page = context.get("page")
        if page is None or not page.file.inclusion.is_not_in_nav():
            yield from render(context)
            return
        folder = posixpath.dirname(page.file.src_uri)
        if folder not in kept:
            kept[folder] = "".join(render(context))
        yield kept[folder]

    template.root_render_func = remembered
