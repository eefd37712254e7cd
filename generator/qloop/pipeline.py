"""qloop in one line: discover -> parse -> validate -> link -> check -> derive -> pages -> publish.

Read this file first. Every stage is a plain function on frozen values; only discover, history and publish
touch the world. A bad file never hides another: stages collect findings and go on.

Nothing is done twice: what was read and judged is in the archive's store, what was published is known by the keys
of its units. A stage that is fast enough keeps nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qloop.archive import Archive
from qloop.diagnostics import Diagnostic, errors, in_order
from qloop.read.entry import Moved
from qloop.read.records import Reader
from qloop.read.scan import Scan, scan
from qloop.read.whole import BrokenSettings, read_whole
from qloop.rules.base import Context
from qloop.stopwatch import Stopwatch
from qloop.store import FOLDER, Store, open_store
from qloop.texts import Texts, load
from qloop.verdicts import judge

if TYPE_CHECKING:
    from qloop.publish.config import SiteConfig
    from qloop.publish.crew import Alone, Crew
    from qloop.publish.making import Progress
    from qloop.publish.publisher import BuildResult
    from qloop.publish.starting import Process
    from qloop.publish.tree import Tree
    from qloop.publish.workshop import Workshop

__all__ = ["BrokenSettings", "Checked", "Moved", "check", "crew", "join", "publish", "remembered", "tree", "workshop",
           "write_pages"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checked:
    """An archive with everything that is wrong with it, in the archive's language.

    ``scan`` and ``store`` know its files and what was learnt of them; ``world`` is the digest of settings and
    catalogue; ``left_out`` are paths of records that are not to be published.
    """

    root: Path
    archive: Archive
    diagnostics: tuple[Diagnostic, ...]
    texts: Texts
    today: dt.date
    scan: Scan
    store: Store
    world: str
    watch: Stopwatch = field(default_factory=Stopwatch)
    left_out: frozenset[str] = frozenset()

    @property
    def errors(self) -> list[Diagnostic]:
        return errors(self.diagnostics)


def check(root: Path, today: dt.date | None = None, reader: Reader | None = None) -> Checked:
    """Read and check the archive in ``root``; ``today`` stands in for the clock.

    ``reader`` reads half of very many new files beside this process.
    Raises BrokenSettings when qloop.yml cannot be used.
    """
    watch = Stopwatch()
    with watch.stage("scan"):
        store = open_store(root)
        seen = scan(root, store)
    with watch.stage("read"):
        read = read_whole(root, seen, store, reader)
    texts = load(read.archive.settings.language)
    day = today or read.archive.settings.today()
    context = Context(read.archive, root, day, read.settings_document, read.guides)
    with watch.stage("check"):
        found = [*(f.in_words(texts) for f in read.findings), *judge(context, read.world, seen, store, texts)]
    for entry in read.archive.entries:
        entry.light()
    with watch.stage("remember"):
        seen.save(store)
        store.save()
    return Checked(root, read.archive, tuple(in_order(found)), texts, day, seen, store, read.world, watch)


@contextmanager
def crew(root: Path, site: Path | None, jobs: int, first: Process | None = None) -> Iterator[Crew | Alone]:
    """Who builds pages: processes that get ready while the archive is checked, or (one job) this process.

    ``first``: one that has been started already (``publish.starting``).
    """
    from qloop.publish.crew import Alone, Crew

    found = Crew(root, site, jobs, first) if jobs > 1 else Alone(root, site)
    try:
        yield found
    finally:
        found.close()


def workshop(checked: Checked, config: SiteConfig) -> Workshop:
    """Derive what follows from the records, and have everything at hand from which the site is made."""
    from qloop.derive.history import read_history
    from qloop.pages.site import Site
    from qloop.pages.urls import Urls
    from qloop.publish.workshop import Workshop

    with checked.watch.stage("history"):
        history = read_history(checked.root, checked.root / FOLDER)
    site = Site(checked.archive, checked.texts, checked.today, Urls(config.directory_urls), history)
    return Workshop(site, checked.root, config, checked.world, checked.scan, checked.left_out)


def remembered(
    root: Path, config: SiteConfig, today: dt.date, world: str, left_out: Collection[str] = ()
) -> Workshop:
    """The workshop of an archive that another process has just checked: nothing is looked at or judged again.

    Raises Moved when settings or catalogue are other ones by now.
    """
    from qloop.read.scan import unseen

    store, seen = open_store(root), unseen(root)
    read = read_whole(root, seen, store, left_out=frozenset(left_out), remembered=True)
    if read.world != world:
        raise Moved("qloop.yml")
    texts = load(read.archive.settings.language)
    checked = Checked(root, read.archive, (), texts, today, seen, store, world, left_out=frozenset(left_out))
    return workshop(checked, config)


def tree(checked: Checked, config: SiteConfig) -> Tree:
    """Every page and file of the site, for a publisher that builds all of them at once."""
    from qloop.publish.tree import tree as make

    return make(workshop(checked, config))


def publish(
    checked: Checked, site: Path | None = None, *, clean: bool = False, jobs: int = 1, wait: float = 0.0,
    progress: Progress = lambda *_: None, hands: Crew | Alone | None = None,
) -> BuildResult:  # fmt: skip
    """Build what changed since the last time and publish it; ``site`` overrides mkdocs.yml's site_dir.

    ``hands``: who builds pages, where somebody has been called already; ``wait``: seconds for another build to end.
    Raises BrokenConfig (mkdocs.yml), BuildFailed (MkDocs), ForeignFolder (the folder holds somebody's files), Busy.
    """
    from qloop.publish.publisher import publish as bring_up_to_date

    if hands is None:
        with crew(checked.root, site, jobs) as called:
            return publish(checked, site, clean=clean, wait=wait, progress=progress, hands=called)
    with checked.watch.stage("workers"):
        config = hands.config
    records = Counter(entry.kind for entry in checked.archive.entries)
    return bring_up_to_date(
        workshop(checked, config), hands, checked.store, records, checked.watch,
        clean=clean, wait=wait, progress=progress,
    )  # fmt: skip


def publish_shard(
    checked: Checked, shard: tuple[int, int], out: Path, hands: Crew | Alone,
    progress: Progress = lambda *_: None,
) -> int:  # fmt: skip
    """Make share K of N of the site into ``out``, for ``join``; how many units it has. Raises as ``publish``."""
    from qloop.publish.shards import Shard, build_shard

    shop = workshop(checked, hands.config)
    return build_shard(shop, hands, checked.store, Shard(*shard), out, checked.watch, progress)


def join(
    checked: Checked, folders: Sequence[Path], site: Path | None = None, progress: Progress = lambda *_: None
) -> int:
    """Publish the shares in ``folders`` as one site; how many pages it has. Raises Mismatch and as ``publish``."""
    from qloop.publish.shards import join as put_together

    with crew(checked.root, site, 1) as hands:
        shop = workshop(checked, hands.config)
        return put_together(shop, hands, checked.store, folders, checked.watch, progress)


def write_pages(checked: Checked, out: Path) -> int:
    """Write the Markdown tree and assets for another publisher; the number of pages comes back.

    Raises BrokenConfig, ForeignFolder.
    """
    from qloop.publish.config import summary
    from qloop.publish.export import export

    config = summary(checked.root)
    return export(tree(checked, config), checked.archive.settings, config, out)
