"""``qloop pages``: the Markdown tree, the assets and a mkdocs.yml without hooks, for another publisher."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from qloop.publish.config import SiteConfig
from qloop.publish.share import SCRIPTS, STYLES, THEME
from qloop.publish.swap import ForeignFolder
from qloop.publish.tree import Tree
from qloop.records.settings import Settings
from qloop.texts import load

_OURS = {"hooks", "nav", "docs_dir", "site_dir", "extra_css", "extra_javascript"}
MARK = "qloop-pages.txt"


def export(tree: Tree, settings: Settings, config: SiteConfig, out: Path) -> int:
    """Write ``out/docs``, ``out/overrides`` and ``out/mkdocs.yml``; the number of pages comes back.

    Raises ForeignFolder when ``out`` holds something that an earlier export did not write.
    """
    if out.exists() and any(out.iterdir()) and not (out / MARK).exists():
        raise ForeignFolder(str(out))
    shutil.rmtree(out, ignore_errors=True)
    for uri, page in tree.pages.items():
        _write(out / "docs" / uri, page.source.encode())
    for uri, asset in tree.assets.items():
        _write(out / "docs" / uri, asset.data())
    shutil.copytree(THEME / "overrides", out / "overrides")
    if config.custom_dir:
        shutil.copytree(config.custom_dir, out / "overrides", dirs_exist_ok=True)
    _write(out / "mkdocs.yml", settings_text(tree, settings, config).encode())
    _write(out / MARK, b"Written by qloop pages; the next run replaces this folder.\n")
    return len(tree.pages)


def settings_text(tree: Tree, settings: Settings, config: SiteConfig) -> str:
    """mkdocs.yml as it is (tags included), less what only the hook can do, plus what the hook would add."""
    node: Any = yaml.compose(config.file.read_text("utf-8"))
    kept: list[Any] = [(k, v) for k, v in node.value if k.value not in _OURS]
    added: dict[str, Any] = {
        "docs_dir": "docs",
        "nav": tree.setting.nav,
        "extra_css": [f"assets/qloop/{name}" for name in STYLES] + _list(node, "extra_css"),
        "extra_javascript": [f"assets/qloop/{name}" for name in SCRIPTS] + _list(node, "extra_javascript"),
    }
    extra = {
        "generator": False,
        "qloop": {"texts": load(settings.language)["theme"], "brand": settings.brand},
    }
    kept = [(k, _with(v, {"custom_dir": "overrides"}) if k.value == "theme" else v) for k, v in kept]
    if any(k.value == "extra" for k, _ in kept):
        kept = [(k, _with(v, extra) if k.value == "extra" else v) for k, v in kept]
    else:
        added["extra"] = extra
    node.value = kept + _node(added).value
    return str(yaml.serialize(node, allow_unicode=True, width=200))


def _list(node: Any, name: str) -> list[Any]:
    found = next((v for k, v in node.value if k.value == name), None)
    return [item.value for item in found.value] if isinstance(found, yaml.SequenceNode) else []


def _node(value: Any) -> Any:
    """The YAML node of a value (the way back of ``construct``)."""
    return yaml.compose(yaml.safe_dump(value, allow_unicode=True, sort_keys=False))


def _with(node: Any, values: dict[str, Any]) -> Any:
    """The mapping node with some keys replaced; a bare theme name becomes a mapping."""
    if isinstance(node, yaml.ScalarNode):
        return _node({"name": node.value} | values)
    node.value = [(k, v) for k, v in node.value if k.value not in values] + _node(values).value
    return node


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
