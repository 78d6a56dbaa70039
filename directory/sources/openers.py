"""From an opened file to its reader: one opener an importer, with the shipped vocabulary and gazetteer behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any, Final

from directory.errors import ImportRefused
from directory.sources.federal.locator.csv_export import TYPE_COLUMNS, LocatorCsvReader
from directory.sources.federal.locator.json_answers import LocatorJsonReader
from directory.sources.federal.otp import OtpReader, otp_source
from directory.sources.federal.samhsa import SamhsaReader, edition_in_name, source_info
from directory.sources.federal.workbook import workbook_reader
from directory.sources.feed_options import FeedOptions, OpenedFile
from directory.sources.files.packed import ZIP_MAGIC
from directory.sources.hsds.reader import IMPORTER as HSDS
from directory.sources.hsds.reader import HsdsReader
from directory.sources.meetings.bmlt import IMPORTER as BMLT
from directory.sources.meetings.bmlt import BmltReader
from directory.sources.meetings.meeting_guide import IMPORTER as MEETING_GUIDE
from directory.sources.meetings.meeting_guide import MeetingGuideReader
from directory.sources.reading import GazetteerLocalities, SourceReader, VocabularyCodes
from directory.sources.records import SourceInfo
from directory.sources.table.reader import IMPORTER as TABLE
from directory.sources.table.reader import table_reader
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary

_EXPORT_DAY: Final = re.compile(r"_(20\d\d)_([01]\d)_([0-3]\d)(?:_|\b)")

Opener = Callable[[OpenedFile, FeedOptions], SourceReader]


def _federal_tools() -> dict[str, Any]:  # Any: two arguments of two types, by name
    return {"codes": VocabularyCodes(Vocabulary.load()), "localities": GazetteerLocalities(Gazetteer.load())}


def _retrieved(file: OpenedFile, options: FeedOptions) -> date | None:
    return options.retrieved_on or file.retrieved_on


def open_federal(file: OpenedFile, options: FeedOptions) -> SourceReader:
    """Return the reader of whichever form of the federal directory the file is, told by how it begins.

    The locator is never published as an edition; the day it was fetched or exported stands for one.
    """
    lines = file.lines()
    first = next(lines, b"")
    every = chain([first], lines)
    retrieved_on = _retrieved(file, options)
    edition = options.edition or edition_in_name(file.name)
    if first.startswith(ZIP_MAGIC):
        content = b"".join(every)
        return workbook_reader(content, name=file.name, edition=edition, retrieved_on=retrieved_on, **_federal_tools())
    fetched = options.edition or _day_in_name(file.name) or edition or (retrieved_on.isoformat() if retrieved_on else "")
    source = source_info(fetched, retrieved_on)
    if first.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _locator_json(every, source)
    header = first.decode("utf-8", errors="replace").casefold()
    if any(name in header for name in TYPE_COLUMNS):
        return LocatorCsvReader(every, source=source, **_federal_tools())
    return _national(every, edition, retrieved_on)


def _day_in_name(file_name: str) -> str:
    """Return the day on which an export was made, as the locator names its files: …_listing_2026_03_01_101500."""
    found = _EXPORT_DAY.search(file_name)
    return "-".join(found.groups()) if found else ""


def _locator_json(lines: Iterator[bytes], source: SourceInfo) -> SourceReader:
    try:
        return LocatorJsonReader(lines, source=source, **_federal_tools())
    except ImportRefused as error:
        raise ImportRefused(f"this is not the National Directory in any of its forms: {error}") from error


def _national(lines: Iterator[bytes], edition: str, retrieved_on: date | None) -> SourceReader:
    return SamhsaReader(lines, edition=edition, retrieved_on=retrieved_on, **_federal_tools())


def open_otp(file: OpenedFile, options: FeedOptions) -> SourceReader:
    """Return the reader of the list of opioid treatment programs."""
    source = otp_source(options.edition or edition_in_name(file.name), _retrieved(file, options))
    return OtpReader(file.lines(), source=source, **_federal_tools())


def _opener(make: Callable[..., SourceReader]) -> Opener:
    """Return the opener of a reader that takes a whole content."""

    def open_file(file: OpenedFile, options: FeedOptions) -> SourceReader:
        return make(
            file.read(),
            file_name=file.name,
            vocabulary=Vocabulary.load(),
            gazetteer=Gazetteer.load(),
            options=options,
            retrieved_on=_retrieved(file, options),
        )

    return open_file


OPENERS: Final[Mapping[str, Opener]] = {
    "samhsa": open_federal,
    "otp": open_otp,
    MEETING_GUIDE: _opener(MeetingGuideReader),
    BMLT: _opener(BmltReader),
    HSDS: _opener(HsdsReader),
    TABLE: _opener(table_reader),
}
