"""SAMHSA's list of certified opioid treatment programs as CSV (Windows-1252): names, addresses, phones, certification."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from directory.errors import ImportRefused
from directory.sources.federal.locator.csv_export import OTP_CODE
from directory.sources.federal.rows import FederalReader, FederalRow, stated
from directory.sources.matching import fold_words
from directory.sources.reading import CodeTable, Localities, UnusableRow
from directory.sources.records import PaymentTerms, SourceInfo
from index.listing import Credential, Redistribute

SOURCE: Final = "samhsa-otp"
# The columns of the site's export and of a geocoded copy, by their folded names.
_COLUMNS: Final = {
    "program name": "name",
    "id": "name",
    "dba": "name2",
    "street": "street",
    "address": "street",
    "city": "city",
    "state": "state",
    "zip code": "zip",
    "zip": "zip",
    "postal": "zip",
    "phone": "phone",
    "certification": "certification",
    "first full certification date": "certified",
    "full certification": "certified",
    "latitude": "latitude",
    "longitude": "longitude",
}
_REQUIRED: Final = ("name", "street", "city", "state", "zip")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def otp_source(edition: str, retrieved_on: date | None) -> SourceInfo:
    """Return what is to be said of this list; `edition` as its file states it."""
    return SourceInfo(
        name=SOURCE,
        title="SAMHSA Opioid Treatment Program Directory",
        publisher="Substance Abuse and Mental Health Services Administration (SAMHSA)",
        payment=PaymentTerms.NOT_PAID,
        redistribute=Redistribute.YES,
        edition=edition,
        terms="Public domain; cite SAMHSA.",
        retrieved_on=retrieved_on,
    )


class OtpReader(FederalReader):
    """Reads one copy of the list. Raises ImportRefused when its columns are others."""

    def __init__(self, raw_lines: Iterable[bytes], *, source: SourceInfo, codes: CodeTable, localities: Localities) -> None:
        super().__init__(source, codes, localities)
        self._reader = csv.DictReader(self.mender.lines(raw_lines))
        names = [_COLUMNS.get(fold_words(name or ""), name) for name in self._reader.fieldnames or ()]
        missing = [name for name in _REQUIRED if name not in names]
        if missing:
            raise ImportRefused(f"this is no list of opioid treatment programs: columns for {', '.join(missing)} are missing")
        self._reader.fieldnames = names

    def rows(self) -> Iterator[FederalRow | UnusableRow]:
        """Return the rows in the file's order."""
        return self._csv_rows(self._reader, self._row)

    def _row(self, row: Mapping[str, str]) -> FederalRow:
        phone = stated(row.get("phone"))
        return FederalRow(
            directory="otp",
            name1=row["name"],
            name2=stated(row.get("name2")),
            street1=row["street"],
            city=row["city"],
            state=row["state"],
            zip=row["zip"],
            phones=(("main", phone),) if phone else (),
            latitude=stated(row.get("latitude")),
            longitude=stated(row.get("longitude")),
            codes=(OTP_CODE,),
            licences=_certification(row),
        )


def _certification(row: Mapping[str, str]) -> tuple[Credential, ...]:
    """Return the stated certification and the year of the first full one."""
    kind, since = stated(row.get("certification")), stated(row.get("certified"))
    if not kind and not since:
        return ()
    year = _YEAR.search(since)
    name = f"Opioid treatment program, {kind} certification" if kind else "Opioid treatment program certification"
    return (Credential(name=name, issuer="SAMHSA", year=int(year[0]) if year else None),)
