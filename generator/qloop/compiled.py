"""Compiled templates, kept beside Python's own compiled modules: compiling takes longer than most builds render.

They are code, so they stand with the installed package, as ``.pyc`` files do, and never in an archive's folder.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from qloop.neighbours import digest_of
from qloop.store import engine

FOLDER = Path(__file__).parent / "__pycache__" / "templates"


class Kept(FileSystemBytecodeCache):
    """Writes where it may; an installation that is read-only compiles every time."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def keep_compiled(env: jinja2.Environment) -> None:
    """Have ``env`` keep what it compiles, for as long as qloop and its libraries stay the same."""
    options = [
        env.lstrip_blocks,
        env.trim_blocks,
        env.keep_trailing_newline,
        env.autoescape,
        env.finalize is None,
    ]
    folder = FOLDER / engine() / digest_of(*map(str, options), *sorted(env.extensions))
    with contextlib.suppress(OSError):
        if not folder.is_dir():
            for old in FOLDER.glob("*"):
                if old.name != engine():
                    shutil.rmtree(old, ignore_errors=True)
            folder.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = Kept(str(folder), "%s.cache")
