"""One MkDocs run on one share of the pages: in this process, or as ``python -m qloop.publish.worker FILE``."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from qloop.publish.quiet import collecting
from qloop.publish.share import Share, building


class BuildFailed(Exception):
    """MkDocs could not build a share; the text is its own."""


def run(root: Path, share: Share, out: Path) -> list[str]:
    """Build the share's pages into ``out``; what MkDocs warns of comes back.

    Raises BuildFailed.
    """
    from qloop.publish.config import load

    warnings: list[str] = []
    with collecting(warnings), building(share):
        from mkdocs.commands.build import build
        from mkdocs.exceptions import Abort, BuildError

        config = load(root, out)
        config.strict = False  # what a warning means is for the caller to say
        config.plugins.on_startup(command="build", dirty=True)
        try:
            build(config, dirty=True)
        except (Abort, BuildError) as error:
            raise BuildFailed("; ".join([*warnings, str(error)])) from None
        finally:
            config.plugins.on_shutdown()
    return [w for w in warnings if "'dirty' build" not in w]


def run_all(root: Path, shares: Sequence[tuple[Share, Path]], work: Path) -> list[str]:
    """Build several shares at once, each in its own process (one share: in this one)."""
    if len(shares) == 1:
        return run(root, *shares[0])
    running = []
    for i, (share, out) in enumerate(shares):
        task = work / f"share-{i}.json"
        task.write_text(json.dumps({"root": str(root), "out": str(out), "share": asdict(share)}), "utf-8")
        command = [sys.executable, "-m", "qloop.publish.worker", str(task)]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    warnings: list[str] = []
    failures: list[str] = []
    for process in running:
        out_bytes, error_bytes = process.communicate()
        if process.returncode:
            failures.append(error_bytes.decode("utf-8", "replace").strip())
        else:
            warnings += json.loads(out_bytes)
    if failures:
        raise BuildFailed("\n".join(failures))
    return warnings


def main(task_file: str) -> int:
    """Entry of a child process: prints the warnings as JSON, or the failure on stderr."""
    task: dict[str, Any] = json.loads(Path(task_file).read_text("utf-8"))
    fields = task["share"]
    share = Share(
        **(fields | {"pages": tuple(map(tuple, fields["pages"])), "nav_uris": tuple(fields["nav_uris"])})
    )
    try:
        warnings = run(Path(task["root"]), share, Path(task["out"]))
    except BuildFailed as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(warnings))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
