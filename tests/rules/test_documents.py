"""One revision in force, and a list that says so."""

from __future__ import annotations

from pathlib import Path

from .tree import SOP, at, diagnostics, ids, where

ROW = '  - {{revision: "{}", on: {}, reason: 修订}}\n'


def revisions(*rows: tuple[str, str]) -> str:
    return f"# {SOP}\nrevisions:\n" + "".join(ROW.format(*row) for row in rows)


def test_older_first_is_told_at_the_date(tmp_path: Path) -> None:
    sample = revisions(("3", "2026-09-01"), ("1", "2025-01-01"), ("2", "2026-01-01"))
    assert where(tmp_path, "lifecycle/revision-order", sample) == [at(tmp_path, SOP, "on: |2026-01-01")]


def test_number_twice(tmp_path: Path) -> None:
    sample = revisions(("3", "2026-09-01"), ("2", "2026-01-01"), ("2", "2025-01-01"))
    assert where(tmp_path, "lifecycle/revision-order", sample) == [
        at(tmp_path, SOP, 'revision: |"2", on: 2025')
    ]


def test_first_of_the_list_has_another_number(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, revisions(("2", "2026-09-01")))
    assert (found.rule, str(found.place), str(found.related[0])) == (
        "lifecycle/revision-current",
        f"{SOP}:4:11",
        at(tmp_path, SOP, 'revision: |"2", on: 2026-09'),
    )


def test_date_of_the_first_is_the_effective_one(tmp_path: Path) -> None:
    assert where(tmp_path, "lifecycle/revision-current", f"# {SOP}\neffective: 2026-09-02") == [f"{SOP}:6:12"]
    assert ids(tmp_path, f"# {SOP}\neffective: 2026-09-02\nstatus: draft") == set()


def test_superseded_one_is_told_where_it_stands(tmp_path: Path) -> None:
    old = "sop/SOP-KNIT-000.md"
    (found,) = diagnostics(tmp_path, f"# {SOP}\nsupersedes: SOP-KNIT-000", f"# {old}\nstatus: effective")
    assert (str(found.place), str(found.related[0])) == (f"{old}:5:9", at(tmp_path, SOP, "supersedes: |SOP"))


def test_draft_may_prepare_to_supersede(tmp_path: Path) -> None:
    new = "# sop/SOP-KNIT-002.md\nstatus: draft\nsupersedes: SOP-KNIT-001"
    assert ids(tmp_path, new) == set()
