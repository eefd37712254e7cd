"""``qloop new``: a command a kind, each with the options that its kind can use."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from qloop.cli.options import Refused, day_option, root_option
from qloop.cli.words import say

_OPTIONS = {
    "title": click.option("--title", default="", metavar="TEXT", help=say("new.title")),
    "day": day_option("--date", say("new.date")),
    "category": click.option("--category", default="", metavar="ID", help=say("new.category")),
    "factory": click.option("--factory", default="", metavar="ID", help=say("new.factory")),
    "products": click.option("--product", "products", multiple=True, metavar="SKU", help=say("new.product")),
    "area": click.option("--area", default="", metavar="AREA", help=say("new.area")),
    "slug": click.option("--slug", default="", metavar="SLUG", help=say("new.slug")),
    "week": click.option("--week", default="", metavar="YYYY-Www", help=say("new.week")),
    "month": click.option("--month", default="", metavar="YYYY-MM", help=say("new.month")),
}
_OF_KIND = {
    "issue": ("category", "products", "factory"),
    "change": ("products", "factory"),
    "sop": ("area", "products", "factory"),
    "faq": ("slug", "category", "products"),
    "review": ("week", "month", "factory"),
}


@click.group(help=say("new.help"), short_help=say("new.short"))
def new() -> None:
    pass


def _write(kind: str, root: Path, date: dt.date | None, title: str, **wishes: Any) -> None:
    from qloop import pipeline
    from qloop.new import CannotStart, Wishes, create

    checked = pipeline.check(root)
    asked = Wishes(title=" ".join(title.split()), day=date, **wishes)
    try:
        path = create(checked, kind, asked)
    except CannotStart as error:
        text = checked.texts(f"cli.new.{error.key}", **error.values)
        raise Refused(text, checked.texts.language) from None
    click.echo(str(path))


def _command(kind: str) -> click.Command:
    def run(**values: Any) -> None:
        _write(kind, **values)

    for name in reversed(("title", *_OF_KIND[kind], "day")):
        run = _OPTIONS[name](run)
    return click.command(kind, help=say(f"new.{kind}"))(root_option(run))


for _kind in _OF_KIND:
    new.add_command(_command(_kind))
