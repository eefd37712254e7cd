"""The kinds of record: where they live, what their ids look like, which model reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qloop.records.change import ChangeRecord
from qloop.records.faq import FaqRecord
from qloop.records.issue import IssueRecord
from qloop.records.review import ReviewRecord
from qloop.records.sop import SopRecord

Record = IssueRecord | ChangeRecord | SopRecord | FaqRecord | ReviewRecord

_CROCKFORD = "0-9A-HJKMNP-TV-Z"
_DATED = rf"\d{{6}}-[{_CROCKFORD}]{{3}}"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    ``folder`` is relative to the archive; ``by_year``: records lie in a folder of their year below it;
    ``section`` is the first part of its pages' addresses.
    """

    name: str
    model: type[Record]
    folder: str
    by_year: bool
    section: str
    pattern: re.Pattern[str]
    example: str


def _kind(
    name: str,
    model: type[Record],
    folder: str,
    section: str,
    pattern: str,
    example: str,
    by_year: bool = False,
) -> Kind:
    return Kind(name, model, folder, by_year, section, re.compile(pattern, re.IGNORECASE | re.ASCII), example)


KINDS: dict[str, Kind] = {
    k.name: k
    for k in (
        _kind("issue", IssueRecord, "issues", "issues", rf"QI-{_DATED}", "QI-260803-7KD", by_year=True),
        _kind("change", ChangeRecord, "sop/changes", "changes", rf"PC-{_DATED}", "PC-260810-M2Q", by_year=True),
        _kind("sop", SopRecord, "sop", "sop", r"SOP-[A-Z0-9]+(?:-[A-Z0-9]+)*-\d{3,}", "SOP-KNIT-001"),
        _kind("faq", FaqRecord, "faq", "faq", r"FAQ-[a-z0-9]+(?:-[a-z0-9]+)*", "FAQ-cap-too-tight"),
        _kind(
            "review", ReviewRecord, "issues/reviews", "reviews",
            r"\d{4}-(?:W\d{2}|\d{2}-[a-z0-9]+(?:-[a-z0-9]+)*)", "2026-W32",
        ),
    )
}  # fmt: skip

_BY_DEPTH = sorted(KINDS.values(), key=lambda k: -len(k.folder))


def kind_of_folder(path: str) -> str:
    """The kind whose folder holds ``path`` (relative to the archive); the deepest folder wins."""
    return next(k.name for k in _BY_DEPTH if path.startswith(f"{k.folder}/"))


def kind_of_id(id: str) -> str | None:
    """The kind that an id belongs to by its look, or None."""
    return next((k.name for k in KINDS.values() if k.pattern.fullmatch(id)), None)
