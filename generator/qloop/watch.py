"""Watch an archive's own folders and call back once the writing has come to rest."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

FOLDERS = ("issues", "faq", "sop", "catalog", "feedback", "docs")
FILES = ("qloop.yml", "mkdocs.yml")
REST = 0.3
"""Seconds without an event before the callback: editors write a file in several steps."""
_READING = ("opened", "closed_no_write")


class _Handler(FileSystemEventHandler):
    def __init__(self, root: Path, call: Callable[[], None], appeared: Callable[[str], None]) -> None:
        self.root, self.call, self.appeared = root, call, appeared

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _READING:
            return
        for name in (event.src_path, event.dest_path):
            path = Path(str(name)) if name else self.root
            if path == self.root or not path.is_relative_to(self.root):
                continue
            inside = path.relative_to(self.root)
            if inside.parts[0] in FOLDERS and not any(part.startswith(".") for part in inside.parts):
                self.appeared(inside.parts[0])
                self.call()
            elif inside.as_posix() in FILES:
                self.call()


class Rested:
    """Calls ``action`` on its own thread once ``call`` has been silent for REST seconds."""

    def __init__(self, action: Callable[[], None]) -> None:
        self.action = action
        self.event = threading.Event()
        self.stopped = False
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def call(self) -> None:
        self.event.set()

    def stop(self) -> None:
        self.stopped = True
        self.event.set()
        self.thread.join()

    def _run(self) -> None:
        while True:
            self.event.wait()
            while self.event.is_set() and not self.stopped:
                self.event.clear()
                self.event.wait(REST)
            if self.stopped:
                return
            self.action()


@contextmanager
def watching(root: Path, action: Callable[[], None]) -> Iterator[None]:
    """Call ``action`` after changes in the archive's folders and settings, also in folders made later."""
    root = root.resolve()
    observer = Observer()
    rested = Rested(action)
    watched: set[str] = set()

    def watch(folder: str) -> None:
        if folder not in watched and (root / folder).is_dir():
            watched.add(folder)
            observer.schedule(handler, str(root / folder), recursive=True)

    handler = _Handler(root, rested.call, watch)
    # the top alone, not what else lies below it (.git, .venv, site)
    observer.schedule(handler, str(root), recursive=False)
    for folder in FOLDERS:
        watch(folder)
    observer.start()
    try:
        yield
    finally:
        observer.stop()
        observer.join()
        rested.stop()
