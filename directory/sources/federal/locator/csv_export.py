"""The federal locator's CSV export: one row a facility, one column a service code holding 1 or nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from directory.errors import ImportRefused
from directory.sources.federal.rows import FederalReader, FederalRow, stated
from directory.sources.reading import CodeTable, Localities, UnusableRow
from directory.sources.records import SourceInfo

TYPE_COLUMNS: Final = ("type_facility", "typefacility")
_REQUIRED: Final = ("name1", "street1", "city", "state", "zip")
# What stands in an export beside codes; a row number and a distance are no facts of the facility.
_PLAIN: Final = frozenset(
    {
        *_REQUIRED, *TYPE_COLUMNS, "", "_irow", "frid", "name2", "street2", "zip4", "county", "phone", "intake_prompt", "intake1",
        "intake2", "intake1a", "intake2a", "hotline1", "website", "latitude", "longitude", "miles",
    }
)  # fmt: skip
_PHONES: Final = (
    ("main", "phone"),
    ("intake", "intake1"),
    ("intake", "intake2"),
    ("intake", "intake1a"),
    ("intake", "intake2a"),
    ("crisis", "hotline1"),
)
_DIRECTORIES: Final = {"sa": "substance", "mh": "mental", "otp": "otp", "hrsa": "hrsa"}
_YES: Final = frozenset({"1", "1.0", "true", "yes", "x"})
OTP_CODE: Final = "OTP"


def directory_of(type_facility: str) -> str:
    """Return the directory that a facility type belongs to. Raises UnusableRow for a type nobody has seen."""
    directory = _DIRECTORIES.get(type_facility.casefold())
    if directory is None:
        raise UnusableRow("type_facility", f"expected one of SA, MH, OTP, HRSA, got {type_facility!r}")
    return directory


def facility(cells: Mapping[str, object], codes: tuple[str, ...]) -> FederalRow:
    """Return the facility of a locator row, by the names that its CSV and its JSON share. Raises UnusableRow."""
    cell = {name: stated(cells.get(name)) for name in _PLAIN}
    directory = directory_of(cell["type_facility"] or cell["typefacility"])
    if directory == "otp" and OTP_CODE not in codes:
        codes = (OTP_CODE, *codes)  # the type says it; these rows come without codes
    return FederalRow(
        directory=directory,
        name1=cell["name1"],
        name2=cell["name2"],
        street1=cell["street1"],
        street2=cell["street2"],
        city=cell["city"],
        state=cell["state"],
        zip=cell["zip"].removesuffix(".0"),
        county=cell["county"],
        phones=tuple((label, cell[name]) for label, name in _PHONES if cell[name]),
        website=cell["website"],
        latitude=cell["latitude"],
        longitude=cell["longitude"],
        codes=codes,
    )


class LocatorCsvReader(FederalReader):
    """Reads one export. Raises ImportRefused when the columns are not the locator's."""

    def __init__(self, raw_lines: Iterable[bytes], *, source: SourceInfo, codes: CodeTable, localities: Localities) -> None:
        super().__init__(source, codes, localities)
        self._reader = csv.DictReader(self.mender.lines(raw_lines))
        names = [(name or "").strip().casefold() for name in self._reader.fieldnames or ()]
        missing = [name for name in _REQUIRED if name not in names]
        if missing or not any(name in names for name in TYPE_COLUMNS):
            raise ImportRefused(f"this is no locator export: columns {', '.join(missing or TYPE_COLUMNS[:1])} are missing")
        self._reader.fieldnames = names
        self._code_columns = [name for name in names if name not in _PLAIN]

    def rows(self) -> Iterator[FederalRow | UnusableRow]:
        """Return the rows in the file's order."""
        return self._csv_rows(self._reader, self._row)

    def _row(self, row: Mapping[str, str]) -> FederalRow | UnusableRow:
        codes = tuple(name.upper() for name in self._code_columns if row[name].strip().casefold() in _YES)
        try:
            return facility(row, codes)
        except UnusableRow as error:
            return error
