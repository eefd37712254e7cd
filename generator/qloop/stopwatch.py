"""Where the time of a command goes, by stage."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

STARTED = time.time() - time.process_time()
"""When the process began, near enough: what it has done so far is the loading of Python."""


@dataclass
class Stopwatch:
    """Seconds by stage, in the order in which stages began; a stage that comes again adds up."""

    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """Seconds since the process began."""
        return time.time() - STARTED

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        self.seconds.setdefault(name, 0.0)
        try:
            yield
        finally:
            self.seconds[name] += time.perf_counter() - start
