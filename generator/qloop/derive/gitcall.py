"""The one way to call git: nothing in a reader's settings or environment changes an answer or runs a program."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_STEADY = (
    "core.quotePath=false",
    "core.fsmonitor=false",
    "core.hooksPath=" + os.devnull,
    "log.showSignature=false",
    "log.showRoot=true",
    "mailmap.file=",  # a reader's own list of names; the archive's .mailmap is read
    "mailmap.blob=",
)
_OPTIONS = ("--no-pager", "--no-replace-objects", *(part for s in _STEADY for part in ("-c", s)))
_KEPT = ("GIT_CONFIG_", "GIT_EXEC_PATH", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
"""What a reader may say about git itself; everything else (GIT_DIR of a hook, say) speaks of a repository."""
_FORGOTTEN = ("GIT_CONFIG_PARAMETERS",)
_SET = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_GRAFT_FILE": os.devnull}
_PROBLEMS = (("not a git repository", "no-git"), ("dubious ownership", "not-trusted"))
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


class UnreadableError(Exception):
    """Git cannot tell; ``problem`` is a key of the texts ``indexes.history``, "unborn" before a first commit."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def git(root: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    """What a git command prints in ``root``; raises UnreadableError when it fails."""
    with answering(root, *arguments, stdin=stdin) as answer:
        return answer.read()


@contextmanager
def answering(root: Path, *arguments: str, stdin: bytes = b"") -> Iterator[IO[bytes]]:
    """The same as a stream, to be read to its end: git works while its answer is read.

    ``stdin`` goes through a file: a pipe that nobody empties would stop both sides.
    """
    command = [_program(), *_OPTIONS, *arguments]
    if not root.is_dir():
        raise UnreadableError("no-git")
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as said:
        asked.write(stdin)
        asked.seek(0)
        try:
            process = subprocess.Popen(
                command, cwd=root, env=_environment(), stdin=asked, stdout=subprocess.PIPE, stderr=said,
                creationflags=_NO_WINDOW,
            )  # fmt: skip
        except OSError:
            raise UnreadableError("broken") from None
        with process:
            assert process.stdout is not None
            yield process.stdout
        if process.returncode:
            said.seek(0)
            raise UnreadableError(_problem(said.read().decode("utf-8", "replace")))


def _program() -> str:
    """Git's own path; never a ``git`` that lies in the current folder, which may be somebody's archive."""
    found = shutil.which("git")
    if not found or not Path(found).is_absolute():
        raise UnreadableError("git-missing")
    return found


def _environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k.startswith(_KEPT)}
    return {k: v for k, v in kept.items() if k not in _FORGOTTEN} | _SET


def _problem(words: str) -> str:
    if "does not have any commits yet" in words:
        return "unborn"
    return next((key for part, key in _PROBLEMS if part in words), "broken")
