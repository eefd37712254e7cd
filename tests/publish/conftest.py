"""A tiny archive that can be built in a second or two."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from qloop import pipeline
from qloop.publish.publisher import BuildResult

REPOSITORY = Path(__file__).parents[2]
TODAY = dt.date(2026, 8, 31)
SETTINGS = {
    "brand": "Tiny",
    "as_of": TODAY.isoformat(),
    "departments": [{"id": "qc", "label": "品控"}, {"id": "factory-qc", "label": "工厂品管"}],
    "categories": [{"id": "size-small", "label": "尺码偏小"}],
    "product_categories": [{"id": "hats", "label": "帽子"}],
}


class Archive:
    """An archive in a folder, with the few edits that tests make."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.text("qloop.yml", json.dumps(SETTINGS, ensure_ascii=False))
        self.text("catalog/factories.yml", "- {id: knit, name: 针织厂}\n")
        self.text("catalog/products.yml", "- {sku: CAP-1, name: 针织帽, category: hats, factory: knit}\n")
        self.issue("QI-260803-7KD", title="帽围过小，佩戴压头", aliases=["AG-0012"])
        self.issue("QI-260804-2AB", title="帽里掉毛，沾在头发上", related=["QI-260803-7KD"])
        self.issue("QI-260805-3CD", title="帽檐到货有折痕")
        self.text("docs/guide/start.md", "# 怎么用\n\n见[全部问题](../issues/index.md)。\n")

    def text(self, path: str, text: str) -> Path:
        full = self.root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text, "utf-8")
        return full

    def issue(self, id: str, **fields: object) -> Path:
        day = dt.datetime.strptime(id[3:9], "%y%m%d").date()
        data = {
            "id": id, "title": "帽子戴半天额头有压痕", "status": "open", "opened": day.isoformat(),
            "category": "size-small", "severity": "minor", "owner": "qc", "products": ["CAP-1"], "factory": "knit",
        } | fields  # fmt: skip
        front = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in data.items())
        return self.text(f"issues/{day.year}/{id}.md", f"---\n{front}\n---\n额头压痕约 2 毫米深。\n")

    def build(self, **options: object) -> BuildResult:
        checked = pipeline.check(self.root)
        assert not checked.errors, "\n".join(map(str, checked.errors))
        return pipeline.publish(checked, **options)  # type: ignore[arg-type]

    def site(self) -> dict[str, bytes]:
        """Every published file but the mark, which differs from build to build."""
        folder = self.root / "site"
        files = (p for p in folder.rglob("*") if p.is_file() and p.name != ".qloop-site")
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@pytest.fixture
def with_settings(archive: Archive) -> Archive:
    for name in ("mkdocs.yml", "hooks/publish.py"):
        archive.text(name, (REPOSITORY / name).read_text("utf-8"))
    return archive
