"""What git says about an archive's files, parsed into plain values.

``git log --raw`` names the files of each commit, ``git cat-file`` gives their text, of which only the status
is kept: on 10,000 files this is faster than reading patches, and no text in a file can pass for a line of the
log. Paths are relative to the archive, also where it is a sub-folder of its repository.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qloop.derive.gitcall import answering, git
from qloop.read.discover import RECORD_SUFFIXES
from qloop.records.kinds import KINDS
from qloop.records.vocabulary import VOCABULARIES

RECORD_FOLDERS = tuple(sorted({k.folder.split("/")[0] for k in KINDS.values()}))
ARCHIVE_PATHS = (*RECORD_FOLDERS, "catalog", "feedback", "qloop.yml")
STATUSES = frozenset(
    s for name in ("issue-status", "change-status", "sop-status") for s in VOCABULARIES[name]
)
_FIELDS = ("%H", "%P", "%ct", "%aI", "%aN", "%s")
"""Each followed by a NUL, the one character that no commit can hold."""
_PLAIN = ("--relative", "--no-color", "--encoding=UTF-8", "-O/dev/null")


def _format(*fields: str) -> str:
    return "--format=%x00" + "".join(f"{f}%x00" for f in fields)


_TOUCHES = ("--date-order", "--cc", "--raw", "--no-abbrev", "-M", "-l1000", *_PLAIN, _format(*_FIELDS))
_STATUS = re.compile(rb"^status[ \t]*:[ \t]*[\"']?([a-z]+)[\"']?[ \t]*(?:#.*)?\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Touch:
    """A commit's change of one file; ``before``: its path before a rename, ``blob``: its new text."""

    path: str
    before: str
    created: bool
    deleted: bool
    blob: str

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path, self.before) if self.before else (self.path,)


@dataclass(frozen=True, slots=True)
class LoggedCommit:
    """``date``: the committer's, in seconds since 1970, by which git puts commits in order."""

    commit: str
    parents: tuple[str, ...]
    date: int
    when: dt.datetime
    author: str
    subject: str
    touches: tuple[Touch, ...] = ()


def record_log(root: Path, head: str) -> list[LoggedCommit]:
    """Every commit that touched a record file, newest first; raises UnreadableError.

    ``--date-order``: no commit before its children, whatever the clocks of its authors said. A commit whose
    date no calendar has cannot be placed and is left out.
    """
    log = git(root, "log", *_TOUCHES, head, "--", *RECORD_FOLDERS)
    return [c for c in _commits(log) if c]


def whole_log(root: Path, after: str, head: str) -> list[LoggedCommit | None]:
    """Every commit of ``head`` that ``after`` does not know, also those that touched no record; None: undated.

    In the order of ``record_log``; raises UnreadableError, also where ``after`` is unknown.
    """
    log = git(root, "log", "--full-history", "--sparse", *_TOUCHES, f"{after}..{head}", "--", *RECORD_FOLDERS)
    return _commits(log)


def first_touching(root: Path, start: str) -> str:
    """The first commit that ``record_log`` would list for ``start``; "" for none."""
    return _text(git(root, "rev-list", "-n1", start, "--", *RECORD_FOLDERS)).strip()


def same_records(root: Path, pairs: Sequence[tuple[str, str]]) -> list[bool]:
    """For each pair of commits whether their record folders are equal, by git's own comparison."""
    asked = "".join(f"{one} {other}\n" for one, other in pairs).encode("ascii")
    answer = git(root, "diff-tree", "--stdin", "--always", "-r", "--", *RECORD_FOLDERS, stdin=asked)
    found: list[bool] = []
    for line in answer.splitlines():  # a line that names the commit, then one for each file that differs
        if line.startswith(b":"):
            found[-1] = False
        else:
            found.append(True)
    return found


def recent_log(root: Path, commits: str, most: int) -> list[tuple[LoggedCommit, tuple[str, ...]]]:
    """The last ``most`` merges and direct commits of the main line that touched the archive; their paths.

    ``commits``: a commit, or two as a range.
    A merge is called by its pull request's title, which forges write below "Merge pull request …".
    """
    log = git(
        root,
        "log",
        "--first-parent",
        "--diff-merges=first-parent",
        f"-n{most}",
        "--name-only",
        "--no-renames",
        *_PLAIN,
        _format(*_FIELDS, "%b"),
        commits,
        "--",
        *ARCHIVE_PATHS,
    )
    found = ((_commit(fields), names) for *fields, names in _blocks(log, len(_FIELDS) + 1))
    return [(c, tuple(sorted(filter(None, names.split("\n"))))) for c, names in found if c]


def statuses(root: Path, touches: Iterable[Touch]) -> dict[str, str]:
    """The status that each blob of a record names; blobs without one are left out. Raises UnreadableError."""
    wanted = {t.blob: t.path for t in touches if not t.deleted and t.path.lower().endswith(RECORD_SUFFIXES)}
    if not wanted:
        return {}
    # versions of one file side by side: git unpacks each from the one before
    blobs = sorted(wanted, key=lambda b: (wanted[b], b))
    found = {}
    names = "".join(f"{b}\n" for b in blobs).encode("ascii")
    with answering(root, "cat-file", "--batch", "--buffer", stdin=names) as answer:
        for blob in blobs:
            words = answer.readline().split()
            if len(words) == 3:  # else "<blob> missing", without a content line
                found[blob] = status_in(answer.read(int(words[2]) + 1), wanted[blob])
    return {blob: status for blob, status in found.items() if status}


def status_in(content: bytes, path: str) -> str:
    """The status in a record file's fields, "" where there is none that the vocabulary knows."""
    if path.lower().endswith(".md"):
        end = content.find(b"\n---", 3)
        content = content[:end] if content.startswith((b"---", b"\xef\xbb\xbf---")) and end > 0 else b""
    match = _STATUS.search(content)
    status = match[1].decode("ascii") if match else ""
    return status if status in STATUSES else ""


def _text(output: bytes) -> str:
    return output.decode("utf-8", "replace")


def _commits(log: bytes) -> list[LoggedCommit | None]:
    return [_commit(fields, raw) for *fields, raw in _blocks(log, len(_FIELDS))]


def _blocks(log: bytes, fields: int) -> Iterator[tuple[str, ...]]:
    """For each commit its fields and the lines about its files."""
    parts = iter(_text(log).split("\0")[1:])
    return zip(*[parts] * (fields + 1), strict=True)


def _commit(fields: Sequence[str], raw: str = "") -> LoggedCommit | None:
    commit, parents, date, when, author, title, *body = fields
    if title.startswith("Merge ") and body:
        title = next((line.strip() for line in body[0].splitlines() if line.strip()), title)
    try:
        seconds, day = int(date), dt.datetime.fromisoformat(when)
    except ValueError:
        return None
    touches = tuple(_touch(line) for line in raw.split("\n") if line.startswith(":"))
    return LoggedCommit(commit, tuple(parents.split()), seconds, day, author, title, touches)


def _touch(line: str) -> Touch:
    """A raw line: ``:<modes> <blobs> <letter>``, tab, path (tab, new path); a merge has a part a parent."""
    what, *paths = line.split("\t")
    parents = len(what) - len(what.lstrip(":"))
    words = what.lstrip(":").split()
    letters = words[-1]
    renamed = letters[0] in "RC" and len(paths) == 2
    return Touch(
        paths[-1],
        paths[0] if renamed and letters[0] == "R" else "",
        set(letters) == {"A"} or letters[0] == "C",
        set(letters) == {"D"},
        words[2 * parents + 1],
    )
