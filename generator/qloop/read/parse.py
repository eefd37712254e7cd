"""From a file's text to a mapping with positions and a Markdown body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from qloop.diagnostics import Place
from qloop.read.discover import SourceFile
from qloop.read.findings import Finding, KeyPath
from qloop.read.yaml import MAX_ROWS_NODES, PositionMap, YamlProblem, load

_SYNTAX = {
    "mapping values are not allowed": "colon",
    "did not find expected ',' or": "bracket",
    "did not find the expected ',' or": "bracket",
    "found unexpected end of stream": "quote",
    "could not find expected ':'": "no-colon",
    "did not find expected key": "indent",
    "did not find expected '-' indicator": "indent",
    "did not find expected <document start>": "indent",
    "did not find expected node content": "node",
    "found undefined alias": "alias",
    "cannot start any token": "start",
}
"""What libyaml says, by the words in which a reader is told."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file's data, where each value stands, and its Markdown body (first line ``body_line``)."""

    source: SourceFile
    data: Mapping[str, Any]
    positions: PositionMap
    body: str
    body_line: int
    first_line: int
    blank: tuple[KeyPath, ...] = ()
    """Keys that stand there without a value: dropped from ``data``, but still checked against the schema."""

    def place(self, path: KeyPath = (), *, key: bool = False) -> Place:
        """Where a value (or a key) stands; a missing one at the record's first line."""
        if not path:
            return Place(self.source.path, self.first_line, 1)
        line, column = self.positions.key(path) if key else self.positions.value(path)
        return Place(self.source.path, line, column)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The document, or None when the text holds none; and what is wrong with it."""

    document: Document | None
    findings: tuple[Finding, ...]


def parse(source: SourceFile) -> Parsed:
    """Read front matter and body of ``NAME.md``, or the mapping of ``NAME.yml``."""
    if not source.text.strip():
        return Parsed(None, (Finding("file/empty", Place(source.path)),))
    split = front_matter(source)
    if isinstance(split, Finding):
        return Parsed(None, (split,))
    head, head_line, body, body_line = split
    data, positions, problems = load(head, head_line)
    findings = [_finding(source, p) for p in problems]
    if not isinstance(data, dict):
        if not findings:
            findings.append(Finding("yaml/not-a-mapping", Place(source.path, head_line)))
        return Parsed(None, tuple(findings))
    if not source.path.lower().endswith(".md") and isinstance(data.get("body"), str):
        body, body_line = data["body"], positions.value(("body",))[0] + 1
    document = Document(
        source, without_empty(data), positions, body, body_line, head_line, tuple(_blank(data))
    )
    return Parsed(document, tuple(findings))


def parse_yaml(source: SourceFile, wanted: type[dict[str, Any]] | type[list[Any]]) -> Parsed:
    """Read a YAML file of settings (a mapping) or of the catalogue (a list, given as ``rows``)."""
    if not source.text.strip():
        return Parsed(None, (Finding("file/empty", Place(source.path)),))
    data, positions, problems = load(source.text, most=MAX_ROWS_NODES)
    findings = [_finding(source, p) for p in problems]
    if not isinstance(data, wanted):
        if not findings:
            rule = "yaml/not-a-mapping" if wanted is dict else "yaml/not-a-list"
            findings.append(Finding(rule, Place(source.path)))
        return Parsed(None, tuple(findings))
    full = without_empty(data)
    mapping = full if wanted is dict else {"rows": full}
    document = Document(source, mapping, positions, "", 1, 1, tuple(_blank(data)))
    return Parsed(document, tuple(findings))


def front_matter(source: SourceFile) -> tuple[str, int, str, int] | Finding:
    """(YAML, its first line, body, its first line); a finding where the ``---`` lines are not right."""
    if not source.path.lower().endswith(".md"):
        return source.text, 1, "", 1
    lines = source.text.split("\n")
    if lines[0].rstrip() != "---":
        return Finding("file/no-front-matter", Place(source.path))
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        return Finding("file/unclosed-front-matter", Place(source.path, 1))
    return "\n".join(lines[1:end]), 2, "\n".join(lines[end + 1 :]), end + 2


def _blank(data: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Paths of keys without a value."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        if value is None and isinstance(key, str):
            yield (*path, key)
        elif isinstance(value, dict | list):
            yield from _blank(value, (*path, key))


def without_empty(data: Any) -> Any:
    """Keys without a value are as good as absent: a template's blanks need no deleting."""
    if isinstance(data, dict):
        return {k: without_empty(v) for k, v in data.items() if v is not None}
    if isinstance(data, list):
        return [without_empty(v) for v in data]
    return data


def _finding(source: SourceFile, problem: YamlProblem) -> Finding:
    place = Place(source.path, problem.line, problem.column)
    field = problem.detail if problem.rule == "duplicate-key" else ""
    known = _SYNTAX if problem.rule == "syntax" else {}
    text = next((key for words, key in known.items() if words in problem.detail), "message")
    return Finding(f"yaml/{problem.rule}", place, field, text, values={"detail": problem.detail})
