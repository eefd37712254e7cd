"""What a reader's browser downloads between the first key and the first result, counted by the server."""

from __future__ import annotations

import functools
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
BOX, ROWS = "input[data-qloop-search]", ".qloop-search [data-id]"


@dataclass(frozen=True, slots=True)
class Download:
    """One query in a fresh browser: bytes of bodies and requests before its first result, milliseconds, rows."""

    query: str
    bytes: int
    requests: int
    milliseconds: float
    rows: int


class Server(ThreadingHTTPServer):
    """A plain file server that notes the length of every body."""

    def __init__(self, folder: Path, handler: type[Handler]) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
        self.sent: list[int] = []


class Handler(SimpleHTTPRequestHandler):
    server: Server

    def copyfile(self, source: Any, outputfile: Any) -> None:
        body = source.read()
        self.server.sent.append(len(body))
        outputfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def downloads(site: Path, page: str, queries: list[str]) -> Iterator[Download]:
    """Each query typed into the search box of `page` by a browser with an empty cache."""
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with served(site) as server, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        for query in queries:
            context = browser.new_context()
            yield _measured(context.new_page(), server, page, query)
            context.close()
        browser.close()


def _measured(page: Any, server: Server, path: str, query: str) -> Download:
    page.goto(f"http://127.0.0.1:{server.server_port}/{path}", wait_until="networkidle")
    server.sent.clear()
    start = time.perf_counter()
    page.fill(BOX, query)
    page.wait_for_selector(ROWS, timeout=30_000)
    milliseconds = (time.perf_counter() - start) * 1000
    sent = tuple(server.sent)
    return Download(query, sum(sent), len(sent), milliseconds, page.locator(ROWS).count())


@contextmanager
def served(folder: Path, handler: type[Handler] = Handler) -> Iterator[Server]:
    """The folder on a free port of 127.0.0.1."""
    server = Server(folder, handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
