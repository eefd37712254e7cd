"""The command line: one module a group of commands, loaded when it is asked for; here only the wiring."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from qloop import __version__
from qloop.cli.words import say

COMMANDS = {
    "check": "check",
    "build": "build",
    "join": "join",
    "pages": "build",
    "serve": "serve",
    "new": "new",
    "import": "import_",
    "alerts": "alerts",
    "show": "look",
    "rules": "look",
    "schema": "look",
    "init": "init",
}
"""Command -> the module below ``qloop.cli`` that holds it, in the order of a team's day."""


class Commands(click.Group):
    """Imports a command's module on demand, so that ``qloop --help`` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"qloop.cli.{COMMANDS[name]}")
        command: click.Command = getattr(module, f"{name}_" if name == "import" else name)  # a keyword
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, 1)
            hint = " " + say("error.did-you-mean", nearest=near[0]) if near else ""
            raise click.UsageError(say("error.no-such-command", name=args[0]) + hint, ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; settings and folders that cannot be used end every command with exit code 2."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            reasons = _reasons(error)
            if not reasons:
                raise
            for reason in reasons:
                click.echo(reason, err=True)
            ctx.exit(2)


def _reasons(error: Exception) -> list[str]:
    """What a user can mend, in words; nothing for our own mistakes, which deserve their traceback."""
    if isinstance(error, OSError) and error.filename is not None:
        return [f"{say('error.prefix')}{error.filename}: {error.strerror}"]
    from qloop.pipeline import BrokenSettings

    return [str(d) for d in error.diagnostics] if isinstance(error, BrokenSettings) else []


@click.group(
    cls=Commands, help=say("qloop.help"), no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)  # fmt: skip
@click.version_option(__version__, "--version", prog_name="qloop", help=say("option.version"))
def cli() -> None:
    pass


def main() -> None:
    """The console script: text that a terminal's encoding lacks is replaced instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    cli()
