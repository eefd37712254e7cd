"""``qloop build`` and ``qloop pages``: check, then publish; errors stop before anything is touched."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qloop.cli.options import Refused, root_option, short_lived, strict_option, today_option
from qloop.cli.words import say

if TYPE_CHECKING:
    from qloop.pipeline import Checked
    from qloop.publish.crew import Alone, Crew
    from qloop.publish.publisher import BuildResult
    from qloop.stopwatch import Stopwatch
    from qloop.texts import Texts

Progress = Callable[[str, int, int], None]


class ShardType(click.ParamType[tuple[int, int]]):
    """``K/N``: share K, from 1, of N."""

    name = "K/N"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        match = re.fullmatch(r"(\d{1,4})/(\d{1,4})", str(value))
        if not match or not 1 <= int(match[1]) <= int(match[2]):
            self.fail(say("build.bad-shard", value=value), param, ctx)
        return int(match[1]), int(match[2])


allow_errors_option = click.option("--allow-errors", is_flag=True, help=say("build.allow-errors"))


@click.command(help=say("build.help"), short_help=say("build.short"))
@root_option
@click.option(
    "--site", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help=say("build.site")
)  # fmt: skip
@click.option("--clean", is_flag=True, help=say("build.clean"))
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help=say("build.jobs"))
@click.option("--profile", is_flag=True, help=say("build.profile"))
@click.option("--shard", type=ShardType(), metavar="K/N", help=say("build.shard"))
@allow_errors_option
@strict_option
@today_option
def build(
    root: Path, site: Path | None, clean: bool, jobs: int | None, profile: bool,
    shard: tuple[int, int] | None, allow_errors: bool, strict: bool, today: dt.date | None,
) -> None:  # fmt: skip
    from qloop.publish.starting import started

    short_lived()
    count = jobs or os.cpu_count() or 1
    # the workers get ready while the rest of qloop is loaded and the archive is being checked
    with started(count > 1) as first:
        from qloop import pipeline

        with pipeline.crew(root, site and site.absolute(), count, first) as crew:
            checked = checked_or_exit(root, today, strict, allow_errors, crew)
            with refusals(checked.texts), progress_on(checked.texts) as progress:
                if shard:
                    out = (site or root / "shards" / f"{shard[0]}-of-{shard[1]}").absolute()
                    units = pipeline.publish_shard(checked, shard, out, crew, progress)
                    said = checked.texts(
                        "cli.build.shard-done", shard="/".join(map(str, shard)), units=units, out=out
                    )
                else:
                    result = pipeline.publish(checked, clean=clean, progress=progress, hands=crew)
                    said = summary(result, checked)
    click.echo(said)
    if profile:
        click.echo(timetable(checked.watch, checked.texts))


@click.command(help=say("pages.help"), short_help=say("pages.short"))
@root_option
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, metavar="DIR",
    help=say("pages.out"),
)  # fmt: skip
@allow_errors_option
@strict_option
@today_option
def pages(root: Path, out: Path, allow_errors: bool, strict: bool, today: dt.date | None) -> None:
    short_lived()
    checked = checked_or_exit(root, today, strict, allow_errors)
    with refusals(checked.texts):
        from qloop import pipeline

        pipeline.write_pages(checked, out)
    click.echo(checked.texts("cli.pages.written", out=out))


def checked_or_exit(
    root: Path, today: dt.date | None, strict: bool, allow_errors: bool, hands: Crew | Alone | None = None
) -> Checked:
    """The checked archive; its errors are printed and end the command with 1, unless they are allowed."""
    from qloop import pipeline
    from qloop.cli.check import colours
    from qloop.diagnostics import as_errors
    from qloop.formats import Report, text
    from qloop.sound import sound_part

    checked = pipeline.check(root, today, hands.reader if hands else None)
    stopping = as_errors(checked.diagnostics) if strict else checked.errors
    if not stopping:
        return checked
    report = Report(tuple(stopping), checked.texts, colour=colours())
    click.echo("".join(f"{line}\n" for line in text.lines(report)), nl=False, color=report.colour)
    if allow_errors:
        return sound_part(checked)
    click.echo(checked.texts("cli.build.stopped", errors=len(stopping)), err=True)
    raise click.exceptions.Exit(1)


@contextmanager
def refusals(texts: Texts) -> Iterator[None]:
    """The publisher's own errors in words: settings and folders exit with 2, a failed build with 1."""
    from qloop.publish.config import BrokenConfig
    from qloop.publish.lock import Busy
    from qloop.publish.session import BuildFailed
    from qloop.publish.swap import ForeignFolder
    from qloop.read.entry import Moved

    try:
        yield
    except BrokenConfig as error:
        raise Refused(texts("cli.build.broken-config", detail=error), texts.language) from None
    except ForeignFolder as error:
        raise Refused(texts("cli.build.foreign-folder", detail=error), texts.language) from None
    except Busy:
        raise Refused(texts("cli.build.busy"), texts.language) from None
    except Moved as error:
        raise Refused(texts("cli.build.moved", path=error), texts.language, exit_code=1) from None
    except BuildFailed as error:
        raise Refused(texts("cli.build.failed", detail=error), texts.language, exit_code=1) from None


@contextmanager
def progress_on(texts: Texts) -> Iterator[Progress]:
    """A progress bar on a terminal, one plain line a stage otherwise."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None if done else _line(texts, stage, total)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns: tuple[Any, ...] = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                for earlier in tasks.values():
                    bar.update(earlier, completed=bar.tasks[earlier].total)
                tasks[stage] = bar.add_task(stage_name(texts, stage), total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield show


def stage_name(texts: Texts, stage: str) -> str:
    """The words for a stage; a stage without words shows its own name."""
    return str(texts["cli.build.stage"].get(stage, stage))


def _line(texts: Texts, stage: str, total: int) -> None:
    click.echo(f"{stage_name(texts, stage)} ({total})" if total > 1 else stage_name(texts, stage), err=True)


def timetable(watch: Stopwatch, texts: Texts) -> str:
    """Where the time went: seconds and share of each stage, and of all the others together (start, imports)."""
    total = watch.total
    rows = [*watch.seconds.items(), ("rest", total - sum(watch.seconds.values())), ("total", total)]
    words = texts["cli.build.timetable"]
    lines = [f"{words[name]}\t{seconds:.2f} s\t{seconds / total:.0%}" for name, seconds in rows]
    return "\n".join([words["title"], *lines]).expandtabs(24)


def summary(result: BuildResult, checked: Checked) -> str:
    """Records by kind, pages built / unchanged / deleted, seconds, and what to look at next."""
    from qloop.records.kinds import KINDS

    texts = checked.texts
    kinds = texts["labels.kind"]
    records = texts["cli.build.and"].join(f"{kinds[k]} {n}" for k in KINDS if (n := result.records.get(k)))
    lines = [*(texts("cli.build.warning", text=w) for w in result.warnings)]
    if result.notice:
        lines.append(texts("cli.build.warning", text=result.notice))
    left_out = len(checked.archive.broken)
    if left_out:
        lines.append(texts("cli.build.left-out", count=left_out))
    lines.append(texts("cli.build.records", records=records or "0"))
    lines.append(
        texts("cli.build.pages", built=result.built, unchanged=result.unchanged, deleted=result.deleted,
              seconds=f"{result.seconds:.1f}")
    )  # fmt: skip
    lines.append(texts("cli.build.site", site=result.site))
    warnings = len(checked.diagnostics) - len(checked.errors)
    if warnings:
        lines.append(texts("cli.build.look", warnings=warnings))
    return "\n".join(lines)
