"""``qloop import``: bring marketplace reports into ``feedback/`` as weekly counts."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qloop.cli.options import Refused, day_option, root_option, short_lived
from qloop.cli.words import say

if TYPE_CHECKING:
    from qloop.imports.tables import Progress

# as in imports.kinds, which is not loaded for --help
_KINDS = ("amazon-returns", "amazon-replacements", "amazon-mfn-returns", "reviews", "units", "table")


@click.command("import", help=say("import.help"), short_help=say("import.short"))
@click.argument("kind", metavar="KIND", type=click.Choice(_KINDS))
@click.argument(
    "files", metavar="FILE…", nargs=-1, required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)  # fmt: skip
@click.option("--marketplace", default="", metavar="US", help=say("import.marketplace"))
@click.option("--map", "map_", default="", metavar="NAME", help=say("import.map"))
@click.option("--encoding", default="", metavar="E", help=say("import.encoding"))
@day_option("--from", say("import.from"), "first")
@day_option("--to", say("import.to"), "last")
@click.option("--add-products", is_flag=True, help=say("import.add-products"))
@click.option("--drafts", is_flag=True, help=say("import.drafts"))
@click.option("--dry-run", is_flag=True, help=say("import.dry-run"))
@root_option
def import_(
    kind: str, files: tuple[Path, ...], marketplace: str, map_: str, encoding: str, first: dt.date | None,
    last: dt.date | None, add_products: bool, drafts: bool, dry_run: bool, root: Path,
) -> None:  # fmt: skip
    from qloop.imports.errors import BadReport
    from qloop.imports.run import Wishes, run_import
    from qloop.imports.saying import said
    from qloop.pipeline import BrokenSettings
    from qloop.read.catalog import read_catalog, read_settings
    from qloop.texts import load

    short_lived()
    settings, _, findings = read_settings(root)
    if settings is None:
        raise BrokenSettings([f.in_words(load("zh")) for f in findings])
    texts = load(settings.language)
    catalog, broken = read_catalog(root)
    if broken:
        raise BrokenSettings([f.in_words(texts) for f in broken])
    wishes = Wishes(kind, marketplace.upper(), map_, encoding, first, last, add_products, dry_run)
    try:
        if wishes.marketplace and not re.fullmatch("[A-Z]{2}", wishes.marketplace):
            raise BadReport("marketplace", value=marketplace)
        with _progress(texts("imports.reading")) as progress:
            outcome = run_import(root, files, wishes, settings, catalog, texts, progress)
    except BadReport as error:
        raise Refused(error.in_words(texts), texts.language, exit_code=1) from None
    click.echo("\n".join(said(outcome, wishes, settings, texts)))
    if not dry_run:
        _suggest(root, drafts)


def _suggest(root: Path, write: bool) -> None:
    """Alerts that no open issue is about, each SKU and category once; as draft issues where that is wished."""
    from qloop import pipeline
    from qloop.derive.alerts.words import sentence
    from qloop.drafts import wanted
    from qloop.drafts import write as write_draft

    checked = pipeline.check(root)
    texts, settings = checked.texts, checked.archive.settings
    found = wanted(checked)
    if found:
        click.echo(texts("imports.drafts-written" if write else "imports.drafts-wanted", count=len(found)))
    for draft in found:
        path = f"{write_draft(checked, draft)}: " if write else ""
        click.echo(f"- {path}{sentence(draft.alerts[0], texts, settings)}")
    checked.store.close()


@contextmanager
def _progress(title: str) -> Iterator[Progress]:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title)
        yield lambda done, total: bar.update(task, completed=done, total=total)
