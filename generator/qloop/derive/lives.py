"""The lives of an archive's files, told from the oldest commit on: the next commit only needs the last state.

So a whole reading of git and a joining of new commits to what is known are the same steps. Commits are spoken
of by their number, oldest first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from qloop.derive.gitlog import LoggedCommit, Touch


@dataclass(frozen=True, slots=True)
class Life:
    """A path's life so far: the commits that created and last changed it, and those that changed its status.

    ``date``: the latest committer's date among the commits that touched the path, in seconds since 1970.
    ``created`` is -1 where the path has no life: renamed away, or its beginning is not known.
    """

    date: int
    created: int = -1
    changed: int = -1
    steps: tuple[tuple[str, int], ...] = ()

    @property
    def known(self) -> bool:
        return self.created >= 0


UNKNOWN = Life(-1)


def go_on(lives: dict[str, Life], number: int, logged: LoggedCommit, given: Mapping[str, str]) -> None:
    """Change ``lives`` by one commit, whose number is ``number``; ``given``: status by blob.

    A second file of the same name begins a life of its own; a renamed file takes its life along. A deleted one
    keeps it: the deletion is its last change, should the file come back without being committed.
    """
    before = {t.path: lives.get(t.before or t.path, UNKNOWN) for t in logged.touches}
    for path in (p for t in logged.touches for p in t.paths):
        lives[path] = Life(max(logged.date, lives.get(path, UNKNOWN).date))
    for touch in logged.touches:
        life = _after(touch, before[touch.path], number, given.get(touch.blob, ""))
        lives[touch.path] = replace(life, date=lives[touch.path].date)


def _after(touch: Touch, life: Life, number: int, status: str) -> Life:
    if touch.deleted:
        return replace(life, changed=number) if life.known else UNKNOWN
    if touch.created:
        return Life(0, number, number, ((status, number),) if status else ())
    if not life.known:
        return UNKNOWN
    new = status and (not life.steps or life.steps[-1][0] != status)
    return replace(life, changed=number, steps=(*life.steps, (status, number)) if new else life.steps)
