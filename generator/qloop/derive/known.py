"""What was learnt of an archive's history, in lines of text: cheap to keep, each decoded only when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qloop.derive import changes
from qloop.derive.changes import Change, FileHistory, StatusChange
from qloop.derive.gitlog import LoggedCommit
from qloop.derive.lives import Life, go_on


@dataclass(frozen=True, slots=True)
class Known:
    """The history up to the commit ``head``.

    ``key``: what else it depends on (``position.py``). ``commits``: every commit that touched a record, as
    ``changes.written``, oldest first. ``lives``: a line for each path that ever was, also for deleted ones.
    """

    head: str
    key: str
    commits: Sequence[str] = ()
    lives: Mapping[str, str] = field(default_factory=dict)
    recent: tuple[Change, ...] = ()

    def life(self, path: str) -> Life | None:
        line = self.lives.get(path)
        return _life(line) if line else None


def grown(
    known: Known, head: str, log: Sequence[LoggedCommit], given: Mapping[str, str], recent: tuple[Change, ...]
) -> Known:
    """``known`` and the commits of ``log``, oldest first, up to ``head``; ``given``: status by blob."""
    commits = [*known.commits, *(changes.written(change_of(c)) for c in log)]
    touched = {p for c in log for t in c.touches for p in t.paths}
    lives = {p: life for p in touched if (life := known.life(p))}
    for number, logged in enumerate(log, len(known.commits)):
        go_on(lives, number, logged, given)
    lines = {path: _line(life, commits) for path, life in lives.items()}
    return Known(head, known.key, commits, {**known.lives, **lines}, recent)


def change_of(logged: LoggedCommit, paths: tuple[str, ...] = ()) -> Change:
    return Change(logged.commit, logged.when, logged.author, logged.subject, paths)


class KnownFiles(Mapping[str, FileHistory]):
    """The histories of ``current`` files by path, decoded on access."""

    def __init__(self, known: Known, current: Iterable[str]) -> None:
        lives = known.lives
        self._lines = {p: line for p in current if (line := lives.get(p)) and " " in line}
        self._commits = known.commits
        self._decoded: dict[str, FileHistory] = {}
        self._changes: dict[int, Change] = {}

    def __getitem__(self, path: str) -> FileHistory:
        found = self._decoded.get(path)
        if found is None:
            found = self._decoded[path] = self._file(_life(self._lines[path]))
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, path: object) -> bool:
        return path in self._lines

    def __repr__(self) -> str:
        return repr(dict(self))

    def digests(self, path: str) -> tuple[str, str]:
        """As ``changes.digests_of``, without decoding; ("", "") for a file without history."""
        whole, lasting = self._lines.get(path, "  ").split(" ", 3)[1:3]
        return whole, lasting

    def _file(self, life: Life) -> FileHistory:
        steps = tuple(StatusChange(status, self._change(n)) for status, n in life.steps)
        return FileHistory(self._change(life.created), self._change(life.changed), steps)

    def _change(self, number: int) -> Change:
        """Of a commit, which touches many files."""
        found = self._changes.get(number)
        if found is None:
            found = self._changes[number] = changes.read(self._commits[number])
        return found


def _line(life: Life, commits: Sequence[str]) -> str:
    """``date``, and where the life is known both digests, the numbers of its commits, ``status:number`` …"""
    if not life.known:
        return str(life.date)
    steps = ((status, commits[n]) for status, n in life.steps)
    digests = changes.digests(commits[life.created], commits[life.changed], steps)
    numbers = (str(life.created), str(life.changed), *(f"{status}:{n}" for status, n in life.steps))
    return " ".join((str(life.date), *digests, *numbers))


def _life(line: str) -> Life:
    date, *rest = line.split(" ")
    if not rest:
        return Life(int(date))
    _, _, created, changed, *steps = rest
    pairs = (step.partition(":") for step in steps)
    return Life(int(date), int(created), int(changed), tuple((status, int(n)) for status, _, n in pairs))
