"""Hand-written pages: links and pictures arrive, whoever builds; code samples stay as they were typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Archive
from .test_plain_mkdocs import mkdocs

GUIDE = """# 怎么用

见[全部问题](../issues/index.md?status=open&sort=-2)。

![量帽围](img/tape.svg)

`[样例](../index.md)`

```
![样例](img/tape.svg)
```
"""


@pytest.fixture
def guided(with_settings: Archive) -> Archive:
    with_settings.text("docs/guide/start.md", GUIDE)
    with_settings.text("docs/guide/img/tape.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    return with_settings


@pytest.mark.parametrize("directory_urls", [False, True])
def test_links_and_pictures_are_final(guided: Archive, directory_urls: bool) -> None:
    settings = (guided.root / "mkdocs.yml").read_text("utf-8")
    wanted = f"use_directory_urls: {str(directory_urls).lower()}"
    guided.text("mkdocs.yml", settings.replace("use_directory_urls: false", wanted))
    guided.build()
    page = guided.site()["guide/start/index.html" if directory_urls else "guide/start.html"].decode()
    up = "../../issues/" if directory_urls else "../issues/index.html"
    assert f'<a href="{up}?status=open&amp;sort=-2">全部问题</a>' in page
    assert f'<img src="{"../" if directory_urls else ""}img/tape.svg" alt="量帽围"' in page
    assert "<code>[样例](../index.md)</code>" in page
    assert "![样例](img/tape.svg)" in page
    assert "guide/img/tape.svg" in guided.site()


def test_plain_mkdocs_is_content_with_them(guided: Archive, tmp_path: Path) -> None:
    done = mkdocs(guided.root, tmp_path / "plain")
    assert done.returncode == 0, done.stdout + done.stderr


def test_plain_mkdocs_tells_of_a_link_to_nothing(guided: Archive, tmp_path: Path) -> None:
    guided.text("docs/guide/start.md", "# 怎么用\n\n见[没有的页](nowhere.md)。\n")
    done = mkdocs(guided.root, tmp_path / "plain")
    assert done.returncode != 0
    assert "nowhere.md" in done.stdout + done.stderr
