"""Preview an archive while it is written: serve on this machine only, build again, tell the browser.

What browsers get on top of the built files (a script, and a banner while something is wrong) is added on the
way out and never written into a site.
"""

from __future__ import annotations

import html
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from qloop.diagnostics import Diagnostic
from qloop.texts import Texts

LIVE = "/_qloop/"
"""Addresses below this are the server's own."""
BEAT = 10.0
"""Seconds between signs of life to a browser: shows which ones have gone."""
STYLE = (
    "position:fixed;inset:auto 0 0 0;z-index:9999;max-height:45vh;overflow:auto;padding:12px 20px;"
    "background:#7f1d1d;color:#fff;font:14px/1.5 sans-serif;overflow-wrap:anywhere"
)
SCRIPT = """\
(() => {
  const version = document.currentScript.dataset.version;
  let source = null;
  const listen = () => {
    if (source || document.hidden) return;
    source = new EventSource("/_qloop/events?since=" + version);
    source.onmessage = () => location.reload();
  };
  const rest = () => { if (source) { source.close(); source = null; } };
  // a hidden tab gives its connection back: browsers allow six a host
  document.addEventListener("visibilitychange", () => document.hidden ? rest() : listen());
  addEventListener("pagehide", rest);
  listen();
})();
"""


@dataclass
class Preview:
    """What is served now: the built folder, and what is wrong with the archive as it stands on disk."""

    site: Path
    texts: Texts
    version: int = 0
    diagnostics: Sequence[Diagnostic] = ()
    trouble: str = ""
    changed: threading.Condition = field(default_factory=threading.Condition)

    def update(self, diagnostics: Sequence[Diagnostic], trouble: str = "") -> None:
        """A build has ended, well or not: every open page loads again."""
        with self.changed:
            self.diagnostics, self.trouble = tuple(diagnostics), trouble
            self.version += 1
            self.changed.notify_all()

    def wait_beyond(self, version: int, seconds: float) -> bool:
        """Whether there is a newer build than ``version``, waiting up to ``seconds`` for one."""
        with self.changed:
            return self.changed.wait_for(lambda: self.version > version, seconds)

    def addition(self) -> bytes:
        """What goes before ``</body>``."""
        script = f'<script src="{LIVE}live.js" data-version="{self.version}"></script>'
        return (banner(self) + script).encode()


def banner(preview: Preview) -> str:
    """A strip over the page that lists what is wrong; nothing while all is well."""
    if not preview.diagnostics and not preview.trouble:
        return ""
    lines = [str(d) for d in preview.diagnostics[:20]]
    left = len(preview.diagnostics) - len(lines)
    lines += [preview.texts("cli.serve.more", hidden=left)] if left else []
    lines += [preview.trouble] if preview.trouble else []
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    title = html.escape(preview.texts("cli.serve.banner"))
    return (
        f'<div id="qloop-banner" role="alert" style="{STYLE}"><strong>{title}</strong><ul>{items}</ul></div>'
    )


class Handler(SimpleHTTPRequestHandler):
    """Files of the preview; pages get the live script and the banner."""

    def __init__(self, *args: object, preview: Preview, **more: object) -> None:
        self.preview = preview
        super().__init__(*args, directory=str(preview.site), **more)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        address = self.path.split("?")[0]
        try:
            if address == f"{LIVE}events":
                self._events()
            elif address == f"{LIVE}live.js":
                self._answer(200, "text/javascript; charset=utf-8", SCRIPT.encode())
            elif not self._page():
                super().do_GET()
        except (BrokenPipeError, ConnectionResetError):
            pass  # the reader has left

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: the terminal is for builds."""

    def _page(self) -> bool:
        """Answer with an HTML page; False for anything else (and for a folder without its closing slash)."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            if not self.path.split("?")[0].endswith("/"):
                return False
            path /= "index.html"
        status = 200 if path.is_file() else 404
        if status == 404:
            path = self.preview.site / "404.html"
        elif path.suffix != ".html":
            return False
        page = path.read_bytes() if path.is_file() else b"<!doctype html><title>qloop</title><body></body>"
        head, end, tail = page.rpartition(b"</body>")
        body = head + self.preview.addition() + end + tail if end else page + self.preview.addition()
        self._answer(status, "text/html; charset=utf-8", body)
        return True

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _events(self) -> None:
        """Server-sent events: one message as soon as there is a newer build."""
        since = self.path.partition("since=")[2]
        version = int(since) if since.isdecimal() else self.preview.version
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        while not self.preview.wait_beyond(version, BEAT):
            self.wfile.write(b": \n\n")
            self.wfile.flush()
        self.wfile.write(f"data: {self.preview.version}\n\n".encode())


class Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = False
    """A second preview on the same port must fail, not share it."""


def server(preview: Preview, port: int) -> Server:
    """A server on 127.0.0.1; port 0 takes a free one. Raises OSError when the port is taken."""
    return Server(("127.0.0.1", port), partial(Handler, preview=preview))


def rebuilding(preview: Preview, build: Callable[[], tuple[Sequence[Diagnostic], str]]) -> Callable[[], None]:
    """``build`` with its answer shown; never two at once."""
    lock = threading.Lock()

    def once() -> None:
        with lock:
            preview.update(*build())

    return once
