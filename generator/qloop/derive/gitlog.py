"""What git says about an archive's files, parsed into plain values.

``git log --raw`` names the files of each commit, ``git cat-file`` gives their text, of which only the status
is kept: on 10,000 files this is faster than reading patches, and no text in a file can pass for a line of the
log.
Through GitPython. Paths are relative to the archive, also where it is a sub-folder of its repository.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qloop.read.discover import RECORD_SUFFIXES
from qloop.records.kinds import KINDS
from qloop.records.vocabulary import VOCABULARIES

RECORD_FOLDERS = tuple(sorted({k.folder.split("/")[0] for k in KINDS.values()}))
ARCHIVE_PATHS = (*RECORD_FOLDERS, "catalog", "feedback", "qloop.yml")
_STEADY = ("core.quotePath=false", "log.showSignature=false", "core.fsmonitor=false")
"""Settings of a reader's own git that would change the output, or run a program that a repository names."""
_PROBLEMS = (("not a git repository", "no-git"), ("dubious ownership", "not-trusted"))
_FORMAT = "%x1e%H%x1f%aI%x1f%aN%x1f%s"
_STATUSES = {s for name in ("issue-status", "change-status", "sop-status") for s in VOCABULARIES[name]}
_STATUS = re.compile(rb"^status[ \t]*:[ \t]*[\"']?([a-z]+)[\"']?[ \t]*(?:#.*)?\r?$", re.MULTILINE)


class UnreadableError(Exception):
    """Git cannot tell; ``problem`` is a key of the texts ``indexes.history``."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Touch:
    """A commit's change of one file; ``before``: its path before a rename, ``blob``: its new text."""

    path: str
    before: str
    created: bool
    deleted: bool
    blob: str


@dataclass(frozen=True, slots=True)
class LoggedCommit:
    commit: str
    when: dt.datetime
    author: str
    subject: str
    touches: tuple[Touch, ...] = ()


def record_log(root: Path) -> list[LoggedCommit]:
    """Every commit that touched a record file, newest first; raises UnreadableError.

    ``--date-order``: no commit before its children, whatever the clocks of its authors said.
    """
    log = _git(
        root,
        "log",
        "--date-order",
        "--cc",
        "--raw",
        "--abbrev=40",
        "-M",
        "--relative",
        "--no-color",
        "--encoding=UTF-8",
        f"--format={_FORMAT}",
        "--",
        *RECORD_FOLDERS,
    )
    return [c for block in _text(log).split("\x1e")[1:] if (c := _commit(*block.partition("\n")[::2]))]


def recent_log(root: Path, most: int) -> list[tuple[LoggedCommit, tuple[str, ...]]]:
    """The last ``most`` merges and direct commits of the main line that touched the archive; their paths.

    A merge is called by its pull request's title, which forges write below "Merge pull request …".
    """
    log = _git(
        root,
        "log",
        "--first-parent",
        "--diff-merges=first-parent",
        f"-n{most}",
        "--name-only",
        "--no-renames",
        "--relative",
        "--no-color",
        "--encoding=UTF-8",
        f"--format={_FORMAT}%x1f%b%x1d",
        "--",
        *ARCHIVE_PATHS,
    )
    blocks = (block.partition("\x1d") for block in _text(log).split("\x1e")[1:])
    return [
        (c, tuple(sorted(filter(None, names.splitlines()))))
        for head, _, names in blocks
        if (c := _commit(head))
    ]


def shallow_commits(root: Path) -> frozenset[str]:
    """The commits at which a shallow clone was cut off: what came before them is unknown here."""
    if _git(root, "rev-parse", "--is-shallow-repository").strip() != b"true":
        return frozenset()
    file = root / _text(_git(root, "rev-parse", "--git-path", "shallow")).strip()
    try:
        return frozenset(file.read_text("ascii").split())
    except OSError:
        return frozenset()


def statuses(root: Path, touches: Iterable[Touch]) -> dict[str, str]:
    """The status that each blob of a record names; blobs without one are left out. Raises UnreadableError."""
    wanted = {t.blob: t.path for t in touches if not t.deleted and t.path.lower().endswith(RECORD_SUFFIXES)}
    # versions of one file side by side: git unpacks each from the one before
    blobs = sorted(wanted, key=lambda b: (wanted[b], b))
    found = {blob: status_in(content, wanted[blob]) for blob, content in _contents(root, blobs)}
    return {blob: status for blob, status in found.items() if status}


def status_in(content: bytes, path: str) -> str:
    """The status in a record file's fields, "" where there is none that the vocabulary knows."""
    if path.lower().endswith(".md"):
        end = content.find(b"\n---", 3)
        content = content[:end] if content.startswith((b"---", b"\xef\xbb\xbf---")) and end > 0 else b""
    match = _STATUS.search(content)
    status = match[1].decode("ascii") if match else ""
    return status if status in _STATUSES else ""


def _contents(root: Path, blobs: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """What git keeps under each name, through files: 10,000 records with their pasts do not fit a pipe."""
    with tempfile.TemporaryFile() as names, tempfile.TemporaryFile() as answer:
        names.write("".join(f"{b}\n" for b in blobs).encode("ascii"))
        names.seek(0)
        _git(root, "cat-file", "--batch", "--buffer", istream=names, output_stream=answer)
        answer.seek(0)
        for blob in blobs:
            words = answer.readline().split()
            if len(words) == 3:  # else "<blob> missing", without a content line
                yield blob, answer.read(int(words[2]) + 1)


def _git(root: Path, command: str, *arguments: str, **options: object) -> bytes:
    if not root.is_dir():
        raise UnreadableError("no-git")
    try:
        import git
    except ImportError:  # GitPython looks for the program git when it is imported
        raise UnreadableError("git-missing") from None
    try:
        call = git.Git(str(root))(c=list(_STEADY))
        output: bytes = getattr(call, command.replace("-", "_"))(
            *arguments, stdout_as_string=False, **options
        )
    except git.GitCommandNotFound:
        raise UnreadableError("git-missing") from None
    except (git.GitError, OSError) as error:
        if "does not have any commits yet" in str(error):
            return b""
        raise UnreadableError(
            next((key for words, key in _PROBLEMS if words in str(error)), "broken")
        ) from None
    return output


def _text(output: bytes) -> str:
    return output.decode("utf-8", "replace")


def _commit(head: str, raw: str = "") -> LoggedCommit | None:
    commit, when, author, subject = head.split("\x1f", 3)
    title, _, body = subject.partition("\x1f")
    if title.startswith("Merge "):
        title = next((line.strip() for line in body.splitlines() if line.strip()), title)
    try:
        day = dt.datetime.fromisoformat(when)
    except ValueError:  # a date that no calendar has: the commit cannot be placed
        return None
    touches = (_touch(line) for line in raw.splitlines() if line.startswith(":"))
    return LoggedCommit(commit, day, author, title, tuple(touches))


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
