"""Rings are told once, whole."""

from __future__ import annotations

from pathlib import Path

from qloop.rules.cycles import rings

from .tree import at, diagnostics, ids

A, B, C = (f"issues/2026/QI-260803-7K{x}.md" for x in "DEF")


def sample(path: str, of: str) -> str:
    return f"# {path}\nrecurrence_of: {of[12:-3]}\naliases: []\n"


def test_ring_is_told_once_with_all_places(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, sample(A, B), sample(B, C), sample(C, A))
    assert str(found.place) == at(tmp_path, A, "recurrence_of: |QI")
    assert [p.path for p in found.related] == [B, C]
    assert "QI-260803-7KD → QI-260803-7KE → QI-260803-7KF → QI-260803-7KD" in found.message


def test_chain_is_no_ring(tmp_path: Path) -> None:
    assert ids(tmp_path, sample(A, B), sample(B, C), f"# {C}\naliases: []") == set()


def test_tail_into_a_ring_is_not_part_of_it() -> None:
    assert list(rings({"a": "b", "b": "c", "c": "b", "d": "d"})) == [["b", "c"], ["d"]]


def test_supersedes(tmp_path: Path) -> None:
    one = "# sop/SOP-KNIT-001.md\nsupersedes: SOP-KNIT-002"
    two = "# sop/SOP-KNIT-002.md\nsupersedes: SOP-KNIT-001\nstatus: obsolete"
    assert ids(tmp_path, one, two) == {"references/cycle"}
