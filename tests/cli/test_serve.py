"""``qloop serve``: pages come with a live script, broken records with a banner; nothing ends it."""

from __future__ import annotations

import re
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qloop.diagnostics import Diagnostic, Place
from qloop.serve import Preview, server
from qloop.texts import load
from qloop.watch import watching
from tests.cli.conftest import COMMAND, issue_of, outside, spoil

BAD = Diagnostic(Place("issues/a.md", 3, 5), "error", "schema/type", "x", "<b>wrong</b>")


def get(address: str, seconds: float = 10) -> str:
    with urllib.request.urlopen(address, timeout=seconds) as answer:
        body: bytes = answer.read()
    return body.decode("utf-8")


@contextmanager
def serving(preview: Preview) -> Iterator[str]:
    web = server(preview, 0)
    thread = threading.Thread(target=web.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{web.server_address[1]}/"
    finally:
        web.shutdown()
        web.server_close()


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    (tmp_path / "index.html").write_text("<html><body>你好</body></html>", "utf-8")
    (tmp_path / "404.html").write_text("<html><body>lost</body></html>", "utf-8")
    (tmp_path / "data.json").write_text("{}", "utf-8")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "index.html").write_text("<body>deep</body>", "utf-8")
    return Preview(tmp_path, load("zh"))


def test_pages_get_the_script_and_files_do_not(preview: Preview) -> None:
    with serving(preview) as address:
        assert re.search(r'你好<script src="/_qloop/live.js" data-version="0"></script></body>', get(address))
        assert get(f"{address}data.json") == "{}"
        assert "EventSource" in get(f"{address}_qloop/live.js")
        assert "deep<script" in get(f"{address}deep")
    assert "script" not in (preview.site / "index.html").read_text("utf-8")


def test_a_missing_page_is_a_404_that_still_reloads(preview: Preview) -> None:
    with serving(preview) as address, pytest.raises(urllib.error.HTTPError) as error:
        get(f"{address}nowhere.html")
    assert error.value.code == 404
    assert "lost<script" in error.value.read().decode("utf-8")


def test_nothing_outside_the_site_is_served(preview: Preview, tmp_path: Path) -> None:
    secret = tmp_path.parent / "secret.html"
    secret.write_text("secret", "utf-8")
    with serving(preview) as address, socket.create_connection(("127.0.0.1", int(address[17:-1]))) as raw:
        raw.sendall(b"GET /../secret.html HTTP/1.0\r\n\r\n")
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert b"404" in answer.split(b"\r\n")[0]
    assert b"secret" not in answer


def test_the_banner_is_escaped_and_goes_when_all_is_well(preview: Preview) -> None:
    with serving(preview) as address:
        preview.update([BAD])
        page = get(address)
        assert "issues/a.md:3:5: error[schema/type] x: &lt;b&gt;wrong&lt;/b&gt;" in page
        assert 'role="alert"' in page
        preview.update([])
        assert "qloop-banner" not in get(address)


def test_browsers_hear_of_a_newer_build(preview: Preview) -> None:
    with serving(preview) as address:
        threading.Timer(0.2, preview.update, [[]]).start()
        assert get(f"{address}_qloop/events?since=0") == "data: 1\n\n"
        assert get(f"{address}_qloop/events?since=0") == "data: 1\n\n"


def test_only_this_machine_may_ask(preview: Preview) -> None:
    web = server(preview, 0)
    assert web.server_address[0] == "127.0.0.1"
    web.server_close()


def test_changes_are_called_once_they_rest(tmp_path: Path) -> None:
    calls: list[float] = []
    (tmp_path / "issues").mkdir()
    (tmp_path / "site").mkdir()
    with watching(tmp_path, lambda: calls.append(time.monotonic())):
        for i in range(5):
            (tmp_path / "issues" / f"{i}.md").write_text("x", "utf-8")
        wait_for(lambda: len(calls) == 1)
        (tmp_path / "site" / "index.html").write_text("x", "utf-8")
        (tmp_path / "notes.txt").write_text("x", "utf-8")
        (tmp_path / "issues" / "0.md").read_text("utf-8")
        time.sleep(0.8)
        assert len(calls) == 1
        (tmp_path / "qloop.yml").write_text("x", "utf-8")
        wait_for(lambda: len(calls) == 2)


def test_folders_that_appear_later_are_watched(tmp_path: Path) -> None:
    calls: list[float] = []
    with watching(tmp_path, lambda: calls.append(time.monotonic())):
        (tmp_path / "faq").mkdir()
        wait_for(lambda: bool(calls))
        before = len(calls)
        (tmp_path / "faq" / "a.md").write_text("x", "utf-8")
        wait_for(lambda: len(calls) > before)


def wait_for(condition: object, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def test_a_taken_port_is_exit_code_two(archive: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = outside("serve", "--root", archive, "--port", taken.getsockname()[1])
    assert result.returncode == 2
    assert str(taken) not in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.slow
def test_break_a_record_see_the_banner_mend_it(archive: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "serve", "--root", str(archive), "--port", "0"], stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        address = next(m[0] for line in lines if (m := re.search(r"http://\S+/", line)))
        threading.Thread(target=lambda: list(lines), daemon=True).start()
        assert "qloop-banner" not in get(address)
        spoil(issue_of(archive), "status: closed", "status: clsed")
        wait_for(lambda: "schema/choice" in get(address), 60)
        spoil(issue_of(archive), "status: clsed", "status: closed")
        wait_for(lambda: "qloop-banner" not in get(address), 60)
        (archive / "qloop.yml").write_text("brand: [", "utf-8")
        wait_for(lambda: "yaml/syntax" in get(address), 60)
        assert process.poll() is None
    finally:
        process.terminate()
        process.wait(timeout=20)
    assert not (archive / "site").exists()
