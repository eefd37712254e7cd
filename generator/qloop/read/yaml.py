"""A strict YAML loader on libyaml: data and positions in one walk over the composed nodes.

Only null, true/false and canonical decimal numbers are implicit types; everything else stays the text that
was written (``1.10``, ``0417``, ``12:30``, ``NO``, ``2026-02-30``), so that the schema can say at its line
what is wrong. Duplicate keys, tags, merge keys and aliases that explode are errors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from qloop.read.findings import KeyPath

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{0,9}[1-9])?", re.ASCII)
_WORDS: dict[str, bool | None] = {
    "null": None,
    "~": None,
    "": None,
    "true": True,
    "false": False,
}
_PLAIN_TAGS = {
    f"tag:yaml.org,2002:{kind}"
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value")
}
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STEPS = re.compile(r"^[ \-?:]{1000}", re.MULTILINE)
# libyaml takes these for line ends, editors do not: positions would slip
_NO_LINE_ENDS = str.maketrans({"\x85": " ", "\u2028": " ", "\u2029": " "})
MAX_NODES = 20_000
"""Values of a record; a catalogue of thousands of products has more (``MAX_ROWS_NODES``)."""
MAX_ROWS_NODES = 500_000
MAX_DEPTH = 30
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class PositionMap:
    """Line and column (from 1) of every value and every key, by key path."""

    values: Mapping[KeyPath, tuple[int, int]]
    keys: Mapping[KeyPath, tuple[int, int]]

    def value(self, path: KeyPath) -> tuple[int, int]:
        """The value's place, else the nearest enclosing value's."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def key(self, path: KeyPath) -> tuple[int, int]:
        return self.keys.get(path) or self.value(path)


@dataclass(frozen=True, slots=True)
class YamlProblem:
    """Why a text is not acceptable YAML: a rule name below ``yaml/``, and where (from 1)."""

    rule: str
    line: int
    column: int
    detail: str = ""


class _StopError(Exception):
    def __init__(self, problem: YamlProblem) -> None:
        self.problem = problem


def load(
    text: str, first_line: int = 1, most: int = MAX_NODES
) -> tuple[Any, PositionMap, tuple[YamlProblem, ...]]:
    """Data, positions and problems of ``text`` whose first line is line ``first_line`` of its file.

    At most ``most`` values, those behind aliases counted each time. Data is None when the text cannot be read
    at all; duplicate keys keep the first value.
    """
    text = text.translate(_NO_LINE_ENDS) if not text.isascii() else text
    walk = _Walk(first_line, most, text)
    try:
        _refuse_depth(text, first_line)
        node = yaml.compose(text, Loader=_Loader)
        data = walk.build(node, (), 0) if node is not None else None
    except _StopError as stop:
        return None, walk.positions, (stop.problem,)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return None, walk.positions, (_syntax_problem(error, text, first_line),)
    return data, walk.positions, tuple(walk.problems)


def _refuse_depth(text: str, first_line: int) -> None:
    """Stop before a text nested so deeply that the composer, which recurses in C, would end the process.

    Only a text with very many brackets or very long steps is looked at event by event.
    """
    if text.count("[") + text.count("{") < 1000 and not _STEPS.search(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        mark = event.start_mark
        if mark and depth > MAX_DEPTH + 1:
            raise _StopError(YamlProblem("too-large", mark.line + first_line, mark.column + 1))


def _syntax_problem(error: Exception, text: str, first_line: int) -> YamlProblem:
    if isinstance(error, yaml.reader.ReaderError):
        return _unprintable(text, first_line)
    mark = _mark(error)
    detail = str(getattr(error, "problem", None) or "") or type(error).__name__
    lines = text.split("\n")
    # libyaml may count the end of the text as a line of its own
    at = min(mark.line, len(lines) - 1) if mark else 0
    column = (mark.column if mark.line == at else len(lines[at])) if mark else 0
    if lines[at][column : column + 1] == "\t":
        return YamlProblem("tab", at + first_line, column + 1)
    if "expected a single document" in str(error) or "but found another document" in str(error):
        return YamlProblem("several-documents", at + first_line, column + 1)
    return YamlProblem("syntax", at + first_line, column + 1, detail)


def _mark(error: Any) -> Any:
    return getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)


def _unprintable(text: str, first_line: int) -> YamlProblem:
    match = _UNPRINTABLE.search(text)
    before = text[: match.start()] if match else ""
    column = len(before) - (before.rfind("\n") + 1) + 1
    detail = f"U+{ord(match[0]):04X}" if match else "unprintable"
    return YamlProblem("character", before.count("\n") + first_line, column, detail)


class _Walk:
    """Builds data from nodes and notes positions on the way."""

    def __init__(self, first_line: int, most: int, text: str) -> None:
        self.offset = first_line
        self.most = most
        self.text = text
        # an empty value at the very end stands, for libyaml, on a line of its own
        self.end = (first_line + text.count("\n"), len(text) - (text.rfind("\n") + 1) + 1)
        self.values: dict[KeyPath, tuple[int, int]] = {}
        self.keys: dict[KeyPath, tuple[int, int]] = {}
        self.problems: list[YamlProblem] = []
        self.nodes = 0

    @property
    def positions(self) -> PositionMap:
        return PositionMap(self.values, self.keys)

    def build(self, node: Any, path: KeyPath, depth: int) -> Any:
        self.nodes += 1
        mark = node.start_mark
        place = min((mark.line + self.offset, mark.column + 1), self.end)
        if self.nodes > self.most or depth > MAX_DEPTH:
            # also reached by an alias bomb and by an alias to its own parent
            raise _StopError(YamlProblem("too-large", *place))
        self.values[path] = place
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, place)
        if node.tag not in ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"):
            self.problems.append(YamlProblem("tag", *place, detail=str(node.tag)))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, i), depth + 1) for i, child in enumerate(node.value)]
        return self._mapping(node, path, depth)

    def _mapping(self, node: Any, path: KeyPath, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, child in node.value:
            mark = key_node.start_mark
            place = min((mark.line + self.offset, mark.column + 1), self.end)
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(YamlProblem("key", *place))
                continue
            key = key_node.value
            if key in data:
                self.problems.append(YamlProblem("duplicate-key", *place, detail=key))
                continue
            if node.flow_style and self._lacks_colon(key_node, child):
                # {what: 2,300 pieces}: the comma has cut a text in two
                self.problems.append(YamlProblem("comma", *place, detail=key))
                continue
            self.keys[(*path, key)] = place
            data[key] = self.build(child, (*path, key), depth + 1)
        return data

    def _lacks_colon(self, key: Any, value: Any) -> bool:
        start, end = key.end_mark.index, value.start_mark.index
        # an alias stands where its anchor does
        return start <= end and value.value == "" and ":" not in self.text[start:end]

    def _scalar(self, node: Any, place: tuple[int, int]) -> Any:
        text = node.value
        if node.style in ("'", '"', "|", ">"):
            if node.tag != "tag:yaml.org,2002:str":
                self.problems.append(YamlProblem("tag", *place, detail=node.tag))
            return text
        if node.tag not in _PLAIN_TAGS:
            self.problems.append(YamlProblem("tag", *place, detail=node.tag))
        if text in _WORDS:
            return _WORDS[text]
        if _NUMBER.fullmatch(text) and text != "-0":
            number = float(text) if "." in text else int(text)
            return number if str(number) == text else text
        return text
