"""The publisher's settings: the archive's mkdocs.yml, or the packaged one where there is none."""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qloop import __version__
from qloop.store import engine

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

DEFAULT = Path(__file__).parent / "defaults" / "mkdocs.yml"
THEME = Path(__file__).parent.parent / "theme"
_ENGINES = ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "jinja2")


class BrokenConfig(Exception):
    """mkdocs.yml cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """What the rest of qloop needs to know of mkdocs.yml; paths are absolute."""

    file: Path
    docs: Path
    site: Path
    site_url: str
    directory_urls: bool
    custom_dir: Path | None
    exclude: tuple[str, ...]
    """Patterns of hand-written pages that stay out of the site (``exclude_docs``), as git ignores files."""

    def as_texts(self) -> list[Any]:
        """For another process; ``from_texts`` is the way back."""
        custom = str(self.custom_dir) if self.custom_dir else None
        return [str(self.file), str(self.docs), str(self.site), self.site_url, self.directory_urls, custom,
                list(self.exclude)]  # fmt: skip

    @classmethod
    def from_texts(cls, texts: list[Any]) -> SiteConfig:
        file, docs, site, url, directory_urls, custom, exclude = texts
        return cls(Path(file), Path(docs), Path(site), url, directory_urls, Path(custom) if custom else None,
                   tuple(exclude))  # fmt: skip

    def excluded(self, path: str) -> bool:
        """Whether a page (its path below docs) stays out."""
        return _matcher(self.exclude)(path)


def load(root: Path, site: Path | None = None) -> MkDocsConfig:
    """MkDocs' own configuration for the archive in ``root``, with an empty docs folder where it has none.

    Raises BrokenConfig with MkDocs' words.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError

    root = root.resolve()  # MkDocs reads paths relative to its file, which may be the packaged one
    file = root / "mkdocs.yml"
    options: dict[str, Any] = {"site_dir": str(site) if site else None}
    if not file.exists():
        file = DEFAULT
        options |= {"docs_dir": str(_docs(root)), "site_dir": str(site or root / "site")}
    elif not (root / "docs").exists():
        options["docs_dir"] = str(_docs(root))
    problems = _Problems()
    with problems:
        try:
            return load_config(str(file), **options)
        except (Abort, ConfigurationError) as error:
            raise BrokenConfig(f"{file.name}: {'; '.join(problems.texts) or error}") from None


def summary(root: Path, site: Path | None = None) -> SiteConfig:
    """Read mkdocs.yml; ``site`` overrides its ``site_dir``.

    Raises BrokenConfig.
    """
    return summary_of(load(root, site))


def summary_of(config: MkDocsConfig) -> SiteConfig:
    spec = config.exclude_docs
    site = Path(config.site_dir).resolve()  # a site folder that is a link stays one
    return SiteConfig(
        Path(config.config_file_path), Path(config.docs_dir), site, config.site_url or "",
        bool(config.use_directory_urls), Path(config.theme.custom_dir) if config.theme.custom_dir else None,
        tuple(str(p.pattern) for p in spec.patterns) if spec else (),
    )  # fmt: skip


@functools.cache
def _matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    from pathspec import GitIgnoreSpec

    matcher: Callable[[str], bool] = GitIgnoreSpec.from_lines(patterns).match_file
    return matcher


def frame(config: SiteConfig, nav: list[Any], texts: Any) -> str:
    """The digest of what every page shares: settings, theme, navigation, versions."""
    parts = [f"{name} {version(name)}" for name in _ENGINES]
    parts += [f"qloop {__version__} {engine()}", repr(nav), repr(texts)]
    digest = hashlib.sha256("\n".join(parts).encode())
    for path in _frame_files(config):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def _frame_files(config: SiteConfig) -> Iterator[Path]:
    yield config.file
    yield from sorted((config.file.parent / "hooks").glob("*.py"))
    for folder in (config.custom_dir, THEME / "overrides"):
        if folder:
            yield from sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc")


def _docs(root: Path) -> Path:
    docs = root / "docs"
    if not docs.is_dir():
        docs = root / ".qloop" / "docs"
        docs.mkdir(parents=True, exist_ok=True)
    return docs


class _Problems:
    """Collects what MkDocs says while it reads its settings."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __enter__(self) -> None:
        from qloop.publish.quiet import collecting

        self._context = collecting(self.texts)
        self._context.__enter__()

    def __exit__(self, *error: Any) -> None:
        self._context.__exit__(*error)
