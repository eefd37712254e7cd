"""Search: any part of a text is found, and an index says what its records say, however it came about."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import qloop
from qloop.publish.search import SearchRecord, build_index, index_files
from qloop.publish.search.cards import decode as decode_cards
from qloop.publish.search.cards import excerpt
from qloop.publish.search.chunks import decode as decode_chunk
from qloop.publish.search.head import FILE, Head
from qloop.publish.search.head import decode as decode_head
from qloop.publish.search.places import ALIAS, ID, OFTEN, ONCE, TITLE, TITLE_START, VERY_OFTEN, words
from qloop.publish.search.postings import decode as decode_postings
from qloop.publish.search.terms import LONGEST, facet, identity, terms

RECORD = SearchRecord(
    id="QI-260803-7KD",
    kind="issue",
    url="issues/QI-260803-7KD/",
    title="帽围过小，佩戴压头",
    text="客户反映 AG-CAP-01 太紧。第二句。",
    aliases=("AG-0012", "勒头"),
    status="verified",
    filters={"product": "AG-CAP-01"},
)


def many(count: int) -> list[SearchRecord]:
    return [
        SearchRecord(f"FAQ-{n}", "faq", f"faq/FAQ-{n}/", f"问题 {n}", f"太紧 {n % 7}") for n in range(count)
    ]


def said(files: dict[str, bytes]) -> dict[str, dict[str, int]]:
    """What an index says: by token and name of the record, the place."""
    head = decode_head(files[FILE])
    cards = [
        item
        for name, data in files.items()
        if name.startswith("cards/")
        for item in decode_cards(data).items()
    ]
    names = {number: f"{card[1]}/{card[0]}" for number, card in cards}
    return dict(_entries(files, head, names))


def _entries(
    files: dict[str, bytes], head: Head, names: dict[int, str]
) -> Iterator[tuple[str, dict[str, int]]]:
    for start in head.chunks:
        for token, data in decode_chunk(files[f"terms/{start.hex()}.bin"]):
            places = decode_postings(data, head.shape.hash_bits)
            yield token.decode(), {names[number]: place for number, place in places.items()}


def test_every_pair_of_neighbours_is_a_token_but_none_over_a_comma():
    assert terms("帽围过小，佩戴压头") == ["帽围", "围过", "过小", "小", "佩戴", "戴压", "压头", "头"]


@pytest.mark.parametrize("typed", ["qi2608037kd", "2608037kd", "260803", "7kd"])
def test_every_part_of_an_id_begins_a_token(typed):
    assert any(token.startswith(typed) for token in terms("QI-260803-7KD"))


@pytest.mark.parametrize(
    ("written", "token"),
    [
        ("Größe", "grosse"),
        ("ＡＧ－０１", "ag01"),
        ("54.8", "54.8"),
        ("T-Shirt", "tshirt"),
        ("don’t", "dont"),
        ("naïve", "naive"),
    ],
)
def test_spellings_fold_to_one(written, token):
    assert token in terms(written)


@given(st.text())
def test_tokens_are_single_short_words_without_repeats(text):
    found = terms(text)
    assert len(found) == len(set(found))
    assert all(token and not set(token) & set(" \n\t,，=-") and len(token) <= LONGEST for token in found)


@given(st.text(alphabet="帽围过小佩戴压头勒", min_size=2), st.data())
def test_any_two_neighbours_of_a_chinese_text_are_found(text, data):
    start = data.draw(st.integers(min_value=0, max_value=len(text) - 2))
    assert text[start : start + 2] in terms(text)


def test_the_best_place_of_a_token_counts():
    text = "帽围 帽围 针织 压痕 压痕 压痕 压痕 一次 佩戴 佩戴 佩戴 勒头 勒头"
    found = words(dataclasses.replace(RECORD, text=text)).places
    expected = {
        "一次": ONCE, "压痕": VERY_OFTEN, "针织": ONCE, "佩戴": TITLE, "帽围": TITLE_START, "勒头": ALIAS,
        "0012": ALIAS, "7kd": ID, "qi2608037kd": ID,
    }  # fmt: skip
    assert {token: found[token] for token in expected} == expected
    assert words(dataclasses.replace(RECORD, text="一次 一次")).places["一次"] == OFTEN


def test_only_the_bearer_has_the_identity_token():
    mention = SearchRecord("FAQ-a", "faq", "faq/FAQ-a/", "太紧", "见 QI-260803-7KD，勒头")
    found = said(dict(index_files([RECORD, mention])))
    for name in ("QI-260803-7KD", "ag 0012", "勒头"):
        assert list(found[identity(name)]) == ["issue/QI-260803-7KD"]
    assert list(found[facet("product", "AG-CAP-01")]) == ["issue/QI-260803-7KD"]
    assert set(found["qi2608037kd"]) == {"issue/QI-260803-7KD", "faq/FAQ-a"}
    assert identity("—") == ""


@given(st.text(alphabet="帽围=:kind- ", max_size=12))
def test_no_text_gives_the_token_of_a_name_or_property(text):
    assert not any("=" in token for token in terms(text))


def test_an_excerpt_is_the_first_sentence_within_its_length():
    assert excerpt("\n\n第一句。第二句。") == "第一句。"
    assert excerpt("") == ""
    assert len(excerpt("长" * 500)) == 90


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=60)), max_size=12))
def test_an_index_says_what_its_records_say(texts):
    records = [SearchRecord(str(n), "faq", "", title, text) for n, (title, text) in enumerate(texts)]
    found = said(dict(index_files(records)))
    by_record = {record.name: words(record).places for record in records}
    assert {name: {t: p[name] for t, p in found.items() if name in p} for name in by_record} == by_record


@given(st.permutations(many(40)))
def test_the_order_of_records_is_nothing(records):
    assert dict(index_files(records)) == dict(index_files(many(40)))


def test_two_records_of_one_name_are_refused():
    with pytest.raises(ValueError, match="same kind and id"):
        list(index_files([RECORD, dataclasses.replace(RECORD, title="另一个")]))


def test_the_folder_holds_the_files_and_nothing_else(tmp_path: Path):
    out = tmp_path / "search"
    out.mkdir()
    (out / "stale.txt").touch()
    for records in (many(20), []):
        build_index(records, out)
        written = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
        assert written == dict(index_files(records))
        assert FILE in written
    assert [path.name for path in tmp_path.iterdir()] == ["search"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_search_box_names_kinds_and_statuses_as_the_pages_do(language):
    texts = Path(qloop.__file__).parent / "texts" / language
    names = ("theme", "labels", "pages")
    theme, labels, pages = (yaml.safe_load((texts / f"{name}.yml").read_text("utf-8")) for name in names)
    assert theme["kinds"] == pages["kind"]
    assert theme["statuses"] == {kind: labels[f"{kind}-status"] for kind in ("issue", "change", "sop")}
