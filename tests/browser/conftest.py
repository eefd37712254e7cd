"""The demo archive, built once, served on 127.0.0.1 and opened in the distribution's Chromium."""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[2]
FOLDER = "alturago-quality"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]  # fmt: skip


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the built demo, under the folder that its site_url names, as on a forge's pages."""
    if chromium() is None:
        pytest.skip("no Chromium on this machine: apt install chromium fonts-noto-cjk")
    from qloop import pipeline

    served = tmp_path_factory.mktemp("served")
    pipeline.publish(pipeline.check(REPOSITORY), served / FOLDER, clean=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(served)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{FOLDER}/"
    server.shutdown()


@pytest.fixture(scope="module")
def browser(site: str) -> Iterator[Any]:
    """Started after the site is built and ended with the module: its event loop would be in the way of builds."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        instance = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield instance
        instance.close()


class Visit:
    """A page in a fresh browser context, with everything it asked for and complained of."""

    def __init__(self, browser: Any, site: str, width: int, scheme: str) -> None:
        self.site = site
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, locale="zh-CN",
            permissions=["clipboard-read", "clipboard-write"],
        )  # fmt: skip
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)

    def open(self, address: str) -> Any:
        response = self.page.goto(self.site + address, wait_until="load")
        assert response.ok, f"{address}: {response.status}"
        return self.page

    def outside(self) -> list[str]:
        inside = (self.site, "data:", "blob:")
        return [url for url in self.asked if not url.startswith(inside)]


@pytest.fixture
def visit(browser: Any, site: str) -> Iterator[Any]:
    """Makes visits: ``visit(width=390, scheme="dark")``."""
    made: list[Visit] = []

    def make(width: int = 1280, scheme: str = "light") -> Visit:
        made.append(Visit(browser, site, width, scheme))
        return made[-1]

    yield make
    for one in made:
        one.context.close()
