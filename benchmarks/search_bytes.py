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
SENT: list[int] = []


@dataclass(frozen=True, slots=True)
class Download:
    """One query in a fresh browser: body bytes and requests before its first result, milliseconds, ids shown."""

    query: str
    bytes: int
    requests: int
    milliseconds: float
    shown: tuple[str, ...]


class Counting(SimpleHTTPRequestHandler):
    """A plain file server that notes the bytes of every body."""

    def copyfile(self, source: Any, outputfile: Any) -> None:
        body = source.read()
        SENT.append(len(body))
        outputfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def downloads(site: Path, page: str, queries: list[str]) -> Iterator[Download]:
    """Each query typed into the box of ``page`` by a browser with an empty cache."""
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with served(site) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        for query in queries:
            context = browser.new_context()
            yield measured(context.new_page(), address + page, query)
            context.close()
        browser.close()


def measured(page: Any, address: str, query: str) -> Download:
    page.goto(address, wait_until="networkidle")
    SENT.clear()
    start = time.perf_counter()
    page.fill("input[data-qloop-search]", query)
    page.wait_for_selector(".qloop-search [data-id]", timeout=30_000)
    seconds = time.perf_counter() - start
    sent = tuple(SENT)
    ids = page.locator(".qloop-search [data-id]").evaluate_all("rows => rows.map(r => r.dataset.id)")
    return Download(query, sum(sent), len(sent), seconds * 1000, tuple(ids))


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The folder on 127.0.0.1, as its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Counting, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
