"""qloop in one line: discover -> parse -> validate -> link -> check -> derive -> pages -> publish.

Read this file first. Every stage is a plain function on frozen values; only discover, history and publish
touch the world. A bad file never hides another: stages collect findings and go on.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qloop.archive import Archive
from qloop.diagnostics import Diagnostic, errors, in_order
from qloop.read.scan import Scan, scan
from qloop.read.whole import BrokenSettings, read_whole
from qloop.rules.base import Context
from qloop.store import Store, open_store
from qloop.texts import Texts, load
from qloop.verdicts import judge

__all__ = ["BrokenSettings", "Checked", "check", "publish", "tree", "write_pages"]

if TYPE_CHECKING:
    from qloop.publish.config import SiteConfig
    from qloop.publish.publisher import BuildResult, Progress
    from qloop.publish.tree import Tree


@dataclass(frozen=True, slots=True)
class Checked:
    """An archive with everything that is wrong with it, in the archive's language.

    ``scan`` and ``store`` know its files and what was learnt of them; ``world`` is the digest of settings and
    catalogue.
    """

    root: Path
    archive: Archive
    diagnostics: tuple[Diagnostic, ...]
    texts: Texts
    today: dt.date
    scan: Scan
    store: Store
    world: str

    @property
    def errors(self) -> list[Diagnostic]:
        return errors(self.diagnostics)


def check(root: Path, today: dt.date | None = None) -> Checked:
    """Read and check the archive in ``root``; ``today`` stands in for the clock.

    Raises BrokenSettings when qloop.yml cannot be used.
    """
    store = open_store(root)
    seen = scan(root, store)
    read = read_whole(root, seen, store)
    texts = load(read.archive.settings.language)
    day = today or read.archive.settings.today()
    context = Context(read.archive, root, day, read.settings_document, read.guides)
    # bad lines of tables are among what is kept of the archive as a whole
    found = [*(f.in_words(texts) for f in read.findings), *judge(context, read.world, seen, store, texts)]
    for entry in read.archive.entries:
        entry.light()
    seen.save(store)
    store.save()
    return Checked(root, read.archive, tuple(in_order(found)), texts, day, seen, store, read.world)


def tree(checked: Checked, config: SiteConfig) -> Tree:
    """Derive what follows from the records and make every page and file of the site."""
    from qloop.derive.history import read_history
    from qloop.pages.site import Site
    from qloop.pages.urls import Urls
    from qloop.publish.tree import tree as make

    history = read_history(checked.root)
    site = Site(checked.archive, checked.texts, checked.today, Urls(config.directory_urls), history)
    return make(site, checked.root, config)


def publish(
    checked: Checked, site: Path | None = None, *, clean: bool = False, jobs: int = 1,
    progress: Progress = lambda *_: None,
) -> BuildResult:  # fmt: skip
    """Build what changed since the last time and publish it; ``site`` overrides mkdocs.yml's site_dir.

    Raises BrokenConfig (mkdocs.yml), BuildFailed (MkDocs), ForeignFolder (the folder holds somebody's files).
    """
    from qloop.publish.config import summary
    from qloop.publish.publisher import publish as bring_up_to_date

    config = summary(checked.root, site)
    whole = tree(checked, config)
    records = Counter(entry.kind for entry in checked.archive.entries)
    return bring_up_to_date(
        whole,
        checked.archive.settings,
        checked.root,
        config,
        records,
        clean=clean,
        jobs=jobs,
        progress=progress,
    )


def write_pages(checked: Checked, out: Path) -> int:
    """Write the Markdown tree and assets for another publisher; the number of pages comes back.

    Raises BrokenConfig, ForeignFolder.
    """
    from qloop.publish.config import summary
    from qloop.publish.export import export

    config = summary(checked.root)
    whole = tree(checked, config)
    return export(whole, checked.archive.settings, config, out)
