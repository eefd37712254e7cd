"""Encodings are proved or asked for, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from qloop.imports.decoding import find_encoding
from qloop.imports.errors import BadReport
from tests.imports.conftest import RETURNS, Import, lines, returned, table, written

GERMAN = "Der Hut ist für mich zu groß, schöne Grüße; très déçu, señor – “naïve”"
JAPANESE = "帽子がきついです。サイズが小さい、頭が痛い。"
CHINESE = "帽子太紧，戴着头疼，申请退款"


def saved(path: Path, text: str, encoding: str) -> Path:
    path.write_bytes(f"sku,text\r\nAG-CAP-01,{text}\r\n".encode(encoding))
    return path


@pytest.mark.parametrize(
    ("text", "encoding", "marketplace", "found"),
    [
        (GERMAN, "cp1252", "DE", "cp1252"),
        (GERMAN, "utf-8", "DE", "utf-8-sig"),
        (CHINESE, "utf-8-sig", "CN", "utf-8-sig"),
        (CHINESE, "utf-16", "CN", "utf-16"),
        (JAPANESE, "cp932", "JP", "cp932"),
        ("plain", "ascii", "US", "utf-8-sig"),
    ],
)
def test_certain(tmp_path: Path, text: str, encoding: str, marketplace: str, found: str) -> None:
    assert find_encoding(saved(tmp_path / "a.csv", text, encoding), marketplace) == found


@pytest.mark.parametrize(
    ("text", "encoding", "marketplace"),
    [
        (CHINESE, "gb18030", "US"),
        (CHINESE, "gb18030", "CN"),
        (CHINESE, "gb18030", "JP"),
        ("退款", "gb18030", "US"),
        ("紧", "gb18030", "DE"),
        (JAPANESE, "cp932", "US"),
        ("Привет мир", "cp1251", "DE"),
    ],
)
def test_uncertain(tmp_path: Path, text: str, encoding: str, marketplace: str) -> None:
    file = saved(tmp_path / "a.csv", text, encoding)
    with pytest.raises(BadReport) as raised:
        find_encoding(file, marketplace)
    assert raised.value.key == "encoding"
    assert raised.value.line == 2
    assert find_encoding(file, marketplace, encoding) == encoding


def test_a_long_file_is_looked_at_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"sku,text\n" + b"AG-CAP-01,x\n" * 200_000 + "帽子太紧".encode("gb18030"))
    with pytest.raises(BadReport) as raised:
        find_encoding(file, "US")
    assert raised.value.line == 200_002
    split = tmp_path / "b.csv"  # a character on the border of two pieces
    split.write_bytes(b"x" * ((1 << 20) - 1) + "帽".encode())
    assert find_encoding(split, "US") == "utf-8-sig"


def test_wishes_are_strict(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.csv", GERMAN, "cp1252")
    for wish, key in (
        ("utf-8", "encoding-wrong"),
        ("klingon", "encoding-unknown"),
        ("base64", "encoding-unknown"),
    ):
        with pytest.raises(BadReport) as raised:
            find_encoding(file, "US", wish)
        assert raised.value.key == key


def test_command_asks_and_takes_the_answer(tmp_path: Path, archive: Path, bring: Import) -> None:
    before = written(archive)
    rows = [returned("2026-08-05", 1, comment=CHINESE)]
    file = table(tmp_path / "a.csv", RETURNS, rows, encoding="gb18030")
    said = bring("amazon-returns", file, "--marketplace", "US", code=1).stderr
    assert "--encoding gb18030" in said
    assert written(archive) == before
    bring("amazon-returns", file, "--marketplace", "US", "--encoding", "gb18030")
    assert len(lines(archive, "2026-W32")) == 1


@pytest.mark.parametrize(
    ("encoding", "marketplace"), [("cp1252", "DE"), ("cp932", "JP"), ("utf-8-sig", "US")]
)
def test_files_of_marketplaces(
    tmp_path: Path, archive: Path, bring: Import, encoding: str, marketplace: str
) -> None:
    comment = JAPANESE if marketplace == "JP" else "zu eng für mich"
    file = table(
        tmp_path / "a.txt", RETURNS, [returned("2026-08-05", comment=comment)], tab="\t", encoding=encoding
    )
    said = bring("amazon-returns", file, "--marketplace", marketplace).stdout
    assert lines(archive, "2026-W32") == [f"return,{marketplace},AG-CAP-01,,size-small,APPAREL_TOO_SMALL,1"]
    assert "尺码偏小 ×1" in said


def test_line_feeds_in_quotes_keep_line_numbers(tmp_path: Path, archive: Path, bring: Import) -> None:
    rows = [returned("2026-08-05", 1, comment='one\ntwo, "three"\r\nfour'), returned("bad", 2)]
    file = table(tmp_path / "a.csv", RETURNS, rows)
    assert f"{file}:5: " in bring("amazon-returns", file, "--marketplace", "US", code=1).stderr
    file = table(tmp_path / "b.csv", RETURNS, rows[:1])
    assert "读取 1 行，计入 1 件" in bring("amazon-returns", file, "--marketplace", "US").stdout


def test_marks_in_tab_separated_comments_swallow_no_row(tmp_path: Path, archive: Path, bring: Import) -> None:
    rows = [
        returned("2026-08-05", n, comment=c)
        for n, c in enumerate(['"too small', "x", 'the "hat"', '"ok" hat', "y"])
    ]
    file = tmp_path / "a.txt"
    file.write_text("\r\n".join("\t".join(row) for row in (RETURNS, *rows)), "utf-8")
    assert "读取 5 行，计入 5 件" in bring("amazon-returns", file, "--marketplace", "US").stdout


def test_line_feeds_in_quoted_tab_separated_cells(tmp_path: Path, archive: Path, bring: Import) -> None:
    rows = [returned("2026-08-05", 1, comment="one\r\ntwo"), returned("2026-08-06", 2, comment='a "b"')]
    file = table(tmp_path / "a.txt", RETURNS, rows, tab="\t")
    assert "读取 2 行，计入 2 件" in bring("amazon-returns", file, "--marketplace", "US").stdout


def test_open_quote(tmp_path: Path, archive: Path, bring: Import) -> None:
    file = table(tmp_path / "a.csv", RETURNS, [returned("2026-08-05", 1), returned("2026-08-06", 2)])
    with file.open("a") as out:
        out.write('"2026-08-07,never closed\r\n' + "x\r\n" * 5)
    said = bring("amazon-returns", file, "--marketplace", "US", code=1).stderr
    assert f"{file}:4: 引号" in said


def test_missing_column_names_what_is_there(tmp_path: Path, archive: Path, bring: Import) -> None:
    file = table(
        tmp_path / "a.csv", ("return-date", "sku", "reason", "how many"), [("2026-08-05", "A", "B", "1")]
    )
    said = bring("amazon-returns", file, "--marketplace", "US", code=1).stderr
    assert "quantity" in said
    assert "how many" in said


def test_other_files(tmp_path: Path, archive: Path, bring: Import) -> None:
    old = tmp_path / "a.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert ".xlsx" in bring("amazon-returns", old, "--marketplace", "US", code=1).stderr
    broken = tmp_path / "b.xlsx"
    broken.write_bytes(b"PK\x03\x04" + b"\0" * 600)
    assert "xlsx" in bring("amazon-returns", broken, "--marketplace", "US", code=1).stderr
    empty = tmp_path / "c.csv"
    empty.write_bytes(b"")
    assert "没有数据" in bring("amazon-returns", empty, "--marketplace", "US", code=1).stderr
