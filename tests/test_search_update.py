"""An updated index is the index of the new records, byte for byte, or there is none."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qloop.publish.search import Patch, SearchRecord, index_files, rice, shape, update
from qloop.publish.search.head import FILE

Files = dict[str, bytes]
WORDS = [
    "帽围",
    "过小",
    "佩戴压头",
    "勒",
    "too",
    "tight",
    "AG-CAP-01",
    "54.8",
    "cm",
    "きつい",
    "线头",
    "掉毛",
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
KINDS = {f"R-{n}": "faq" if n % 3 else "issue" for n in range(24)}


@st.composite
def records(draw: st.DrawFn) -> SearchRecord:
    id = draw(st.sampled_from(sorted(KINDS)))
    return SearchRecord(
        id, KINDS[id], f"{id}.html", draw(TEXTS), draw(TEXTS), aliases=tuple(draw(TEXTS).split()[:2])
    )


HISTORIES = st.lists(st.dictionaries(st.sampled_from(sorted(KINDS)), st.none() | records()), max_size=6)
"""Each step names records and what becomes of them."""


def many(count: int) -> dict[str, SearchRecord]:
    made = (SearchRecord(f"QI-{n}", "issue", "", f"帽围 {n}", f"佩戴压头 {n * n} " * 4) for n in range(count))
    return {record.id: record for record in made}


def whole(known: dict[str, SearchRecord]) -> Files:
    return dict(index_files(known.values()))


def patched(files: Files, patch: Patch) -> Files:
    assert all(files.get(name) != data for name, data in patch.files.items())
    assert set(patch.deleted) <= set(files)
    return {name: data for name, data in (files | patch.files).items() if name not in patch.deleted}


@pytest.fixture(scope="module", autouse=True)
def crowded() -> Iterator[None]:
    """Chunks so small that edits move their borders, homes so few that records share them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shape, "CHUNK_BYTES", 64)
        patch.setattr(shape, "SPARE_BITS", 2)
        yield


@settings(max_examples=150, deadline=None)
@given(st.lists(records(), max_size=24), HISTORIES)
def test_any_history_gives_the_index_of_its_end(start, history):
    known = {record.id: record for record in start}
    files = whole(known)
    for step in history:
        step = {id: after and dataclasses.replace(after, id=id, kind=KINDS[id]) for id, after in step.items()}
        patch = update(files.get, [(known.get(id), after) for id, after in step.items()])
        known = {id: record for id, record in (known | step).items() if record}
        files = patched(files, patch) if patch else whole(known)
        assert files == whole(known)


def after(known: dict[str, SearchRecord], id: str, record: SearchRecord | None) -> dict[str, SearchRecord]:
    return {key: one for key, one in (known | {id: record}).items() if one}


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("QI-7", "佩戴 改过"),
        ("QI-7", "佩戴 改过 " * 400),
        ("QI-7", None),
        ("QI-new", "佩戴 新的"),
        ("QI-0", ""),
    ],
)
def test_one_record_changes_few_files(id: str, text: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "SPARE_BITS", 30)  # no two records share a home
    known = many(90)
    record = None if text is None else SearchRecord(id, "issue", "", "帽围", text)
    files = whole(known)
    patch = update(files.get, [(known.get(id), record)])
    assert patch
    assert patched(files, patch) == whole(after(known, id, record))
    assert len(patch.files) < len(files) / 3


def test_no_change_changes_no_file():
    known = many(10)
    assert update(whole(known).get, [(known["QI-3"], known["QI-3"])]) == Patch({}, ())


def layouts() -> Iterator[tuple[dict[str, SearchRecord], SearchRecord | None, SearchRecord | None]]:
    faq = SearchRecord("FAQ-1", "faq", "", "太紧", "")
    yield many(64), None, SearchRecord("QI-new", "issue", "", "第 65 条", "")  # past a power of two
    yield many(65), many(65)["QI-3"], None  # back again
    yield many(40), None, faq  # the first of a kind
    yield many(40) | {"FAQ-1": faq}, faq, None  # the last of a kind
    yield {}, None, faq


@pytest.mark.parametrize(("known", "before", "new"), list(layouts()))
def test_another_layout_is_built_anew(known, before, new):
    assert update(whole(known).get, [(before, new)]) is None


def test_twins_are_told_apart_and_come_and_go_only_by_a_new_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape.Shape, "home", lambda self, name: 5)
    known = many(12)
    files = whole(known)
    edited = dataclasses.replace(known["QI-3"], text="改过 " * 50)
    patch = update(files.get, [(known["QI-3"], edited)])
    assert patch
    assert patched(files, patch) == whole(known | {"QI-3": edited})
    assert update(files.get, [(known["QI-3"], None)]) is None
    assert update(files.get, [(None, SearchRecord("QI-new", "issue", "", "新的", ""))]) is None


def reads() -> tuple[dict[str, SearchRecord], SearchRecord, Files, list[str]]:
    """An update that works, and the files that it reads."""
    known = many(60)
    edited = dataclasses.replace(known["QI-7"], title="压头", text="全部改过")
    files, names = whole(known), []
    assert update(lambda name: names.append(name) or files.get(name), [(known["QI-7"], edited)])
    return known, edited, files, sorted(set(names) & set(files))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: None,
        lambda data: b"",
        lambda data: b"<!doctype html>",
        lambda data: data[:-1],
        lambda data: data + b"\0",
        lambda data: data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :],
    ],
    ids=["missing", "empty", "foreign", "short", "long", "flipped"],
)
def test_a_damaged_file_is_not_built_upon(spoil: Callable[[bytes], bytes | None]) -> None:
    known, edited, files, names = reads()
    assert len(names) > 3
    for name in names:
        spoilt = files | {name: spoil(files[name])}
        assert update(spoilt.get, [(known["QI-7"], edited)]) is None, name


def test_a_file_of_another_place_is_not_built_upon():
    known, edited, files, names = reads()
    for name in names:
        other = next(
            n
            for n in files
            if (n.split("/")[0] == name.split("/")[0] and files[n] != files[name]) or n == FILE
        )
        if other != name:
            assert update((files | {name: files[other]}).get, [(known["QI-7"], edited)]) is None, name


def test_an_index_of_another_format_is_not_built_upon(monkeypatch: pytest.MonkeyPatch) -> None:
    known = many(20)
    files = whole(known)
    monkeypatch.setattr("qloop.publish.search.head.FORMAT", 99)
    assert update(files.get, [(known["QI-7"], dataclasses.replace(known["QI-7"], title="新"))]) is None


def test_an_index_that_says_something_else_of_the_record_is_not_built_upon():
    known = many(20)
    files = whole(known)
    other = dataclasses.replace(known["QI-7"], text="别的")
    assert update(files.get, [(other, known["QI-7"])]) is None, "another text"
    assert update(files.get, [(None, other)]) is None, "it is there already"
    assert update(files.get, [(dataclasses.replace(other, id="QI-99"), None)]) is None, "it is not there"


NUMBERS = st.sets(st.integers(0, 2**40) | st.integers(0, 99), max_size=80)


@given(NUMBERS, NUMBERS, st.integers(0, 34))
def test_a_run_is_edited_in_place(before: set[int], after: set[int], hash_bits: int) -> None:
    run = rice.run(sorted(before), hash_bits)
    assert list(rice.documents(run, hash_bits)) == sorted(before)
    changes = {number: number in after for number in before ^ after}
    assert rice.edited(run, changes, hash_bits) == rice.run(sorted(after), hash_bits)
    for number in [*changes][:1]:
        with pytest.raises(rice.Damaged):
            rice.edited(run, {number: number in before}, hash_bits)
