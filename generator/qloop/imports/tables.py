"""A report as rows of text with their lines: CSV (comma, semicolon, tab) or xlsx."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qloop.imports.decoding import find_encoding
from qloop.imports.errors import BadReport, shown

Row = tuple[int, list[str]]
"""The line on which a row begins, from 1, and its cells."""
TITLE_ROWS = 30
"""The header is looked for among so many rows: exports put titles above it."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Source:
    """How to open a report: the user's encoding and the sheet of a workbook."""

    path: Path
    marketplace: str
    encoding: str = ""
    sheet: str = ""


def read_table(
    source: Source, is_header: Callable[[Sequence[str]], bool], progress: Progress = lambda *_: None
) -> tuple[list[str], Iterator[Row]]:
    """The header and the rows below it, one at a time; empty rows are left out.

    Where no row is a header, the first one that is not empty is given, so that a message can name its columns.
    Raises BadReport, while rows are read too: a row with more or fewer cells than the header, an open quote.
    """
    name = str(source.path)
    with source.path.open("rb") as file:
        workbook = file.read(4) == b"PK\x03\x04"
    rows = _xlsx(source) if workbook else _csv(source, progress)
    top: list[Row] = []
    for row in itertools.islice(rows, TITLE_ROWS):
        top.append(row)
        if is_header(row[1]):
            break
    if not top:
        raise BadReport("empty", name)
    line, header = top[-1] if is_header(top[-1][1]) else top[0]
    header = list(header)
    while workbook and header and not header[-1].strip():
        header.pop()
    below = itertools.chain((r for r in top if r[0] > line), rows)
    return header, _counted(below, len(header), name, workbook)


def _counted(rows: Iterator[Row], width: int, name: str, workbook: bool) -> Iterator[Row]:
    for line, cells in rows:
        if workbook:  # a sheet's rows end with their last filled cell
            while len(cells) > width and not cells[-1]:
                cells.pop()
            cells.extend([""] * (width - len(cells)))
        if len(cells) != width:
            raise BadReport("cells", name, line, wanted=width, found=len(cells))
        yield line, cells


def _csv(source: Source, progress: Progress) -> Iterator[Row]:
    encoding = find_encoding(source.path, source.marketplace, source.encoding)
    size = source.path.stat().st_size
    with source.path.open("rb") as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as file:
        delimiter = _delimiter(source.path, encoding)
        bare = delimiter == "\t" and _one_row_a_line(source.path, encoding)
        reader = csv.reader(
            file, delimiter=delimiter, strict=True, quoting=csv.QUOTE_NONE if bare else csv.QUOTE_MINIMAL
        )
        line = 1
        try:
            for number, cells in enumerate(reader):
                if any(cells):
                    yield line, [_unquoted(cell) for cell in cells] if bare else cells
                line = reader.line_num + 1
                if not number % 20_000:
                    progress(raw.tell(), size)
        except csv.Error:
            raise BadReport("quote", str(source.path), line) from None
    progress(size, size)


def _one_row_a_line(path: Path, encoding: str) -> bool:
    """Whether a tab-separated report has its tabs on every line: then no quotation mark means anything.

    Such reports seldom quote, and a comment may begin with a mark that never ends: the rows below it would be
    taken for its text.
    """
    with path.open(encoding=encoding, newline="\n") as file:
        return len({line.count("\t") for line in file if line.strip()}) == 1


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _delimiter(path: Path, encoding: str) -> str:
    """The separator that the first lines have most of."""
    with path.open(encoding=encoding, newline="") as file:
        top = "".join(itertools.islice(file, 5))
    if "\0" in top:
        raise BadReport("not-a-table", str(path))
    return max("\t,;", key=top.count)


def _xlsx(source: Source) -> Iterator[Row]:
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    name = str(source.path)
    try:
        book = load_workbook(source.path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise BadReport("not-a-table", name) from None
    try:
        if source.sheet and source.sheet not in book.sheetnames:
            raise BadReport("sheet", name, value=source.sheet, found="、".join(book.sheetnames))
        sheet = book[source.sheet] if source.sheet else book.worksheets[0]
        if hasattr(sheet, "reset_dimensions"):
            sheet.reset_dimensions()  # exporters write wrong ones
        for line, values in enumerate(sheet.iter_rows(values_only=True), 1):
            cells = [_cell(value) for value in values]
            if any(cells):
                yield line, cells
    finally:
        book.close()


def _cell(value: object) -> str:
    """What a cell shows, as text: days as YYYY-MM-DD, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.isoformat(" ") if value.time() != dt.time() else value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def found_columns(header: Sequence[str]) -> str:
    """The columns of a header for a message."""
    return "、".join(shown(name.strip()) for name in header if name.strip()) or "-"
