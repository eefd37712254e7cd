"""A second process that reads half of very many new files; it is started only when there are that many."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from qloop.read.records import PIECE, Reader, Row, read_rows


@contextmanager
def helper(root: Path) -> Iterator[Reader | None]:
    """A reader (see ``read.records``) for the time of the block; None on a machine with one core."""
    pools: list[ProcessPoolExecutor] = []

    def reader(paths: list[str]) -> Callable[[bool], list[Row]]:
        pools.append(ProcessPoolExecutor(1, get_context("spawn"), gc.disable))
        pieces = [paths[i : i + PIECE] for i in range(0, len(paths), PIECE)]
        return _rows([pools[-1].submit(read_rows, root, piece) for piece in pieces])

    try:
        yield reader if (os.cpu_count() or 1) > 1 else None
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)


def _rows(futures: list[Future[list[Row]]]) -> Callable[[bool], list[Row]]:
    def rows(wait: bool) -> list[Row]:
        try:
            while futures and (wait or futures[0].done()):
                if found := futures.pop(0).result():
                    return found
        except BrokenProcessPool:
            futures.clear()  # killed, or nobody may start a process here: who asks reads the files himself
        return []

    return rows
