"""What a phone pays for a page of a large site: bytes over the wire and requests, with an empty cache.

The server compresses texts with gzip as static hosts do; heads and bodies of its answers are counted.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search import REPOSITORY, entries
from search_bytes import BOX, FLAGS, ROWS, Handler, served
from seeded import write_archive

from qloop import pipeline
from qloop.publish.search import build_index

PHONE = {"width": 390, "height": 844}
TEXTS = (".html", ".css", ".js", ".json", ".xml", ".svg")
RARE, COMMON = "佩戴", "掉毛"
FIRST_PAGE = FIRST_RESULT = 200_000
LARGEST = 1_000_000
"""The goals, in bytes."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Bytes and requests of one visit, and the goal for the bytes or 0."""

    what: str
    bytes: int
    requests: int
    goal: int = 0

    def row(self) -> str:
        goal = f"under {self.goal / 1000:.0f} kB" if self.goal else ""
        return f"| {self.what} | {self.bytes / 1000:.1f} | {self.requests or ''} | {goal} |"


class Compressing(Handler):
    """A static host: gzip for texts; every answer is noted with its head."""

    def do_GET(self) -> None:  # noqa: N802
        path = Path(self.translate_path(self.path))
        found = path.is_file()
        body = path.read_bytes() if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in TEXTS:
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("ETag", '"0123456789abcdef"')
        head = sum(map(len, getattr(self, "_headers_buffer", [])))
        self.server.sent.append(head + len(body))
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--site", type=Path, help="a site built already, with the words that are searched")
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qloop-bench-") as folder:
        site = arguments.site or built(Path(folder), arguments.records, arguments.jobs)
        print("| | kB | requests | goal |\n|---|---|---|---|")
        for one in (*visits(site), largest(site)):
            print(one.row(), flush=True)


def built(folder: Path, records: int, jobs: int) -> Path:
    """A seeded site; the demo archive's entries are added to its search, so that RARE is a rare word."""
    archive, site = folder / "archive", folder / "site"
    write_archive(archive, records)
    pipeline.publish(pipeline.check(archive), site, clean=True, jobs=jobs)
    build_index([*entries(archive), *entries(REPOSITORY)], site / "search")
    return site


def visits(site: Path) -> Iterator[Visit]:
    """Pages with an empty cache, then searches on the home page: only what comes after the page itself."""
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    record = _middle(site, "issues/QI-*.html")
    with served(site, Compressing) as server, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)

        def visit(what: str, path: str, goal: int = 0, typed: str = "") -> Visit:
            context = browser.new_context(viewport=PHONE)
            page = context.new_page()
            server.sent.clear()
            page.goto(f"http://127.0.0.1:{server.server_port}/{path}", wait_until="networkidle")
            if typed:
                _search(page, server, typed)
            context.close()
            return Visit(what, sum(server.sent), len(server.sent), goal)

        yield visit("home", "index.html", FIRST_PAGE)
        yield visit("list of issues", "issues/index.html", FIRST_PAGE)
        yield visit("issues of a month", _middle(site, "issues/part/*.html"), FIRST_PAGE)
        yield visit("an issue", record, FIRST_PAGE)
        yield visit("an FAQ entry", _middle(site, "faq/FAQ-*.html"), FIRST_PAGE)
        for word in (RARE, COMMON):
            yield visit(f"first result of {word}", "index.html", FIRST_RESULT, word)
        yield visit("first result of an id", "index.html", FIRST_RESULT, Path(record).stem)
        browser.close()


def _middle(site: Path, pattern: str) -> str:
    """The page of middle size: neither an easy nor an extreme one."""
    found = sorted(site.glob(pattern), key=lambda path: (path.stat().st_size, path))
    return found[len(found) // 2].relative_to(site).as_posix()


def _search(page: Any, server: Any, typed: str) -> None:
    server.sent.clear()
    page.fill(BOX, typed)
    page.wait_for_selector(ROWS, timeout=30_000)


def largest(site: Path) -> Visit:
    size, name = max(
        (path.stat().st_size, path.relative_to(site).as_posix()) for path in site.rglob("*.html")
    )
    return Visit(f"largest page, not compressed: `{name}`", size, 0, LARGEST)


if __name__ == "__main__":
    main()
