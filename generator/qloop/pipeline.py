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

from qloop import rules
from qloop.archive import Archive
from qloop.diagnostics import Diagnostic, errors, in_order
from qloop.link import link
from qloop.read.catalog import read_catalog, read_settings
from qloop.read.discover import discover, discover_guides
from qloop.read.feedback import read_feedback
from qloop.read.findings import Finding
from qloop.read.parse import parse
from qloop.read.validate import Entry, validate
from qloop.rules.base import Context
from qloop.texts import Texts, load

if TYPE_CHECKING:
    from qloop.publish.config import SiteConfig
    from qloop.publish.publisher import BuildResult, Progress
    from qloop.publish.tree import Tree


class BrokenSettings(Exception):
    """qloop.yml is missing or wrong: nothing can be said about the archive but this."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics


@dataclass(frozen=True, slots=True)
class Checked:
    """An archive with everything that is wrong with it, in the archive's language."""

    root: Path
    archive: Archive
    diagnostics: tuple[Diagnostic, ...]
    texts: Texts
    today: dt.date

    @property
    def errors(self) -> list[Diagnostic]:
        return errors(self.diagnostics)


def check(root: Path, today: dt.date | None = None) -> Checked:
    """Read and check the archive in ``root``; ``today`` stands in for the clock.

    Raises BrokenSettings when qloop.yml cannot be used.
    """
    settings, settings_document, findings = read_settings(root)
    if settings is None or settings_document is None:
        raise BrokenSettings([f.in_words(load("zh")) for f in findings])
    texts = load(settings.language)
    catalog, more = read_catalog(root)
    feedback, yet_more = read_feedback(root)
    entries, broken, read_findings = read_records(root)
    guides = discover_guides(root)
    archive = link(settings, catalog, entries, feedback, broken)
    day = today or settings.today()
    context = Context(archive, root, day, settings_document, guides.sources)
    everything = [*findings, *more, *yet_more, *read_findings, *guides.findings, *rules.check(context)]
    return Checked(root, archive, tuple(in_order(f.in_words(texts) for f in everything)), texts, day)


def read_records(root: Path) -> tuple[list[Entry], list[str], list[Finding]]:
    """Every record that can be read, the paths of those that cannot, and what is wrong."""
    found = discover(root)
    findings = list(found.findings)
    broken = [f.place.path for f in found.findings]
    entries = []
    for source in found.sources:
        parsed = parse(source)
        findings += parsed.findings
        entry = validate(parsed.document) if parsed.document else ()
        if isinstance(entry, Entry):
            entries.append(entry)
        else:
            findings += entry
            broken.append(source.path)
    return entries, broken, findings


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
