"""The processes of a build: each has a MkDocs of its own and takes the next piece of work when it is free."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from qloop.publish.config import BrokenConfig, SiteConfig
from qloop.publish.session import BuildFailed, Session
from qloop.publish.share import Setting, Share, Source
from qloop.read.entry import Moved

ERRORS: dict[str, type[Exception]] = {
    "BuildFailed": BuildFailed,
    "BrokenConfig": BrokenConfig,
    "Moved": Moved,
}
"""What a worker's failure is raised as here; anything else is a mistake of ours and comes with its traceback."""


class Crew:
    """Workers in processes of their own, for an archive and (optionally) a folder to publish into."""

    def __init__(self, root: Path, site: Path | None, count: int) -> None:
        self.count = count
        self.processes = [_start() for _ in range(count)]
        self.free: queue.Queue[subprocess.Popen[bytes]] = queue.Queue()
        for process in self.processes:
            self._send(process, {"root": str(root.resolve()), "site": str(site) if site else None})
            self._send(process, {"do": "warm"})
        self.threads = ThreadPoolExecutor(count)
        self._config: SiteConfig | None = None

    @property
    def config(self) -> SiteConfig:
        """What mkdocs.yml says; raises BrokenConfig. The first call waits until every worker is ready."""
        if self._config is None:
            first, *_ = [self._receive(process) for process in self.processes]
            self._config = SiteConfig.from_texts(first["config"])
            for process in self.processes:
                self.threads.submit(self._ready, process)
        return self._config

    def _ready(self, process: subprocess.Popen[bytes]) -> None:
        self._receive(process)
        self.free.put(process)

    def setting(self, setting: Setting) -> None:
        """Tell every worker what all pages share."""
        ready = [self.free.get() for _ in self.processes]
        for process in ready:
            self._send(process, {"do": "setting", "setting": asdict(setting)})
            self._receive(process)
            self.free.put(process)

    def pages(self, pages: Sequence[Source], out: Path, frame: bool) -> Future[dict[str, Any]]:
        """Build pages into ``out``; the answer has ``warnings``."""
        rows = [[page.uri, page.text, page.generated] for page in pages]
        return self.ask({"do": "pages", "pages": rows, "frame": frame, "out": str(out)})

    def ask(self, request: dict[str, Any]) -> Future[dict[str, Any]]:
        """Hand a request to the next worker that is free."""
        return self.threads.submit(self._ask, request)

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        process = self.free.get()
        try:
            self._send(process, request)
            return self._receive(process)
        finally:
            self.free.put(process)

    def _send(self, process: subprocess.Popen[bytes], request: dict[str, Any]) -> None:
        assert process.stdin
        try:
            process.stdin.write(json.dumps(request, ensure_ascii=False).encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            raise BuildFailed(f"a worker process ended early ({process.wait()})") from None

    def _receive(self, process: subprocess.Popen[bytes]) -> dict[str, Any]:
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
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()
        self.threads.shutdown(wait=True, cancel_futures=True)


def _start() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "qloop.publish.worker"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


class Alone:
    """The same work in this process, for one job: nothing is started, nothing runs beside."""

    count = 1

    def __init__(self, root: Path, site: Path | None) -> None:
        self.session = Session(root, site)
        self.config = self.session.summary
        self._setting: Setting | None = None

    def setting(self, setting: Setting) -> None:
        self._setting = setting

    def pages(self, pages: Iterable[Source], out: Path, frame: bool) -> Future[dict[str, Any]]:
        assert self._setting
        done: Future[dict[str, Any]] = Future()
        done.set_result({"warnings": self.session.build(Share(self._setting, tuple(pages), frame), out)})
        return done

    def close(self) -> None:
        self.session.close()
