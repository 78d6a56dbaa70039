"""The National Directory as its publisher hands it out: a workbook a directory, with a sheet of facilities and one of codes.

The facilities' sheet has the columns of the CSV, so its rows are read by the CSV's reader. A workbook does not say in each row
which directory it is; its own name or its sheet's does, else the codes of the rows do.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Final

from directory.errors import ImportRefused
from directory.sources.federal.samhsa import SamhsaReader
from directory.sources.files.packed import Cells, sheets
from directory.sources.matching import fold_words
from directory.sources.reading import CodeTable, Localities

_CODES: Final = "service_code_info"
_TYPE: Final = "directory_type"
_NAMED: Final = ((re.compile(r"\b(su|substance)\b"), "substance"), (re.compile(r"\b(mh|mental)\b"), "mental"))
_OWN_CODE: Final = {"SA": "substance", "MH": "mental"}


def workbook_reader(
    content: bytes,
    *,
    name: str,
    edition: str,
    codes: CodeTable,
    localities: Localities,
    retrieved_on: date | None = None,
) -> SamhsaReader:
    """Return a reader of the workbook's facilities. Raises ImportRefused when no sheet holds facilities."""
    for title, rows in sheets(content, name):
        header = tuple(fold_words(cell).replace(" ", "") for cell in next(rows, ()))
        if _CODES.replace("_", "") in header:
            lines = _csv_lines(header, rows, _directory_named(name) or _directory_named(title))
            return SamhsaReader(lines, edition=edition, codes=codes, localities=localities, retrieved_on=retrieved_on)
    raise ImportRefused(f"no sheet of {name} has a column {_CODES}")


def _directory_named(text: str) -> str:
    words = fold_words(text)
    return next((directory for pattern, directory in _NAMED if pattern.search(words)), "")


def _csv_lines(header: Cells, rows: Iterator[Cells], directory: str) -> Iterator[bytes]:
    """Yield the sheet as the lines of the CSV; a row that states its directory itself keeps it."""
    names = [_CODES if name == _CODES.replace("_", "") else _TYPE if name == _TYPE.replace("_", "") else name for name in header]
    states_directory = _TYPE in names
    place_of_codes = names.index(_CODES)
    yield _line(names if states_directory else [*names, _TYPE])
    for row in rows:
        cells = list(chain(row, [""] * (len(names) - len(row))))[: len(names)]
        yield _line(cells if states_directory else [*cells, directory or _directory_of(cells[place_of_codes])])


def _directory_of(codes: str) -> str:
    return next((_OWN_CODE[code] for code in codes.split() if code in _OWN_CODE), "")


def _line(cells: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(" ".join(cell.split()) for cell in cells)
    return text.getvalue().encode()
