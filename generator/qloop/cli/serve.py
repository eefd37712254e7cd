"""``qloop serve``: the archive in a browser while it is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qloop.cli.options import Refused, root_option
from qloop.cli.words import say

if TYPE_CHECKING:
    from qloop.diagnostics import Diagnostic
    from qloop.texts import Texts

PREVIEW = ".qloop/preview"
PATIENCE = 60.0
"""Seconds that a preview waits for another build of the archive."""


@click.command(help=say("serve.help"), short_help=say("serve.short"))
@root_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, metavar="N", help=say("serve.port")
)  # fmt: skip
def serve(root: Path, port: int) -> None:
    from qloop import pipeline
    from qloop.serve import Preview, rebuilding, server
    from qloop.watch import watching

    texts = pipeline.check(root).texts
    preview = Preview(root.resolve() / PREVIEW, texts)
    try:
        web = server(preview, port)
    except OSError as error:
        text = texts("cli.serve.port-taken", port=port, reason=error.strerror or error)
        raise Refused(text, texts.language) from None
    once = rebuilding(preview, _build(root, preview.site, texts))
    once()
    with web, watching(root, once):
        click.echo(texts("cli.serve.ready", address=f"http://127.0.0.1:{web.server_address[1]}/"))
        try:
            web.serve_forever()
        except KeyboardInterrupt:
            click.echo(texts("cli.serve.bye"))


def _build(root: Path, site: Path, texts: Texts) -> Callable[[], tuple[Sequence[Diagnostic], str]]:
    """A build for the preview: whatever goes wrong is an answer, and the last good pages stay."""

    def build() -> tuple[Sequence[Diagnostic], str]:
        from qloop import pipeline
        from qloop.publish.config import BrokenConfig
        from qloop.publish.lock import Busy
        from qloop.publish.session import BuildFailed
        from qloop.sound import sound_part

        found: Sequence[Diagnostic] = ()
        trouble = ""
        try:
            with pipeline.crew(root, site, os.cpu_count() or 1) as hands:
                checked = pipeline.check(root, reader=hands.reader)
                found = checked.errors
                result = pipeline.publish(sound_part(checked), wait=PATIENCE, hands=hands)
            checked.store.close()
            click.echo(texts("cli.serve.built", built=result.built, seconds=f"{result.seconds:.1f}"))
        except pipeline.BrokenSettings as broken:
            found = broken.diagnostics
        except (BrokenConfig, BuildFailed) as error:
            key = "broken-config" if isinstance(error, BrokenConfig) else "failed"
            trouble = texts(f"cli.build.{key}", detail=error)
        except Busy:
            trouble = texts("cli.build.busy")
        except pipeline.Moved as error:
            trouble = texts("cli.build.moved", path=error)  # the watcher has seen it too and calls again
        except Exception as error:  # a half-written template or theme must not end the preview
            trouble = f"{type(error).__name__}: {error}"
        for line in (*map(str, found), *filter(None, [trouble])):
            click.echo(line, err=True)
        return found, trouble

    return build
