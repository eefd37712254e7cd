"""``qloop alerts``: what the weekly numbers say that somebody should look at."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from qloop.cli.options import root_option, short_lived, today_option
from qloop.cli.words import say


@click.command(help=say("alerts.help"), short_help=say("alerts.short"))
@root_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help=say("alerts.format")
)
@today_option
def alerts(root: Path, form: str, today: dt.date | None) -> None:
    from qloop import pipeline
    from qloop.derive.alerts.found import alerts as find
    from qloop.derive.alerts.words import sentence
    from qloop.publish.files.alerts import document

    short_lived()
    checked = pipeline.check(root, today)
    texts, settings = checked.texts, checked.archive.settings
    found = find(checked.archive, checked.today)
    if form == "json":
        click.echo(document(found, texts, settings, checked.today.isoformat()).encode(), nl=False)
        return
    for one in found.current:
        about = ", ".join(one.covered) if one.covered else texts("alerts.uncovered")
        owner = settings.department_label(one.owner)
        kind = texts.label("alert-kind", one.kind)
        click.echo(f"{one.week}  {kind}  {sentence(one, texts, settings)}  [{about}; {owner}]\n  {one.id}")
    if not found.current:
        click.echo(texts("alerts.none"))
