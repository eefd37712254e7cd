"""``qloop init``: an archive of a team's own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from qloop.cli.options import Refused, today_option
from qloop.cli.words import say, words


@click.command(help=say("init.help"), short_help=say("init.short"))
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--brand", default="", metavar="NAME", help=say("init.brand"))
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True,
              help=say("init.language"))  # fmt: skip
@today_option
def init(folder: Path, brand: str, language: str, today: dt.date | None) -> None:
    from qloop.scaffold.starter import archive

    if folder.exists() and not folder.is_dir():
        raise Refused(say("init.not-a-folder", dir=folder))
    if folder.exists() and any(p.name != ".git" for p in folder.iterdir()):
        raise Refused(say("init.not-empty", dir=folder))
    texts = words(language)
    name = " ".join(brand.split()) or texts("cli.init.my-brand")
    written = archive(folder, today or dt.date.today(), name, language)
    click.echo(texts("cli.init.done", count=len(written), dir=folder).rstrip())
