"""A process that has MkDocs ready: ``python -m qloop.publish.worker``, one JSON request and answer a line.

It is started first of all, so that it reads settings and compiles templates while the archive is being checked.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from qloop.publish.published import as_row
from qloop.publish.session import BuildFailed, Session
from qloop.publish.share import Setting, Source
from qloop.store import FOLDER

IN_HAND = 500
"""Records that are kept in memory: an SOP may be named by hundreds of issues."""


@dataclass
class Worker:
    """What is kept between requests."""

    root: Path
    session: Session
    setting: Setting | None = None
    kept: dict[str, Any] = field(default_factory=dict)

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        match request["do"]:
            case "warm":
                self.session.warm()
                return {}
            case "setting":
                setting = request["setting"]
                self.setting = Setting(**(setting | {"nav_uris": tuple(setting["nav_uris"])}))
                return {}
            case "pages":
                waiting = Path(request["pages"])
                pages = tuple(Source(*page) for page in json.loads(waiting.read_bytes()))
                waiting.unlink()
                return {"warnings": self.build(pages, request["frame"], Path(request["out"]))}
            case "records":
                return self.records(request)
            case "drafts":
                return self.drafts(request)
            case "history":
                from qloop.derive.history import read_history

                read_history(self.root, self.root / FOLDER)  # kept there: whoever asks next finds it
                return {}
            case "read":
                from qloop.read.records import read_rows

                return {"rows": read_rows(self.root, request["paths"])}
        raise ValueError(request["do"])

    def build(self, pages: tuple[Source, ...], frame: bool, out: Path) -> list[str]:
        assert self.setting
        return self.session.build(self.setting, pages, frame, out)

    def records(self, request: dict[str, Any]) -> dict[str, Any]:
        """Make the files of some records and build their pages, from what the store knows of the archive."""
        from qloop.publish.produce import produce
        from qloop.publish.unit import Unit

        shop = self._workshop(request)
        entries = self.kept["entries"]
        shelf = next(iter(entries.values())).shelf

        def units() -> Iterator[Unit]:
            for path, key in request["records"]:
                entry = entries[path]
                yield Unit(f"record {path}", key, partial(shop.record, entry), path, entry.key)
                shelf.dark(beyond=IN_HAND)

        out = Path(request["out"])
        produced = produce(units(), {}, request["shared"], shop.site.urls, out)
        warnings = self.build(tuple(produced.sources), False, out)
        return {"results": [as_row(result) for result in produced.results], "warnings": warnings}

    def drafts(self, request: dict[str, Any]) -> dict[str, Any]:
        """Look at pages about many records and make those that are new (see ``ahead``)."""
        from qloop.publish.ahead import leave

        shop = self._workshop(request)
        rows = leave(shop.draft_units(request["makers"]), request["known"], Path(request["out"]))
        shop.forget()
        return {"rows": rows}

    def _workshop(self, request: dict[str, Any]) -> Any:
        """The archive as the process that asks has checked it: the same for all requests of a build."""
        name = (request["today"], request["world"], tuple(request["left_out"]))
        if self.kept.get("name") != name:
            from qloop.pipeline import remembered

            shop = remembered(
                self.root, self.session.summary, dt.date.fromisoformat(request["today"]), request["world"],
                frozenset(request["left_out"]),
            )  # fmt: skip
            entries = {entry.path: entry for entry in shop.site.archive.entries}
            gc.freeze()
            self.kept = {"name": name, "shop": shop, "entries": entries}
        return self.kept["shop"]


def main() -> int:
    """Requests come on stdin, answers go to the first stdout: what libraries print goes to stderr."""
    gc.disable()
    import mkdocs.commands.build  # noqa: F401  (a quarter of a second, in which nothing is asked yet)

    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    worker: Worker | None = None
    for line in sys.stdin.buffer:
        request = json.loads(line)
        try:
            if worker is None:
                site = request["site"]
                worker = Worker(
                    Path(request["root"]), Session(Path(request["root"]), Path(site) if site else None)
                )
                answer: dict[str, Any] = {"config": worker.session.summary.as_texts()}
            else:
                answer = worker.answer(request)
        except Exception as error:
            answer = {"failed": type(error).__name__, "text": str(error)}
            if not isinstance(error, BuildFailed):
                import traceback

                answer["trace"] = traceback.format_exc()
        answers.write(json.dumps(answer, ensure_ascii=False) + "\n")
        answers.flush()
        # pages hold on to each other in circles: looked for between pieces of work, not all the time
        gc.freeze() if request.get("do") == "warm" else gc.collect(0)
    if worker:
        worker.session.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
