"""Tiny real git repositories with fixed authors and dates."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Repository:
    """A repository in ``root``; every commit is an hour after the one before."""

    root: Path
    hour: int = 0

    def git(self, *arguments: str, author: str = "张三") -> str:
        when = f"2026-08-{1 + self.hour // 24:02}T{self.hour % 24:02}:30:00+08:00"
        identity = {"NAME": author, "EMAIL": "nobody" + "@" + "example.invalid", "DATE": when}
        env = {
            f"GIT_{who}_{key}": value for who in ("AUTHOR", "COMMITTER") for key, value in identity.items()
        }
        clean = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        done = subprocess.run(
            ["git", "-c", "protocol.file.allow=always", *arguments], cwd=self.root, env=clean | env | quiet,
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout.strip()

    def commit(self, message: str, author: str = "张三", **files: str | None) -> str:
        """Write ``files`` (None removes one; ``/`` is written ``__`` and ``.md`` is added), then commit."""
        for name, text in files.items():
            path = self.root / f"{name.replace('__', '/').replace('_', '-')}.md"
            if text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
        return self.record(message, author)

    def record(self, message: str, author: str = "张三") -> str:
        self.hour += 1
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, author=author)
        return self.git("rev-parse", "HEAD")


def repository(root: Path) -> Repository:
    root.mkdir(parents=True, exist_ok=True)
    made = Repository(root)
    made.git("init", "-q", "-b", "main")
    return made


def issue(status: str, body: str = "", title: str = "帽围过小，佩戴压头") -> str:
    return f"---\nid: QI-260803-7KD\ntitle: {title}\nstatus: {status}\nopened: 2026-08-03\n---\n{body}\n"
