"""``qloop join``: put the shares together that ``qloop build --shard`` made on several machines."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from qloop.cli.build import checked_or_exit, progress_on, refusals
from qloop.cli.options import Refused, root_option, short_lived, today_option
from qloop.cli.words import say


@click.command(help=say("join.help"), short_help=say("join.short"))
@root_option
@click.option(
    "--site", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help=say("build.site")
)  # fmt: skip
@today_option
@click.argument(
    "folders", nargs=-1, required=True, metavar="DIR...",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)  # fmt: skip
def join(root: Path, site: Path | None, today: dt.date | None, folders: tuple[Path, ...]) -> None:
    from qloop import pipeline
    from qloop.publish.shards import Mismatch

    short_lived()
    checked = checked_or_exit(root, today, strict=False, allow_errors=False)
    texts = checked.texts
    with refusals(texts), progress_on(texts) as progress:
        try:
            count = pipeline.join(checked, folders, site and site.absolute(), progress=progress)
        except Mismatch as error:
            raise Refused(texts(f"cli.join.{error.reason}", detail=error.detail), texts.language) from None
    click.echo(texts("cli.join.done", pages=count, shares=len(folders)))
