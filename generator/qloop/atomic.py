"""Replace a file, or several, at once or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def replace_file(file: Path, data: bytes) -> None:
    """Put ``data`` in place of a file at once or not at all; its permissions stay."""
    target = file.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(name).chmod(target.stat().st_mode & 0o7777)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def replace_files(files: Mapping[Path, bytes]) -> None:
    """Put every file in place or none: all are written beside their places first, then moved.

    When a move fails, those that were moved get their old bytes back (a power cut in between is not undone).
    """
    staged: dict[Path, Path] = {}
    old: dict[Path, bytes | None] = {}
    try:
        for file, data in files.items():
            target = file.resolve()
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
            staged[target] = Path(name)
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            Path(name).chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o644)
        for target, name_ in staged.items():
            before = target.read_bytes() if target.exists() else None
            os.replace(name_, target)
            old[target] = before
    except BaseException:
        for target, before in old.items():
            if before is None:
                target.unlink(missing_ok=True)
            else:
                target.write_bytes(before)
        raise
    finally:
        for name_ in staged.values():
            name_.unlink(missing_ok=True)
