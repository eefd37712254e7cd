"""The processes of a build: each has a MkDocs of its own and takes the next piece of work when it is free."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from qloop.publish.config import BrokenConfig, SiteConfig
from qloop.publish.session import BuildFailed, Session
from qloop.publish.share import Setting, Source
from qloop.publish.starting import Process, end, start
from qloop.read.entry import Moved

ERRORS: dict[str, type[Exception]] = {
    "BuildFailed": BuildFailed,
    "BrokenConfig": BrokenConfig,
    "Moved": Moved,
}
"""What a worker's failure is raised as here; anything else is a mistake of ours and comes with its traceback."""


PIECE = 250
"""Files that are read for one answer: more would be held in memory twice."""


class Crew:
    """Workers in processes of their own, for an archive and (optionally) a folder to publish into.

    One is called at once and gets ready while others read; the rest only when there is much to do.
    """

    def __init__(self, root: Path, site: Path | None, count: int, first: Process | None = None) -> None:
        self.count = count
        self.opening = {"root": str(root.resolve()), "site": str(site) if site else None}
        self.processes: list[Process] = []
        self.free: queue.Queue[Process] = queue.Queue()
        self.threads = ThreadPoolExecutor(count + 1)
        self.informed: set[int] = set()
        self._setting: Setting | None = None
        self._config: SiteConfig | None = None
        self.asking = threading.Lock()
        self._call(first)

    @property
    def config(self) -> SiteConfig:
        """What mkdocs.yml says; raises BrokenConfig."""
        with self.asking:
            if self._config is None:
                first = self.processes[0]
                self._config = SiteConfig.from_texts(self._receive(first)["config"])
                self.threads.submit(self._ready, first, 1)
            return self._config

    def reader(self, paths: list[str]) -> Callable[[bool], list[tuple[Any, ...]]]:
        """Read records in the first worker (see ``read.records``), as soon as it is ready."""
        pieces: queue.Queue[list[Any] | Exception] = queue.Queue()
        self.threads.submit(self._read, paths, pieces)

        def rows(wait: bool) -> list[tuple[Any, ...]]:
            try:
                piece = pieces.get(wait)
            except queue.Empty:
                return []
            if isinstance(piece, Exception):
                raise piece
            if not piece:
                pieces.put([])  # the end, however often it is asked for
            return [tuple(row) for row in piece]

        return rows

    def _read(self, paths: list[str], pieces: queue.Queue[list[Any] | Exception]) -> None:
        try:
            _ = self.config  # no worker is free before the first has said what mkdocs.yml says
            for i in range(0, len(paths), PIECE):
                if rows := self._ask({"do": "read", "paths": paths[i : i + PIECE]})["rows"]:
                    pieces.put(rows)
            pieces.put([])
        except Exception as error:
            pieces.put(error)
        # much to read is much to make: the others get ready, and git is asked, while rules are checked
        self.grow()
        self.ask({"do": "history"})

    def grow(self) -> None:
        """Call all the others."""
        while len(self.processes) < self.count:
            self.threads.submit(self._ready, self._call(), 2)

    def setting(self, setting: Setting) -> None:
        """What all pages share; each worker is told before its first pages."""
        self._setting = setting
        self.informed.clear()

    def _call(self, process: Process | None = None) -> Process:
        process = process or start()
        self.processes.append(process)
        self._send(process, self.opening)
        self._send(process, {"do": "warm"})
        return process

    def _ready(self, process: Process, answers: int) -> None:
        try:
            for _ in range(answers):
                self._receive(process)
        finally:
            self.free.put(process)  # one that failed says so again when it is asked

    def pages(self, pages: Sequence[Source], out: Path, frame: bool) -> Future[dict[str, Any]]:
        """Build pages into ``out``; the answer has ``warnings``."""
        # they wait in a file: a first build's lists are 50 MB of text, made long before a worker is free for them
        waiting = out.with_name(f"{out.name}.json")
        waiting.parent.mkdir(parents=True, exist_ok=True)
        rows = [[page.uri, page.text, page.generated] for page in pages]
        waiting.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
        return self.ask({"do": "pages", "pages": str(waiting), "frame": frame, "out": str(out)})

    def ask(self, request: dict[str, Any]) -> Future[dict[str, Any]]:
        """Hand a request to the next worker that is free."""
        return self.threads.submit(self._ask, request)

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        process = self.free.get()
        try:
            if process.pid not in self.informed and self._setting:
                self._send(process, {"do": "setting", "setting": asdict(self._setting)})
                self._receive(process)
                self.informed.add(process.pid)
            self._send(process, request)
            return self._receive(process)
        finally:
            self.free.put(process)

    def _send(self, process: Process, request: dict[str, Any]) -> None:
        assert process.stdin
        try:
            process.stdin.write(json.dumps(request, ensure_ascii=False).encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            raise BuildFailed(f"a worker process ended early ({process.wait()})") from None

    def _receive(self, process: Process) -> dict[str, Any]:
        assert process.stdout
        line = process.stdout.readline()
        if not line:
            raise BuildFailed(f"a worker process ended early ({process.wait()})")
        answer: dict[str, Any] = json.loads(line)
        if "failed" in answer:
            known = ERRORS.get(answer["failed"])
            raise known(answer["text"]) if known else RuntimeError(answer["trace"])
        return answer

    def close(self) -> None:
        """End the workers, whatever they are doing."""
        for process in self.processes:
            process.kill()
        for process in self.processes:
            end(process)
        self.threads.shutdown(wait=True, cancel_futures=True)


class Alone:
    """The same work in this process, for one job: nothing is started, nothing runs beside."""

    count = 1
    reader = None

    def __init__(self, root: Path, site: Path | None) -> None:
        self.session = Session(root, site)
        self.config = self.session.summary
        self._setting: Setting | None = None

    def grow(self) -> None:
        """There is nobody else."""

    def setting(self, setting: Setting) -> None:
        self._setting = setting

    def pages(self, pages: Iterable[Source], out: Path, frame: bool) -> Future[dict[str, Any]]:
        assert self._setting
        done: Future[dict[str, Any]] = Future()
        done.set_result({"warnings": self.session.build(self._setting, tuple(pages), frame, out)})
        return done

    def close(self) -> None:
        self.session.close()
