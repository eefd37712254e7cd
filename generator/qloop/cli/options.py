"""Options that several commands share, and the one error that ends them."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from qloop.cli.words import say, words

F = TypeVar("F", bound=Callable[..., Any])

root_option = click.option(
    "--root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".", metavar="DIR",
    help=say("option.root"),
)  # fmt: skip


def _day(ctx: click.Context, param: click.Parameter, value: dt.datetime | None) -> dt.date | None:
    return value.date() if value else None


def day_option(name: str, help: str, *argument: str) -> Callable[[F], F]:
    """An option whose value is a calendar day, ``YYYY-MM-DD``; ``argument`` names it where it is a keyword."""
    kind = click.DateTime(formats=["%Y-%m-%d"])
    return click.option(name, *argument, type=kind, callback=_day, metavar="YYYY-MM-DD", help=help)


today_option = day_option("--today", say("option.today"))
strict_option = click.option("--strict", is_flag=True, help=say("option.strict"))


class Refused(click.ClickException):
    """The command cannot do what it is asked for: a message, and an exit code (2: usage or settings)."""

    def __init__(self, message: str, language: str | None = None, exit_code: int = 2) -> None:
        super().__init__(message)
        self.language = language
        self.code = exit_code

    @property
    def exit_code(self) -> int:  # type: ignore[override]
        return self.code

    def show(self, file: object = None) -> None:
        click.echo(words(self.language)("cli.error.prefix") + self.message, err=True)


def short_lived() -> None:
    """For a command that reads an archive and ends: values that hold each other in circles are not looked for.

    Millions of values that stay would be looked through again and again: a third of the time of a first check.
    Where circles come about, in the rendering of pages, ``publish.making`` looks for them between its pieces.
    """
    gc.disable()
