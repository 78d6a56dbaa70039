"""Opening packed files (ZIP packages, XLSX workbooks) within limits: a small file can hide a very large one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final

from openpyxl import load_workbook  # type: ignore[import-untyped]  # the library ships no types

from directory.errors import ImportRefused

ZIP_MAGIC: Final = b"PK\x03\x04"
LARGEST_UNPACKED_BYTES: Final = 1_000_000_000
_WORKBOOK_PART: Final = "xl/workbook.xml"

Cells = tuple[str, ...]


class Package:
    """A ZIP file in memory. Raises ImportRefused when it is damaged or unpacks to more than a gigabyte."""

    def __init__(self, content: bytes, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except zipfile.BadZipFile as error:
            raise ImportRefused(f"{name} is no ZIP package: {error}") from error
        if sum(member.file_size for member in self._zip.infolist()) > LARGEST_UNPACKED_BYTES:
            raise ImportRefused(f"{name} unpacks to more than {LARGEST_UNPACKED_BYTES:,} bytes")

    def names(self) -> list[str]:
        """Return the paths of its files."""
        return self._zip.namelist()

    def read(self, name: str) -> bytes:
        """Return one file. Raises ImportRefused when it is damaged."""
        try:
            return self._zip.read(name)
        except (zipfile.BadZipFile, RuntimeError, EOFError) as error:
            raise ImportRefused(f"{name} in {self._name} is damaged: {error}") from error

    @property
    def is_workbook(self) -> bool:
        """Tell whether it is an XLSX workbook."""
        return _WORKBOOK_PART in self.names()


def sheets(content: bytes, name: str) -> Iterator[tuple[str, Iterator[Cells]]]:
    """Yield a workbook's sheets: their titles, and their rows as text, blank rows left out; read before the next sheet.

    Whole numbers come without a decimal point, days as 2026-03-01, times as 19:30. Raises ImportRefused for what is no workbook.
    """
    if not Package(content, name).is_workbook:
        raise ImportRefused(f"{name} is a ZIP package, but no workbook")
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            yield str(sheet.title), _rows(sheet)
        book.close()
    except (ValueError, KeyError, SyntaxError, OSError) as error:
        raise ImportRefused(f"{name} is a damaged workbook: {error}") from error


def _rows(sheet: Any) -> Iterator[Cells]:  # Any: a class of the untyped library
    for values in sheet.iter_rows(values_only=True):
        cells = tuple(_text(value) for value in values)
        if any(cells):
            yield cells


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%H:%M") if value.year <= 1900 else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value.strftime("%H:%M") if isinstance(value, time) else str(value).strip()
