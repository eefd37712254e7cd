"""``qloop check``: every diagnostic of the archive, in the form that its reader wants."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qloop.cli.options import Refused, root_option, short_lived, strict_option, today_option
from qloop.cli.words import say

if TYPE_CHECKING:
    from qloop.diagnostics import Diagnostic
    from qloop.formats import Report
    from qloop.pipeline import Checked


@click.command(help=say("check.help"), short_help=say("check.short"))
@root_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github", "gitlab", "sarif"]), default="text",
    help=say("check.format"),
)  # fmt: skip
@strict_option
@click.option("--fix", is_flag=True, help=say("check.fix"))
@today_option
@click.argument("paths", nargs=-1, metavar="[PATH]...")
def check(
    root: Path, form: str, strict: bool, fix: bool, today: dt.date | None, paths: tuple[str, ...]
) -> None:
    from qloop import pipeline
    from qloop.read.helper import helper

    short_lived()
    wanted = tuple(_inside(root, path) for path in paths)
    try:
        with helper(root) as reader:
            checked = pipeline.check(root, today, reader)
    except pipeline.BrokenSettings as broken:
        write(_broken_settings(root, broken.diagnostics), form)
        raise click.exceptions.Exit(2) from None
    fixed = 0
    # a record that can be read after one rewrite is looked into for the first time: there may be more to do
    while fix and (applied := _apply(checked, wanted)):
        fixed += applied
        checked = pipeline.check(root, today)
    report = _report(checked, wanted, strict, fixed)
    write(report, form)
    raise click.exceptions.Exit(1 if report.errors else 0)


def _apply(checked: Checked, wanted: tuple[str, ...]) -> int:
    from qloop.fix import apply

    return apply(checked.root, _selected(checked.diagnostics, wanted))


def _inside(root: Path, path: str) -> str:
    """``path`` as the archive names it; it may be given from the working folder or from the archive's."""
    top = root.resolve()
    for full in (Path(path).absolute(), root.absolute() / path):
        place = Path(os.path.normpath(full))
        place = place if place.is_relative_to(top) else place.resolve()
        if place.exists() and place.is_relative_to(top):
            return place.relative_to(top).as_posix()
    raise Refused(say("error.path-outside", path=path, root=root))


def _within(path: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or any(w == "." or path == w or path.startswith(f"{w}/") for w in wanted)


def _selected(diagnostics: tuple[Diagnostic, ...], wanted: tuple[str, ...]) -> list[Diagnostic]:
    return [d for d in diagnostics if _within(d.place.path, wanted)]


def _report(checked: Checked, wanted: tuple[str, ...], strict: bool, fixed: int) -> Report:
    from qloop.diagnostics import as_errors
    from qloop.formats import Report

    shown = _selected(checked.diagnostics, wanted)
    archive = checked.archive
    understood = [e.path for e in (*archive.entries, *(second for _, second in archive.duplicates))]
    records = sum(_within(path, wanted) for path in understood)
    files = sum(_within(path, wanted) for path in {*understood, *archive.broken})
    return Report(
        tuple(as_errors(shown) if strict else shown), checked.texts, files, records, fixed,
        below_repository(checked.root), colours(),
    )  # fmt: skip


def _broken_settings(root: Path, diagnostics: list[Diagnostic]) -> Report:
    from qloop.formats import Report
    from qloop.texts import load

    return Report(tuple(diagnostics), load("zh"), prefix=below_repository(root), colour=colours())


def below_repository(root: Path) -> str:
    """``archive/`` for an archive in a sub-folder of its git repository, else nothing."""
    top = root.resolve()
    for folder in (top, *top.parents):
        if (folder / ".git").exists():
            inside = top.relative_to(folder).as_posix()
            return "" if inside == "." else f"{inside}/"
    return ""


def colours() -> bool:
    """Colours on a terminal only, and not where NO_COLOR is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def write(report: Report, form: str) -> None:
    """Print the report; the GitHub format also adds its table to the step's summary file."""
    from qloop.formats import FORMATS, MACHINE_READ, github

    text = FORMATS[form](report)
    # a pipe on a system with another code page still gets UTF-8
    click.echo(text.encode() if form in MACHINE_READ else text, nl=False, color=report.colour)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if form == "github" and summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(github.step_summary(report))
