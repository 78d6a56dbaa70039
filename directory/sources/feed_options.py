"""What the person who adds a feed says of it, and what a reader needs of an opened file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Final, Protocol

from directory.sources.records import PaymentTerms
from index.listing import Redistribute

_NOT_IN_AN_ID: Final = re.compile(r"[^a-z0-9.]+")
_FORMAT_WORDS: Final = re.compile(r"^(?:(?:bmlt|meeting guide|meetings|hsds\d*|feed)\b\s*)+", re.IGNORECASE)
_ENDINGS: Final = (".gz", ".csv", ".json", ".xlsx", ".zip", ".tsv")


class OpenedFile(Protocol):
    """A file or a fetched address, already unpacked; `name` has no folder, `retrieved_on` is None for a local file."""

    @property
    def name(self) -> str:
        """The file's name."""
        ...

    @property
    def retrieved_on(self) -> date | None:
        """The day it was fetched."""
        ...

    def lines(self) -> Iterator[bytes]:
        """Yield the content line by line."""
        ...

    def read(self) -> bytes:
        """Return the whole content."""
        ...


@dataclass(frozen=True, slots=True)
class FeedOptions:
    """Facts about a feed that it does not state itself; an empty value leaves the reader's own reading.

    `source` is the durable short id of the source, without the importer's name. `fellowship` is a concept id ("group.aa") or
    the usual initials. `time_zone` is an IANA name for rows that have no place. `mapping` is the content of a table's mapping;
    `retrieved_on` the day on which a local file was fetched.
    """

    source: str = ""
    title: str = ""
    publisher: str = ""
    url: str = ""
    terms: str = ""
    terms_url: str = ""
    edition: str = ""
    payment: PaymentTerms | None = None
    redistribute: Redistribute | None = None
    fellowship: str = ""
    time_zone: str = ""
    mapping: bytes = b""
    retrieved_on: date | None = None


def stem(file_name: str) -> str:
    """Return a file's name without folder and endings.

    >>> stem("lists/towns.json.gz")
    'towns'
    """
    name = PurePosixPath(file_name).name
    while name.lower().endswith(_ENDINGS):
        name = name[: name.rindex(".")]
    return name


def spoken_stem(file_name: str) -> str:
    """Return a file's name as words, without the words that only name its format.

    >>> spoken_stem("bmlt_greater_example.json")
    'greater example'
    """
    words = re.sub(r"[_\-\s]+", " ", stem(file_name)).strip()
    return _FORMAT_WORDS.sub("", words) or words


def source_id(importer: str, name: str) -> str:
    """Return the durable id of a source: the importer, and which of its feeds.

    >>> source_id("meeting-guide", "Example Intergroup")
    'meeting-guide:example-intergroup'
    """
    slug = _NOT_IN_AN_ID.sub("-", name.casefold()).strip("-.")
    return f"{importer}:{slug}" if slug else importer
