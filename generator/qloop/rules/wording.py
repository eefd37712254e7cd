"""Wording: scene and phenomenon instead of complaint and verdict."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from qloop.read.entry import Entry
from qloop.read.findings import Finding, KeyPath
from qloop.records.faq import FaqRecord
from qloop.records.issue import IssueRecord
from qloop.rules.base import Context, found, rule
from qloop.rules.phrases import CODE, EMPTY, FINE, VAGUE, VERDICT

_CONCRETE_CHARACTERS = 4
_CONCRETE_WORDS = 2


@rule("wording/vague", severity="warning")
def vague(context: Context) -> Iterator[Finding]:
    """A title, a question, a why names the phenomenon: what is seen, measured, felt; not "not good".

    Bad::

        title: 帽子质量差，不好用

    Good::

        title: 帽子质量差：戴两次帽口就开线

    Source: 8D, D2 (problem description: what, where, when, how many).
    """
    for entry, path, text in _descriptions(context):
        phrase = vague_phrase(text)
        if phrase:
            yield found("wording/vague", entry, path, text="message", phrase=phrase)


@rule("wording/verdict", severity="warning")
def verdict(context: Context) -> Iterator[Finding]:
    """A title says what the customer suffers, not who is to blame: the cause is found in the analysis.

    Bad::

        title: 工厂偷工减料，帽口开线

    Good::

        title: 洗两次后帽口开线 3 cm

    Source: 8D, D2 before D4.
    """
    for entry in context.archive.entries:
        match = VERDICT.search(_plain(entry.record.title))
        if match:
            yield found("wording/verdict", entry, ("title",), phrase=match[0])


def vague_phrase(text: str) -> str | None:
    """The vague words of a text that says nothing concrete beside them, else None."""
    plain = _plain(text)
    if not VAGUE.search(plain):
        return None
    plain = FINE.sub("", plain)
    match = VAGUE.search(plain)
    if not match or _concrete(VAGUE.sub(" ", plain)):
        return None
    return match[0].strip()


def _concrete(rest: str) -> bool:
    """Whether words are left that can be a phenomenon: a number, some Chinese, some English words."""
    rest = EMPTY.sub(" ", CODE.sub(" ", rest))
    characters = sum("\u4e00" <= c <= "\u9fff" for c in rest)
    words = re.findall(r"[a-zà-ÿ]{3,}", rest)
    number = any(c.isdigit() for c in rest)
    return number or characters >= _CONCRETE_CHARACTERS or len(words) >= _CONCRETE_WORDS


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _descriptions(context: Context) -> Iterator[tuple[Entry, KeyPath, str]]:
    """The texts that must say what is the matter."""
    for entry in context.archive.entries:
        record = entry.record
        if isinstance(record, IssueRecord):
            yield entry, ("title",), record.title
            for i, why in enumerate(record.root_cause.whys if record.root_cause else ()):
                yield entry, ("root_cause", "whys", i), why
        elif isinstance(record, FaqRecord):
            yield entry, ("title",), record.title
            yield entry, ("question",), record.question
