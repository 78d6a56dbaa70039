"""Opening what an import reads: a file or an address, gzipped or not, within limits."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import IO, Final, cast
from urllib.parse import urlsplit

from directory.errors import ImportRefused
from directory.feeds.fetching import Fetched, fetch

LARGEST_CONTENT_BYTES: Final = 2_000_000_000  # after unpacking; a gzip file can be a thousand times smaller than this
_GZIP_MAGIC: Final = b"\x1f\x8b"
_SUFFIXES: Final = (".gz", ".csv", ".json", ".geojson", ".zip")


@dataclass(frozen=True, slots=True)
class ImportFile:
    """An opened file: its name without path, the day it was fetched (None for a local file), its size in bytes.

    `etag` and `last_modified` are what its server calls this copy.
    """

    name: str
    retrieved_on: date | None
    size: int
    _raw: IO[bytes]
    _content: IO[bytes]
    etag: str = ""
    last_modified: str = ""

    def lines(self) -> Iterator[bytes]:
        """Yield the unpacked lines. Raises ImportRefused when the file is cut short, damaged or larger than allowed."""
        total = 0
        try:
            for line in self._content:
                total += len(line)
                if total > LARGEST_CONTENT_BYTES:
                    raise ImportRefused(f"{self.name} unpacks to more than {LARGEST_CONTENT_BYTES:,} bytes")
                yield line
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise ImportRefused(f"{self.name} is damaged: {error}") from error

    def read(self) -> bytes:
        """Return the whole unpacked content. Raises ImportRefused like `lines`."""
        return b"".join(self.lines())

    def bytes_read(self) -> int:
        """Return how many of the file's `size` bytes, still packed, have been read."""
        return self._raw.tell()


def feed_name(location: str) -> str:
    """Return the default name of a feed: the address itself, or the file's name without its endings."""
    if is_address(location):
        return location
    name = PurePosixPath(location).name
    while name.endswith(_SUFFIXES):
        name = name[: name.rindex(".")]
    return name


def is_address(location: str) -> bool:
    """Tell whether a location is to be fetched."""
    return urlsplit(location).scheme in ("http", "https")


class NotThere(ImportRefused):
    """Nothing can be read at a location: it is misspelt, or gone, or its server is down."""


@contextmanager
def opened(location: str, today: date, conditions: Mapping[str, str] | None = None) -> Iterator[ImportFile]:
    """Open a file or fetch an address; gzip is recognised by its first bytes.

    Raises NotThere when it cannot be opened or fetched, FeedUnchanged when an address still has what `conditions` name.
    """
    fetched = _fetched(location, conditions or {}) if is_address(location) else Fetched(_opened_file(location), "", "")
    with fetched.body as raw:
        size = raw.seek(0, 2)
        raw.seek(0)
        packed = raw.read(2) == _GZIP_MAGIC
        raw.seek(0)
        content = cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if packed else raw
        name = PurePosixPath(urlsplit(location).path if is_address(location) else location).name
        day = today if is_address(location) else None
        yield ImportFile(name, day, size, raw, content, fetched.etag, fetched.last_modified)


def _fetched(address: str, conditions: Mapping[str, str]) -> Fetched:
    try:
        return fetch(address, conditions)
    except ImportRefused as refusal:
        raise NotThere(str(refusal)) from refusal


def _opened_file(location: str) -> IO[bytes]:
    try:
        return Path(location).open("rb")
    except OSError as error:
        raise NotThere(f"{location} cannot be opened: {error.strerror}") from error
