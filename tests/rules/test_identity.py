"""Identity: places of both sides, ids of each kind."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from qloop.records.ids import ALPHABET, day_of, fold, mint
from qloop.records.kinds import KINDS, kind_of_id

from .tree import ISSUE, REVIEW, at, diagnostics, ids, where


def test_duplicate_names_both_places(tmp_path: Path) -> None:
    twin = "issues/2026/QI-260803-7KD.yml"
    (found,) = [
        d for d in diagnostics(tmp_path, f"# {twin}\nid: QI-260803-7KD") if d.rule == "identity/duplicate"
    ]
    assert (str(found.place), [str(p) for p in found.related]) == (f"{twin}:1:5", [f"{ISSUE}:2:5"])


def test_case_of_an_id_does_not_matter(tmp_path: Path) -> None:
    assert diagnostics(tmp_path, f"# {ISSUE}\nid: qi-260803-7kd") == []


def test_day_that_does_not_exist(tmp_path: Path) -> None:
    path = "issues/2026/QI-260231-7KD.md"
    assert where(tmp_path, "identity/pattern", f"# {path}\nid: QI-260231-7KD") == [f"{path}:2:5"]


def test_id_of_another_kind_names_its_folder(tmp_path: Path) -> None:
    found = diagnostics(tmp_path, "# faq/SOP-KNIT-009.md\nid: SOP-KNIT-009")
    assert "SOP-KNIT-009 是另一种记录的编号，应放在 sop/ 目录" in [d.message for d in found]


def test_review_of_a_month_names_its_factory(tmp_path: Path) -> None:
    path = "issues/reviews/2026-08-ningbo-knit.md"
    good = f"# {path}\nperiod: {{from: 2026-08-01, to: 2026-08-31}}\nfactory: ningbo-knit"
    assert ids(tmp_path, good) == set()
    assert ids(tmp_path, good.replace("2026-08-01", "2026-07-01")) == {"identity/review"}


def test_week_of_the_turn_of_the_year(tmp_path: Path) -> None:
    path = "issues/reviews/2026-W01.md"
    assert where(tmp_path, "identity/review", f"# {path}\nperiod: {{from: 2025-12-29, to: 2026-01-04}}") == []


def test_alias_that_is_another_records_id(tmp_path: Path) -> None:
    assert where(tmp_path, "identity/alias", "aliases: [sop-knit-001]") == [
        at(tmp_path, ISSUE, "aliases: [|sop")
    ]


def test_alias_in_the_same_record_twice(tmp_path: Path) -> None:
    assert where(tmp_path, "identity/alias", "aliases: [AG-0012, ag-0012]") == [
        at(tmp_path, ISSUE, "|ag-0012")
    ]


def test_faq_may_lie_in_a_folder_of_its_own(tmp_path: Path) -> None:
    assert ids(tmp_path, "# faq/hats/FAQ-other.md\nid: FAQ-other") == set()


def test_part_of_a_review(tmp_path: Path) -> None:
    action = "{id: A1, what: 更新尺码图, kind: listing, owner: qc, due: 2026-08-23, done: 2026-08-20}"
    assert where(tmp_path, "identity/part", f"# {REVIEW}\nactions:\n  - {action}\n  - {action}") == [
        f"{REVIEW}:9:10"
    ]


@given(st.sampled_from(["QI", "PC"]), st.dates(dt.date(2000, 1, 1), dt.date(2068, 12, 31)), st.integers())
def test_minted_ids_are_proper(prefix: str, day: dt.date, seed: int) -> None:
    chance = random.Random(seed)
    id = mint(prefix, day, (), chance.choice)
    assert day_of(id) == day
    assert kind_of_id(id) == kind_of_id(id.lower()) == {"QI": "issue", "PC": "change"}[prefix]
    assert fold(id) == fold(id.lower()) == fold(fold(id))
    again = mint(prefix, day, {fold(id)}, chance.choice)
    assert fold(again) != fold(id)


@given(st.text(max_size=12))
def test_only_crockford_characters_make_an_id(tail: str) -> None:
    proper = len(tail) == 3 and set(tail.upper()) <= set(ALPHABET) and tail.isascii()
    assert bool(KINDS["issue"].pattern.fullmatch(f"QI-260803-{tail}")) == proper


@given(st.text())
def test_any_text_has_a_day_or_none(text: str) -> None:
    assert day_of(text) is None or day_of(f"QI-{text}") is None or isinstance(day_of(text), dt.date)
